"""Words of offers: forms of care, weekdays and the catalogue of building blocks."""

from app.domain.terms import Worded


class CareSetting(Worded):
    """The form of care an offer belongs to."""

    OUTPATIENT = "outpatient", "ambulant"
    INPATIENT = "inpatient", "stationär"
    FLEXIBLE = "flexible", "flexibel"


BUILDING_BLOCKS = (
    "Begegnung",
    "Beratung",
    "Pflege und Entlastung",
    "Ehrenamt",
    "Gesundheit und Prävention",
    "Bildung und Kultur",
    "Wohnen",
    "Nahversorgung und Mittagstisch",
    "Mobilität",
    "Digitales",
)
"""The catalogue a new database starts with; she edits it (domain.md, Words: Baustein)."""

TARGET_GROUPS = (
    "ältere Menschen allgemein",
    "Hochaltrige",
    "ältere Menschen mit Zuwanderungsgeschichte",
    "ältere Menschen mit geringem Einkommen",
    "Menschen mit Demenz",
    "pflegende Angehörige",
    "Alleinlebende",
)
"""Aggregated groups only, never stored for a person (domain.md, Data protection)."""
