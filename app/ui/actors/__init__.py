"""The page of the actors."""
