"""Documents out: official texts, forms, rosters and contact cards."""
