"""设置 · 学校: the school's name, duty phone and what is printed on the contact card."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from oasis.desk.meanwhile import columns, over_settings
from oasis.desk.page import DeskRequest, page
from oasis.desk.setting import done, school_of
from oasis.people.gate import screen
from oasis.people.roles import Need
from oasis.people.school import edit_school
from oasis.places.models import School


class SchoolForm(forms.ModelForm[School]):
    """The school's details."""

    class Meta:
        model = School
        fields = ("name", "short_name", "code", "system", "address", "duty_phone", "helplines")
        widgets = {
            "system": forms.RadioSelect,
            "duty_phone": forms.TextInput({"type": "tel", "autocomplete": "off"}),
            "code": forms.TextInput({"inputmode": "numeric"}),
        }
        help_texts = {
            "short_name": "写在页面和卡片上，例如：石桥小学",
            "duty_phone": "家长随时能打通的电话，印在联系卡上",
            "code": "10位，见学籍系统；暂时不知道可以不填",
        }


def edit(request: DeskRequest) -> HttpResponse:
    """Show and change the school's details."""
    school = school_of(request)
    form = SchoolForm(request.POST or None, instance=school)
    act = over_settings(
        form, school, columns(SchoolForm.Meta.fields), lambda held: edit_school(request.scope, school=school, **held)
    )
    if request.method == "POST" and done(form, lambda: act(form.cleaned_data)):
        messages.success(request, "学校资料已保存。")
        return HttpResponseRedirect(reverse("settings-school"))
    return page(request, "desk/settings_school.html", form=form)


ROUTES = (screen("settings/school/", edit, needs=Need.SETTINGS, name="settings-school"),)
