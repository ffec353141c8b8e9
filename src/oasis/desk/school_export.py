"""Export of the statistics: for whom, what the cross-checks say, then the file."""

from django import forms
from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from oasis.desk.page import DeskRequest, page
from oasis.figures.where import choose
from oasis.kit.refused import Refused
from oasis.papers.handing import Reader, export_statistics, open_statistics
from oasis.papers.statistics import disagreements
from oasis.people.gate import screen
from oasis.people.roles import Need


class ReaderForm(forms.Form):
    """For whom."""

    reader = forms.ChoiceField(
        label="给谁用", choices=Reader.choices, widget=forms.RadioSelect, initial=Reader.INSIDE,
        help_text="数字小的格子容易让人认出是哪个孩子，报送校外时一般不显示",
    )  # fmt: skip


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
        made = export_statistics(request.scope, choice=choice, reader=form.cleaned_data["reader"])
        answer = HttpResponse(made.data, content_type=made.media)
        answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=made.name)
        answer["Cache-Control"] = "no-store"
        return answer
    told = disagreements(request.scope, opened)
    return page(request, "desk/school_export.html", choice=choice, form=form, told=told)


ROUTES = (screen("school/export/", export, needs=Need.EXPORT, name="school-export"),)
