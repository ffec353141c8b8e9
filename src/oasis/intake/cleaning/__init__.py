"""Cleaners: a cell as a school wrote it becomes a value, or a reason a teacher can mend it from."""
