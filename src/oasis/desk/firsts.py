"""辅导和照顾名额: lists with places, who is signed up, and the share by class."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from oasis.campus import firsts as ask
from oasis.campus.actions.firsts import allot, open_list, sign_up, take_off
from oasis.campus.models import PlaceList
from oasis.campus.notices import own_classes
from oasis.desk.page import DeskRequest, page
from oasis.desk.setting import ask as do
from oasis.desk.setting import done
from oasis.kit.ids import ids_in
from oasis.people.gate import screen
from oasis.people.roles import ArmKind, Need


class ListForm(forms.Form):
    """What has so many places, for whom."""

    sort = forms.ChoiceField(
        label="是什么", choices=PlaceList.Sort.choices, widget=forms.RadioSelect, initial="tutoring"
    )
    title = forms.CharField(label="名称", max_length=40, help_text="如：数学补习小组、早餐、午休看护")
    hours = forms.CharField(label="时间", max_length=40, required=False)
    seats = forms.IntegerField(label="名额", min_value=1, max_value=2000)
    klass = forms.TypedChoiceField(label="给哪个班", coerce=UUID, empty_value=None, required=False)


def index(request: DeskRequest) -> HttpResponse:
    """Show the lists and the share by class; open a list."""
    scope, form = request.scope, ListForm(request.POST or None)
    whole = [("", "全校")] if scope.ids(ArmKind.SCHOOL, Need.CENSUS) else []
    named = [(str(one.pk), one.name(scope.on, one.school.primary_years)) for one in own_classes(scope)]
    form.fields["klass"].choices = [*whole, *named]  # type: ignore[attr-defined]
    if request.method == "POST" and done(form, lambda: open_list(scope, **form.cleaned_data)):
        messages.success(request, "名单已开，点进去报名。")
        return HttpResponseRedirect(reverse("firsts"))
    return page(
        request, "desk/firsts.html", rows=ask.lists(scope), shares=ask.shares(scope), form=form, on=scope.on,
        status=422 if form.errors else 200,
    )  # fmt: skip


def show(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show a list; sign children up, take one off, give the places out."""
    scope, row = request.scope, ask.list_of(request.scope, pk)
    if row is None:
        raise Http404
    if request.method == "POST":
        _act(request, row)
        return HttpResponseRedirect(reverse("firsts-show", kwargs={"pk": pk}))
    items = [
        (str(c.pk), c.name, c.klass.name(scope.on, c.school.primary_years) if c.klass else "未编班", False)
        for c in ask.candidates(scope, row)
    ]
    return page(
        request, "desk/firsts_show.html", row=row, wishes=ask.signed_up(scope, row), items=items, on=scope.on,
        may_allot=ask.may_allot(scope, row),
    )  # fmt: skip


def _act(request: DeskRequest, row: PlaceList) -> None:
    what, children = request.POST.get("what", ""), ids_in(request.POST.getlist("children"), most=2000)
    if what == "sign":
        do(request, lambda: sign_up(request.scope, row, children=children), "已报名。")
    elif what == "off":
        for child in children[:1]:
            do(request, lambda: take_off(request.scope, row, child=child), "已去掉。")  # noqa: B023
    elif what == "allot":
        do(request, lambda: allot(request.scope, row), "名额已定。")


ROUTES = (
    screen("places/", index, needs=Need.CENSUS, name="firsts"),
    screen("places/<uuid:pk>/", show, needs=Need.CENSUS, name="firsts-show"),
)
