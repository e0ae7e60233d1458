"""Text made comparable: German sorting (DIN 5007: ä like a, ß like ss), numbers in text by their value."""

import re
import unicodedata

_DIGITS = re.compile(r"\d+")


def folded(text: str) -> str:
    """Lower case without accents: "Größe" -> "grosse"."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def natural(text: str) -> str:
    """A sort key that puts "ZV-2" before "ZV-10"."""
    return _DIGITS.sub(lambda found: found[0].zfill(12), folded(text))
