"""All routes: the desk's, made by screen(), and those pages of allauth that a closed school needs: no sign-up, no mail."""

from allauth.account import views as account
from django.urls import URLPattern, URLResolver, include, path

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
urlpatterns: list[URLPattern | URLResolver] = [
    *ROUTES,
    path("account/", include(ACCOUNT)),
    path("account/mfa/", include("allauth.mfa.urls")),
]
