"""Conventions: one box as every framework cuts it, and who made an output."""
