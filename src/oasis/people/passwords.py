"""How long a password must be, in words that say what to do; Django's own sentence has no Chinese."""

from django.core.exceptions import ValidationError

from oasis.people.models import User

LEAST = 10


class LongEnough:
    """Refuse passwords shorter than ten characters."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Refuse, with the length that is wanted."""
        if len(password) < LEAST:
            raise ValidationError(self.get_help_text(), code="password_too_short")

    def get_help_text(self) -> str:
        """Say the rule."""
        return f"密码至少要{LEAST}个字符，可以用一句好记的话"
