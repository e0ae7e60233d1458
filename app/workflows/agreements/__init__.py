"""Shared by window and command line: target and cooperation agreements, from the first draft to the last day."""
