"""The page of what the office and this computer are set to."""
