"""A child goes to another school: what goes with it, sealed when it leaves the house, and how it is taken in."""
