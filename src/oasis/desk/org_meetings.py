"""组织 · 会议: minutes, who came, resolutions that stand on somebody's due list until they are done (D1)."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from oasis.campus.actions.organisation import amend_meeting, finish, hold_meeting, resolve
from oasis.campus.models import Meeting, Resolution
from oasis.campus.organisation import meeting_of, meetings, presences, resolutions, seats, task_of
from oasis.campus.reach import staff
from oasis.desk.filing import form_of, row_of
from oasis.desk.meanwhile import columns, over
from oasis.desk.own_work import asked, colleagues, found, group_tabs, leads, values, workplace
from oasis.desk.page import DeskRequest, page
from oasis.desk.setting import made_id, school_of
from oasis.people.gate import screen
from oasis.people.roles import Need
from oasis.places.models import School

HEAD = ("kind", "on", "topic", "place")
TEXTS = ("hours", "agenda", "minutes", "guests")


def index(request: DeskRequest) -> HttpResponse:
    """List the meetings and what is still open of their resolutions."""
    school = workplace(request)
    return page(
        request, "desk/org_meetings.html", tab="org-meetings", tabs_shown=group_tabs(request.scope), lead="决议写明责任人和期限，会出现在责任人的“今日”里。",
        meetings=meetings(request.scope, school), open=resolutions(request.scope, school), on=request.scope.on,
        leads=leads(request.scope, school.pk, Need.GUIDE), me=request.scope.actor,
    )  # fmt: skip


def new(request: DeskRequest) -> HttpResponse:
    """Write a meeting down."""
    school = school_of(request, Need.GUIDE)
    people = colleagues(request, school)
    ticked = forms.CheckboxSelectMultiple
    more = {
        "chair": forms.ChoiceField(label="主持人", choices=people),
        "came": forms.MultipleChoiceField(label="到会", choices=people, required=False, widget=ticked),
        "leave": forms.MultipleChoiceField(label="请假", choices=people, required=False, widget=ticked,
                                           help_text="领导小组会议没有勾的成员、全体教师会议没有勾的教职工，记为缺席"),
    }  # fmt: skip
    form = form_of(Meeting, (*HEAD, *TEXTS), **more)(
        request.POST or None, initial={"on": request.scope.on, "chair": str(request.scope.actor)}
    )
    form.order_fields([*HEAD, "chair", "came", "leave", *TEXTS])
    key = made_id(request)

    def act(held: dict[str, Any]) -> object:
        came, leave = ({UUID(one) for one in held.pop(name)} for name in ("came", "leave"))
        held["chair"] = UUID(held["chair"])
        return hold_meeting(
            request.scope,
            id=key,
            school=school.pk,
            came=came,
            leave=leave,
            asked=_asked(request, school, held["kind"]),
            **held,
        )

    return asked(
        request, form, act, title="登记会议", back=reverse("org-meetings"), onward=lambda: reverse("org-meeting", kwargs={"pk": key}),
        said="会议已登记，接着写决议。",
    )  # fmt: skip


def _asked(request: DeskRequest, school: School, kind: str) -> set[UUID]:
    """Give who was asked to a meeting of this kind."""
    if kind == Meeting.Kind.GROUP:
        now, _past = seats(request.scope, school, request.scope.on)
        return {row.user_id for row in now if row.user_id}
    if kind == Meeting.Kind.STAFF:
        return {user.pk for user in staff(school.pk, request.scope.on)}
    return set()


def show(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show a meeting with its minutes and resolutions."""
    row: Meeting = found(meeting_of(request.scope, pk))
    return page(
        request, "desk/org_meeting.html", tab="org-meetings", tabs_shown=group_tabs(request.scope), row=row, there=presences(request.scope, row),
        lead=row.get_kind_display(), resolved=resolutions(request.scope, row.school, row), on=request.scope.on,
        leads=leads(request.scope, row.school_id, Need.GUIDE), me=request.scope.actor,
    )  # fmt: skip


def edit(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Complete agenda and minutes."""
    row = row_of(request, Meeting, Need.GUIDE, pk=pk)
    form = form_of(Meeting, TEXTS)(request.POST or None, initial=values(row, TEXTS))
    act = over(
        request.scope, form, row, columns(TEXTS), lambda held: amend_meeting(request.scope, row, **held), need=Need.GUIDE
    )  # fmt: skip
    return asked(request, form, act, title=f"{row.topic} · 会议记录", back=reverse("org-meeting", kwargs={"pk": pk}))


def resolution(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Write down a resolution."""
    row = row_of(request, Meeting, Need.GUIDE, pk=pk)
    owner = forms.ChoiceField(label="责任人", choices=colleagues(request, row.school))
    form = form_of(Resolution, ("words", "due_on"), owner=owner)(request.POST or None)

    def act(held: dict[str, Any]) -> object:
        return resolve(request.scope, row, id=made_id(request), **held | {"owner": UUID(held["owner"])})

    return asked(
        request,
        form,
        act,
        title=f"{row.topic} · 决议",
        back=reverse("org-meeting", kwargs={"pk": pk}),
        said="已登记，到期前会提醒责任人。",
    )


def task(request: DeskRequest, kind: str, pk: UUID) -> HttpResponse:
    """Say that a resolution or an item of the plan is done."""
    row = found(task_of(request.scope, kind, pk))
    done = forms.CharField(label="完成情况", max_length=200, widget=forms.Textarea(attrs={"rows": 2}))
    form = type("DoneForm", (forms.Form,), {"done_words": done})(request.POST or None)
    back = reverse("org-meeting", kwargs={"pk": row.meeting_id}) if isinstance(row, Resolution) else reverse("org-plan")
    ended = f"已在{row.done_on}登记：{row.done_words}" if row.done_on else ""
    return asked(
        request, form, lambda held: finish(request.scope, row, **held), title="登记完成", back=back, lead=row.words, note=ended,
        save="登记完成",
    )  # fmt: skip


ROUTES = (
    screen("org/meetings/", index, needs=Need.DESK, name="org-meetings"),
    screen("org/meetings/new/", new, needs=Need.GUIDE, name="org-meeting-new"),
    screen("org/meetings/<uuid:pk>/", show, needs=Need.DESK, name="org-meeting"),
    screen("org/meetings/<uuid:pk>/edit/", edit, needs=Need.GUIDE, name="org-meeting-edit"),
    screen("org/meetings/<uuid:pk>/resolution/", resolution, needs=Need.GUIDE, name="org-resolution-new"),
    screen("org/tasks/<slug:kind>/<uuid:pk>/", task, needs=Need.DESK, name="org-task"),
)
