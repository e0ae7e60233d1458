"""Keeping a database, its copies and its attached files unreadable for strangers."""
