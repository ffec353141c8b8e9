"""What is owed: declared duties asked of the records."""
