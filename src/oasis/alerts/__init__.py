"""Floor 6: what to worry about: declared signals, for a person to judge (requirements.md E2)."""
