"""Rules: the areas the office works with."""
