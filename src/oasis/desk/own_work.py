"""What the screens of the school's own work share: the school one works at, who works there, one form a page."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404

from oasis.campus.reach import staff, workplaces
from oasis.desk.page import DeskRequest, page
from oasis.desk.setting import done, made_id
from oasis.kit.ids import new_id
from oasis.kit.refused import Refused
from oasis.people.closed import ScopedModel
from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Scope
from oasis.places.models import School
from oasis.places.queries import classes_on, term_on

GROUP_TABS = (
    ("org", "领导小组"), ("org-rules", "制度与方案"), ("org-meetings", "会议"), ("org-plan", "年度计划"), ("org-net", "关爱网络"), ("org-outside", "校外力量"), ("org-gaps", "迎检缺项"),
)  # fmt: skip

ROOM_TABS = (("room", "开放"), ("room-books", "图书"), ("room-works", "作品"), ("room-items", "物品"))


def workplace(request: DeskRequest) -> School:
    """Give the school a person works at; with several, the first by name."""
    return get_object_or_404(workplaces(request.scope)[:1])


def leads(scope: Scope, school: UUID, need: Need) -> bool:
    """Tell whether a post over the whole school gives a need."""
    return school in scope.ids(ArmKind.SCHOOL, need)


def group_tabs(scope: Scope) -> list[tuple[str, str]]:
    """Give the pages of 组织 that a person may open."""
    asked_for = {"org-gaps": Need.GUIDE, "org-net": Need.PAIR}
    return [one for one in GROUP_TABS if one[0] not in asked_for or scope.can(asked_for[one[0]])]


def found(row: Any) -> Any:
    """Give a row, or 404."""
    if row is None:
        raise Http404
    return row


def colleagues(request: DeskRequest, school: School, *first: tuple[str, str]) -> list[tuple[str, str]]:
    """Offer those who work at a school."""
    return [*first, *((str(user.pk), user.name) for user in staff(school.pk, request.scope.on))]


def asked(
    request: DeskRequest, form: forms.Form, act: Callable[[dict[str, Any]], object], *, title: str, back: str, said: str = "已保存。",
    onward: Callable[[], str] | None = None, **context: Any,
) -> HttpResponse:  # fmt: skip
    """Show a form on a page of its own, or do what it asks and go back."""
    if request.method == "POST" and done(form, lambda: act(form.cleaned_data) or True):
        messages.success(request, said)
        return HttpResponseRedirect(onward() if onward else back)
    given = {
        "id": str(made_id(request)) if request.method == "POST" else str(new_id()),
        "lead": "",
        "note": "",
        "save": "保存",
        "nav": "",
    }
    return page(
        request, "desk/own_form.html", form=form, title=title, back=back, upload=form.is_multipart(),
        status=422 if form.errors else 200, **(given | context),
    )  # fmt: skip


def sent_file(upload: "UploadedFile[bytes] | None") -> bytes:
    """Read what was sent; a file over the limit is never read into memory."""
    if upload is None:
        return b""
    limit: int = settings.OASIS_PAPER_LIMIT
    if (upload.size or 0) > limit:
        raise Refused("too-large", f"文件超过 {limit >> 20} MB，请拍小一点或分开上传", field="file")
    data: bytes = upload.read()
    return data


def values(row: ScopedModel, names: tuple[str, ...]) -> dict[str, Any]:
    """Give a row's values for a form."""
    return {name: getattr(row, name) for name in names}


def class_names(school: School, on: date) -> dict[UUID, str]:
    """Give the classes of a school on a day by id, lowest grade first."""
    return {klass.pk: klass.name(on, school.primary_years) for klass in classes_on(school.pk, on)}


def term_span(school: School, on: date) -> tuple[date, date, str]:
    """Give first and last day of the running term with its name; before the first, the last half year."""
    term = term_on(school.pk, on)
    return (term.starts_on, term.ends_on, str(term)) if term else (on - timedelta(days=180), on, "近半年")
