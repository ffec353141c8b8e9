"""Contact cards: who looks after a child, and how to reach them, on A6."""
