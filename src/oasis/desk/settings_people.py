"""设置 · 人员: who works here, and adding somebody with a first post."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.views.decorators.cache import never_cache

from oasis.desk.page import DeskRequest, page
from oasis.desk.post_form import PostForm
from oasis.desk.setting import attempt, made_id, school_of
from oasis.people.actions import invite
from oasis.people.gate import screen
from oasis.people.models import User
from oasis.people.queries import colleagues
from oasis.people.roles import Need


class NewcomerForm(PostForm):
    """A person and the first post."""

    name = User._meta.get_field("name").formfield()
    phone = User._meta.get_field("phone").formfield(widget=forms.TextInput({"type": "tel"}))
    username = User._meta.get_field("username").formfield(
        required=False, help_text="留空就用姓名的拼音", widget=forms.TextInput({"autocapitalize": "none"})
    )
    field_order = ("name", "role", "klass", "from_on", "to_on", "phone", "username")

    def answers(self) -> dict[str, Any]:
        """Give what was filled in, by the names of the action."""
        return {**self.post(), **{name: self.cleaned_data[name] for name in ("name", "phone", "username")}}


def index(request: DeskRequest) -> HttpResponse:
    """List the people of the school with their posts."""
    school = school_of(request, Need.PEOPLE)
    return page(request, "desk/settings_people.html", people=colleagues(request.scope, school), school=school)


@never_cache
def create(request: DeskRequest) -> HttpResponse:
    """Add a person; the answer shows the one-time password, and no later page does."""
    school = school_of(request, Need.PEOPLE)
    form = NewcomerForm(request.POST or None, school=school, on=request.scope.on)
    made = made_id(request)
    if request.method == "POST":
        invitation = attempt(form, lambda: invite(request.scope, school=school, id=made, **form.answers()))
        if invitation:
            return page(request, "desk/settings_person_secret.html", invitation=invitation, fresh=True)
    return page(request, "desk/settings_person_new.html", form=form, made=made)


ROUTES = (
    screen("settings/people/", index, needs=Need.PEOPLE, name="settings-people"),
    screen("settings/people/new/", create, needs=Need.PEOPLE, name="settings-person-new"),
)
