"""一个孩子 · 材料: photos, scans and certificates; put in, looked at, taken out."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache

from oasis.children.actions.papers import keep_paper, withdraw_paper
from oasis.children.consents import answered
from oasis.children.models.paper import Paper
from oasis.children.papers import opened, papers, photo_removed
from oasis.desk.filing import child_of, looked, row_of
from oasis.desk.page import DeskRequest, page
from oasis.desk.setting import ask, done
from oasis.kit.refused import Refused
from oasis.people.gate import screen
from oasis.people.roles import Need

# What comes from outside is shown as if it could bite: never run, never framed, never guessed at.
GUARDED = {
    "Content-Security-Policy": "default-src 'none'; img-src 'self'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class PaperForm(forms.Form):
    """What is put in."""

    file = forms.FileField(label="照片或 PDF", widget=forms.FileInput(attrs={"accept": "image/*,.pdf"}))
    kind = forms.ChoiceField(label="是什么", choices=Paper.Kind)
    title = forms.CharField(label="说明", max_length=60, required=False)
    on = forms.DateField(label="材料日期", widget=forms.DateInput(attrs={"type": "date"}))


@never_cache
def index(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show the papers of a file; whoever writes the file puts one in."""
    if request.method == "POST":
        return _keep(request, pk)
    return _page(request, pk, PaperForm(initial={"on": request.scope.on, "kind": request.GET.get("kind", "")}))


def _keep(request: DeskRequest, pk: UUID) -> HttpResponse:
    child, form = child_of(request, pk), PaperForm(request.POST, request.FILES)

    def keep() -> Paper:
        fields: dict[str, Any] = form.cleaned_data
        return keep_paper(request.scope, child, **(fields | {"data": _bytes(fields.pop("file"))}))

    if done(form, keep):
        messages.success(request, "已放进档案。")
        return HttpResponseRedirect(reverse("child-papers", kwargs={"pk": pk}))
    return _page(request, pk, form)


def _bytes(sent: "UploadedFile[bytes]") -> bytes:
    """Read what was sent; a file over the limit is never read into memory."""
    limit: int = settings.OASIS_PAPER_LIMIT
    if (sent.size or 0) > limit:
        raise Refused("too-large", f"文件超过 {limit >> 20} MB，请拍小一点或分开上传", field="file")
    data: bytes = sent.read()
    return data


def _page(request: DeskRequest, pk: UUID, form: PaperForm) -> HttpResponse:
    look = looked(request, pk, need=Need.CHILD_READ, part="papers")
    writes = Need.CHILD_WRITE in look.may
    return page(
        request, "desk/child_papers.html", child=look.child, may=look.may, tab="papers", form=form, writes=writes,
        papers=list(papers(request.scope, look.child, look.may)), limit=settings.OASIS_PAPER_LIMIT >> 20,
        said=answered(request.scope, look.child) if writes else None, removed=writes and photo_removed(request.scope, look.child), status=422 if form.errors else 200,
    )  # fmt: skip


@never_cache
def show(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Give a paper whole: a picture to look at, anything else to be saved."""
    paper, data = _found(request, pk, small=False)
    answer = HttpResponse(data, content_type=paper.media, headers=GUARDED)
    ending = "jpg" if paper.picture else "pdf"
    way = "inline" if paper.picture else "attachment"
    answer["Content-Disposition"] = f'{way}; filename="{paper.kind}-{paper.on:%Y%m%d}.{ending}"'
    return answer


@never_cache
def thumb(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Give the small picture."""
    _paper, data = _found(request, pk, small=True)
    if not data:
        raise Http404
    return HttpResponse(data, content_type="image/jpeg", headers=GUARDED)


def _found(request: DeskRequest, pk: UUID, *, small: bool) -> tuple[Paper, bytes]:
    found = opened(request.scope, pk, small=small)
    if found is None:
        raise Http404
    return found


def withdraw(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Take a paper out."""
    paper = row_of(request, Paper, pk=pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    why = request.POST.get("why", "")
    ask(request, lambda: withdraw_paper(request.scope, paper, why=why), "已去掉，内容已删除。")
    return HttpResponseRedirect(reverse("child-papers", kwargs={"pk": paper.child_id}))


ROUTES = (
    screen("children/<uuid:pk>/papers/", index, needs=Need.CHILD_READ, name="child-papers", files="OASIS_PAPER_LIMIT"),
    screen("children/papers/<uuid:pk>/", show, needs=Need.CHILD_READ, name="child-paper"),
    screen("children/papers/<uuid:pk>/small/", thumb, needs=Need.CHILD_READ, name="child-paper-small"),
    screen("children/papers/<uuid:pk>/withdraw/", withdraw, needs=Need.CHILD_WRITE, name="child-paper-withdraw"),
)
