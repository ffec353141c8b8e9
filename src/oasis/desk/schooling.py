"""控辍保学: who stays away, what is done to bring them back, the written reports, the month's report (domain.md 2.29)."""

from datetime import date
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from oasis.campus import schooling as ask
from oasis.campus.actions.schooling import confirm_out, report_case, report_month
from oasis.campus.models import Dropout, Persuasion, SchoolingMonth
from oasis.desk.filing import child_of, form_of, which_child
from oasis.desk.meanwhile import columns
from oasis.desk.page import DeskRequest, page
from oasis.desk.setting import Several, attempt, done, made_id
from oasis.desk.setting import ask as do
from oasis.kit.ids import ids_in
from oasis.people.gate import screen
from oasis.people.roles import ArmKind, Need
from oasis.records.actions.schooling import end_case, open_case, persuade

WRITTEN = ("marked_on", "bureau_on", "bureau_no", "township_on", "township_no")
NewForm = form_of(Dropout, ("absent_from", "reason", "words"))
TryForm = form_of(
    Persuasion, ("on", "who", "way", "met", "result", "words"),
    way=forms.ChoiceField(label="方式", choices=Persuasion.Way.choices, widget=forms.RadioSelect, initial="visit"),
    result=forms.ChoiceField(label="结果", choices=Persuasion.Result.choices, widget=forms.RadioSelect),
)  # fmt: skip
WrittenForm = form_of(Dropout, WRITTEN)


class EndForm(forms.Form):
    """The child is back, or it was something else."""

    how = forms.ChoiceField(
        label="怎样了结", choices=[("back", "已复学"), ("cleared", "排除：不是辍学")], widget=forms.RadioSelect, initial="back"
    )  # fmt: skip
    on = forms.DateField(label="日期", widget=forms.DateInput(attrs={"type": "date"}))
    words = forms.CharField(
        label="复学以后怎样安排，或者为什么排除", max_length=200, widget=forms.Textarea(attrs={"rows": 2})
    )


def index(request: DeskRequest) -> HttpResponse:
    """Show who is away, who stays away without a case, and for leaders the months."""
    scope = request.scope
    rows = list(ask.cases(scope)[:100])
    running = [(row, ask.clocks(row)) for row in rows if row.running]
    schools = list(ask.unreported(scope, ask.report_schools(scope)).items())
    return page(
        request, "desk/schooling.html", on=scope.on, running=running, ended=[row for row in rows if not row.running], runs=ask.runs(scope),
        schools=schools, months=ask.months(scope) if schools else [],
    )  # fmt: skip


def new(request: DeskRequest) -> HttpResponse:
    """Put a child who stays away on the ledger: choose the child, say since when and why."""
    asked = ids_in([request.POST.get("child") or request.GET.get("child", "")])
    if not asked:
        return which_child(
            request,
            ask.children_for(request.scope),
            title="登记一名没有来上学的孩子",
            back=("控辍保学", "schooling"),
            route="schooling-new",
        )
    child = child_of(request, asked[0])
    form = NewForm(request.POST or None, initial={"absent_from": request.GET.get("since") or request.scope.on})
    if request.method == "POST":
        row = attempt(form, lambda: open_case(request.scope, child, **form.cleaned_data))
        if row:
            messages.success(request, "已登记。今天就上门了解，写在“劝返记录”里。")
            return HttpResponseRedirect(reverse("schooling-case", kwargs={"pk": row.pk}))
    return page(request, "desk/schooling_new.html", child=child, form=form, status=422 if form.errors else 200)


def show(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show a case; write down an attempt, the written reports, the end."""
    row = ask.case_of(request.scope, pk)
    if row is None:
        raise Http404
    child = child_of(request, row.child_id)
    scope, sent, made = request.scope, Several(request), made_id(request)
    tried = sent.add(
        "try", TryForm, lambda told: persuade(scope, row, id=made, **told), on=scope.on, who=scope.name
    )  # fmt: skip
    written = sent.over(
        "written", WrittenForm, row, columns(WRITTEN), lambda told: report_case(scope, row, **told), need=Need.CHILD_WRITE
    )  # fmt: skip
    end = sent.add("end", EndForm, lambda told: end_case(scope, row, seen=sent.seen, **told), on=scope.on)
    if sent.which == "out":
        do(request, lambda: confirm_out(scope, row), "已认定为辍学。")
        return HttpResponseRedirect(reverse("schooling-case", kwargs={"pk": pk}))
    if sent.done():
        messages.success(request, "已保存。")
        return HttpResponseRedirect(reverse("schooling-case", kwargs={"pk": pk}))
    return page(
        request, "desk/schooling_case.html", row=row, child=child, tries=ask.persuasions(scope, row), clocks=ask.clocks(row), on=scope.on,
        id=made, tried=tried, written=written, end=end, leads=row.school_id in scope.ids(ArmKind.SCHOOL, Need.GUIDE), status=sent.status,
    )  # fmt: skip


def month(request: DeskRequest, pk: UUID, year: int, month: int) -> HttpResponse:
    """Hand in a month's report of a school: the numbers are counted, a nil report too."""
    school = next((one for one in ask.report_schools(request.scope) if one.pk == pk), None)
    if school is None or not 1 <= month <= 12 or not 2000 <= year <= request.scope.on.year:
        raise Http404
    first = date(year, month, 1)
    if first > request.scope.on:
        raise Http404
    form = form_of(SchoolingMonth, ("on", "words"))(request.POST or None, initial={"on": request.scope.on})
    seen = request.POST.get("seen", "")
    if request.method == "POST" and done(
        form, lambda: report_month(request.scope, school=pk, month=first, seen=seen, **form.cleaned_data)
    ):
        messages.success(request, "已报。要纸质的，点“月报表”。")
        return HttpResponseRedirect(reverse("schooling"))
    return page(
        request, "desk/schooling_month.html", school=school, month=first, numbers=ask.numbers(request.scope, school, first), form=form,
        known=ask.reported(request.scope, school, first),
        status=422 if form.errors else 200,
    )  # fmt: skip


ROUTES = (
    screen("schooling/", index, needs=Need.CHILD_WRITE, name="schooling"),
    screen("schooling/new/", new, needs=Need.CHILD_WRITE, name="schooling-new"),
    screen("schooling/case/<uuid:pk>/", show, needs=Need.CHILD_WRITE, name="schooling-case", history=True),
    screen("schooling/<uuid:pk>/month/<int:year>/<int:month>/", month, needs=Need.GUIDE, name="schooling-month"),
)
