"""Text as tables sort it (DIN 5007: ä like a, ß like ss), numbers in text by their value."""

import re

from app.domain.folding import folded

__all__ = ["folded", "natural"]

_DIGITS = re.compile(r"\d+")


def natural(text: str) -> str:
    """A sort key that puts "ZV-2" before "ZV-10"."""
    return _DIGITS.sub(lambda found: found[0].zfill(12), folded(text))
