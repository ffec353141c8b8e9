"""Spreadsheets in: rosters as schools have them."""
