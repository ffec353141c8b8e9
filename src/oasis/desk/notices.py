"""同学反映: the slips with the code of a class, what pupils wrote, and the form they write on without an account."""

from uuid import UUID

import segno
from allauth.core import ratelimit
from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from markupsafe import Markup

from oasis.campus import notices as ask
from oasis.campus.actions.notices import new_code, send_notice, set_aside
from oasis.campus.models import Notice
from oasis.children.models import Child
from oasis.children.queries import in_class
from oasis.desk.page import DeskRequest, page, when_shown
from oasis.desk.setting import ask as do
from oasis.desk.setting import done
from oasis.kit.dates import today
from oasis.kit.refused import Refused
from oasis.people import trail
from oasis.people.gate import public, screen
from oasis.people.roles import Need
from oasis.records.actions.notices import take_up
from oasis.records.kinds.concern import AREAS, WEIGHTS

SLIPS = range(8)
TOO_MANY = "写的次数太多了，过一会儿再写。着急的事，马上找身边的老师，或打110。"


class TellForm(forms.Form):
    """What a pupil may write: no account, nothing is read back."""

    code = forms.CharField(
        label="条子上的码",
        max_length=20,
        widget=forms.TextInput({"autocapitalize": "characters", "autocomplete": "off"}),
    )
    about = forms.CharField(
        label="说的是谁", max_length=40, required=False, widget=forms.TextInput({"autocomplete": "off"})
    )
    words = forms.CharField(label="你看到、听到什么", max_length=500, widget=forms.Textarea(attrs={"rows": 4}))
    urgent = forms.BooleanField(label="今天就要有老师管", required=False)


class TakeForm(forms.Form):
    """Of whom it is, and what should be looked at."""

    child = forms.ChoiceField(label="说的是哪个孩子")
    areas = forms.MultipleChoiceField(label="哪个方面", choices=AREAS, widget=forms.CheckboxSelectMultiple)
    weight = forms.ChoiceField(label="有多急", choices=WEIGHTS, widget=forms.RadioSelect, initial="watch")
    summary = forms.CharField(label="记成关注的文字", max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))


class AsideForm(forms.Form):
    """Why nothing comes of it."""

    why = forms.CharField(label="为什么放下", max_length=120)


def index(request: DeskRequest) -> HttpResponse:
    """List what waits to be weighed, what was, and the codes of one's classes."""
    scope = request.scope
    return page(
        request, "desk/notices.html", waiting=ask.waiting(scope), decided=ask.decided(scope), codes=ask.codes(scope), on=scope.on
    )  # fmt: skip


def code(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show the slips of a class to print; make a new code by POST."""
    one = next((one for one in ask.codes(request.scope) if one.klass.pk == pk), None)
    if one is None:
        raise Http404
    if request.method == "POST":
        do(request, lambda: new_code(request.scope, one.klass), "新的码已生成，旧的码不能再用。请打印发给学生。")
        return HttpResponseRedirect(reverse("notices-code", kwargs={"pk": pk}))
    where = request.build_absolute_uri(reverse("tell"))
    return page(request, "desk/notices_code.html", one=one, where=where, drawn=_drawn(where), slips=SLIPS)


def _drawn(where: str) -> Markup:
    """Draw the address for a phone's camera; the code is typed, so that no log keeps it."""
    return Markup(segno.make(where, error="m", micro=False).svg_inline(scale=3, border=1))  # noqa: S704  our own drawing


def show(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Weigh one notice: a concern about a child of the class, or put aside with a reason."""
    row = ask.notice_of(request.scope, pk)
    if row is None:
        raise Http404
    when_shown(request, lambda: trail.note(request.scope, "notice.look", school=row.school_id, subject=str(row.pk)))
    which, pupils = (
        request.POST.get("form", ""),
        {str(c.pk): c for c in in_class(request.scope, row.klass, Need.CHILD_WRITE)},
    )
    take = _take_form(request, row, which, pupils)
    aside = AsideForm(request.POST if which == "aside" else None)
    if (which == "take" and done(take, lambda: _take(request, row, pupils, take))) or (
        which == "aside" and done(aside, lambda: set_aside(request.scope, row, **aside.cleaned_data))
    ):
        messages.success(request, "已处理。")
        return HttpResponseRedirect(reverse("notices"))
    return page(
        request, "desk/notices_show.html", row=row, take=take, aside=aside, on=request.scope.on,
        status=422 if take.errors or aside.errors else 200,
    )  # fmt: skip


def _take_form(request: DeskRequest, row: Notice, which: str, pupils: dict[str, Child]) -> TakeForm:
    weight = "now" if row.urgent else "watch"
    form = TakeForm(request.POST if which == "take" else None, initial={"summary": row.words, "weight": weight})
    form.fields["child"].choices = [("", "请选择"), *((pk, one.name) for pk, one in pupils.items())]  # type: ignore[attr-defined]
    return form


def _take(request: DeskRequest, row: Notice, pupils: dict[str, Child], form: TakeForm) -> object:
    held = dict(form.cleaned_data)
    return take_up(request.scope, row, child=pupils[held.pop("child")], **held)


@sensitive_post_parameters()
def tell(request: HttpRequest) -> HttpResponse:
    """Take what a pupil writes. Nothing is told but whether the code holds; no name is looked up."""
    if request.method == "POST" and not ratelimit.consume(request, action="notice"):
        return render(request, "desk/tell.html", {"form": None, "said": TOO_MANY}, status=429)
    form = TellForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            send_notice(on=today(), **form.cleaned_data)
        except Refused as refused:
            if refused.code == "code" and not ratelimit.consume(request, action="notice_wrong"):
                return render(request, "desk/tell.html", {"form": None, "said": TOO_MANY}, status=429)
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        else:
            return render(request, "desk/tell.html", {"form": None, "said": "老师会看的。谢谢你关心同学。"})
    answer = render(request, "desk/tell.html", {"form": form, "said": ""}, status=422 if form.errors else 200)
    answer["Cache-Control"] = "no-store"
    return answer


ROUTES = (
    screen("notices/", index, needs=Need.CHILD_WRITE, name="notices"),
    screen("notices/code/<uuid:pk>/", code, needs=Need.CHILD_WRITE, name="notices-code"),
    screen("notices/<uuid:pk>/", show, needs=Need.CHILD_WRITE, name="notice"),
    public("tell/", tell, name="tell", why="a pupil without an account tells the teacher something by a code of the class, and reads nothing"),
)  # fmt: skip
