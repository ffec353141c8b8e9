"""设置 · 保存期限: how long data are kept after a child has left, what is due, the confirmation, and the proof."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse

from oasis.desk.meanwhile import over_settings
from oasis.desk.page import DeskRequest, page
from oasis.desk.setting import done, school_of
from oasis.kit.refused import Refused
from oasis.people.gate import screen
from oasis.people.keeping import KEEPING, LEAST, MOST, Keeping, keeping_of, set_keeping
from oasis.people.models import Retention
from oasis.people.roles import Need
from oasis.places.models import School
from oasis.records.actions.keeping import carry_out_later, confirm
from oasis.records.keeping import due, frozen, proofs

COUNTED = {
    "children": "删除档案{}份", "nameless": "去名档案{}份", "people": "删除家庭成员{}人", "records": "删除记录{}条",
    "confidential": "删除保密记录{}条", "kept": "核对后不能处理而保留{}份",
    "failed": "没有处理成{}份（没有删，还在名单里，可以再确认一次；再不成请告诉管理员）",
}  # fmt: skip


class KeepingForm(forms.Form):
    """Months for each kind, and what happens to the file."""

    way = forms.ChoiceField(label="档案到期后", choices=Retention.Way.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, rules: tuple[Keeping, ...], **kwargs: Any) -> None:
        """Ask for every kind."""
        kwargs["initial"] = _told(rules)
        super().__init__(*args, **kwargs)
        for kind in rules:
            self.fields[kind.code] = forms.IntegerField(
                label=f"{kind.label}：离校后保存几个月", min_value=LEAST, max_value=MOST, help_text=kind.about
            )
        self.order_fields((*KEEPING.codes, "way"))


def _told(rules: tuple[Keeping, ...]) -> dict[str, Any]:
    return {kind.code: kind.months for kind in rules} | {"way": rules[-1].way}


def index(request: DeskRequest) -> HttpResponse:
    """Show and set the periods; show what is due and what was done."""
    school, scope = school_of(request, Need.LAW), request.scope
    form = KeepingForm(request.POST or None, rules=keeping_of(school))
    act = over_settings(
        form, school, lambda held: _told(keeping_of(held)), lambda held: _set(request, school, held), first=form.initial
    )
    if form.is_bound and done(form, lambda: act(form.cleaned_data)):
        messages.success(request, "保存期限已保存。")
        return HttpResponseRedirect(reverse("settings-keeping"))
    return page(
        request, "desk/settings_keeping.html", form=form, due=due(scope, school), frozen=frozen(scope, school),
        proofs=proofs(scope, school), words=COUNTED, status=422 if form.errors else 200,
    )  # fmt: skip


def _set(request: DeskRequest, school: School, told: dict[str, Any]) -> object:
    months = {code: told[code] for code in KEEPING.codes}
    return set_keeping(request.scope, school=school, months=months, way=told["way"])


def confirmed(request: DeskRequest) -> HttpResponse:
    """Take the confirmation and leave the work to the worker."""
    school = school_of(request, Need.LAW)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        chosen = [UUID(value) for value in request.POST.getlist("child")]
        erasure = confirm(request.scope, school=school, children=chosen)
    except ValueError:
        messages.error(request, "页面已过期，请刷新后重新核对。")
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        carry_out_later.enqueue(str(erasure.pk))
        messages.success(request, f"已确认{len(chosen)}份，正在处理；处理完在下面的证明里可以看到。")
    return HttpResponseRedirect(reverse("settings-keeping"))


ROUTES = (
    screen("settings/keeping/", index, needs=Need.LAW, name="settings-keeping"),
    screen("settings/keeping/confirm/", confirmed, needs=Need.LAW, name="settings-keeping-confirm"),
)
