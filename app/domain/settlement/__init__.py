"""Rules: which booking settles which commitment."""
