"""强制报告: the legal duty to report suspected harm to a child, its clock, its steps and its record (requirements.md E7)."""
