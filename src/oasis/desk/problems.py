"""问题: found with evidence, followed, closed (A5)."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from oasis.children.access import needs_over
from oasis.children.actions.problems import close_problem, find_problem, follow_problem
from oasis.children.models import Problem
from oasis.children.plans import notes
from oasis.desk.filing import child_of, form_of
from oasis.desk.page import DeskRequest, page
from oasis.desk.setting import done
from oasis.people.gate import screen
from oasis.people.roles import Need

FIELDS = ("kind", "lack", "what", "evidence", "since_on")


class NoteForm(forms.Form):
    """One step on the way."""

    words = forms.CharField(label="跟进情况", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class CloseForm(forms.Form):
    """What came of it."""

    result = forms.CharField(label="结果", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


def new(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Put a problem on file."""
    child = child_of(request, pk, Need.CHILD_READ)
    form = form_of(Problem, FIELDS)(request.POST or None)
    if request.method == "POST" and done(form, lambda: find_problem(request.scope, child, **form.cleaned_data)):
        messages.success(request, "已登记，请接着跟进。")
        return HttpResponseRedirect(reverse("child-help", kwargs={"pk": pk}))
    return page(
        request, "desk/problem_new.html", child=child, may=frozenset({Need.CHILD_READ}), tab="help", deeper=True, form=form,
        status=422 if form.errors else 200,
    )  # fmt: skip


def show(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show a problem and its steps; take the next one, or close it."""
    row = get_object_or_404(Problem.objects.within(request.scope, Need.CHILD_READ).select_related("by"), pk=pk)
    child = child_of(request, row.child_id, Need.CHILD_READ)
    which = request.POST.get("form", "")
    note = NoteForm(request.POST if which == "note" else None, auto_id="note_%s")
    close = CloseForm(request.POST if which == "close" else None, auto_id="close_%s")
    if (which == "note" and done(note, lambda: follow_problem(request.scope, row, **note.cleaned_data))) or (
        which == "close" and done(close, lambda: close_problem(request.scope, row, **close.cleaned_data))
    ):
        messages.success(request, "已保存。")
        return HttpResponseRedirect(reverse("child-problem", kwargs={"pk": pk}))
    return page(
        request, "desk/problem.html", child=child, may=needs_over(request.scope, child), tab="help", deeper=True, row=row,
        notes=notes(request.scope, row), note=note, close=close, status=422 if note.errors or close.errors else 200,
    )  # fmt: skip


ROUTES = (
    screen("children/<uuid:pk>/problem/", new, needs=Need.RECORD_WRITE, name="child-problem-new"),
    screen("problems/<uuid:pk>/", show, needs=Need.CHILD_READ, name="child-problem"),
)
