"""Sections that the profiles of quarters and actors share, and the form of an offer."""
