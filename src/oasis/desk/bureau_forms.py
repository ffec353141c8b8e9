"""设置 · 上级表格: the bureau's own forms uploaded, tied, tried on samples, put in use, replaced, retired."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from oasis.desk.meanwhile import over
from oasis.desk.page import DeskRequest, page
from oasis.desk.sending import sent
from oasis.desk.setting import ask, attempt, done, school_of
from oasis.kit.refused import Refused
from oasis.papers.actions import MEDIA
from oasis.papers.bureau import actions
from oasis.papers.bureau.fields import offered
from oasis.papers.bureau.grid import grids
from oasis.papers.bureau.places import address
from oasis.papers.bureau.queries import Opened, kept, opened_for_setting
from oasis.papers.bureau.ties import FIELD, FIXED, HAND, OPEN, Tie, cut_choices
from oasis.papers.models import Template
from oasis.papers.plaintext import file_name
from oasis.papers.shape import Export
from oasis.people.gate import screen
from oasis.people.meanwhile import as_seen, mark, while_held
from oasis.people.roles import Need

SHOWN = 120  # rows of a sheet that are drawn
REMARKS = {
    "nested": "表格里面还套着表格，里面那层填不到，要手写。",
    "controls": "表里有“内容控件”，填好后请看一看有没有错位。",
    "pictures": "表里有图片或图表，填好后可能不在了，请在试填的文件里看一看。",
}
AUTO = ("", "由系统判断")


class UploadForm(forms.Form):
    """A new form."""

    title = forms.CharField(
        label="表名", max_length=60, help_text="大家在“文书”里看到的名字，如：县教育局关爱儿童登记表"
    )
    kind = forms.ChoiceField(
        label="是哪一种表", choices=[AUTO, *Template.Kind.choices], required=False, widget=forms.RadioSelect, initial=""
    )
    file = forms.FileField(label="空白表", widget=forms.FileInput(attrs={"accept": ".docx,.xlsx"}))


@dataclass(frozen=True)
class Line:
    """A place as the page lists it: its number, the tie, and what the select and fields hold now."""

    number: int
    tie: Tie
    value: str
    text: str
    cut: str

    @property
    def unknown(self) -> bool:
        """Tell whether nobody has decided yet."""
        return self.value == ""


def index(request: DeskRequest) -> HttpResponse:
    """Show the forms; take a new one."""
    school, form = school_of(request, Need.CADENCES), UploadForm(request.POST or None, request.FILES or None)

    def take() -> Template:
        told = form.cleaned_data
        data, limit = _bytes(told["file"])
        return actions.receive_form(
            request.scope, school=school, title=told["title"], data=data, largest=limit, kind=told["kind"]
        )

    if request.method == "POST" and (made := attempt(form, take)) is not None:
        return HttpResponseRedirect(reverse("settings-template", kwargs={"pk": made.pk}))
    return page(
        request, "desk/settings_templates.html", form=form, forms=kept(request.scope), limit=settings.OASIS_PAPER_LIMIT >> 20,
        status=422 if form.errors else 200,
    )  # fmt: skip


def _bytes(upload: "UploadedFile[bytes]") -> tuple[bytes, int]:
    """Read what was sent; a file over the limit is never read into memory."""
    limit: int = settings.OASIS_PAPER_LIMIT
    if (upload.size or 0) > limit:
        raise Refused("too-large", f"文件超过 {limit >> 20} MB。空白表一般只有几十 KB，请删去图片后再传", field="file")
    data: bytes = upload.read()
    return data, limit


def _opened(request: DeskRequest, pk: UUID) -> Opened:
    found = opened_for_setting(request.scope, pk)
    if found is None:
        raise Http404
    return found


class TieForm(forms.Form):
    """What is sent with a sheet: what each place is filled with, the name of the form, what stands for the unknown."""

    number = forms.IntegerField(max_value=99999, min_value=0)
    title = forms.CharField(label="表名", max_length=60)
    empties = forms.ChoiceField(label="档案里没有登记的内容", choices=Template.Empties.choices)

    def __init__(self, *args: Any, opened: Opened, **kwargs: Any) -> None:
        """Ask about each place."""
        super().__init__(*args, **{"initial": _stands(opened)} | kwargs)
        labels = _labels(opened)
        for line in _lines(opened):
            key, place = line.tie.key, f"第{line.number}格“{line.tie.words}”"
            self.fields[f"w-{key}"] = forms.ChoiceField(
                label=f"{place}填什么", choices=list(labels.items()), required=False
            )
            self.fields[f"x-{key}"] = forms.CharField(label=f"{place}的固定文字", max_length=100, required=False)
            self.fields[f"c-{key}"] = forms.ChoiceField(
                label=f"{place}只数哪些", choices=[("", "全部"), *cut_choices()], required=False
            )


def _stands(opened: Opened) -> dict[str, Any]:
    told: dict[str, Any] = {"title": opened.template.title, "empties": opened.template.empties}
    for line in _lines(opened):
        told |= {f"w-{line.tie.key}": line.value, f"x-{line.tie.key}": line.text, f"c-{line.tie.key}": line.cut}
    return told


def show(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show the sheet with what each place is taken for; keep corrections, or keep them and try."""
    opened = _opened(request, pk)
    form = TieForm(request.POST or None, opened=opened)
    act = over(
        request.scope, form, opened.template, lambda _held: _stands(_opened(request, pk)),
        lambda held: _tied(request, opened, held), need=Need.CADENCES, first=form.initial,
    )  # fmt: skip
    if request.method != "POST":
        return _page(request, opened, form, _lines(opened))
    if not done(form, lambda: act(form.cleaned_data)):
        return _page(request, opened, form, _lines(opened, request))
    if request.POST.get("go") == "try":
        ask(
            request,
            lambda: actions.try_form(request.scope, template=pk),
            "试填成功：每一格都写进去了。下载看一看，没有问题就启用。",
        )
    else:
        messages.success(request, "已保存。")
    return HttpResponseRedirect(reverse("settings-template", kwargs={"pk": pk}))


def _tied(request: DeskRequest, opened: Opened, told: dict[str, Any]) -> object:
    keys = [line.tie.key for line in _lines(opened)]
    return actions.tie_form(
        request.scope, template=opened.template.pk, number=told["number"], empties=told["empties"], title=told["title"],
        chosen={key: _choice(told[f"w-{key}"], told[f"x-{key}"], told[f"c-{key}"]) for key in keys},
    )  # fmt: skip


def _lines(opened: Opened, request: DeskRequest | None = None) -> list[Line]:
    """Give the places in order, as kept or as just sent."""
    lines = []
    for n, tie in enumerate(opened.ties, start=1):
        value = f"{FIELD}:{tie.field}" if tie.what == FIELD else tie.what
        text, cut = tie.text, tie.cut
        if request is not None:
            value = request.POST.get(f"w-{tie.key}", value)
            text, cut = request.POST.get(f"x-{tie.key}", text), request.POST.get(f"c-{tie.key}", cut)
        lines.append(Line(n, tie, value, text, cut))
    return lines


def _choice(value: str, text: str, cut: str) -> tuple[str, str, str, str]:
    what, _, field = value.partition(":")
    return (what, field, cut, text)


def _labels(opened: Opened) -> dict[str, str]:
    labels = {f"{FIELD}:{code}": label for _group, fields in offered(opened.template.kind) for code, label in fields}
    return labels | {FIXED: "写固定文字", HAND: "留给人手填", OPEN: "还没有定"}


def _page(request: DeskRequest, opened: Opened, form: forms.Form, lines: list[Line]) -> HttpResponse:
    told = opened.file.layout
    marks: dict[str, list[Line]] = {}
    for line in lines:
        spot = address(line.tie.key)
        row = (
            spot.row
            if spot.row >= 0 or spot.paragraph >= 0
            else next(b.first for b in opened.bodies if b.table == spot.table)
        )
        where = f"p{spot.paragraph}" if spot.paragraph >= 0 else f"t{spot.table}r{row}c{spot.column}"
        marks.setdefault(where, []).append(line)
    return page(
        request, "desk/settings_template.html", opened=opened, stands=_mark(opened), kept=opened.template, file=opened.file, lines=lines, marks=marks,
        unknown=[line for line in lines if line.unknown], labels=_labels(opened), form=form, fields=offered(opened.template.kind), cuts=cut_choices(),
        grids=grids(told), paragraphs=told["paragraphs"], order=told["order"] or [["t", n] for n in range(len(told["tables"]))],
        remarks=[REMARKS[code] for code in told["remarks"]], kinds=Template.Kind.choices, empties=Template.Empties.choices,
        shown=SHOWN, status=422 if form.errors else 200,
    )  # fmt: skip


def act(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Do what a button asks: another kind, in use, retired, back; or give the file filled with samples."""
    opened, back = _opened(request, pk), HttpResponseRedirect(reverse("settings-template", kwargs={"pk": pk}))
    if request.method != "POST":
        return back
    scope, what = request.scope, request.POST.get("act", "")
    if what == "sample":
        return _sample(request, opened) or back
    acts: dict[str, tuple[Callable[[], Any], str]] = {
        "kind": (
            lambda: while_held(scope, opened.template, Need.CADENCES, lambda held: _another_kind(request, held)),
            "已按这一种重新认了一遍，请核对。",
        ),
        "use": (lambda: actions.use_form(scope, template=pk), "已启用。班主任和校领导在“文书”里可以用它了。"),
        "retire": (lambda: actions.retire_form(scope, template=pk), "已停用，“文书”里不再出现。"),
        "back": (lambda: actions.retire_form(scope, template=pk, back=True), "已恢复。"),
    }
    if what in acts:
        ask(request, *acts[what])
    return back


def _another_kind(request: DeskRequest, held: Template) -> object:
    stands = _mark(_opened(request, held.pk))
    as_seen(request.POST.get("seen", ""), stands, lambda: f"有人改过这张表（种类现在是“{held.get_kind_display()}”）")
    return actions.change_kind(request.scope, template=held.pk, kind=request.POST.get("kind", ""))


def _mark(opened: Opened) -> str:
    return mark(opened.template.kind, opened.file.number, opened.file.ties)


def _sample(request: DeskRequest, opened: Opened) -> HttpResponse | None:
    try:
        data = actions.try_form(request.scope, template=opened.template.pk)
    except Refused as refused:
        messages.error(request, refused.message)
        return None
    ending = opened.file.ending
    return sent(Export(file_name("试填", opened.template.title, ending=ending), MEDIA[ending], data))


def replace(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Take a newer file of the form; what was tied stays where the words are the same."""
    _opened(request, pk)
    upload = request.FILES.get("file")
    if request.method == "POST" and isinstance(upload, UploadedFile):
        ask(
            request,
            lambda: _replaced(request, pk, upload),
            "已换上新表，标题没变的格子还是原来的对应，请核对后再试填。",
        )
    elif request.method == "POST":
        messages.error(request, "请先选择新的空白表。")
    return HttpResponseRedirect(reverse("settings-template", kwargs={"pk": pk}))


def _replaced(request: DeskRequest, pk: UUID, upload: "UploadedFile[bytes]") -> None:
    data, limit = _bytes(upload)
    actions.replace_form(request.scope, template=pk, data=data, largest=limit)


ROUTES = (
    screen("settings/templates/", index, needs=Need.CADENCES, name="settings-templates", files="OASIS_PAPER_LIMIT"),
    screen("settings/templates/<uuid:pk>/", show, needs=Need.CADENCES, name="settings-template"),
    screen("settings/templates/<uuid:pk>/act/", act, needs=Need.CADENCES, name="settings-template-act"),
    screen("settings/templates/<uuid:pk>/replace/", replace, needs=Need.CADENCES, name="settings-template-replace", files="OASIS_PAPER_LIMIT"),
)  # fmt: skip
