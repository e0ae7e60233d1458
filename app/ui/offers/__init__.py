"""The page of the offers."""
