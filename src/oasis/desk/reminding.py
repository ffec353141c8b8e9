"""After a record was saved: remind of the duty to report, where its words may point to it."""

from collections.abc import Collection
from uuid import UUID

from django import forms
from django.contrib import messages
from django.urls import reverse
from django.utils.http import urlencode

from oasis.desk.page import DeskRequest
from oasis.records.reporting.queries import reportable
from oasis.records.reporting.signs import pointing


def remind(request: DeskRequest, form: type[forms.Form], children: Collection[UUID]) -> None:
    """Say one sentence more after saving, with the way to 强制报告 for the one child; only a hint, nothing is kept."""
    typed = (request.POST.get(name, "") for name, one in form.base_fields.items() if isinstance(one, forms.CharField))
    if not pointing(typed):
        return
    one = next(iter(children)) if len(children) == 1 else None
    about = {"child": str(one)} if one and reportable(request.scope, one) else {}
    address = reverse("reports") + (f"?{urlencode(about)}" if about else "")
    messages.warning(request, "写到的情况可能要强制报告。有怀疑就可以报，不需要证据。", extra_tags=f"report:{address}")
