"""安全隐患: the ledger of places and of children at home; found, given to somebody, mended, looked at again (domain.md 2.20)."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from oasis.campus import hazards as ask
from oasis.campus.actions.hazards import fix_hazard, give_hazard, leads, may_check, report_place
from oasis.campus.models import Hazard
from oasis.children.access import viewers
from oasis.children.models import Child
from oasis.desk.filing import child_of, form_of, which_child
from oasis.desk.own_work import asked, colleagues, workplace
from oasis.desk.page import DeskRequest, page
from oasis.desk.setting import Several, made_id
from oasis.kit.ids import ids_in
from oasis.people.gate import screen
from oasis.people.roles import ArmKind, Need
from oasis.records.actions.hazards import check_hazard, report_home

PLACE = ("found_on", "where", "sort", "level", "words", "measure", "owner", "due_on")
HOME = ("found_on", "sort", "level", "words", "measure", "owner", "due_on")


class FixForm(forms.Form):
    """It is mended."""

    on = forms.DateField(label="整改完成日期", widget=forms.DateInput(attrs={"type": "date"}))
    words = forms.CharField(label="怎样整改的", max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class CheckForm(forms.Form):
    """What the second look found."""

    on = forms.DateField(label="复查日期", widget=forms.DateInput(attrs={"type": "date"}))
    passed = forms.BooleanField(label="合格，销号", required=False, initial=True)
    words = forms.CharField(label="复查情况", max_length=200, required=False)
    due_on = forms.DateField(
        label="不合格的，再整改到哪天", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )


def _form(
    request: DeskRequest, names: tuple[str, ...], sorts: tuple[Hazard.Sort, ...], people: list[tuple[str, str]]
) -> forms.Form:
    chips = {
        "sort": forms.ChoiceField(
            label="隐患类别", choices=[(one.value, one.label) for one in sorts], widget=forms.RadioSelect
        ),
        "level": forms.ChoiceField(
            label="等级", choices=Hazard.Level.choices, widget=forms.RadioSelect, initial="plain"
        ),
        "owner": forms.ChoiceField(label="责任人", choices=people, help_text="到期前出现在责任人的“今日”里"),
    }
    made = form_of(Hazard, names, **chips)
    made.base_fields = {name: made.base_fields[name] for name in names}
    return made(request.POST or None, initial={"found_on": request.scope.on, "owner": str(request.scope.actor)})


def index(request: DeskRequest) -> HttpResponse:
    """Show the ledger: places for everybody at work, homes for who reads the child's records."""
    school, scope = workplace(request), request.scope
    home = list(ask.homes(scope)[: ask.LATEST]) if scope.can(Need.RECORD_READ) else []
    return page(
        request, "desk/hazards.html", on=scope.on, places=list(ask.places(scope)[: ask.LATEST]), homes=home, reads=scope.can(Need.RECORD_READ),
        prints=bool(scope.ids(ArmKind.SCHOOL, Need.GUIDE)), school=school,
    )  # fmt: skip


def place(request: DeskRequest) -> HttpResponse:
    """Write down a hazard of a place."""
    school = workplace(request)
    form = _form(request, PLACE, Hazard.PLACE, colleagues(request, school))

    def act(held: dict[str, Any]) -> object:
        told = held | {"owner": UUID(held["owner"])}
        return report_place(request.scope, id=made_id(request), school=school.pk, **told)

    return asked(
        request, form, act, title="登记隐患", back=reverse("hazards"), said="已登记，责任人的“今日”里会出现。",
        note="有人正处在危险里的，先离开、先拦住，再登记。孩子家里、路上的，从“孩子家里”那一栏登记。",
    )  # fmt: skip


def home(request: DeskRequest) -> HttpResponse:
    """Write down a hazard around a child: choose the child, then say what."""
    chosen = ids_in([request.POST.get("child") or request.GET.get("child", "")])
    if not chosen:
        return which_child(
            request,
            ask.children_for(request.scope),
            title="登记孩子身边的隐患",
            back=("安全隐患", "hazards"),
            route="hazard-home",
        )
    child = child_of(request, chosen[0], Need.RECORD_WRITE)
    form = _form(request, HOME, Hazard.HOME, _around(request, child))

    def act(held: dict[str, Any]) -> object:
        told = held | {"owner": UUID(held["owner"]), "where": "家里、路上"}
        return report_home(request.scope, child, id=made_id(request), **told)

    return asked(
        request, form, act, title=f"{child.name}身边的隐患", back=reverse("hazards"), said="已登记，责任人的“今日”里会出现。", child=child,
        note="怀疑孩子正受到伤害的，不用等排查，马上走强制报告。",
    )  # fmt: skip


def _around(request: DeskRequest, child: Child) -> list[tuple[str, str]]:
    named = {str(viewer.user.pk): f"{viewer.user.name}（{viewer.why}）" for viewer in viewers(child, request.scope.on)}
    return sorted(named.items(), key=lambda one: one[1])


def show(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show a hazard; say that it is mended, look again, give it to somebody else."""
    row = ask.hazard_of(request.scope, pk)
    if row is None:
        raise Http404
    child = child_of(request, row.child_id, Need.RECORD_READ) if row.child_id else None
    scope, sent = request.scope, Several(request)
    fix = sent.add("fix", FixForm, lambda told: fix_hazard(scope, row, **told), on=scope.on)
    again = sent.add("check", CheckForm, lambda told: check_hazard(scope, row, **told), on=scope.on)
    give = sent.over(
        "give", _give_form(request, row, child), row, lambda held: {"owner": str(held.owner_id), "due_on": held.due_on},
        lambda told: give_hazard(scope, row, **told | {"owner": UUID(told["owner"])}), need=Need.DESK,
    )  # fmt: skip
    if sent.done():
        messages.success(request, "已保存。")
        return HttpResponseRedirect(reverse("hazard", kwargs={"pk": pk}))
    return page(
        request, "desk/hazard.html", row=row, child=child, checks=ask.checks(scope, row), fix=fix, again=again, give=give, on=scope.on,
        mends=scope.actor == row.owner_id or leads(scope, row), looks=may_check(scope, row), leads=leads(scope, row), status=sent.status,
    )  # fmt: skip


def _give_form(request: DeskRequest, row: Hazard, child: Child | None) -> type[forms.Form]:
    people = _around(request, child) if child else colleagues(request, row.school)
    return form_of(Hazard, ("due_on",), owner=forms.ChoiceField(label="责任人", choices=people))


ROUTES = (
    screen("hazards/", index, needs=Need.DESK, name="hazards"),
    screen("hazards/new/", place, needs=Need.DESK, name="hazard-new"),
    screen("hazards/home/", home, needs=Need.RECORD_READ, name="hazard-home"),
    screen("hazards/<uuid:pk>/", show, needs=Need.DESK, name="hazard"),
)
