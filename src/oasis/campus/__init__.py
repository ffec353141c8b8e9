"""Floor 4: what the school runs: dormitory, health, stock, groups, documents, activities, the room, helpers from outside."""
