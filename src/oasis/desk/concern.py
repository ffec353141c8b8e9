"""提出关注: a subject teacher writes what was seen of a pupil of a class taught, and reads nothing back."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse

from oasis.children.queries import taught
from oasis.desk.page import DeskRequest, page
from oasis.desk.reminding import remind
from oasis.kit.ids import new_id
from oasis.kit.refused import Refused
from oasis.people.gate import screen
from oasis.people.roles import Need
from oasis.records.actions.writing import write_record
from oasis.records.kinds import KINDS

CONCERN = KINDS.get("concern")


class WhoForm(forms.Form):
    """Of whom it is; the id makes a second press harmless."""

    child = forms.ChoiceField(label="哪个孩子")
    id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None, *, classes: dict[str, list[tuple[str, str]]], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["child"].choices = [("", "请选择"), *classes.items()]  # type: ignore[attr-defined]


def write(request: DeskRequest) -> HttpResponse:
    """Write a concern; the homeroom teacher finds it in the child's records."""
    classes, found = taught(request.scope)
    who = WhoForm(request.POST or None, classes=classes, initial={"id": new_id()})
    form = CONCERN.Form(request.POST or None)
    if request.method == "POST" and who.is_valid() and form.is_valid():
        child = found[UUID(who.cleaned_data["child"])]
        try:
            write_record(
                request.scope, id=who.cleaned_data["id"], kind="concern", children=[child], fields=request.POST, need=Need.CONCERN
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, "已记下，班主任会在这个孩子的记录里看到。")
            remind(request, CONCERN.Form, [child.pk])
            return HttpResponseRedirect(reverse("concern"))
    return page(request, "desk/concern.html", who=who, form=form, kind=CONCERN, any=bool(found))


ROUTES = (screen("concern/", write, needs=Need.CONCERN, name="concern"),)
