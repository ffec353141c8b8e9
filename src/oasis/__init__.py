"""Oasis: the working system of a school that looks after its left-behind children."""
