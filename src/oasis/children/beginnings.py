"""Whether a school's work with children has begun: one bit each, told to who sets the school up and sees no child."""

from uuid import UUID

from oasis.children.models import Child, Pairing


def any_file(school_id: UUID) -> bool:
    """Tell whether the school has a single file."""
    return Child.objects.filter(school_id=school_id).exists()


def any_pairing(school_id: UUID) -> bool:
    """Tell whether the school has a single pairing."""
    return Pairing.objects.filter(school_id=school_id).exists()
