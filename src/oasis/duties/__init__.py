"""What is owed: declared duties, their clocks, the school's cadences, a child's exceptions."""
