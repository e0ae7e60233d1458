"""Shared by window and command line: how an encrypted file is opened, and its recovery sheet."""
