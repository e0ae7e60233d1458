"""Rules: what an actor offers where, when and for whom."""
