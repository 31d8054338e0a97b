"""Figures in the browser: mounted, sent their data, heard."""
