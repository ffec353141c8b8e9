"""All routes: the desk's, made by screen(), and those pages of allauth that a closed school needs: no sign-up, mail only where there is a server for it."""

from allauth.account import views as account
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, re_path

from oasis.desk.routes import ROUTES

ACCOUNT = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
]
handler400 = "oasis.desk.failing.refused"
handler500 = "oasis.desk.failing.failed"
if settings.OASIS_MAIL:
    ACCOUNT += [
        path("password/reset/", account.password_reset, name="account_reset_password"),
        path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
        re_path(
            r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
            account.password_reset_from_key,
            name="account_reset_password_from_key",
        ),
        path(
            "password/reset/key/done/",
            account.password_reset_from_key_done,
            name="account_reset_password_from_key_done",
        ),
    ]
urlpatterns: list[URLPattern | URLResolver] = [
    *ROUTES,
    path("account/", include(ACCOUNT)),
    path("account/mfa/", include("allauth.mfa.urls")),
]
