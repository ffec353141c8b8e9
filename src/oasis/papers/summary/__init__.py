"""工作总结: drafted from the figures, edited by people, exported in official layout (domain.md 7)."""
