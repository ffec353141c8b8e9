"""Handing out the picture of one letter, with its line on the trail."""

from django.db import transaction

from oasis.campus.models import LetterCopy
from oasis.papers.letters.printing import picture
from oasis.papers.plaintext import file_name
from oasis.papers.shape import Export
from oasis.people import trail
from oasis.people.scope import Scope


def export_picture(scope: Scope, *, copy: LetterCopy) -> Export:
    """Give one letter as a picture; its name tells the day, not the child."""
    with transaction.atomic():
        data = picture(scope, copy)
        trail.note(
            scope, "export.letter", school=copy.school_id, child=copy.child_id, subject=str(copy.pk), detail="picture"
        )
    return Export(file_name("致家长的信", f"{scope.on:%Y%m%d}", ending="png"), "image/png", data)
