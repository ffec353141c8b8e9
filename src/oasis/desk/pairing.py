"""结对帮扶: the class's table, whom to ask (load first), begin, hand over, end (C1, B3)."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from oasis.children.actions import pairing
from oasis.children.census import classes_of
from oasis.children.load import Helper, suggested_classmates, suggested_helpers
from oasis.children.models import Child, Pairing
from oasis.children.pairs import paired, staff_table
from oasis.desk.filing import child_of, row_of
from oasis.desk.page import DeskRequest, page
from oasis.desk.setting import done
from oasis.people.gate import screen
from oasis.people.models import User
from oasis.people.roles import ArmKind, Need
from oasis.people.vetting import State, outsider_state

Role = Pairing.Role


SORTS = {"staff": "教师", "classmate": "同学", "outsider": "校外"}
ROLES = {
    "staff": (Role.HELPER, Role.PROXY_PARENT, Role.CARING_MOTHER, Role.CARING_FATHER, Role.PARTY, Role.COUNSELLOR),
    "classmate": (Role.CLASSMATE,),
    "outsider": (Role.VOLUNTEER, Role.RETIRED, Role.PARTY, Role.UNIT),
}
ASKED = {"staff": ("role", "staff"), "classmate": ("role", "classmate"), "outsider": ("role", "outsider", "checked_on")}


class HelperForm(forms.Form):
    """One helper of one sort; who has the least load comes first and is proposed."""

    role = forms.ChoiceField(label="结对角色")
    staff = forms.ChoiceField(label="教师", help_text="结对人数少的排在前面")
    classmate = forms.ChoiceField(label="同学", help_text="陪伴人数少的排在前面")
    outsider = forms.CharField(label="姓名或单位", max_length=60)
    checked_on = forms.DateField(
        label="违法犯罪记录查询日期", required=False, help_text="单位可不填，个人必填",
        widget=forms.DateInput(attrs={"type": "date"}),
    )  # fmt: skip
    on = forms.DateField(label="从哪天起", widget=forms.DateInput(attrs={"type": "date"}))
    aim = forms.CharField(label="帮扶目标", max_length=200, required=False)

    def __init__(self, *args: Any, request: DeskRequest, child: Child, sort: str, **kwargs: Any) -> None:
        """Keep the questions of one sort; offer staff or classmates with their load."""
        super().__init__(*args, **kwargs)
        for name in {"role", "staff", "classmate", "outsider", "checked_on"} - set(ASKED[sort]):
            del self.fields[name]
        self._choices("role", [(role.value, str(role.label)) for role in ROLES[sort]])
        self.people: dict[str, User] = {}
        self.mates: dict[str, Child] = {}
        if sort == "staff":
            offered = suggested_helpers(request.scope, child)
            self.people = {str(one.user.pk): one.user for one in offered}
            self._choices("staff", [(str(one.user.pk), _loaded(one)) for one in offered])
        elif sort == "classmate":
            mates = suggested_classmates(request.scope, child)
            self.mates = {str(one.child.pk): one.child for one in mates}
            self._choices(
                "classmate", [(str(one.child.pk), f"{one.child.name}（已陪伴{one.load}名）") for one in mates]
            )

    def _choices(self, name: str, offered: list[tuple[str, str]]) -> None:
        self.fields[name].choices = offered  # type: ignore[attr-defined]

    @property
    def helper(self) -> dict[str, Any]:
        """The helper chosen, as the actions take it."""
        held = self.cleaned_data
        return {
            "staff": self.people.get(held.get("staff", "")), "classmate": self.mates.get(held.get("classmate", "")),
            "outsider": held.get("outsider", ""), "checked_on": held.get("checked_on"), "aim": held["aim"],
        }  # fmt: skip


def _loaded(one: Helper) -> str:
    words = [f"已结对{one.load}名", "偏多" if one.many else "", one.why]
    return f"{one.user.name}（{'，'.join(word for word in words if word)}）"


class EndForm(forms.Form):
    """Why a pairing ends or passes to somebody else."""

    reason = forms.CharField(label="原因", max_length=80)


def index(request: DeskRequest) -> HttpResponse:
    """Show a class: each child with its helpers, those without first; the load of the staff for leaders."""
    classes = classes_of(request.scope, Need.PAIR)
    asked = request.GET.get("klass", "")
    chosen = next(((k, name) for k, name in classes if str(k.pk) == asked), classes[0] if classes else None)
    rows = paired(request.scope, chosen[0], everybody=request.GET.get("all") == "1") if chosen else []
    school = chosen[0].school_id if chosen else None
    leads = school in request.scope.ids(ArmKind.SCHOOL, Need.PAIR)
    return page(
        request, "desk/pairing.html", classes=classes, chosen=chosen, rows=rows, everybody=request.GET.get("all") == "1",
        staff=staff_table(school, request.scope.on) if leads and school else [],
    )  # fmt: skip


def begin(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Pair a child with somebody of one sort."""
    child = child_of(request, pk, Need.PAIR)
    sort = request.GET.get("sort", "staff")
    if sort not in SORTS:
        raise Http404
    form = HelperForm(request.POST or None, request=request, child=child, sort=sort, initial={"on": request.scope.on})
    if form.is_bound and done(form, lambda: _begin(request, child, form)):
        messages.success(request, "已结对。")
        _warn(request, child, form)
        return _back(child)
    return page(
        request, "desk/pair.html", child=child, may=frozenset(), tab="child", deeper=True, form=form, pair=None, end=None,
        sorts=SORTS, sort=sort, status=422 if form.errors else 200,
    )  # fmt: skip


def _warn(request: DeskRequest, child: Child, form: HelperForm) -> None:
    """Say clearly that a helper from outside still has to be checked, where the school lets him begin."""
    name, day = form.cleaned_data.get("outsider", ""), form.cleaned_data.get("checked_on")
    if not name or form.cleaned_data.get("role") == Role.UNIT:
        return
    if outsider_state(child.school, name.strip(), day, request.scope.on) in (State.MISSING, State.OVERDUE):
        messages.warning(request, "还没有查询违法犯罪记录：查询以前，请不要让他单独接触孩子（未成年人保护法第62条）。")


def _begin(request: DeskRequest, child: Child, form: HelperForm) -> Pairing:
    held = form.cleaned_data
    return pairing.begin(request.scope, child, role=held["role"], from_on=held["on"], **form.helper)


def change(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Hand a pairing over, or end it; both ask for the reason."""
    pair = row_of(request, Pairing, Need.PAIR, pk=pk)
    child = child_of(request, pair.child_id, Need.PAIR)
    if pair.to_on:
        raise Http404
    ending = request.POST.get("form") == "end"
    sort = "staff" if pair.staff_id else "classmate" if pair.classmate_id else "outsider"
    form = HelperForm(request.POST or None, request=request, child=child, sort=sort, initial={"on": request.scope.on})
    del form.fields["role"]
    why = EndForm(request.POST or None, auto_id="why_%s")
    if request.method == "POST" and why.is_valid() and _changed(request, pair, form, why, ending):
        return _back(child)
    return page(
        request, "desk/pair.html", child=child, may=frozenset(), tab="child", deeper=True, form=form, pair=pair, end=why, sorts=SORTS, sort=sort,
        status=422 if why.errors or form.errors else 200,
    )  # fmt: skip


def _changed(request: DeskRequest, pair: Pairing, form: HelperForm, why: EndForm, ending: bool) -> bool:
    reason = why.cleaned_data["reason"]
    if ending:
        if not done(why, lambda: pairing.end(request.scope, pair, on=request.scope.on, reason=reason)):
            return False
        messages.success(request, "结对已结束，历史仍然保留。")
        return True
    if not done(
        form, lambda: pairing.change(request.scope, pair, on=form.cleaned_data["on"], reason=reason, **form.helper)
    ):
        return False
    messages.success(request, "已更换，历史仍然保留。")
    return True


def _back(child: Child) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('klass-pairing')}?klass={child.klass_id or ''}")


ROUTES = (
    screen("pairing/", index, needs=Need.PAIR, name="klass-pairing"),
    screen("children/<uuid:pk>/pair/", begin, needs=Need.PAIR, name="child-pair"),
    screen("children/pair/<uuid:pk>/", change, needs=Need.PAIR, name="child-pair-change"),
)
