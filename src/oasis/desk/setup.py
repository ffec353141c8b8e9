"""The first page of an empty installation: the school, its term, its administrator. Closed as soon as anybody has an account."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate, login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters

from oasis.desk.setting import attempt
from oasis.kit.dates import today
from oasis.people.founding import TermDates, found_school, nobody_here
from oasis.people.gate import public
from oasis.people.models import User
from oasis.people.roles import ROLES
from oasis.people.scope import Scope
from oasis.places.models import School, Term
from oasis.places.terms import usual_dates

ALSO = [("", "不兼任"), *((code, ROLES.get(code).label) for code in ("principal", "dean"))]


class FoundingForm(forms.Form):
    """What a school needs to begin."""

    name = School._meta.get_field("name").formfield(help_text="用全称，例如：青河县石桥小学")
    system = forms.ChoiceField(label="学制", choices=School.System.choices, widget=forms.RadioSelect)
    year = forms.IntegerField(label="学年", help_text="学年开始的年份")
    half = forms.TypedChoiceField(label="学期", choices=Term.Half.choices, coerce=int, widget=forms.RadioSelect)
    starts_on = forms.DateField(label="开学日期")
    ends_on = forms.DateField(label="放假日期")
    administrator = forms.CharField(label="您的姓名", max_length=40)
    also = forms.ChoiceField(
        label="除了管理员，您还是", choices=ALSO, required=False, widget=forms.RadioSelect,
        help_text="管理员只管设置，看不到孩子的档案；兼任校长或德育主任的，请在这里选。",
    )  # fmt: skip
    username = forms.CharField(label="登录名", max_length=40, widget=forms.TextInput({"autocapitalize": "none"}))
    password = forms.CharField(
        label="密码", widget=forms.PasswordInput({"autocomplete": "new-password"}), help_text="至少10个字，不要全是数字"
    )
    again = forms.CharField(label="再输一次密码", widget=forms.PasswordInput({"autocomplete": "new-password"}))

    def clean(self) -> dict[str, Any]:
        """Compare the two passwords."""
        given = super().clean() or self.cleaned_data
        if given.get("password") != given.get("again"):
            self.add_error("again", "两次输入的密码不一样，请重新输入")
        return given


@sensitive_post_parameters("password", "again")
def begin(request: HttpRequest) -> HttpResponse:
    """Found the school and go on as its administrator."""
    if not nobody_here():
        raise Http404
    year, half, starts_on, ends_on = usual_dates(today())
    usual = {"year": year, "half": half, "starts_on": starts_on, "ends_on": ends_on, "system": "6-3", "also": ""}
    form = FoundingForm(request.POST or None, initial=usual)
    if request.method == "POST":
        school = attempt(form, lambda: _found(request, form.cleaned_data))
        if school:
            _go_in(request, form.cleaned_data)
            return HttpResponseRedirect(reverse("first-steps"))
    return render(request, "desk/setup.html", {"form": form})


def _found(request: HttpRequest, given: dict[str, Any]) -> School:
    nobody = Scope(actor=None, name="首次设置", on=today(), address=request.META.get("REMOTE_ADDR", ""))
    return found_school(
        nobody,
        name=given["name"],
        administrator=given["administrator"],
        username=given["username"],
        password=given["password"],
        system=given["system"],
        term=TermDates(given["year"], given["half"], given["starts_on"], given["ends_on"]),
        also=given["also"],
    )


def _go_in(request: HttpRequest, given: dict[str, Any]) -> None:
    user = authenticate(request, username=given["username"], password=given["password"])
    if isinstance(user, User):
        login(request, user)


ROUTES = (
    public(
        "setup/", begin, name="setup", why="the first page of an empty installation; 404 once anybody has an account"
    ),
)
