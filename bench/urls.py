"""The program's routes and one view that only answers, as the floor."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from oasis.config import urls


def hello(request: HttpRequest) -> HttpResponse:
    """Answer."""
    return HttpResponse("hello")


urlpatterns = [path("hello/", hello), *urls.urlpatterns]
