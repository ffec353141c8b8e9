"""Numbers shown in part: enough to tell two apart, too little to use."""

PHONE, CARD = 7, 15  # from so many characters on


def masked(number: str) -> str:
    """Show three and four digits of a phone, four and four of an ID or student number; nothing of a short one."""
    if len(number) < PHONE:
        return "*" * len(number)
    head = 4 if len(number) >= CARD else 3
    return f"{number[:head]}{'*' * max(len(number) - head - 4, 1)}{number[-4:]}"
