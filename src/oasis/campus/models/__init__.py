"""The rows of the school's own work, a file a matter; everything is imported from here."""

from oasis.campus.models.letters import Letter, LetterCopy

__all__ = ["Letter", "LetterCopy"]
