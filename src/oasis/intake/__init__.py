"""Spreadsheets in: rosters as schools have them become children's files."""
