"""Workbooks: reading files into cells, planning what they bring, writing new ones."""
