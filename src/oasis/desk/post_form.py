"""The fields by which a post is described, for a newcomer as for somebody known."""

from datetime import date
from typing import Any

from django import forms

from oasis.people.roles import ROLES, ArmKind
from oasis.places.models import School
from oasis.places.queries import classes_on

AT_SCHOOL = [(role.code, role.label) for role in ROLES if role.arm != ArmKind.REGION and role.given]


class PostForm(forms.Form):
    """A role at this school, the class if it is a class's, and the first day."""

    role = forms.ChoiceField(label="岗位", choices=[("", "请选择"), *AT_SCHOOL])
    klass = forms.ChoiceField(
        label="所教或所带班级",
        required=False,
        help_text="班主任选所带的班；科任教师选任教的班，教几个班就加几次；其他岗位不用选",
    )
    from_on = forms.DateField(label="从哪天开始")
    to_on = forms.DateField(label="到哪天为止", required=False, help_text="督导必填；其他岗位不知道就不填")

    def __init__(self, *args: Any, school: School, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.klasses = {str(klass.pk): klass for klass in classes_on(school.pk, on)}
        named = [(key, klass.name(on, school.primary_years)) for key, klass in self.klasses.items()]
        self.fields["klass"].choices = [("", "不选"), *named]  # type: ignore[attr-defined]
        self.fields["from_on"].initial = on

    def clean(self) -> dict[str, Any]:
        """A homeroom teacher has a class; nobody else is tied to one."""
        given = super().clean() or self.cleaned_data
        if given.get("role") == "homeroom" and not given.get("klass"):
            self.add_error("klass", "班主任要选择所带的班级；还没有班级时，请先到“班级”里添加")
        return given

    def post(self) -> dict[str, Any]:
        """Give the post's fields by the names of the actions."""
        given = self.cleaned_data
        klass = self.klasses.get(given["klass"]) if ROLES.get(given["role"]).arm == ArmKind.KLASS else None
        return {"role": given["role"], "klass": klass, "from_on": given["from_on"], "to_on": given["to_on"]}
