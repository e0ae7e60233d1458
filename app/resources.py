"""Where the files lie that come with the program: icons, styles, fonts, templates, help, facts, demo data."""

from pathlib import Path

RESOURCES = Path(__file__).parents[1] / "resources"
