"""家长同意: class by class, child by child: what the guardian answered, who has not answered, taking a yes back."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from oasis.children import census, consents
from oasis.children.actions import consent
from oasis.children.models import Child, Consent
from oasis.children.queries import in_class
from oasis.desk.filing import child_of
from oasis.desk.page import DeskRequest, page
from oasis.desk.setting import done
from oasis.people.consenting import text_of
from oasis.people.gate import screen
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.people.uses import ASKED, TOLD
from oasis.places.models import Klass

SAYS = (("yes", "同意"), ("no", "不同意"))
SILENT = ("none", "没有回答")


class ActForm(forms.Form):
    """Who answered, how and when."""

    signer = forms.ChoiceField(label="哪位家长", widget=forms.RadioSelect)
    signed = forms.ChoiceField(label="怎样答复的", choices=Consent.Signed.choices, widget=forms.RadioSelect)
    on = forms.DateField(label="答复日期", widget=forms.DateInput(attrs={"type": "date"}))
    witness = forms.CharField(
        label="见证人（电话答复时必填）",
        max_length=40,
        required=False,
        help_text="电话答复要有另一位同事在场听到，写同事姓名",
        widget=forms.TextInput({"data-needed": "1"}),
    )
    paper_no = forms.CharField(
        label="签字原件放在哪里", max_length=40, required=False, help_text="档案袋编号、页码，方便以后找到"
    )

    def __init__(self, *args: Any, scope: Scope, child: Child, **kwargs: Any) -> None:
        """Offer those who may answer for this child."""
        kwargs.setdefault("initial", {"on": scope.on})
        super().__init__(*args, **kwargs)
        self.fields["signer"].choices = [  # type: ignore[attr-defined]
            (who.key, who.named) for who in consents.guardians(scope, child)
        ]

    def act(self) -> dict[str, Any]:
        """Give what both acts ask."""
        return {name: self.cleaned_data[name] for name in ("signer", "signed", "on", "witness", "paper_no")}


class AnswerForm(ActForm):
    """A yes, a no or no answer to each use; nothing is ticked beforehand."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for every use."""
        super().__init__(*args, **kwargs)
        for use in ASKED:
            self.fields[use.code] = forms.ChoiceField(
                label=use.label,
                choices=[*SAYS, SILENT],
                required=False,
                help_text=use.about,
                widget=forms.RadioSelect({"data-needed": "1"}),
            )

    def answers(self) -> dict[str, str]:
        """Give what was answered, by use; a question left open is not among them."""
        said = {use.code: self.cleaned_data[use.code] for use in ASKED}
        return {code: words for code, words in said.items() if words in dict(SAYS)}


class WithdrawForm(ActForm):
    """Which yes is taken back."""

    def __init__(self, *args: Any, given: list[str], **kwargs: Any) -> None:
        """Offer what was allowed."""
        super().__init__(*args, **kwargs)
        offered = [(use.code, use.label) for use in ASKED if use.code in given]
        self.fields["uses"] = forms.MultipleChoiceField(
            label="撤回哪几项", choices=offered, widget=forms.CheckboxSelectMultiple
        )
        self.order_fields(("uses",))


def index(request: DeskRequest) -> HttpResponse:
    """Show how far each class is."""
    rows = consents.progress(request.scope)
    return page(request, "desk/consent.html", rows=rows, uses=ASKED)


def klass(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show a class: who has not answered, and what the others said."""
    place, name = _place(request, pk)
    children = _roll(request, place)
    told = consents.answers_of(request.scope, children)
    return page(
        request, "desk/consent_klass.html", klass=place, name=name, children=children, told=told, uses=ASKED,
        waiting=[child for child in children if told[child.pk].asked is None],
    )  # fmt: skip


def child(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Take down one guardian's answer and go on to the next child of the class."""
    one = child_of(request, pk)
    if one.klass is None or one.state != Child.State.HERE:
        raise Http404
    form = AnswerForm(_sent(request), scope=request.scope, child=one, initial=_again(request))
    if form.is_bound and done(form, lambda: _answer(request, one, form)):
        messages.success(request, f"{one.name}：家长的答复已登记。")
        return _onward(request, one.klass, form)
    place, name = _place(request, one.klass.pk)
    roll = _roll(request, place)
    told = consents.answers_of(request.scope, roll)
    n = next((n for n, other in enumerate(roll) if other.pk == one.pk), 0)
    return page(
        request, "desk/consent_child.html", child=one, klass=place, name=name, form=form, told=told[one.pk], uses=ASKED,
        done=sum(told[other.pk].asked is not None for other in roll), total=len(roll), text=text_of(one.school),
        before=roll[n - 1] if n else None, after=roll[n + 1] if n + 1 < len(roll) else None,
        status=422 if form.errors else 200,
    )  # fmt: skip


def _sent(request: DeskRequest) -> QueryDict | None:
    """Give what was sent; the button for a sheet on which every box says yes fills in every yes."""
    if request.method != "POST":
        return None
    sent = request.POST.copy()
    if "all" in sent:
        sent.update({use.code: "yes" for use in ASKED})
    return sent


def _again(request: DeskRequest) -> dict[str, Any]:
    """Begin as the sheet before: a pile of papers has one day and one folder."""
    day = forms.DateField(required=False)
    try:
        on = day.clean(request.GET.get("on", ""))
    except forms.ValidationError:
        on = None
    kept = {name: request.GET.get(name, "") for name in ("signed", "paper_no")}
    return {"on": on or request.scope.on, **kept}


def _answer(request: DeskRequest, one: Child, form: AnswerForm) -> Consent:
    return consent.answer(request.scope, one, answers=form.answers(), **form.act())


def _onward(request: DeskRequest, place: Klass, form: AnswerForm) -> HttpResponse:
    roll = _roll(request, place)
    told = consents.answers_of(request.scope, roll)
    waiting = [other for other in roll if told[other.pk].asked is None]
    if waiting:
        again = urlencode({name: form.cleaned_data[name] for name in ("signed", "on", "paper_no")})
        return HttpResponseRedirect(f"{reverse('klass-consent-child', kwargs={'pk': waiting[0].pk})}?{again}")
    return HttpResponseRedirect(reverse("klass-consent-list", kwargs={"pk": place.pk}))


def _place(request: DeskRequest, pk: UUID) -> tuple[Klass, str]:
    found = {klass.pk: (klass, name) for klass, name in census.classes_of(request.scope, Need.CHILD_WRITE)}
    if pk not in found:
        raise Http404
    return found[pk]


def _roll(request: DeskRequest, place: Klass) -> list[Child]:
    return in_class(request.scope, place, Need.CHILD_WRITE)


def of_child(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show what was answered for a child, and every answer before."""
    one = child_of(request, pk)
    told = consents.answered(request.scope, one)
    form = WithdrawForm(scope=request.scope, child=one, given=told.given)
    return _child_page(request, one, told, form)


def withdraw(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Take back a yes."""
    one = child_of(request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    told = consents.answered(request.scope, one)
    form = WithdrawForm(request.POST, scope=request.scope, child=one, given=told.given)
    if done(form, lambda: consent.withdraw(request.scope, one, uses=form.cleaned_data["uses"], **form.act())):
        messages.success(request, "已登记撤回，相应的内容已经停止使用。")
        return HttpResponseRedirect(reverse("child-consent", kwargs={"pk": pk}))
    return _child_page(request, one, told, form)


def _child_page(request: DeskRequest, one: Child, told: consents.Answered, form: WithdrawForm) -> HttpResponse:
    return page(
        request, "desk/child_consent.html", child=one, may=frozenset(Need), tab="consent", told=told, uses=ASKED, tells=TOLD,
        rows=list(consents.history(request.scope, one)), form=form, here=one.state == Child.State.HERE and one.klass_id,
        effects=consent.effects(request.scope, one, told.given), words=dict(SAYS), status=422 if form.errors else 200,
    )  # fmt: skip


ROUTES = (
    screen("consent/", index, needs=Need.CHILD_WRITE, name="klass-consent"),
    screen("consent/class/<uuid:pk>/", klass, needs=Need.CHILD_WRITE, name="klass-consent-list"),
    screen("consent/child/<uuid:pk>/", child, needs=Need.CHILD_WRITE, name="klass-consent-child"),
    screen("children/<uuid:pk>/consent/", of_child, needs=Need.CHILD_WRITE, name="child-consent"),
    screen("children/<uuid:pk>/consent/withdraw/", withdraw, needs=Need.CHILD_WRITE, name="child-consent-withdraw"),
)
