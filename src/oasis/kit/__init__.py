"""Tools without a database: dates, ids, pinyin, secrets, code lists, the catalogue."""
