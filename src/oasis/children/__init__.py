"""Files: the child, the family, who cares, who helps; and who may see which child."""
