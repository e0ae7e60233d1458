"""The page of the quarters."""
