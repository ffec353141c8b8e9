"""The one exception for a rule broken by a person."""


class Refused(Exception):
    """A rule of the house was broken by what a person asked.

    `code` is for programs and tests, `message` is Chinese and says what to do next. `field` names the form field to
    mend, where there is one.
    """

    def __init__(self, code: str, message: str, *, field: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.field = field
