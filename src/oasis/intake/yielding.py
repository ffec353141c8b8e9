"""What a row only concluded gives way to what the file knows: a title, a carer or a month tell less than a file."""

from oasis.children.models.care import NAMELESS
from oasis.children.rosters import Told, same_kin
from oasis.intake.carers import unsure, without_name
from oasis.intake.facts import Facts, same_month


def yield_to_file(facts: Facts, known: Told) -> None:
    """Drop what was only concluded where the file knows: a title, a carer or a month tell less than a file."""
    told, born = facts.told, known.fields["birth_on"]
    if "left_behind" in facts.guessed:
        if known.left_behind == 0:
            facts.notices.append("标题写的是留守儿童，档案里是非留守，按档案不变，请核对。")
        told.left_behind = told.civil = None
    if "carer" in facts.guessed and any(one.carer for one in known.kin):
        for one in told.kin:
            one.carer = False
    named_by_file(facts, known)
    same = told.left_behind in (None, known.left_behind)
    if "civil" in facts.guessed and same:
        told.civil = None
    if "care" in facts.guessed and same and known.care and not new_carer(known, told):
        told.care = ""
    if facts.month and born and same_month(told.fields["birth_on"], born):
        told.fields["birth_on"] = born
        facts.notices = [one for one in facts.notices if "只有年月" not in one]


def named_by_file(facts: Facts, known: Told) -> None:
    """Take the carer of whom the row writes only 姐姐 as the 姐姐 whose name the file knows; of several it says so."""
    for one, kin in zip(same_kin(known.kin, facts.told.kin), facts.told.kin, strict=True):
        if kin is facts.unnamed and one and NAMELESS not in one.name:
            kin.carer = True
            facts.notices.remove(without_name(kin))
    unsure(known.kin, facts.told.kin, facts.notices.append)


def new_carer(known: Told, told: Told) -> bool:
    """Tell whether the row names a carer the file does not have as one."""
    found = [one for one, kin in zip(same_kin(known.kin, told.kin), told.kin, strict=True) if kin.carer]
    return any(one is None or not one.carer for one in found)
