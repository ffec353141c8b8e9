"""SHEETS: the rosters this house knows; one file each, and any other list is read by its headings all the same."""

from oasis.intake.sheets.base import Heading, Sheet
from oasis.intake.sheets.care_roster import CARE_ROSTER
from oasis.intake.sheets.class_list import CLASS_LIST
from oasis.intake.sheets.national import NATIONAL
from oasis.kit.catalogue import Catalogue

SHEETS = Catalogue(NATIONAL, CARE_ROSTER, CLASS_LIST)

__all__ = ["SHEETS", "Heading", "Sheet"]
