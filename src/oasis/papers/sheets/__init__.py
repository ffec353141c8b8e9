"""Sheets: a document of a few kinds of block, said once and written as Word file, PDF or picture."""
