"""Makes texts comparable: lower case without accents, and German umlauts in the two ways people write them."""

import unicodedata


class _Marks(dict[int, int | None]):
    """Takes accents off; each sign is looked up once, because lists fold ten thousands of texts."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.combining(chr(code)) else code
        return self[code]


_MARKS = _Marks()
_WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


def folded(text: str) -> str:
    """Lower case without accents: "Größe" -> "grosse"."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKD", text.casefold()).translate(_MARKS)


def spellings(text: str) -> tuple[str, ...]:
    """The folded text, and where it differs also with umlauts written out: "Müller" -> "muller", "mueller"."""
    plain = folded(text)
    if text.isascii():
        return (plain,)
    written_out = folded(unicodedata.normalize("NFC", text.casefold()).translate(_WRITTEN_OUT))
    return (plain,) if written_out == plain else (plain, written_out)
