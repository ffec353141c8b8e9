"""What is counted: declared figures asked of the records."""
