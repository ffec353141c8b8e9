"""Reading the bureau's forms: for whoever sets them up, and for whoever fills them."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from oasis.papers.bureau.grid import Body
from oasis.papers.bureau.ties import OPEN, Tie, unpacked
from oasis.papers.models import Template, TemplateFile
from oasis.papers.places import places_within
from oasis.people.roles import Need
from oasis.people.scope import Scope

WHY = "a form of the school's names nobody; who exports at the school fills it"
Templates = list[tuple[Template, TemplateFile]]


@dataclass(frozen=True)
class Opened:
    """A form with the version a person works on, its ties and lists."""

    template: Template
    file: TemplateFile
    ties: list[Tie]
    bodies: list[Body]

    @property
    def unknown(self) -> list[Tie]:
        """The places nobody has decided about."""
        return [tie for tie in self.ties if tie.what == OPEN]


def kept(scope: Scope) -> Templates:
    """Give the forms of one's schools with their newest version, for whoever sets them up; retired ones last."""
    rows = Template.objects.within(scope, Need.CADENCES).order_by("retired_on", "title", "id")
    found = sorted(rows, key=lambda row: (row.retired_on is not None, row.title, str(row.pk)))
    files = TemplateFile.objects.within(scope, Need.CADENCES).filter(template__in=[row.pk for row in found])
    return _newest(found, list(files.defer("data", "layout", "ties").order_by("number")))


def usable(scope: Scope) -> Templates:
    """Give the forms that may be filled at the schools one exports from."""
    schools = {place.school.pk for place in places_within(scope, Need.EXPORT)}
    rows = list(
        Template.objects.everywhere(why=WHY).filter(school__in=schools, retired_on=None).order_by("title", "id")
    )
    files = TemplateFile.objects.everywhere(why=WHY).filter(template__in=rows, state=TemplateFile.State.USED)
    return _newest(rows, list(files.defer("data", "layout", "ties").order_by("number")))


def _newest(rows: Sequence[Template], files: Sequence[TemplateFile]) -> Templates:
    by_template = {file.template_id: file for file in files}
    return [(row, by_template[row.pk]) for row in rows if row.pk in by_template]


def opened_for_setting(scope: Scope, pk: UUID) -> Opened | None:
    """Open the newest version of a form of one's school; None out of reach."""
    files = (
        TemplateFile.objects.within(scope, Need.CADENCES)
        .filter(template=pk)
        .select_related("template", "template__school")
    )
    file = files.order_by("-number").first()
    return _opened(file)


def opened_for_filling(scope: Scope, pk: UUID) -> Opened | None:
    """Open the version in use of a form one may fill; None out of reach, retired, or not yet in use."""
    if not any(row.pk == pk for row, _file in usable(scope)):
        return None
    files = TemplateFile.objects.everywhere(why=WHY).filter(template=pk, state=TemplateFile.State.USED)
    return _opened(files.select_related("template", "template__school").order_by("-number").first())


def _opened(file: TemplateFile | None) -> Opened | None:
    if file is None:
        return None
    ties, bodies = unpacked(file.ties)
    return Opened(file.template, file, ties, bodies)
