"""Rules: money from the state with conditions."""
