"""The form for a new password. Loaded by allauth when a page asks for it: its forms want the models first."""

from typing import Any

from allauth.account.forms import ChangePasswordForm


class OwnPassword(ChangePasswordForm):  # type: ignore[misc]
    """A new password; who has just come in with a one-time password is not asked for it once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.user.must_change_password:
            del self.fields["oldpassword"]
