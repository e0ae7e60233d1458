"""Shared by window and command line: what is printed, sent, attached and kept unchanged."""
