"""致家长的信: the school's text of a term, how each class stands, a class's letters drafted, sent and answered."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from oasis.campus import letters
from oasis.campus.actions.letters import TEXT, mark_sent, revise_letter, write_letter
from oasis.campus.models import Letter, LetterCopy
from oasis.desk.filing import form_of, initial_of
from oasis.desk.meanwhile import columns, over
from oasis.desk.page import DeskRequest, page
from oasis.desk.setting import ask, attempt, done, school_of
from oasis.kit.refused import Refused
from oasis.papers.letters.drafting import draft
from oasis.papers.letters.words import usual
from oasis.people.gate import screen
from oasis.people.queries import class_in_reach
from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Scope
from oasis.places.models import School
from oasis.places.queries import term_on

LONG = forms.CharField(
    label="学校要说的话", max_length=3000, widget=forms.Textarea(attrs={"rows": 14}),
    help_text="每一行是一段；孩子自己的情况会自动放在最后一段前面。不要写任何一个孩子的姓名",
)  # fmt: skip


class SentForm(forms.Form):
    """Which letters went out, how and when."""

    copies = forms.MultipleChoiceField(label="哪些孩子的信", widget=forms.CheckboxSelectMultiple)
    way = forms.ChoiceField(label="怎样发的", choices=LetterCopy.Way.choices, widget=forms.RadioSelect, initial="child")
    on = forms.DateField(label="发出日期", widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, copies: list[LetterCopy], scope: Scope, **kwargs: Any) -> None:
        """Offer those that have not gone out, all of them ticked."""
        waiting = [(str(copy.pk), copy.child.name) for copy in copies if copy.sent_on is None]
        kwargs.setdefault("initial", {"copies": [pk for pk, _name in waiting], "on": scope.on})
        super().__init__(*args, **kwargs)
        self.fields["copies"].choices = waiting  # type: ignore[attr-defined]


def index(request: DeskRequest) -> HttpResponse:
    """Show the letters and how each class is with the latest one."""
    scope = request.scope
    rows = list(letters.letters(scope)[:8])
    return page(
        request, "desk/letters.html", rows=rows, standing={row.pk: letters.standing(scope, row) for row in rows[:2]},
        leads=bool(scope.ids(ArmKind.SCHOOL, Need.LAW)),
    )  # fmt: skip


def new(request: DeskRequest) -> HttpResponse:
    """Write the school's letter of this term; it begins with the usual words."""
    school = school_of(request, Need.LAW)
    term = term_on(school.pk, request.scope.on)
    if term is None:
        messages.error(request, "还没有学期，请管理员先在设置里添加")
        return HttpResponseRedirect(reverse("letters"))
    part = Letter.Part.END if request.GET.get("part") == Letter.Part.END else Letter.Part.START
    form = form_of(Letter, TEXT, text=LONG)(request.POST or None, initial=_usual(school, request.scope, part))
    made = attempt(form, lambda: write_letter(request.scope, term=term, part=part, **form.cleaned_data))
    if made is not None:
        messages.success(request, "信已写好，各班可以起草孩子的情况了。")
        return HttpResponseRedirect(reverse("letters"))
    return page(
        request, "desk/letter_text.html", form=form, name=f"{term}{Letter.Part(part).label}致家长的信", letter=None,
        status=422 if form.errors else 200,
    )  # fmt: skip


def _usual(school: School, scope: Scope, part: str) -> dict[str, Any]:
    term = term_on(school.pk, scope.on)
    words = usual(school, term, part) if term else {}
    later = {name: scope.on.fromordinal(scope.on.toordinal() + n) for name, n in (("send_by", 7), ("reply_by", 21))}
    return {**words, "issued_on": scope.on, **later}


def text(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Change the school's words."""
    letter = get_object_or_404(Letter.objects.within(request.scope, Need.LAW).select_related("term", "school"), pk=pk)
    form = form_of(Letter, TEXT, text=LONG)(request.POST or None, initial=initial_of(letter, TEXT))
    act = over(
        request.scope, form, letter, columns(TEXT), lambda held: revise_letter(request.scope, letter=letter, **held), need=Need.LAW
    )  # fmt: skip
    if request.method == "POST" and done(form, lambda: act(form.cleaned_data)):
        messages.success(request, "已保存。")
        return HttpResponseRedirect(reverse("letters"))
    return page(
        request, "desk/letter_text.html", form=form, name=f"{letter}致家长的信", letter=letter, status=422 if form.errors else 200,
    )  # fmt: skip


def klass(request: DeskRequest, pk: UUID, klass: UUID) -> HttpResponse:
    """Show a class's letters; draft what is not written, say what went out."""
    scope = request.scope
    letter = get_object_or_404(letters.letters(scope), pk=pk)
    place = class_in_reach(scope, Need.CHILD_WRITE, klass)
    if place is None or place.school_id != letter.school_id:
        raise Http404
    here = HttpResponseRedirect(reverse("letter-klass", kwargs={"pk": pk, "klass": klass}))
    if "draft" in request.POST:
        ask(request, lambda: draft(scope, letter=letter, klass=place), "已按记录起草，请逐个看一遍再发。")
        return here
    copies = letters.of_class(scope, letter, place)
    form = SentForm(request.POST if request.method == "POST" else None, copies=copies, scope=scope)
    if request.method == "POST" and done(form, lambda: _sent(scope, letter, form)):
        messages.success(request, "已登记发出。")
        return here
    return page(
        request, "desk/letter_klass.html", letter=letter, klass=place, name=place.name(scope.on, place.school.primary_years),
        copies=copies, form=form, status=422 if form.errors else 200,
    )  # fmt: skip


def _sent(scope: Scope, letter: Letter, form: SentForm) -> int:
    given = form.cleaned_data
    count = mark_sent(
        scope, letter=letter, copies=[UUID(one) for one in given["copies"]], way=given["way"], on=given["on"]
    )
    if not count:
        raise Refused("again", "这些信已经登记过发出了")
    return count


ROUTES = (
    screen("letters/", index, needs=Need.CHILD_WRITE, name="letters"),
    screen("letters/new/", new, needs=Need.LAW, name="letter-new"),
    screen("letters/<uuid:pk>/text/", text, needs=Need.LAW, name="letter-text"),
    screen("letters/<uuid:pk>/class/<uuid:klass>/", klass, needs=Need.CHILD_WRITE, name="letter-klass"),
)
