"""设置 · 上级表格: the bureau's own forms uploaded, tied, tried on samples, put in use, replaced, retired."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from oasis.desk.bureau_ties import REMARKS, Line, Places, TieForm, chosen, lines_of, stands
from oasis.desk.meanwhile import over
from oasis.desk.page import DeskRequest, page
from oasis.desk.sending import sent
from oasis.desk.setting import ask, attempt, done, school_of
from oasis.kit.refused import Refused
from oasis.papers.actions import MEDIA
from oasis.papers.bureau import actions
from oasis.papers.bureau.fields import offered
from oasis.papers.bureau.grid import grids
from oasis.papers.bureau.queries import Opened, kept, opened_for_setting
from oasis.papers.bureau.ties import cut_choices
from oasis.papers.models import Template
from oasis.papers.plaintext import file_name
from oasis.papers.shape import Export
from oasis.people.gate import screen
from oasis.people.meanwhile import as_seen, mark, while_held
from oasis.people.roles import Need

AUTO = ("", "由系统判断")
SHOWN = 120  # rows of a sheet that are drawn


class UploadForm(forms.Form):
    """A new form."""

    title = forms.CharField(
        label="表名", max_length=60, help_text="大家在“文书”里看到的名字，如：县教育局关爱儿童登记表"
    )
    kind = forms.ChoiceField(
        label="是哪一种表", choices=[AUTO, *Template.Kind.choices], required=False, widget=forms.RadioSelect, initial=""
    )
    file = forms.FileField(label="空白表", widget=forms.FileInput(attrs={"accept": ".docx,.xlsx"}))


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


def show(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show the sheet with what each place is taken for; keep corrections, or keep them and try."""
    opened = _opened(request, pk)
    form = TieForm(request.POST or None, opened=opened)
    act = over(
        request.scope, form, opened.template, lambda _held: stands(_opened(request, pk)),
        lambda held: _tied(request, opened, held), need=Need.CADENCES, first=form.initial,
    )  # fmt: skip
    if request.method != "POST":
        return _page(request, opened, form, lines_of(opened))
    if not done(form, lambda: act(form.cleaned_data)):
        return _page(request, opened, form, lines_of(opened, request.POST.dict()))
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
    keys = [line.tie.key for line in lines_of(opened)]
    return actions.tie_form(
        request.scope, template=opened.template.pk, number=told["number"], empties=told["empties"], title=told["title"],
        chosen={key: chosen(told[f"w-{key}"], told[f"x-{key}"], told[f"c-{key}"]) for key in keys},
    )  # fmt: skip


def _page(request: DeskRequest, opened: Opened, form: forms.Form, lines: list[Line]) -> HttpResponse:
    told, kind = opened.file.layout, opened.template.kind
    return page(
        request, "desk/settings_template.html", places=Places(opened, lines), stands=_mark(opened), kept=opened.template, file=opened.file,
        form=form, fields=offered(kind), cuts=cut_choices() if kind == Template.Kind.FIGURES else [],
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
