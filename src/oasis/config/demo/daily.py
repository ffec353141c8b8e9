"""The demo's daily life: the boarding house, health, what pupils tell, gifts and goods, the counsellor, what is asked."""

from oasis.config.demo import (
    asked,
    boarding,
    counsel,
    firsts,
    goods,
    hazards,
    health,
    incidents,
    notices,
    schooling,
    screening,
)
from oasis.config.demo.homes import Kept
from oasis.config.demo.sheets import Stage


def tell(stage: Stage, kept: list[Kept]) -> None:
    """Draw each of them."""
    boarding.tell(stage, kept)
    health.tell(stage, kept)
    notices.tell(stage, kept)
    goods.tell(stage, kept)
    firsts.tell(stage, kept)
    schooling.tell(stage, kept)
    hazards.tell(stage, kept)
    incidents.tell(stage, kept)
    counsel.tell(stage, kept)
    asked.tell(stage, kept)
    screening.tell(stage, kept)
