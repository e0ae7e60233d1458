"""Copies of a database and its attached files: taking, keeping, restoring."""
