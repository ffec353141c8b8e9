"""代班: who takes a class for some days."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from oasis.desk.page import DeskRequest, page
from oasis.desk.setting import ask, attempt
from oasis.people.actions import may_stand_in
from oasis.people.gate import screen
from oasis.people.models import Post, User
from oasis.people.queries import class_in_reach
from oasis.people.roles import Need
from oasis.people.standing_in import end_stand_in, stand_in, standing_in
from oasis.places.models import Klass


class StandInForm(forms.Form):
    """Who, from when to when, and why."""

    user = forms.ModelChoiceField(queryset=User.objects.none(), label="代班老师", empty_label="请选择")
    from_on = forms.DateField(label="从哪天开始")
    to_on = forms.DateField(label="最后一天")
    purpose = forms.CharField(label="原因", max_length=200, help_text="例如：外出学习、病假")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        people = kwargs.pop("people")
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people  # type: ignore[attr-defined]


def show(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show who stands in for a class; name another."""
    scope, klass = request.scope, _klass(request, pk)
    form = StandInForm(request.POST or None, people=may_stand_in(klass, scope.on), initial={"from_on": scope.on})
    if request.method == "POST":
        made = attempt(form, lambda: stand_in(scope, klass=klass, **form.cleaned_data))
        if made:
            messages.success(request, "已安排代班。" if isinstance(made, Post) else "已提出申请，校领导同意后生效。")
            return HttpResponseRedirect(reverse("klass-stand-in", kwargs={"pk": pk}))
    return page(
        request, "desk/klass_stand_in.html", klass=klass, name=klass.name(scope.on, klass.school.primary_years), form=form,
        posts=list(standing_in(klass, scope.on)), on=scope.on,
    )  # fmt: skip


def end(request: DeskRequest, pk: UUID) -> HttpResponse:
    """End a stand-in."""
    klass = _klass(request, pk)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("klass-stand-in", kwargs={"pk": pk}))
    try:
        post = UUID(request.POST.get("post", ""))
    except ValueError:
        raise Http404 from None
    ask(request, lambda: end_stand_in(request.scope, klass=klass, post=post), "代班已结束。")
    return HttpResponseRedirect(reverse("klass-stand-in", kwargs={"pk": pk}))


def _klass(request: DeskRequest, pk: UUID) -> Klass:
    klass = class_in_reach(request.scope, Need.PAIR, pk)
    if klass is None:
        raise Http404
    return klass


ROUTES = (
    screen("klasses/<uuid:pk>/stand-in/", show, needs=Need.PAIR, name="klass-stand-in"),
    screen("klasses/<uuid:pk>/stand-in/end/", end, needs=Need.PAIR, name="klass-stand-in-end"),
)
