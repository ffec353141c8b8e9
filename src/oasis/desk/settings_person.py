"""设置 · 人员 · 一个人: posts from and to, the log-in, name and phone."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from oasis.desk.page import DeskRequest, page
from oasis.desk.post_form import PostForm
from oasis.desk.setting import ask, done, school_of
from oasis.kit.refused import Refused
from oasis.people.actions import edit_person, end_post, give_post, reset_password, set_active
from oasis.people.gate import screen
from oasis.people.models import User
from oasis.people.queries import held, own_people, own_posts
from oasis.people.roles import Need


class PersonForm(forms.ModelForm[User]):
    """Name and phone."""

    class Meta:
        model = User
        fields = ("name", "phone")
        widgets = {"phone": forms.TextInput({"type": "tel"})}


class EndForm(forms.Form):
    """A post's last day."""

    to_on = forms.DateField(label="最后一天")


def show(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show a person; change name and phone."""
    user = get_object_or_404(own_people(request.scope), pk=pk)
    form = PersonForm(request.POST or None, instance=user)
    if request.method == "POST" and done(form, lambda: edit_person(request.scope, user=user, **form.cleaned_data)):
        messages.success(request, "已保存。")
        return _back(user)
    return _person(request, user, form=form)


def add_post(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Give a person another post."""
    user = get_object_or_404(own_people(request.scope), pk=pk)
    school = school_of(request, Need.PEOPLE)
    form = PostForm(request.POST or None, school=school, on=request.scope.on)
    if request.method == "POST" and done(
        form, lambda: give_post(request.scope, user=user, school=school, **form.post())
    ):
        messages.success(request, "已安排岗位，现在就生效。")
        return _back(user)
    return _person(request, user, new_post=form)


@require_POST
def stop_post(request: DeskRequest, pk: UUID) -> HttpResponse:
    """End a post."""
    post = get_object_or_404(own_posts(request.scope), pk=pk)
    form = EndForm(request.POST)
    if form.is_valid():
        to_on: date = form.cleaned_data["to_on"]
        ask(request, lambda: end_post(request.scope, post=post, to_on=to_on), "岗位的最后一天已记下。")
    else:
        messages.error(request, "请填写这个岗位的最后一天。")
    return _back(post.user)


@never_cache
@require_POST
def reset(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Give a new one-time password; only this answer shows it."""
    user = get_object_or_404(own_people(request.scope), pk=pk)
    try:
        invitation = reset_password(request.scope, user=user)
    except Refused as refused:
        messages.error(request, refused.message)
        return _back(user)
    return page(request, "desk/settings_person_secret.html", invitation=invitation, fresh=False)


@require_POST
def switch(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Stop a person's log-in, or let it work again."""
    user = get_object_or_404(own_people(request.scope), pk=pk)
    active = request.POST.get("active") == "1"
    ask(
        request,
        lambda: set_active(request.scope, user=user, active=active),
        "账号已恢复。" if active else "账号已停用，记录都还在。",
    )
    return _back(user)


def _person(request: DeskRequest, user: User, **forms_: Any) -> HttpResponse:
    posts = list(own_posts(request.scope, user))
    school = school_of(request, Need.PEOPLE)
    return page(
        request,
        "desk/settings_person.html",
        person=user,
        own=user.pk == request.scope.actor,
        posts=[post for post in posts if held(post, request.scope.on)],
        others=[post for post in posts if not held(post, request.scope.on)],
        form=forms_.get("form") or PersonForm(instance=user),
        new_post=forms_.get("new_post") or PostForm(school=school, on=request.scope.on),
        today=request.scope.on,
    )


def _back(user: User) -> HttpResponse:
    return HttpResponseRedirect(reverse("settings-person", kwargs={"pk": user.pk}))


ROUTES = (
    screen("settings/people/<uuid:pk>/", show, needs=Need.PEOPLE, name="settings-person"),
    screen("settings/people/<uuid:pk>/post/", add_post, needs=Need.PEOPLE, name="settings-person-post"),
    screen("settings/people/<uuid:pk>/reset/", reset, needs=Need.PEOPLE, name="settings-person-reset"),
    screen("settings/people/<uuid:pk>/switch/", switch, needs=Need.PEOPLE, name="settings-person-switch"),
    screen("settings/posts/<uuid:pk>/end/", stop_post, needs=Need.PEOPLE, name="settings-post-end"),
)
