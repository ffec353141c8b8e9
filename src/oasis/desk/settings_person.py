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

from oasis.desk.meanwhile import columns, over_settings
from oasis.desk.page import DeskRequest, page
from oasis.desk.post_form import PostForm
from oasis.desk.setting import ask, done, school_of
from oasis.kit.refused import Refused
from oasis.people.actions import edit_person, end_post, end_sessions, give_post, reset_password, set_active
from oasis.people.approvals import ask_factor_removal, ask_own_post
from oasis.people.entrance import has_factor
from oasis.people.gate import screen
from oasis.people.models import User
from oasis.people.queries import held, own_people, own_posts, session_count
from oasis.people.roles import Need
from oasis.places.models import School


class PersonForm(forms.ModelForm[User]):
    """Name and phone."""

    class Meta:
        model = User
        fields = ("name", "phone", "email")
        widgets = {"phone": forms.TextInput({"type": "tel"})}


class WhyForm(forms.Form):
    """Why something is asked of a leader."""

    purpose = forms.CharField(label="原因", max_length=200)


class EndForm(forms.Form):
    """A post's last day."""

    to_on = forms.DateField(label="最后一天")


def show(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show a person; change name and phone."""
    user = get_object_or_404(own_people(request.scope), pk=pk)
    form = PersonForm(request.POST or None, instance=user)
    act = over_settings(
        form, user, columns(PersonForm.Meta.fields), lambda held: edit_person(request.scope, user=user, **held)
    )
    if request.method == "POST" and done(form, lambda: act(form.cleaned_data)):
        messages.success(request, "已保存。")
        return _back(user)
    return _person(request, user, form=form)


def add_post(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Give a person another post."""
    user = get_object_or_404(own_people(request.scope), pk=pk)
    school = school_of(request, Need.PEOPLE)
    form = PostForm(request.POST or None, school=school, on=request.scope.on)
    if request.method == "POST" and done(form, lambda: _give(request, user, school, form)):
        return _back(user)
    return _person(request, user, new_post=form)


def _give(request: DeskRequest, user: User, school: School, form: PostForm) -> bool:
    """Give the post, or ask a leader where it is one's own and shows children."""
    if user.pk == request.scope.actor:
        asked = ask_own_post(request.scope, school=school, purpose=request.POST.get("purpose", ""), **form.post())
        if asked:
            said = (
                "已提出申请，校领导同意后生效。"
                if asked.granted is None
                else "学校没有别的领导可批，已生效，并在操作痕迹里标明。"
            )
            messages.success(request, said)
            return True
    give_post(request.scope, user=user, school=school, **form.post())
    messages.success(request, "已安排岗位，现在就生效。")
    return True


@require_POST
def stop_post(request: DeskRequest, pk: UUID) -> HttpResponse:
    """End a post."""
    post = get_object_or_404(own_posts(request.scope), pk=pk)
    form, seen = EndForm(request.POST), request.POST.get("seen", "")
    if form.is_valid():
        to_on: date = form.cleaned_data["to_on"]
        ask(request, lambda: end_post(request.scope, post=post, to_on=to_on, seen=seen), "岗位的最后一天已记下。")
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
def factor(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Ask a leader to lift a person's second factor."""
    user = get_object_or_404(own_people(request.scope), pk=pk)
    form = WhyForm(request.POST)
    said = "已提出申请。校领导同意后，本人凭密码登录，再重新开启。"
    if form.is_valid():
        purpose = form.cleaned_data["purpose"]
        ask(request, lambda: ask_factor_removal(request.scope, user=user, purpose=purpose), said)
    else:
        messages.error(request, "请写明为什么要解除，例如手机丢失。")
    return _back(user)


@require_POST
def sign_out(request: DeskRequest, pk: UUID) -> HttpResponse:
    """End a person's log-ins everywhere."""
    user = get_object_or_404(own_people(request.scope), pk=pk)
    key = request.session.session_key or ""
    ask(request, lambda: end_sessions(request.scope, user=user, but=key), "别处的登录都已退出。")
    return _back(user)


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
        sessions=session_count(user),
        second=has_factor(user),
    )


def _back(user: User) -> HttpResponse:
    return HttpResponseRedirect(reverse("settings-person", kwargs={"pk": user.pk}))


ROUTES = (
    screen("settings/people/<uuid:pk>/", show, needs=Need.PEOPLE, name="settings-person"),
    screen("settings/people/<uuid:pk>/post/", add_post, needs=Need.PEOPLE, name="settings-person-post"),
    screen("settings/people/<uuid:pk>/reset/", reset, needs=Need.PEOPLE, name="settings-person-reset"),
    screen("settings/people/<uuid:pk>/factor/", factor, needs=Need.PEOPLE, name="settings-person-factor"),
    screen("settings/people/<uuid:pk>/sign-out/", sign_out, needs=Need.PEOPLE, name="settings-person-sign-out"),
    screen("settings/people/<uuid:pk>/switch/", switch, needs=Need.PEOPLE, name="settings-person-switch"),
    screen("settings/posts/<uuid:pk>/end/", stop_post, needs=Need.PEOPLE, name="settings-post-end"),
)
