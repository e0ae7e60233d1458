"""The placeholders of a letter to many, and how they are filled, so that each of them reads its own."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.papers.markup import PLACEHOLDER

PLACEHOLDERS: dict[str, str] = {
    "Name": "Name der Person, an die der Brief geht",
    "Träger": "Name des Trägers, an den der Brief geht",
    "Stadt": "Name der Stadt",
    "Ort": "Ort des Büros",
    "Datum": "Tag des Ausdrucks",
}
"""In every letter."""
AGREEMENT_PLACEHOLDERS: dict[str, str] = {
    "Nummer": "Nummer der Vereinbarung",
    "Titel": "Titel der Vereinbarung",
    "Quartier": "Name des Quartiers",
    "Beginn": "Beginn der Laufzeit",
    "Ende": "Ende der Laufzeit",
    "Betrag": "Betrag der Förderung",
    "Kündigungsfrist": "Kündigungsfrist in Worten",
    "Letzter Zugangstag": "letzter Tag für den Zugang einer Kündigung",
}
"""Only in a letter about an agreement."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A text with its values; `lacks`: German sentences on what could not be put in."""

    text: str
    lacks: tuple[str, ...]


def filled(text: str, values: Mapping[str, str | None]) -> Filled:
    """Put values in; what has none, or does not exist, stays as a gap in square brackets."""
    lacks: dict[str, None] = {}  # keeps order, each once

    def value(found: re.Match[str]) -> str:
        name = found[1].strip()
        if name not in values:
            about = name in AGREEMENT_PLACEHOLDERS
            lacks[
                f"{{{name}}} gibt es nur in Briefen zu einer Vereinbarung."
                if about
                else f"Den Platzhalter {{{name}}} gibt es nicht."
            ] = None
        elif not values[name]:
            lacks[f"Für {{{name}}} ist nichts eingetragen."] = None
        return values.get(name) or f"[{name}]"

    result = PLACEHOLDER.sub(value, text)
    return Filled(result, tuple(lacks))
