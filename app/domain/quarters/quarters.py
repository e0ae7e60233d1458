"""Words of quarters: the phases on the way to a neighbourhood centre."""

PHASES = (
    "Bestandsaufnahme",
    "Auswahl",
    "Beteiligung",
    "Zielvereinbarung",
    "Aufbau",
    "Betrieb",
    "Verstetigung",
)
"""The usual way; a quarter may name its own phase (domain.md: no uniform template)."""
