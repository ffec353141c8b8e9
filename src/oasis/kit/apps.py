"""Our words for what Django says on a form: a person reads them, not a programmer."""

from django import forms
from django.apps import AppConfig
from django.db.models.fields import BLANK_CHOICE_DASH

CHOOSE = "请选择"


class KitConfig(AppConfig):
    """The tools; says what every form says when it starts."""

    name = "oasis.kit"

    def ready(self) -> None:
        """Give plain words to a missing answer and to a choice not made yet."""
        forms.Field.default_error_messages["required"] = "请填写这一项"
        for kind in (forms.ChoiceField, forms.MultipleChoiceField, forms.ModelChoiceField):
            kind.default_error_messages["required"] = "请选择这一项"
        BLANK_CHOICE_DASH[0] = ("", CHOOSE)
