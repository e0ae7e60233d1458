"""Steps from one schema version to the next."""
