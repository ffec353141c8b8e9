"""The rows of the school's own work, a file a matter; everything is imported from here."""
