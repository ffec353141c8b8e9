"""Tools: dates, ids, pinyin, secrets, code lists, the catalogue, sealed columns and their keys."""
