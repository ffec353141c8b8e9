"""The demo's daily life: the boarding house, health, birthdays, gifts and goods, places in activities."""

from oasis.config.demo import boarding, health
from oasis.config.demo.homes import Kept
from oasis.config.demo.sheets import Stage


def tell(stage: Stage, kept: list[Kept]) -> None:
    """Draw each of them."""
    boarding.tell(stage, kept)
    health.tell(stage, kept)
