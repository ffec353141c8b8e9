"""Benchmarks: ratios to floors measured in the same run, never absolute promises (design.md 9)."""
