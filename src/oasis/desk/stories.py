"""典型事例: choose two or three records for the summary; names are hidden in the text."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from oasis.desk.page import DeskRequest, page, when_shown
from oasis.desk.setting import done
from oasis.papers.summary.queries import drafts
from oasis.papers.summary.stories import MOST, candidates, note_looks, tell_stories
from oasis.people.gate import screen
from oasis.people.roles import Need


class StoriesForm(forms.Form):
    """Which records."""

    records = forms.MultipleChoiceField(label="选哪些记录", widget=forms.CheckboxSelectMultiple)


def choose(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show the records of the time, write the chosen ones into the summary."""
    draft = get_object_or_404(drafts(request.scope), pk=pk)
    rows = candidates(request.scope, draft)
    when_shown(request, lambda: note_looks(request.scope, draft, rows))
    form = StoriesForm(request.POST if request.method == "POST" else None)
    form.fields["records"].choices = [(str(row.pk), row.title) for row in rows]  # type: ignore[attr-defined]
    if request.method == "POST" and done(form, lambda: _told(request, draft.pk, form)):
        messages.success(request, "已写进“工作成效”，姓名已换成称呼。请再看一遍，认得出是谁的地方请改掉。")
        return HttpResponseRedirect(reverse("paper-summary", kwargs={"pk": pk}))
    return page(
        request,
        "desk/summary_stories.html",
        draft=draft,
        rows=rows,
        form=form,
        most=MOST,
        status=422 if form.errors else 200,
    )


def _told(request: DeskRequest, pk: UUID, form: StoriesForm) -> object:
    draft = get_object_or_404(drafts(request.scope), pk=pk)
    return tell_stories(request.scope, draft=draft, records=[UUID(one) for one in form.cleaned_data["records"]])


ROUTES = (
    screen("papers/summary/<uuid:pk>/stories/", choose, needs=Need.RECORD_READ, name="paper-summary-stories", history=True),
)  # fmt: skip
