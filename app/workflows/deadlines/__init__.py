"""Shared by window and command line: dates somebody must act by, with the rule behind each."""
