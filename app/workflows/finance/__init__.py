"""Shared by window and command line: what goes to the finance department and comes back from it."""
