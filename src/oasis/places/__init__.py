"""Ground: regions, schools, classes, terms, the calendar."""
