"""Writing records: write, take back, correct, open what is sealed."""

from oasis.records.actions.correcting import Conflict, Parted, correct_record, take_out
from oasis.records.actions.looking import look_at, open_sealed
from oasis.records.actions.writing import AlreadySaved, Invalid, withdraw, write_record, written

__all__ = [
    "AlreadySaved",
    "Conflict",
    "Invalid",
    "Parted",
    "correct_record",
    "look_at",
    "open_sealed",
    "take_out",
    "withdraw",
    "write_record",
    "written",
]
