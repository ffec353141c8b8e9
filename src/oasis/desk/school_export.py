"""Export of the statistics: for whom, what the cross-checks say, then the file."""

from django import forms
from django.http import Http404, HttpResponse

from oasis.desk.leaving import LeavingForm
from oasis.desk.page import DeskRequest, page
from oasis.desk.sending import sent
from oasis.figures.where import choose
from oasis.kit.refused import Refused
from oasis.papers.handing import Reader, export_statistics, open_statistics
from oasis.papers.statistics import disagreements
from oasis.people.gate import screen
from oasis.people.roles import Need


class ReaderForm(LeavingForm):
    """For whom."""

    reader = forms.ChoiceField(
        label="给谁用", choices=Reader.choices, widget=forms.RadioSelect, initial=Reader.INSIDE,
        help_text="数字小的格子容易让人认出是哪个孩子，报送校外时一般不显示",
    )  # fmt: skip
    field_order = ("reader", "leaves", "password")


def export(request: DeskRequest) -> HttpResponse:
    """Ask for whom, show what does not agree, send the file."""
    try:
        choice = choose(request.scope, request.GET.get("place", ""), request.GET.get("period", ""))
        if choice is None:
            raise Http404
        opened = open_statistics(request.scope, choice)
    except Refused as refused:
        raise Http404 from refused
    form = ReaderForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return sent(
                form.closed(export_statistics(request.scope, choice=choice, reader=form.cleaned_data["reader"]))
            )
        except Refused as refused:
            form.add_error(refused.field or None, refused.message)
    told = disagreements(request.scope, opened)
    return page(request, "desk/school_export.html", choice=choice, form=form, told=told)


ROUTES = (screen("school/export/", export, needs=Need.EXPORT, name="school-export"),)
