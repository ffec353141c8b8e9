"""工作总结: begin a draft, read it with its figures, export it."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from oasis.desk.filing import initial_of
from oasis.desk.meanwhile import columns, over
from oasis.desk.page import DeskRequest, page
from oasis.desk.sending import sent
from oasis.desk.setting import done
from oasis.figures.where import Calendar
from oasis.kit.ids import new_id
from oasis.kit.refused import Refused
from oasis.papers.models import Draft
from oasis.papers.places import place_within, places_within
from oasis.papers.summary import drafting
from oasis.papers.summary.export import export_summary
from oasis.papers.summary.facts import facts_of
from oasis.papers.summary.queries import drafts, parts
from oasis.papers.wording import cut_at_gaps
from oasis.people.gate import screen
from oasis.people.roles import Need

HEADING = ("title", "signature", "signed_on")


class NewForm(forms.Form):
    """Whose summary, for which time."""

    kind = forms.ChoiceField(label="写什么", choices=Draft.Kind.choices, widget=forms.RadioSelect({"data-needed": ""}), initial="summary", required=False,
        help_text="计划根据所选学期的记录，写下一学期（学年）的安排")  # fmt: skip
    place = forms.ChoiceField(label="班级或学校")
    period = forms.ChoiceField(label="根据哪个学期或学年的记录")


class HeadingForm(forms.Form):
    """What stands above and below the text."""

    title = forms.CharField(label="标题", max_length=120)
    signature = forms.CharField(label="落款", max_length=80)
    signed_on = forms.DateField(label="日期", widget=forms.DateInput(attrs={"type": "date"}))


class OwnForm(forms.Form):
    """A paragraph of one's own."""

    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    section = forms.CharField(widget=forms.HiddenInput)
    text = forms.CharField(label="加一段自己的话", max_length=3000, widget=forms.Textarea(attrs={"rows": 3}))


def new(request: DeskRequest) -> HttpResponse:
    """Begin a summary, or open the one there is."""
    places = places_within(request.scope, Need.SUMMARY)
    schools = dict.fromkeys(place.school.pk for place in places)
    periods = {one.code: one.label for school in schools for one in Calendar(school, request.scope.on).choices()}
    form = NewForm(
        request.POST or None,
        initial={"place": request.GET.get("place", ""), "kind": request.GET.get("kind", "summary")},
    )
    form.fields["place"].choices = [(str(place.pk), f"{place.school} {place.label}") for place in places]  # type: ignore[attr-defined]
    form.fields["period"].choices = list(periods.items())  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        place = place_within(request.scope, Need.SUMMARY, UUID(form.cleaned_data["place"]))
        try:
            if place:
                given = form.cleaned_data
                draft = drafting.begin(
                    request.scope, place=place, period=given["period"], kind=given["kind"] or Draft.Kind.SUMMARY
                )
                return HttpResponseRedirect(address(draft))
        except Refused as refused:
            form.add_error(refused.field or None, refused.message)
    return page(request, "desk/summary_new.html", form=form, periods=periods)


def show(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show a draft, its figures as links and what has changed since."""
    draft = get_object_or_404(drafts(request.scope), pk=pk)
    facts = facts_of(request.scope, draft)
    shown = parts(request.scope, draft, facts)
    rows = [one for part in shown for one in part.paragraphs]
    return page(
        request, "desk/summary.html", draft=draft, about=drafting.about(draft.kind, facts.period), parts=shown,
        gaps=sum(marked for one in rows for _, marked in cut_at_gaps(one.row.text)), changed=sum(bool(one.changed) for one in rows),
    )  # fmt: skip


def heading(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Change title, signature and date."""
    draft = get_object_or_404(drafts(request.scope), pk=pk)
    form = HeadingForm(
        request.POST or None,
        initial=initial_of(draft, HEADING),
    )
    act = over(
        request.scope, form, draft, columns(HEADING), lambda held: drafting.set_heading(request.scope, draft=draft, **held),
        need=Need.SUMMARY,
    )  # fmt: skip
    if request.method == "POST" and done(form, lambda: act(form.cleaned_data)):
        messages.success(request, "标题和落款已保存")
        return HttpResponseRedirect(address(draft))
    return page(request, "desk/summary_heading.html", draft=draft, form=form)


def refresh(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Draft anew all paragraphs nobody edited."""
    draft = get_object_or_404(drafts(request.scope), pk=pk)
    if request.method == "POST":
        count = drafting.refresh(request.scope, draft=draft)
        words = f"按现在的记录更新了{count}段，您改过的段落没有动" if count else "没有需要更新的段落"
        messages.success(request, words)
    return HttpResponseRedirect(address(draft))


def add(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Add a paragraph of one's own to a part."""
    draft = get_object_or_404(drafts(request.scope), pk=pk)
    form = OwnForm(request.POST)
    if request.method == "POST" and form.is_valid():
        try:
            given = form.cleaned_data
            row = drafting.add_paragraph(
                request.scope, draft=draft, section=given["section"], id=given["id"] or new_id(), text=given["text"]
            )
            messages.success(request, "已加上这一段")
            return HttpResponseRedirect(f"{address(draft)}#p-{row.pk}")
        except Refused as refused:
            messages.error(request, refused.message)
    elif request.method == "POST":
        messages.error(request, "请先写下这一段的内容，再保存")
    return HttpResponseRedirect(address(draft))


def export(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Send the Word file."""
    draft = get_object_or_404(drafts(request.scope), pk=pk)
    if request.method != "POST":
        return HttpResponseRedirect(address(draft))
    return sent(export_summary(request.scope, draft=draft))


def address(draft: Draft) -> str:
    """Give the address of a draft."""
    return reverse("paper-summary", kwargs={"pk": draft.pk})


ROUTES = (
    screen("papers/summary/new/", new, needs=Need.SUMMARY, name="paper-summary-new"),
    screen("papers/summary/<uuid:pk>/", show, needs=Need.SUMMARY, name="paper-summary"),
    screen("papers/summary/<uuid:pk>/heading/", heading, needs=Need.SUMMARY, name="paper-summary-heading"),
    screen("papers/summary/<uuid:pk>/refresh/", refresh, needs=Need.SUMMARY, name="paper-summary-refresh"),
    screen("papers/summary/<uuid:pk>/add/", add, needs=Need.SUMMARY, name="paper-summary-add"),
    screen("papers/summary/<uuid:pk>/word/", export, needs=Need.SUMMARY, name="paper-summary-word"),
)
