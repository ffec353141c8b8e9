"""The demo's last term, closed some days after it ended: its numbers stay, whatever is mended in the files afterwards."""

from datetime import datetime, time, timedelta

from oasis.children.access import scope_of
from oasis.config.demo.sheets import Stage
from oasis.figures.actions import frozen
from oasis.figures.queries import book_of_today
from oasis.figures.where import Calendar, school_place
from oasis.kit.dates import CHINA


def tell(stage: Stage) -> None:
    """Close the term that ended last; call when everything is stored."""
    ended = [term for term in stage.terms if term.ends_on < stage.on]
    if not ended:
        return
    term, principal = ended[-1], stage.staff["principal"][0]
    scope, calendar = scope_of(principal, stage.on), Calendar(stage.school.pk, stage.on)
    opened = book_of_today(scope, school_place(stage.school), calendar.of_term(term), calendar)
    row = frozen(opened, term, number=1)
    row.by = principal
    row.at = term.closed_at = datetime.combine(term.ends_on + timedelta(days=5), time(16, 20), CHINA)
    row.save(force_insert=True)
    term.save(update_fields=["closed_at"])
