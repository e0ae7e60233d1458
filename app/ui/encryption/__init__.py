"""Passwords in the window: asking for one, setting one, the recovery sheet."""
