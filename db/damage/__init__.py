"""Damage in a file: finding it row by row, and taking out what is still whole."""
