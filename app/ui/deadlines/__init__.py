"""Deadlines in the window: lists of what is due, calendar, the year."""
