"""Sizes: lengths that the sections do not divide."""
