"""强制报告登记表: one report as a filled form (domain.md 2.22); what is not known stays empty for the hand."""

from typing import Any
from uuid import UUID

from django.db import transaction

from oasis.children.models import Child
from oasis.kit.dates import zh_full
from oasis.papers.actions import MEDIA
from oasis.papers.files import ChildFile, files_of
from oasis.papers.official.form import Entry, FormPage, forms_docx
from oasis.papers.plaintext import file_name
from oasis.papers.shape import Export
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.records.reporting.forms import ReportForm, words_of
from oasis.records.reporting.knowing import Opened, open_text
from oasis.records.reporting.queries import named_in
from oasis.records.reporting.steps import STEPS
from oasis.records.reporting.wording import born, names, steps_told

Row = tuple[Entry, ...]


def export_report(scope: Scope, *, report: UUID, reason: str, words: str = "") -> Export:
    """Give the form of a report as .docx, for a reason; raises Refused as opening does."""
    with transaction.atomic():
        opened = open_text(scope, report=report, reason=reason, words=words, deed="report.print")
        data = forms_docx("强制报告登记表", [page(scope, opened)])
    name = file_name("强制报告登记表", opened.report.number, ending="docx")
    return Export(name, MEDIA["docx"], data)


def page(scope: Scope, opened: Opened) -> FormPage:
    """Fill the form."""
    report, content = opened.report, opened.content
    known = "、".join(one.user.name for one in named_in(report))
    return FormPage(
        title="侵害未成年人案件强制报告登记表",
        above=(f"编号：{report.number}", "密级：保密，仅限知情人员", f"填报日期：{zh_full(scope.on)}"),
        rows=(
            (Entry("填报单位", report.school.name, 2, 6), Entry("发现人", report.by.name)),
            *_child(content, _file(scope, content)), *_case(content), *_steps(content),
            (Entry("知悉人员", known, 2, 10),),
            (Entry("打印", f"{scope.name}，{zh_full(scope.on)}", 2, 10),),
        ),
        below=("报告人签字：＿＿＿＿＿", "学校负责人签批：＿＿＿＿＿（签批不影响立即报警）"),
    )  # fmt: skip


def _file(scope: Scope, content: dict[str, Any]) -> ChildFile | None:
    """Give the child's file when the printing person may read it."""
    if "id" not in content["child"]:
        return None
    rows = Child.objects.within(scope, Need.ID_NUMBER).select_related("klass", "school")
    child = rows.filter(pk=content["child"]["id"]).first()
    return files_of(scope, [child], scope.on)[0] if child else None


def _child(content: dict[str, Any], file: ChildFile | None) -> tuple[Row, ...]:
    told = content["child"]
    carer = (file.carer or file.mother or file.father) if file else None
    return (
        (
            Entry("姓名", told.get("name", "")),
            Entry("性别", told.get("sex") or (file.child.get_sex_display() if file else "")),
            Entry("班级", told.get("klass", "")),
        ),
        (
            Entry("出生日期", born(content) or _birthday(file), 2, 4),
            Entry("身份证号", file.child.id_number if file else "", 2, 4),
        ),
        (
            Entry("照护人", carer.called if carer else "", 2, 4),
            Entry("联系电话", carer.phone if carer else "", 2, 4),
        ),
        (Entry("现住址", file.child.address if file else "", 2, 10),),
    )


def _birthday(file: ChildFile | None) -> str:
    return zh_full(file.child.birth_on) if file and file.child.birth_on else ""


def _case(content: dict[str, Any]) -> tuple[Row, ...]:
    told = dict(words_of(ReportForm, content["case"]))
    label = {name: str(field.label) for name, field in ReportForm.base_fields.items()}

    def value(name: str) -> str:
        return told.get(label[name], "")

    suspects = "；".join(part for part in (value("suspect"), "、".join(names(content["suspects"]))) if part)
    measures = "；".join(part for part in (value("measures"), value("measures_words")) if part)
    return (
        (Entry("报告情形", value("situations"), 2, 10),),
        (Entry("发现时间", value("found_at"), 2, 4), Entry("地点方式", f"{value('found_where')} {value('found_how')}", 2, 4)),
        (Entry("情况描述", value("seen"), 2, 10),),
        (Entry("疑似侵害人", suspects, 2, 10),),
        (Entry("已采取措施", measures, 2, 10),),
    )  # fmt: skip


def _steps(content: dict[str, Any]) -> tuple[Row, ...]:
    taken = {
        code: "；".join(f"{label}：{words}" for label, words in told) for code, _label, told in steps_told(content)
    }
    always = ("police", "education", "guardian")
    rows = [
        (Entry(step.label, taken.get(step.code, ""), 2, 10),)
        for step in STEPS
        if step.code in taken or step.code in always
    ]
    return (*rows, (Entry("反馈与后续", content["result"], 2, 10),))
