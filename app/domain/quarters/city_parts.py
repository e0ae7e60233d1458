"""Makes names of the city's parts and districts comparable, so that a name in a list finds the official one."""

import unicodedata

_ALIASES = {
    "zooviertel": "zoo",
    "diebult": "bult",
    "dielist": "list",
}
"""Folded everyday names -> folded official names (shared facts: "Zoo" / "Zooviertel")."""

_PREFIXES = ("stadtteil", "stadtbezirk", "bezirk", "hannover")


def folded(name: str) -> str:
    """What two spellings of one area have in common: case, ß/ss, blanks, hyphens and "Stadtteil" aside.

    "Groß Buchholz", "Groß-Buchholz" and "Stadtteil Gross-Buchholz" are the same.
    """
    text = unicodedata.normalize("NFC", name).casefold()
    kept = "".join(sign for sign in text if sign.isalpha())
    for prefix in _PREFIXES:
        if kept.startswith(prefix) and len(kept) > len(prefix):
            kept = kept.removeprefix(prefix)
    return _ALIASES.get(kept, kept)
