"""Letters to parents: the child's own paragraph drafted from records, and the printed letter with its return slip."""
