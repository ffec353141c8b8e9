"""导入: a roster chosen, its columns confirmed, its rows looked at, then committed; and taken back if need be."""

import re
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from oasis.desk.jinja import url
from oasis.desk.page import DeskRequest, page
from oasis.intake import actions, files, jobs, meaning, picking, wording
from oasis.intake.models import Batch
from oasis.intake.outlook import lists, outlook
from oasis.intake.queries import batches, layout_groups, rows_of
from oasis.intake.reading import REMARKS
from oasis.intake.sheets import SHEETS
from oasis.kit.refused import Refused
from oasis.people.gate import screen
from oasis.people.roles import Need

SHOWN = 50
DECIDED = re.compile(r"(same|apart)-([0-9]{1,7})")
DECIDED_SO = {"same": "已对上原来的档案，只更新勾选的几项。", "apart": "已改回来，不算同一个孩子。"}
TAKE = {"take-unnumbered": True, "leave-unnumbered": False}
FILTERS = (("look", "要看的"), ("all", "全部"), ("new", "新增"), ("changed", "有变化"), ("same", "不变"), ("refused", "有问题"), ("doubt", "可能重复"), ("unnumbered", "身份证号有误"), ("newer", "档案更新"), ("left", "没有选"), ("said", "有提醒"))  # fmt: skip
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def index(request: DeskRequest) -> HttpResponse:
    """Choose a file; below, the rosters that came before."""
    wrong = ""
    if request.method == "POST":
        try:
            batch = actions.receive(request.scope, **sent_file(request))
            return HttpResponseRedirect(reverse("intake-columns", kwargs={"pk": batch.pk}))
        except Refused as refused:
            wrong = refused.message
    earlier = batches(request.scope)[:20]
    return page(
        request, "desk/intake.html", wrong=wrong, batches=earlier, sheets=SHEETS, status=422 if wrong else 200,
        limit=settings.OASIS_UPLOAD_LIMIT // 1024 // 1024,
    )  # fmt: skip


def sent_file(request: DeskRequest) -> dict[str, Any]:
    """Give name and bytes of the file that was sent; a file over the limit is never read into memory."""
    sent = request.FILES.get("file")
    if not isinstance(sent, UploadedFile):
        raise Refused("no-file", "请先选择一个花名册文件。")
    limit: int = settings.OASIS_UPLOAD_LIMIT
    if (sent.size or 0) > limit:
        raise Refused(
            "roster-too-large",
            f"文件超过 {limit // 1024 // 1024} MB。请删去图片和无关的工作表，或分成几个文件后再导入。",
        )
    return {"name": sent.name or "", "data": sent.read(), "largest": limit}


def found(request: DeskRequest, pk: UUID) -> Batch:
    return get_object_or_404(batches(request.scope), pk=pk)


def columns(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Confirm what each column is, then let the rows be judged."""
    batch = found(request, pk)
    if batch.state not in (Batch.State.COLUMNS, Batch.State.PREVIEW):
        return HttpResponseRedirect(reverse("intake-batch", kwargs={"pk": pk}))
    wrong = ""
    if request.method == "POST":
        try:
            klass = request.POST.get("klass")
            batch = actions.choose(
                request.scope, batch, columns=chosen(request, batch), klass=UUID(klass) if klass else None,
                told_on=date.fromisoformat(day) if (day := request.POST.get("made_on")) else None,
            )  # fmt: skip
            jobs.start(request.scope, batch, "preview")
            return HttpResponseRedirect(reverse("intake-batch", kwargs={"pk": pk}))
        except (Refused, ValueError) as refused:
            wrong = refused.message if isinstance(refused, Refused) else "请检查班级和名册的日期。"
    classes = [
        (one.pk, one.name(batch.on, one.school.primary_years)) for one in actions.classes_to_fill(request.scope, batch)
    ]
    return page(
        request, "desk/intake_columns.html", batch=batch, groups=layout_groups(batch), fields=wording.field_groups(),
        classes=classes, wrong=wrong, remarks=[REMARKS[code] for code in batch.remarks if code in REMARKS],
    )  # fmt: skip


def chosen(request: DeskRequest, batch: Batch) -> dict[str, dict[int, str]]:
    """Read the choices of the form, by headings and column."""
    return {
        group.signature: {
            column.at: request.POST.get(f"{group.signature}-{column.at}", column.field or "")
            for column in group.columns
        }
        for group in layout_groups(batch)
    }


def show(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show how far a batch is: the progress, the preview, or what came of it."""
    batch = found(request, pk)
    if batch.state == Batch.State.COLUMNS:
        return HttpResponseRedirect(reverse("intake-columns", kwargs={"pk": pk}))
    if batch.busy:
        return page(
            request,
            "desk/intake_busy.html",
            fragment="desk/_intake_busy.html",
            batch=batch,
            stalled=jobs.stalled(batch),
        )
    if request.htmx and not request.htmx.boosted:
        answer = HttpResponse()
        answer["HX-Redirect"] = reverse("intake-batch", kwargs={"pk": pk})
        return answer
    state = request.GET.get("show") or "look"
    told = request.GET.get("after", "")
    after = int(told) if told.isascii() and told.isdecimal() and len(told) < 8 else -1
    rows = wording.shown_rows(request.scope, batch, state=state, after=after, limit=SHOWN + 1)
    last = after + SHOWN if state == "look" else rows[min(SHOWN, len(rows)) - 1].number if rows else -1
    look = rows_of(request.scope, batch, state="look").count()
    filters = [
        (words, url("intake-batch", pk=pk, query={"show": code}), code == state, number)
        for code, words, number in lists(batch, FILTERS, state, look)
    ]
    return page(
        request, "desk/intake_batch.html", batch=batch, rows=rows[:SHOWN], more=last if len(rows) > SHOWN else None,
        n=outlook(batch), show=state, after=after, filters=filters,
        remarks=[REMARKS[code] for code in batch.remarks if code in REMARKS],
    )  # fmt: skip


def pick(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Keep what is ticked on this page; then stay, go on to the next page, or commit."""
    batch = found(request, pk)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("intake-batch", kwargs={"pk": pk}))
    shown, go = numbers(request, "shown"), request.POST.get("go", "")
    try:
        picking.pick(
            request.scope, batch, shown=shown, rows=numbers(request, "row"),
            fields={number: numbers(request, f"field-{number}") for number in shown},
        )  # fmt: skip
        if go == "commit":
            jobs.start(request.scope, batch, "commit")
            return HttpResponseRedirect(reverse("intake-batch", kwargs={"pk": pk}))
        if go in TAKE:
            picking.take_unnumbered(request.scope, batch, take=TAKE[go])
        if decided := DECIDED.fullmatch(go):
            meaning.decide(request.scope, batch, number=int(decided[2]), same=decided[1] == "same")
        messages.success(request, DECIDED_SO[decided[1]] if decided else "勾选已保存。")
    except Refused as refused:
        messages.error(request, refused.message)
    after = go if go.isascii() and go.isdecimal() else request.POST.get("after", "")
    query = urlencode({"show": request.POST.get("show", ""), "after": after})
    return HttpResponseRedirect(f"{reverse('intake-batch', kwargs={'pk': pk})}?{query}")


def numbers(request: DeskRequest, name: str) -> set[int]:
    """Read the numbers ticked under a name; what is none is left aside."""
    return {int(one) for one in request.POST.getlist(name) if one.isascii() and one.isdecimal() and len(one) < 8}


def act(request: DeskRequest, pk: UUID, what: str) -> HttpResponse:
    """Begin the preview again, the commit or the taking back; a large file goes on in the background."""
    batch = found(request, pk)
    if what not in jobs.ACTS:
        raise Http404
    try:
        if request.method == "POST":
            jobs.start(request.scope, batch, what)
    except Refused as refused:
        messages.error(request, refused.message)
    return HttpResponseRedirect(reverse("intake-batch", kwargs={"pk": pk}))


def refused_file(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Hand back the rows that were refused, with the reasons."""
    batch = found(request, pk)
    return spreadsheet(files.hand_back(request.scope, batch), "有问题的行.xlsx")


def blank(request: DeskRequest, kind: str) -> HttpResponse:
    """Hand out an empty roster."""
    if kind not in SHEETS:
        raise Http404
    return spreadsheet(files.blank(SHEETS.get(kind)), f"空白名册-{kind}.xlsx")


def spreadsheet(data: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=EXCEL)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    answer["Cache-Control"] = "no-store"
    return answer


ROUTES = (
    screen("intake/", index, needs=Need.IMPORT, name="intake", files="OASIS_UPLOAD_LIMIT"),
    screen("intake/blank/<slug:kind>.xlsx", blank, needs=Need.IMPORT, name="intake-blank"),
    screen("intake/<uuid:pk>/", show, needs=Need.IMPORT, name="intake-batch"),
    screen("intake/<uuid:pk>/columns/", columns, needs=Need.IMPORT, name="intake-columns"),
    screen("intake/<uuid:pk>/pick/", pick, needs=Need.IMPORT, name="intake-pick"),
    screen("intake/<uuid:pk>/act/<slug:what>/", act, needs=Need.IMPORT, name="intake-act"),
    screen("intake/<uuid:pk>/refused.xlsx", refused_file, needs=Need.IMPORT, name="intake-refused"),
)
