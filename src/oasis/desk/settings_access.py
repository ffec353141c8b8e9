"""设置 · 登录规定: who needs a second factor, how long one may rest, what needs a leader's word."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from oasis.desk.filing import initial_of
from oasis.desk.meanwhile import over_settings
from oasis.desk.page import DeskRequest, page
from oasis.desk.setting import done, school_of
from oasis.people.gate import screen
from oasis.people.models import AccessRules
from oasis.people.roles import ROLES, Need
from oasis.people.rules import rules_for, set_rules

ALWAYS = [role.label for role in ROLES if role.second_factor]
MORE = [(role.code, role.label) for role in ROLES if role.given and not role.second_factor]


class RulesForm(forms.ModelForm[AccessRules]):
    """A school's rules."""

    more_roles = forms.MultipleChoiceField(
        label="另外还要求这些岗位", choices=MORE, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = AccessRules
        fields = (
            "demand_factor", "more_roles", "grace_days", "shared_minutes", "own_minutes", "fresh_minutes", "approve_exports",
        )  # fmt: skip
        help_texts = {
            "grace_days": "新安排的岗位在这些天里可以先登录、后开启；过了就必须先开启",
            "shared_minutes": "登录时没有选“这是我自己的手机或电脑”的，都算公用电脑；没有提交的文字会留着",
            "fresh_minutes": "填0表示不用再验证；写新记录从来不用",
            "approve_exports": "校长、德育主任自己导出只写用途；其他人要先得到他们的同意",
        }


def edit(request: DeskRequest) -> HttpResponse:
    """Show and change a school's rules."""
    school = school_of(request)
    rules = rules_for(request.scope, school)
    form = RulesForm(request.POST or None, instance=rules)
    act = over_settings(
        form, school, lambda held: initial_of(rules_for(request.scope, held), RulesForm.Meta.fields),
        lambda held: set_rules(request.scope, rules=rules_for(request.scope, school), **held), first=form.initial,
    )  # fmt: skip
    if request.method == "POST" and done(form, lambda: act(form.cleaned_data)):
        messages.success(request, "登录规定已保存，最多一分钟后对所有人生效。")
        return HttpResponseRedirect(reverse("settings-access"))
    return page(request, "desk/settings_access.html", form=form, always=ALWAYS, school=school, rules=rules)


ROUTES = (screen("settings/access/", edit, needs=Need.SETTINGS, name="settings-access"),)
