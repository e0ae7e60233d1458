"""The places where the program keeps things on this computer."""

from pathlib import Path

from platformdirs import user_data_path, user_log_path

PROGRAM = "Quartiersbuero"


def default_database() -> Path:
    """The office's own file, used when no other is named."""
    return user_data_path(PROGRAM, appauthor=False) / "quartiersbuero.db"


def demo_database() -> Path:
    """The file with invented data; never mixed with the office's own."""
    return user_data_path(PROGRAM, appauthor=False) / "demo.db"


def log_file() -> Path:
    """Where the program writes down what it could not handle."""
    return user_log_path(PROGRAM, appauthor=False) / "meldungen.log"
