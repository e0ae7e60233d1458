"""Rules: what goes to the finance department and comes back from it."""
