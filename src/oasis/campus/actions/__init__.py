"""Writing the school's own work, a file a matter."""
