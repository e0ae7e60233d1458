"""The database file as a file: who has it open, its log, its locks, its place, what others did to it."""
