"""What reaches the log: where it broke and what kind of error, never what the error said."""

import logging
import traceback
from typing import Any


class Wordless(logging.Formatter):
    """Writes frames and the name of an exception; its words may hold a child's name or number, as a database's do."""

    def formatException(self, ei: Any) -> str:
        """Give the frames of each exception of the chain and its kind."""
        kind, error, _where = ei
        told: list[str] = []
        while error is not None:
            frames = "".join(traceback.format_list(traceback.extract_tb(error.__traceback__)))
            told.append(f"{frames}{type(error).__module__}.{type(error).__qualname__}")
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n\n".join(reversed(told)) or str(kind)
