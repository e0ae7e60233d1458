"""Sections that the profiles of quarters and actors share."""
