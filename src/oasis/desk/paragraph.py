"""One paragraph of a work summary: edit it, draft it anew, go back to an earlier wording."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from oasis.desk.page import DeskRequest, page
from oasis.kit.refused import Refused
from oasis.papers.models import Paragraph
from oasis.papers.summary import drafting
from oasis.papers.summary.facts import facts_of
from oasis.papers.summary.queries import paragraph, shown
from oasis.people.gate import screen
from oasis.people.roles import Need


class ParagraphForm(forms.Form):
    """The text, and the version it was edited from."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label="这一段的文字", max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 8}),
        help_text="清空后这一段不会出现在文件里",
    )  # fmt: skip


class StepForm(forms.Form):
    """The version that was seen and, to go back, the earlier one."""

    version = forms.IntegerField()
    to = forms.IntegerField(required=False)


def edit(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Edit a paragraph; when somebody was faster, show both texts."""
    row = reached(request, pk)
    form = ParagraphForm(request.POST or None, initial={"version": row.version, "text": row.text})
    overtaken = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            drafting.save_paragraph(request.scope, paragraph=row, version=given["version"], text=given["text"].strip())
            messages.success(request, "这一段已保存")
            return HttpResponseRedirect(address(row))
        except drafting.Overtaken as refused:
            overtaken = refused.theirs
            row = reached(request, pk)
            form = ParagraphForm(initial={"version": row.version, "text": refused.mine})
    found = shown(row, facts_of(request.scope, row.draft))
    status = 409 if overtaken else 200
    return page(request, "desk/paragraph.html", status=status, shown=found, form=form, overtaken=overtaken)


def anew(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Draft the paragraph from the figures of today."""
    return _step(request, pk, back=False)


def back(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Take an earlier wording again."""
    return _step(request, pk, back=True)


def _step(request: DeskRequest, pk: UUID, *, back: bool) -> HttpResponse:
    row, form = reached(request, pk), StepForm(request.POST)
    if request.method != "POST" or not form.is_valid():
        return HttpResponseRedirect(reverse("paper-paragraph", kwargs={"pk": pk}))
    given = form.cleaned_data
    try:
        if back:
            drafting.go_back(request.scope, paragraph=row, version=given["version"], to=given["to"] or 0)
        else:
            drafting.draft_anew(request.scope, paragraph=row, version=given["version"])
        messages.success(request, "已换成选定的文字，原来的文字留在历史里")
        return HttpResponseRedirect(address(row))
    except Refused as refused:
        messages.error(request, refused.message)
    return HttpResponseRedirect(reverse("paper-paragraph", kwargs={"pk": pk}))


def reached(request: DeskRequest, pk: UUID) -> Paragraph:
    """Give the paragraph, or 404 when it is out of reach."""
    row = paragraph(request.scope, pk)
    if row is None:
        raise Http404
    return row


def address(row: Paragraph) -> str:
    """Give the address of the paragraph in its draft."""
    return reverse("paper-summary", kwargs={"pk": row.draft_id}) + f"#p-{row.pk}"


ROUTES = (
    screen("papers/paragraph/<uuid:pk>/", edit, needs=Need.SUMMARY, name="paper-paragraph"),
    screen("papers/paragraph/<uuid:pk>/anew/", anew, needs=Need.SUMMARY, name="paper-paragraph-anew"),
    screen("papers/paragraph/<uuid:pk>/back/", back, needs=Need.SUMMARY, name="paper-paragraph-back"),
)
