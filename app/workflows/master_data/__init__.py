"""Shared by window and command line: the office's own lists, in and out as one workbook."""
