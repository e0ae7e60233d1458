"""The store: one door, change log, backups, models and migrations."""
