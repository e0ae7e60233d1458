"""Makes texts comparable: lower case without accents, and German umlauts in the two ways people write them."""

import unicodedata

_WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


def folded(text: str) -> str:
    """Lower case without accents: "Größe" -> "grosse"."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def spellings(text: str) -> tuple[str, ...]:
    """The folded text, and where it differs also with umlauts written out: "Müller" -> "muller", "mueller"."""
    plain = folded(text)
    if text.isascii():
        return (plain,)
    written_out = folded(unicodedata.normalize("NFC", text.casefold()).translate(_WRITTEN_OUT))
    return (plain,) if written_out == plain else (plain, written_out)
