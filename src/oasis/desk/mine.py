"""我的: who one is here, one's posts, the look, the password, the way out; on a phone also every other place."""

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from oasis.campus.outside import given
from oasis.campus.reach import workplaces
from oasis.desk.own_work import term_span
from oasis.desk.page import DeskRequest, page
from oasis.people.entrance import has_factor
from oasis.people.gate import screen
from oasis.people.queries import posts_of
from oasis.people.roles import Need
from oasis.records.story import own_part

YEAR = 365 * 24 * 3600


class ThemeForm(forms.Form):
    """Light, dark, or as the device."""

    theme = forms.ChoiceField(
        label="界面颜色",
        choices=[("auto", "跟随设备"), ("light", "浅色"), ("dark", "深色")],
        widget=forms.RadioSelect,
    )


def index(request: DeskRequest) -> HttpResponse:
    """Show one's own page."""
    theme = request.COOKIES.get("theme", "auto")
    school = workplaces(request.scope).first()
    span = term_span(school, request.scope.on) if school else None
    return page(
        request,
        "desk/mine.html",
        posts=posts_of(request.user, request.scope.on),
        look=ThemeForm(initial={"theme": theme}),
        second=has_factor(request.user),
        wanting=request.door.wanting,
        term=span[2] if span else "",
        own=own_part(request.scope, *span[:2]) if span else [],
        given=given(request.scope, *span[:2]) if span else None,
    )


@require_POST
def theme(request: DeskRequest) -> HttpResponse:
    """Keep the chosen look on this device."""
    form = ThemeForm(request.POST)
    answer = HttpResponseRedirect(reverse("mine"))
    if form.is_valid():
        answer.set_cookie("theme", form.cleaned_data["theme"], max_age=YEAR, samesite="Lax")
    return answer


ROUTES = (
    screen("mine/", index, needs=Need.DESK, name="mine"),
    screen("mine/theme/", theme, needs=Need.DESK, name="mine-theme"),
)
