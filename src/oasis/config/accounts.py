"""Log-in rules for django-allauth: an invitation by the administrator is the only way to an account."""

from typing import Any
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.account.internal.stagekit import unstash_login
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from oasis.kit.dates import now, today
from oasis.kit.secrets import open_text, seal_text
from oasis.people import trail
from oasis.people.entrance import FACTORS, demands, use_code
from oasis.people.models import Post, User
from oasis.people.scope import Scope

UNKNOWN_ADDRESS = "0.0.0.0"  # noqa: S104 - written where the server was told none
# allauth tells people by mail of these; the house writes them on the trail.
DEEDS = {
    "account/email/password_changed": "password.change",
    "account/email/password_reset": "password.mail",
    "mfa/email/totp_activated": "factor.on",
    "mfa/email/totp_deactivated": "factor.off",
    "mfa/email/webauthn_added": "factor.on",
    "mfa/email/webauthn_removed": "factor.off",
    "mfa/email/recovery_codes_generated": "factor.codes",
}
EXPIRED = "这个一次性密码已经用过或者过期，请找管理员再要一个。"


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]
    """No sign-up; every log-in and every failed attempt leaves a line; a changed password opens the way."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up alone."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Give the address, also where a server behind a socket knows none."""
        return str(super().get_client_ip(request)) if request.META.get("REMOTE_ADDR") else UNKNOWN_ADDRESS

    def pre_login(self, request: HttpRequest, user: User, **how: Any) -> HttpResponse | None:
        """Stop at a one-time password that has run out or was used; everything else as usual."""
        if user.must_change_password and user.code_until and user.code_until < now():
            return _code_ended(request, user)
        answer: HttpResponse | None = super().pre_login(request, user, **how)
        return answer

    def login(self, request: HttpRequest, user: User) -> None:
        """Log in and note it. A one-time password ends here, with the log-in it was made for."""
        if user.must_change_password and not use_code(user):
            raise ImmediateHttpResponse(_code_ended(request, user))
        super().login(request, user)
        noted(request, user, "login")

    def logout(self, request: HttpRequest) -> None:
        """Log out and note it."""
        if isinstance(request.user, User):
            noted(request, request.user, "logout")
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Note a failed attempt: for which account, if there is one, and from where. What was typed is not kept."""
        super().authentication_failed(request, **credentials)
        user = User.objects.filter(username=credentials.get("username", "")).first()
        noted(request, user, "login.failed")

    def clean_password(self, password: str, user: Any = None) -> str:
        """Refuse the one-time password as the new one: somebody else has read it."""
        if isinstance(user, User) and user.must_change_password and user.check_password(password):
            raise ValidationError("新密码不能就是这个一次性密码，请另想一个。")
        good: str = super().clean_password(password, user)
        return good

    def set_password(self, user: Any, password: str) -> None:
        """Set the password and lift the demand to change it."""
        user.must_change_password, user.code_until = False, None
        super().set_password(user, password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Go to work after the first change; later changes come from 我的 too."""
        return str(settings.LOGIN_REDIRECT_URL)

    def send_notification_mail(self, template_prefix: str, user: User, *args: Any, **kwargs: Any) -> None:
        """Write on the trail what allauth reports about an account; a school has seldom mail."""
        if deed := DEEDS.get(template_prefix):
            noted(self.request, user, deed)


class SecondStep(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors: who must keep one, wrong codes on the trail, words in Chinese."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "验证码不对，请看手机上现在显示的数字。",
        "cannot_delete_authenticator": "您的岗位要求第二步验证，最后一种方式不能关闭；要换手机，请先加上新的方式。",
        "cannot_generate_recovery_codes": "请先开启手机验证器或通行密钥，再生成备用码。",
    }

    def encrypt(self, text: str) -> str:
        """Seal the secret of an authenticator, so that a copy of the database makes no codes."""
        return seal_text(text, purpose="second-step")

    def decrypt(self, encrypted_text: str) -> str:
        """Open it."""
        return open_text(encrypted_text, purpose="second-step")

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Let nobody go without the second factor her post asks for."""
        others = Authenticator.objects.filter(user=authenticator.user, type__in=FACTORS).exclude(pk=authenticator.pk)
        return authenticator.type not in FACTORS or others.exists() or not demands(authenticator.user, today())

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """Note a wrong code before it is refused."""
        if code == "incorrect_code":
            noted(context.request, _half_in(context.request), "factor.failed")
        refused: ValidationError = super().validation_error(code, *args)
        return refused

    def generate_authenticator_name(self, user: User, type: str) -> str:
        """Name a new key."""
        count = Authenticator.objects.filter(user=user, type=type).count()
        return f"通行密钥{count + 1}"

    def _get_site_name(self) -> str:
        return "绿洲"


def noted(request: HttpRequest, user: User | None, deed: str, detail: str = "") -> None:
    """Note a deed about an account at each school of its posts, so that the leaders can read it; else at the house."""
    posts = Post.objects.held_on(today()).filter(user=user, school__isnull=False) if user else Post.objects.none()
    schools: set[UUID | None] = set(posts.values_list("school", flat=True))
    subject = str(user.pk) if user else ""
    for school in schools or {None}:
        trail.note(_eyes(request, user), deed, school=school, subject=subject, detail=detail)


def _code_ended(request: HttpRequest, user: User) -> HttpResponse:
    noted(request, user, "login.failed", "code-expired")
    messages.error(request, EXPIRED)
    return HttpResponseRedirect(reverse("account_login"))


def _half_in(request: HttpRequest) -> User | None:
    """Give who has passed the password and stands before the second step, or who is in."""
    if isinstance(request.user, User):
        return request.user
    login = unstash_login(request, peek=True)
    return login.user if login else None


def _eyes(request: HttpRequest, user: User | None) -> Scope:
    address = get_adapter().get_client_ip(request)
    return Scope(actor=user.pk if user else None, name=user.name if user else "", on=today(), address=address)
