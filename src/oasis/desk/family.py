"""一个孩子 · 家里人: persons and ties, numbers, away and home again."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from oasis.children.actions import absence, family, phones
from oasis.children.models import Away, Child, Person, Phone, Tie
from oasis.children.queries import absence as running_absence
from oasis.children.queries import numbers, same_number
from oasis.desk.filing import child_of, day_of, form_of, looked, row_of
from oasis.desk.meanwhile import columns
from oasis.desk.page import DeskRequest, page
from oasis.desk.setting import Several, ask, done, made_id
from oasis.kit import codes, idcard
from oasis.kit.refused import Refused
from oasis.people.gate import screen
from oasis.people.roles import Need

TIE = ("relation", "standing", "lives_with", "carer", "call_order", "no_pickup")
SHORT = ("name", "birth_on", "occupation", "address")
PERSON = (
    "name",
    "sex",
    "birth_on",
    "id_number",
    "occupation",
    "workplace",
    "education",
    "health",
    "address",
    "wechat",
    "alive",
    "note",
)
AWAY = ("since_on", "reason", "province", "city", "work", "home_every", "last_seen_on", "next_return_on")


class Identified(forms.Form):
    """A form in which an ID number, when there is one, must be possible."""

    def clean_id_number(self) -> str:
        """Refuse a number that cannot be."""
        number = idcard.clean(self.cleaned_data["id_number"])
        if number and (wrong := idcard.problem(number)):
            raise forms.ValidationError(wrong)
        return number


class EndForm(forms.Form):
    """The end of a tie: when and why."""

    on = forms.DateField(label="从哪天起")
    reason = forms.CharField(label="原因", max_length=80)


PERSON_FORM: type[forms.Form] = type("PersonForm", (form_of(Person, PERSON), Identified), {})
TIE_FORM = form_of(Tie, TIE)
AWAY_FORM = form_of(Away, AWAY)
NEW_FORM: type[forms.Form] = type(
    "NewForm",
    (form_of(Person, SHORT), TIE_FORM),
    {"number": forms.CharField(label="电话", max_length=30, required=False)},
)
ORDER = ("name", "relation", "number", "carer", "lives_with", "standing", "call_order", "no_pickup", *SHORT[1:])


def new(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Add a family member; a number known for a brother or sister offers that person."""
    child = child_of(request, pk)
    form = NEW_FORM(request.POST or None, initial={"standing": "none", "call_order": 1})
    form.order_fields(ORDER)
    known: list[Tie] = []
    if form.is_bound and form.is_valid():
        known = _known(request, child, form)
        if not known and done(form, lambda: _add(request, child, form.cleaned_data)):
            messages.success(request, "已添加。")
            return _back(child)
    return page(
        request, "desk/family_new.html", made=made_id(request), child=child, may=frozenset(), tab="child", deeper=True, form=form, known=known,
        status=422 if form.errors else 200,
    )  # fmt: skip


def _known(request: DeskRequest, child: Child, form: forms.Form) -> list[Tie]:
    if request.POST.get("person"):
        return []
    try:
        number = family.clean_number(form.cleaned_data["number"])
    except Refused:
        return []  # the action says what is wrong with it
    return same_number(request.scope, child, number) if number else []


def _add(request: DeskRequest, child: Child, held: dict[str, Any]) -> Tie:
    tie = {name: held[name] for name in TIE}
    chosen = request.POST.get("person", "")
    if chosen and chosen != "new":
        person = row_of(request, Person, pk=chosen)
        return family.add_person(
            request.scope, child, from_on=request.scope.on, id=made_id(request), person=person, **tie
        )
    own = {name: held[name] for name in SHORT}
    return family.add_person(
        request.scope, child, from_on=request.scope.on, id=made_id(request), number=held["number"], **tie, **own
    )


@never_cache
def show(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show one family member: tie, person, numbers, absence; `form` names the one that was sent. A look at numbers."""
    tie, child = _tie(request, pk)
    away = running_absence(request.scope, tie.person)
    sent = _several(request, tie, child, away)
    if sent.done():
        messages.success(request, "已保存。")
        return HttpResponseRedirect(reverse("child-person", kwargs={"pk": pk}))
    return _page(request, child, tie, away, sent)


def _several(request: DeskRequest, tie: Tie, child: Child, away: Away | None) -> Several:
    """Give the forms of the page, each over its own row."""
    scope, sent, person = request.scope, Several(request), tie.person
    sent.over(
        "tie",
        TIE_FORM,
        tie,
        columns(TIE),
        lambda held: family.revise_tie(scope, child, tie, **held),
        need=Need.CHILD_WRITE,
    )
    sent.over(
        "person", PERSON_FORM, person, columns(PERSON), lambda held: family.revise_person(scope, child, person, **held),
        need=Need.CHILD_WRITE,
    )  # fmt: skip
    if away:
        sent.over(
            "away", AWAY_FORM, away, columns(AWAY), lambda held: absence.revise_absence(scope, child, away, **held),
            need=Need.CHILD_WRITE,
        )  # fmt: skip
    return sent


def _page(request: DeskRequest, child: Child, tie: Tie, away: Away | None, sent: Several, **more: Any) -> HttpResponse:
    looked(request, child.pk, deed="child.phones")
    rows = numbers(request.scope, tie.person)
    begin = AWAY_FORM(initial={"since_on": request.scope.on, "reason": "work"})
    status = 422 if more.get("begin", begin).errors else sent.status
    return page(
        request, "desk/family_person.html", child=child, may=frozenset(), tab="child", deeper=True, tie=tie, away=away, made=sent.forms,
        phones=rows, today=request.scope.on, status=status, **({"begin": begin} | more),
    )  # fmt: skip


def _tie(request: DeskRequest, pk: UUID) -> tuple[Tie, Child]:
    tie = row_of(request, Tie, pk=pk, to_on__isnull=True)
    return tie, child_of(request, tie.child_id)


def go_away(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Begin an absence."""
    tie, child = _tie(request, pk)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("child-person", kwargs={"pk": pk}))
    form = AWAY_FORM(request.POST)
    if done(form, lambda: absence.went_away(request.scope, child, tie.person, **form.cleaned_data)):
        messages.success(request, "已登记外出。孩子的外出情况请在摸底排查或档案里一并更新。")
        return HttpResponseRedirect(reverse("child-person", kwargs={"pk": pk}))
    return _page(request, child, tie, None, _several(request, tie, child, None), begin=form)


def act(request: DeskRequest, pk: UUID, what: str) -> HttpResponse:
    """Do what one button of the page asks: end the tie, come home, add, end or mark a number."""
    tie, child = _tie(request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if what == "end":
        return _end(request, child, tie)
    if what == "home":
        return _home(request, child, tie)
    if what == "phone-add":
        number, on = request.POST.get("number", ""), request.scope.on
        ask(request, lambda: phones.add_phone(request.scope, child, tie.person, number=number, on=on), "号码已添加。")
    elif what in ("phone-end", *(f"phone-{outcome}" for outcome in phones.OUTCOMES)):
        _phone(request, child, what.removeprefix("phone-"))
    else:
        raise Http404
    return HttpResponseRedirect(reverse("child-person", kwargs={"pk": pk}))


def _end(request: DeskRequest, child: Child, tie: Tie) -> HttpResponse:
    form = EndForm(request.POST)
    if done(form, lambda: family.end_tie(request.scope, child, tie, **form.cleaned_data)):
        messages.success(request, "已结束，历史仍然保留。")
        return _back(child)
    messages.error(request, "；".join(str(message) for errors in form.errors.values() for message in errors))
    return HttpResponseRedirect(reverse("child-person", kwargs={"pk": tie.pk}))


def _home(request: DeskRequest, child: Child, tie: Tie) -> HttpResponse:
    """Note that somebody came home; a parent's coming leads on to the child's status, filled in for checking."""
    away = row_of(request, Away, person=tie.person, to_on__isnull=True)
    try:
        on = day_of(request) or request.scope.on
        absence.came_home(request.scope, child, away, on=on)
    except Refused as refused:
        messages.error(request, refused.message)
        return HttpResponseRedirect(reverse("child-person", kwargs={"pk": tie.pk}))
    if tie.relation not in codes.PARENTS or not child.left_behind:
        messages.success(request, "已登记返乡。")
        return HttpResponseRedirect(reverse("child-person", kwargs={"pk": tie.pk}))
    messages.success(request, f"已登记{tie.person.name}返乡。请核对孩子现在的外出情况和由谁照顾，再保存。")
    asked = urlencode({"left_behind": str(child.left_behind - 1), "on": on.isoformat()})
    return HttpResponseRedirect(f"{reverse('child-status', kwargs={'pk': child.pk})}?{asked}")


def _phone(request: DeskRequest, child: Child, outcome: str) -> None:
    phone = row_of(request, Phone, pk=request.POST.get("phone", ""))
    if outcome == "end":
        ask(request, lambda: phones.end_phone(request.scope, child, phone, on=request.scope.on), "号码已停用。")
    else:
        ask(request, lambda: phones.mark(request.scope, child, phone, outcome=outcome, on=request.scope.on), "已记下。")


def _back(child: Child) -> HttpResponse:
    return HttpResponseRedirect(reverse("child", kwargs={"pk": child.pk}))


ROUTES = (
    screen("children/<uuid:pk>/family/new/", new, needs=Need.CHILD_WRITE, name="child-person-new"),
    screen("children/family/<uuid:pk>/", show, needs=Need.CHILD_WRITE, name="child-person"),
    screen("children/family/<uuid:pk>/away/", go_away, needs=Need.CHILD_WRITE, name="child-person-away"),
    screen("children/family/<uuid:pk>/<slug:what>/", act, needs=Need.CHILD_WRITE, name="child-person-act"),
)
