"""Our words for what Django says on a form: a person reads them, not a programmer."""

from django import forms
from django.apps import AppConfig
from django.core.validators import MaxLengthValidator
from django.db.models.fields import BLANK_CHOICE_DASH

CHOOSE = "请选择"
TOO_LONG = "最多%(limit_value)d个字，现在是%(show_value)d个，请删短；写的都还在"


class KitConfig(AppConfig):
    """The tools; says what every form says when it starts."""

    name = "oasis.kit"

    def ready(self) -> None:
        """Give plain words to a missing answer, to a choice not made yet and to a text that is too long."""
        forms.Field.default_error_messages["required"] = "请填写这一项"
        for kind in (forms.ChoiceField, forms.MultipleChoiceField, forms.ModelChoiceField):
            kind.default_error_messages["required"] = "请选择这一项"
        MaxLengthValidator.message = forms.CharField.default_error_messages["max_length"] = TOO_LONG
        BLANK_CHOICE_DASH[0] = ("", CHOOSE)
