"""Snapshots in the window: what is in each, whether it is sound, how old it is."""
