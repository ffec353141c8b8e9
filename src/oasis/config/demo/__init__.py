"""Demo data: a school's year that reads like life, marked as demo, removable without a trace."""
