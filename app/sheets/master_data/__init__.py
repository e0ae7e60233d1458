"""Workbooks: the office's own lists, in and out as one workbook."""
