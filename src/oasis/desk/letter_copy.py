"""The letter to one child's home: its own words, its picture for WeChat, and what came back."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from oasis.campus import letters
from oasis.campus.actions.letters import take_answer, write_own
from oasis.campus.models import LetterCopy
from oasis.children.access import needs_over
from oasis.children.household import Member, household
from oasis.children.models import Child, Person, Phone
from oasis.desk.filing import child_of, form_of, initial_of
from oasis.desk.meanwhile import columns, over
from oasis.desk.page import DeskRequest, page
from oasis.desk.sending import sent
from oasis.desk.setting import done
from oasis.papers.letters.handing import export_picture
from oasis.people.gate import screen
from oasis.people.roles import Need
from oasis.people.scope import Scope

OWN = ("paragraph", "words")
BACK = ("received_on", "answered_on", "reply")


class AnswerForm(form_of(LetterCopy, BACK)):  # type: ignore[misc]
    """What came back, and a number that has changed."""

    person = forms.ChoiceField(
        label="谁换了号码",
        required=False,
        error_messages={"invalid_choice": "这个人的号码刚才有变动，请重新选择谁换了号码"},
    )
    number = forms.CharField(
        label="新号码",
        required=False,
        max_length=20,
        widget=forms.TextInput({"inputmode": "tel"}),
        help_text="保存后进入孩子的档案，排在最前；换下的号码停用，记在修改历史里",
    )

    def __init__(self, *args: Any, scope: Scope, child: Child, **kwargs: Any) -> None:
        """Offer the child's people."""
        super().__init__(*args, **kwargs)
        self.changes: dict[str, tuple[str, Person, Phone | None]] = {}
        for member in household(scope, child, scope.on, Need.CHILD_WRITE):
            for words, old in _changes(member):
                self.changes[f"{member.person.pk}:{old.pk if old else ''}"] = (words, member.person, old)
        self.fields["person"].choices = [
            ("", "没有变动"),
            *((key, words) for key, (words, _, _) in self.changes.items()),
        ]

    def answer(self, given: dict[str, Any]) -> dict[str, Any]:
        """Give what the action asks."""
        _words, person, old = self.changes.get(given["person"], ("", None, None))
        return given | {"person": person, "old": old}


def _changes(member: Member) -> list[tuple[str, Phone | None]]:
    """Give what may have become of a person's numbers, in words, with the number that went: which of several must be said."""
    name = member.person.name or "（没有姓名）"
    if len(member.phones) < 2:
        return [(name, next(iter(member.phones), None))]
    gone = [(f"{name}，换下尾号{phone.number[-4:]}的", phone) for phone in member.phones]
    return [*gone, (f"{name}，另添一个号码", None)]


def show(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show a letter; write its own words, or take down what came back."""
    copy = _copy(request, pk, Need.CHILD_WRITE)
    child = child_of(request, copy.child_id)
    own, back, saved = _forms(request, copy, child)
    if saved:
        messages.success(request, f"{child.name}：已保存。")
        return HttpResponseRedirect(reverse("letter-klass", kwargs={"pk": copy.letter_id, "klass": child.klass_id}))
    return page(
        request, "desk/letter_copy.html", child=child, copy=copy, letter=copy.letter, own=own, back=back,
        name=child.klass.name(request.scope.on, child.school.primary_years) if child.klass else "",
        may=needs_over(request.scope, child), status=422 if own.errors or back.errors else 200,
    )  # fmt: skip


def _forms(request: DeskRequest, copy: LetterCopy, child: Child) -> tuple[forms.Form, AnswerForm, bool]:
    """Give the two forms of the page, and whether the one that was sent is saved."""
    which = request.POST.get("form", "")
    own = form_of(LetterCopy, OWN)(
        request.POST if which == "own" else None, initial=initial_of(copy, OWN), auto_id="own_%s"
    )
    write = over(
        request.scope, own, copy, columns(OWN), lambda held: write_own(request.scope, copy=copy, **held), need=Need.CHILD_WRITE
    )  # fmt: skip
    back = AnswerForm(
        request.POST if which == "back" else None,
        initial=initial_of(copy, BACK),
        scope=request.scope,
        child=child,
        auto_id="back_%s",
    )
    take = over(
        request.scope, back, copy, columns(BACK),
        lambda held: take_answer(request.scope, copy=copy, **back.answer(held)), need=Need.CHILD_WRITE,
    )  # fmt: skip
    saved = (which == "own" and done(own, lambda: write(own.cleaned_data))) or (
        which == "back" and done(back, lambda: take(back.cleaned_data))
    )
    return own, back, saved


def picture(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Send the letter as a picture."""
    return sent(export_picture(request.scope, copy=_copy(request, pk, Need.EXPORT)))


def of_child(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Go to the letter of a child that waits, else the latest."""
    copy = letters.of_child(request.scope, pk)
    if copy is None:
        raise Http404
    return HttpResponseRedirect(reverse("letter-copy", kwargs={"pk": copy}))


def _copy(request: DeskRequest, pk: UUID, need: Need) -> LetterCopy:
    return get_object_or_404(letters.copies(request.scope, need), pk=pk)


ROUTES = (
    screen("letters/copy/<uuid:pk>/", show, needs=Need.CHILD_WRITE, name="letter-copy"),
    screen("letters/copy/<uuid:pk>/picture/", picture, needs=Need.EXPORT, name="letter-picture"),
    screen("letters/child/<uuid:pk>/", of_child, needs=Need.CHILD_WRITE, name="letter-child"),
)
