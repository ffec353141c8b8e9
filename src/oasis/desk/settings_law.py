"""设置 · 个人信息: the text guardians are asked with, who answers for the data, the documents about it."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse

from oasis.desk.filing import initial_of
from oasis.desk.meanwhile import over_settings
from oasis.desk.page import DeskRequest, page
from oasis.desk.sending import sent
from oasis.desk.setting import done, school_of
from oasis.papers.protection import DOCUMENTS, export_document
from oasis.people import consenting
from oasis.people.gate import screen
from oasis.people.models import ConsentText, LawSetting
from oasis.people.roles import Need
from oasis.people.uses import ASKED, TOLD


class TextForm(forms.ModelForm[ConsentText]):
    """A new version of the text."""

    class Meta:
        model = ConsentText
        fields = (*consenting.PARTS, "asks_again")
        widgets = {name: forms.Textarea({"rows": 3}) for name in consenting.PARTS}


class LawForm(forms.ModelForm[LawSetting]):
    """Who answers for the data."""

    class Meta:
        model = LawSetting
        fields = consenting.SETTINGS
        widgets = {"officer_phone": forms.TextInput({"type": "tel", "autocomplete": "off"})}


def index(request: DeskRequest) -> HttpResponse:
    """Show the text in use, its earlier versions, who answers for the data, and the documents."""
    school = school_of(request, Need.LAW)
    form = LawForm(request.POST or None, instance=consenting.law_of(school))
    act = over_settings(
        form, school, lambda held: initial_of(consenting.law_of(held), consenting.SETTINGS),
        lambda held: consenting.set_law(request.scope, school=school, **held), first=form.initial,
    )  # fmt: skip
    if form.is_bound and done(form, lambda: act(form.cleaned_data)):
        messages.success(request, "已保存。")
        return HttpResponseRedirect(reverse("settings-law"))
    versions = consenting.texts(request.scope, school)
    return page(
        request, "desk/settings_law.html", school=school, form=form, text=consenting.text_of(school), versions=versions[1:],
        saved=bool(versions), asked=ASKED, told=TOLD, parts=consenting.PARTS, documents=DOCUMENTS,
        status=422 if form.errors else 200,
    )  # fmt: skip


def text(request: DeskRequest) -> HttpResponse:
    """Write a new version of the text, from the one in use."""
    school = school_of(request, Need.LAW)
    now = consenting.text_of(school)
    form = TextForm(request.POST or None, initial=initial_of(now, consenting.PARTS))
    act = over_settings(
        form, school, lambda held: initial_of(consenting.text_of(held), consenting.PARTS),
        lambda held: consenting.write_text(request.scope, school=school, **held), first=form.initial,
    )  # fmt: skip
    if form.is_bound and done(form, lambda: act(form.cleaned_data)):
        messages.success(request, "新的一版已保存，以前的版本仍然保留。")
        return HttpResponseRedirect(reverse("settings-law"))
    return page(
        request, "desk/settings_law_text.html", form=form, now=now, usual=consenting.usual(school),
        status=422 if form.errors else 200,
    )  # fmt: skip


def document(request: DeskRequest, code: str) -> HttpResponse:
    """Send one of the documents about the data the school holds."""
    school = school_of(request, Need.LAW)
    if code not in DOCUMENTS:
        raise Http404
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    return sent(export_document(request.scope, school=school, code=code))


ROUTES = (
    screen("settings/law/", index, needs=Need.LAW, name="settings-law"),
    screen("settings/law/text/", text, needs=Need.LAW, name="settings-law-text"),
    screen("settings/law/document/<slug:code>/", document, needs=Need.LAW, name="settings-law-document"),
)
