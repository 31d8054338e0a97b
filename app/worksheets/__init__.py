"""Worksheets: a lesson's questions on paper and in a workbook, blank or with the answers."""
