"""All routes: the desk's, made by screen(), and the log-in pages of allauth."""

from django.urls import URLPattern, URLResolver, include, path

from oasis.desk.routes import ROUTES

urlpatterns: list[URLPattern | URLResolver] = [
    *ROUTES,
    path("account/", include("allauth.account.urls")),
    path("account/mfa/", include("allauth.mfa.urls")),
]
