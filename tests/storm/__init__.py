"""The program under blows: killed, cut off from its database, out of disk, loaded (design.md 7.1)."""
