"""安全事件: an incident from being found until it is closed, with the clocks of the school's own hours (domain.md 2.19)."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from oasis.campus import health as health_ask
from oasis.campus import incidents as ask
from oasis.campus.actions.incidents import revise_incident, set_hours, tell_of
from oasis.campus.models import Incident, IncidentNotice
from oasis.desk.filing import child_of, form_of, which_child
from oasis.desk.meanwhile import columns, over_settings
from oasis.desk.page import DeskRequest, page
from oasis.desk.setting import Several, attempt, done, made_id, school_of
from oasis.kit.dates import CHINA, now
from oasis.kit.ids import ids_in
from oasis.people.gate import screen
from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Scope
from oasis.places.models import School
from oasis.records.actions.incidents import close_incident, open_incident

MOMENT = "%Y-%m-%dT%H:%M"
FIRST = ("sort", "happened_at", "found_at", "place", "others", "course", "harm", "on_spot", "sent_to")
LATER = ("harm", "sent_to", "cause", "liability", "mended", "mind_care")
TOLD = ("step", "told_at", "whom", "way", "heard", "paper_no", "answer")


def _moment(label: str) -> forms.DateTimeField:
    return forms.DateTimeField(label=label, widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))


def _chips(label: str, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect)


def _form(
    names: tuple[str, ...], model: type[Incident] | type[IncidentNotice], **more: forms.Field
) -> type[forms.Form]:
    made = form_of(model, names, **more)
    made.base_fields = {name: made.base_fields[name] for name in names}
    return made


HARM = {"harm": _chips("伤害程度", Incident.Harm.choices)}
NewForm = _form(
    FIRST,
    Incident,
    happened_at=_moment("发生时间"),
    found_at=_moment("发现时间"),
    sort=_chips("类型", Incident.Sort.choices),
    **HARM,
)
LaterForm = _form(LATER, Incident, **HARM)
ToldForm = _form(
    TOLD, IncidentNotice, step=_chips("通知、报告", IncidentNotice.Step.choices), told_at=_moment("什么时候"),
    way=_chips("方式", IncidentNotice.Way.choices),
)  # fmt: skip


class CloseForm(forms.Form):
    """The day it is closed."""

    on = forms.DateField(label="结案日期", widget=forms.DateInput(attrs={"type": "date"}))


def index(request: DeskRequest) -> HttpResponse:
    """Show the incidents in reach, open ones with their clocks."""
    scope = request.scope
    rows = list(ask.incidents(scope)[:100])
    told = ask.notices(scope, [row for row in rows if not row.closed_on])
    hours = ask.hours_by_school({row.school_id for row in rows})
    running = [(row, ask.clocks(row, told[row.pk], hours[row.school_id])) for row in rows if not row.closed_on]
    return page(
        request, "desk/incidents.html", on=scope.on, at=now(), running=running, closed=[row for row in rows if row.closed_on],
        sets=scope.can(Need.CADENCES), leads=bool(scope.ids(ArmKind.SCHOOL, Need.GUIDE)),
    )  # fmt: skip


def new(request: DeskRequest) -> HttpResponse:
    """Put an incident on file: choose the pupil, say what happened."""
    asked = ids_in([request.POST.get("child") or request.GET.get("child", "")])
    if not asked:
        children = list(health_ask.children_for(request.scope))
        return which_child(
            request, children, title="登记安全事件", back=("安全事件", "incidents"), route="incident-new"
        )
    child = child_of(request, asked[0], Need.HEALTH)
    stamp = now().astimezone(CHINA).strftime(MOMENT)
    form = NewForm(request.POST or None, initial={"happened_at": stamp, "found_at": stamp, "harm": "slight"})
    if request.method == "POST":
        row = attempt(form, lambda: open_incident(request.scope, child, id=made_id(request), **form.cleaned_data))
        if row:
            messages.success(request, "已登记。马上通知监护人，写在“通知和报告”里。")
            return HttpResponseRedirect(reverse("incident", kwargs={"pk": row.pk}))
    return page(
        request,
        "desk/incident_new.html",
        id=made_id(request),
        child=child,
        form=form,
        status=422 if form.errors else 200,
    )


def show(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show an incident; note whom one told, what became known, close it."""
    row = ask.incident_of(request.scope, pk)
    if row is None:
        raise Http404
    child = child_of(request, row.child_id, Need.HEALTH)
    scope, sent, made = request.scope, Several(request), made_id(request)
    stamp = now().astimezone(CHINA).strftime(MOMENT)
    told = sent.add(
        "told", ToldForm, lambda held: tell_of(scope, row, id=made, **held), told_at=stamp, step="guardian", way="phone", heard=True
    )  # fmt: skip
    later = sent.over(
        "later", LaterForm, row, columns(LATER), lambda held: revise_incident(scope, row, **held), need=Need.HEALTH
    )  # fmt: skip
    close = sent.add("close", CloseForm, lambda held: close_incident(scope, row, **held), on=scope.on)
    if sent.done():
        messages.success(request, "已保存。")
        return HttpResponseRedirect(reverse("incident", kwargs={"pk": pk}))
    known = ask.notices(scope, [row])[row.pk]
    return page(
        request, "desk/incident.html", row=row, child=child, known=known, clocks=ask.clocks(row, known, ask.hours_of(row.school_id)), at=now(),
        id=made, told=told, later=later, close=close, leads=row.school_id in scope.ids(ArmKind.SCHOOL, Need.GUIDE), status=sent.status,
    )  # fmt: skip


class HoursForm(forms.Form):
    """For each step the hours of an ordinary and of a serious incident."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for every step that has a clock."""
        super().__init__(*args, **kwargs)
        for step in ask.USUAL:
            for name, words in (("ordinary", "一般事件"), ("serious", "重伤、死亡")):
                self.fields[f"{step.value}_{name}"] = forms.IntegerField(
                    label=f"{step.label}：{words}，几小时内", min_value=0, max_value=240, help_text="从发现算起；写0不计时限"
                )  # fmt: skip


def hours(request: DeskRequest) -> HttpResponse:
    """Show and change the school's own hours."""
    school = school_of(request, Need.CADENCES)
    form = HoursForm(request.POST or None, initial=_hours(school))
    act = over_settings(form, school, _hours, lambda held: _save(request.scope, school, held), first=form.initial)
    if request.method == "POST" and done(form, lambda: act(form.cleaned_data)):
        messages.success(request, "时限已保存，没有结案的事件也按新的时限。")
        return HttpResponseRedirect(reverse("settings-incidents"))
    return page(request, "desk/settings_incidents.html", form=form, status=422 if form.errors else 200)


def _hours(school: School) -> dict[str, int]:
    return {
        f"{step}_{name}": hours
        for step, pair in ask.hours_of(school.pk).items()
        for name, hours in zip(("ordinary", "serious"), pair, strict=True)
    }


def _save(scope: Scope, school: School, told: dict[str, int]) -> bool:
    for step, pair in ask.hours_of(school.pk).items():
        wanted = (told[f"{step}_ordinary"], told[f"{step}_serious"])
        if wanted != pair:
            set_hours(scope, school, step=step, ordinary=wanted[0], serious=wanted[1])
    return True


ROUTES = (
    screen("incidents/", index, needs=Need.HEALTH, name="incidents"),
    screen("incidents/new/", new, needs=Need.HEALTH, name="incident-new"),
    screen("incidents/<uuid:pk>/", show, needs=Need.HEALTH, name="incident", history=True),
    screen("settings/incidents/", hours, needs=Need.CADENCES, name="settings-incidents"),
)
