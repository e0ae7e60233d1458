"""The page of grants: what was granted, what is spent, received and not yet covered, and the rules behind it."""
