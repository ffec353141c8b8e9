"""迎检资料包: the sixteen items of an inspection with cover, contents, page numbers and gaps named (domain.md 5.4; peers.md c12)."""
