"""成绩: the exams of a class, its marks typed in or taken from a sheet, looked at before they are kept (A7)."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from oasis.campus.actions.growth import enter_marks, open_exam
from oasis.campus.growth import MATTERS, exams_of, marks_of, roll_of
from oasis.campus.models import Exam
from oasis.campus.models.growth import Subject
from oasis.children.models import Child
from oasis.desk.meanwhile import over_settings
from oasis.desk.page import DeskRequest, page
from oasis.desk.setting import attempt, done
from oasis.intake.marks import Sitter, read_marks
from oasis.kit.refused import Refused
from oasis.people.gate import screen
from oasis.people.meanwhile import while_locked
from oasis.people.queries import class_in_reach
from oasis.people.roles import Need
from oasis.places.models import Klass
from oasis.places.queries import term_on

SALT = "oasis.desk.marks"
HOUR = 3600
Marks = dict[str, str]  # of a child by subject, as text


class ExamForm(forms.Form):
    """An exam to be put down."""

    name = forms.CharField(label="考试名称", max_length=40, help_text="如：期中考试")
    on = forms.DateField(label="考试日期", widget=forms.DateInput(attrs={"type": "date"}))
    full = forms.IntegerField(label="每科满分", initial=100, min_value=10, max_value=300)


class MarksForm(forms.Form):
    """The marks of a class in one subject."""

    def __init__(self, roll: list[Child], full: int, *args: Any, **kwargs: Any) -> None:
        """Ask for each child."""
        super().__init__(*args, **kwargs)
        for child in roll:
            self.fields[str(child.pk)] = forms.DecimalField(
                label=child.name, required=False, min_value=0, max_value=full, decimal_places=1,
                widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.5"}),
            )  # fmt: skip


def index(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show what can be entered for a class and its exams; put an exam down."""
    klass = _klass(request, pk)
    form = ExamForm(request.POST or None, initial={"on": request.scope.on})
    if request.method == "POST" and (exam := attempt(form, lambda: _open(request, klass, form))):
        return HttpResponseRedirect(reverse("klass-exam", kwargs={"pk": pk, "exam": exam.pk}))
    return page(
        request, "desk/klass_exams.html", klass=klass, name=_name(request, klass), matters=MATTERS, form=form,
        exams=exams_of(request.scope, [klass.school_id]), status=422 if form.errors else 200,
    )  # fmt: skip


def _open(request: DeskRequest, klass: Klass, form: ExamForm) -> Exam:
    term = term_on(klass.school_id, request.scope.on)
    if term is None:
        raise Refused("no-term", "还没有设学期，请管理员先添加本学期")
    return open_exam(request.scope, school=klass.school, term=term, **form.cleaned_data)


def show(request: DeskRequest, pk: UUID, exam: UUID) -> HttpResponse:
    """Show the marks of a class in an exam; type in those of a subject."""
    klass, one, roll = _klass(request, pk), _exam(request, pk, exam), roll_of(request.scope, pk)
    subject = next((code for code in Subject if code.value == request.GET.get("subject")), Subject.CHINESE)
    marks = marks_of(request.scope, one, klass)

    def told(now: dict[UUID, dict[str, Decimal]]) -> dict[str, Any]:
        return {str(child.pk): now.get(child.pk, {}).get(subject.value) for child in roll}

    form = MarksForm(roll, one.full, request.POST or None, initial=told(marks))
    act = over_settings(
        form, klass, lambda held: told(marks_of(request.scope, one, held)),
        lambda held: _save(request, one, subject, held), first=form.initial,
    )  # fmt: skip
    if request.method == "POST" and done(form, lambda: act(form.cleaned_data)):
        messages.success(request, f"{subject.label}成绩已保存。")
        return HttpResponseRedirect(request.get_full_path())
    return page(
        request, "desk/klass_exam.html", klass=klass, name=_name(request, klass), exam=one, roll=roll, marks=marks, form=form,
        subjects=Subject, subject=subject, met=[code for code in Subject if any(code.value in told for told in marks.values())],
        limit=settings.OASIS_UPLOAD_LIMIT >> 20, status=422 if form.errors else 200,
    )  # fmt: skip


def _save(request: DeskRequest, exam: Exam, subject: Subject, told: dict[str, Any]) -> bool:
    enter_marks(request.scope, exam, marks={UUID(child): {subject.value: mark} for child, mark in told.items()})
    return True


def take_in(request: DeskRequest, pk: UUID, exam: UUID) -> HttpResponse:
    """Read a sheet and show what would be entered; then enter it."""
    klass, one = _klass(request, pk), _exam(request, pk, exam)
    here = HttpResponseRedirect(reverse("klass-exam", kwargs={"pk": pk, "exam": exam}))
    if request.method != "POST":
        return here
    try:
        if request.POST.get("marks"):
            count = while_locked(klass, lambda held: _take(request, one, held))
            messages.success(request, f"成绩已导入，改动{count}项。")
            return here
        roll = [Sitter(child.pk, child.name, child.class_no) for child in roll_of(request.scope, pk)]
        sheet = read_marks(_bytes(request), roll, one.full, largest=settings.OASIS_UPLOAD_LIMIT)
    except Refused as refused:
        messages.error(request, refused.message)
        return here
    told = {str(row.child): row.marks for row in sheet.good}
    sealed = signing.dumps({"told": told, "stood": _stands(request, one, klass)}, salt=SALT, compress=True)
    name = _name(request, klass)
    return page(
        request, "desk/klass_exam_import.html", klass=klass, name=name, exam=one, sheet=sheet, sealed=sealed
    )  # fmt: skip


def _take(request: DeskRequest, exam: Exam, klass: Klass) -> int:
    """Enter the marks that were looked at; raises Refused where somebody has changed one of them since."""
    try:
        seen = signing.loads(request.POST["marks"], salt=SALT, max_age=HOUR)
        told, stood = seen["told"], seen["stood"]
    except (signing.BadSignature, KeyError) as error:  # out of date, or sealed by an older program
        raise Refused("stale", "页面已过期，请重新选择文件") from error
    now = _stands(request, exam, klass)
    if any(_changed(now.get(child, {}), stood.get(child, {}), marks) for child, marks in told.items()):
        raise Refused("meanwhile", "您核对以后，有人改过其中的成绩。请重新选择文件，再核对一遍")
    read = {UUID(child): {code: Decimal(text) for code, text in marks.items()} for child, marks in told.items()}
    return enter_marks(request.scope, exam, marks=read)


def _changed(now: Marks, stood: Marks, told: Marks) -> bool:
    """Tell whether a mark of a child was changed since the sheet was looked at, to another than the sheet says."""
    changed = [code for code in told if now.get(code) != stood.get(code)]
    return any(code not in now or Decimal(now[code]) != Decimal(told[code]) for code in changed)


def _stands(request: DeskRequest, exam: Exam, klass: Klass) -> dict[str, Marks]:
    rows = marks_of(request.scope, exam, klass)
    return {str(child): {code: str(mark) for code, mark in marks.items()} for child, marks in rows.items()}


def _bytes(request: DeskRequest) -> bytes:
    sent = request.FILES.get("file")
    if not isinstance(sent, UploadedFile):
        raise Refused("no-file", "请先选择一个成绩表文件")
    if (sent.size or 0) > settings.OASIS_UPLOAD_LIMIT:
        raise Refused("too-large", "文件太大，请只留成绩表再上传")
    data: bytes = sent.read()
    return data


def _klass(request: DeskRequest, pk: UUID) -> Klass:
    klass = class_in_reach(request.scope, Need.CHILD_WRITE, pk)
    if klass is None:
        raise Http404
    return klass


def _exam(request: DeskRequest, pk: UUID, exam: UUID) -> Exam:
    found = next((one for one in exams_of(request.scope, [_klass(request, pk).school_id]) if one.pk == exam), None)
    if found is None:
        raise Http404
    return found


def _name(request: DeskRequest, klass: Klass) -> str:
    return klass.name(request.scope.on, klass.school.primary_years)


ROUTES = (
    screen("klasses/<uuid:pk>/exams/", index, needs=Need.CHILD_WRITE, name="klass-exams"),
    screen("klasses/<uuid:pk>/exams/<uuid:exam>/", show, needs=Need.CHILD_WRITE, name="klass-exam"),
    screen(
        "klasses/<uuid:pk>/exams/<uuid:exam>/import/", take_in, needs=Need.CHILD_WRITE, name="klass-exam-import",
        files="OASIS_UPLOAD_LIMIT",
    ),
)  # fmt: skip
