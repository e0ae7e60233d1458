"""Patterns in rules for assignment: codes with any ending, and texts whatever their case, accents and umlauts."""

import re
from collections.abc import Callable
from functools import lru_cache

from app.domain.bookings.bookings import normal_code
from app.domain.folding import spellings

ANY_ENDING = "*"


def normal_pattern(text: str | None) -> str | None:
    """A code with or without `*` at its end, normalised; None if there is none. Raises ValueError."""
    if text is None or not text.strip():
        return None
    text = text.strip()
    if ANY_ENDING not in text:
        return normal_code(text)
    beginning = text[:-1].strip()
    if not text.endswith(ANY_ENDING) or ANY_ENDING in beginning:
        raise ValueError("Der Stern darf nur am Ende stehen, zum Beispiel 7319*.")
    if beginning.isdecimal() and not (beginning := beginning.lstrip("0")):
        raise ValueError("Führende Nullen zählen nicht. Bitte weitere Ziffern vor den Stern setzen.")
    return beginning + ANY_ENDING


def text_pieces(pattern: str) -> list[tuple[str, ...]]:
    """Pieces that all occur in every text the pattern fits, each in its spellings; for narrowing down beforehand."""
    return [spellings(piece) for piece in re.split(r"[*?\s]+", pattern) if piece]


def literal(text: str) -> str:
    """A pattern that fits this text: the text itself, of one with `*` or `?` in it the longest piece without."""
    return max(re.split(r"[*?]+", " ".join(text.split())), key=len).strip()


def code_test(pattern: str | None) -> Callable[[str | None], bool]:
    """A test of a code; without a pattern every booking passes, also one without such a code."""
    if pattern is None:
        return lambda code: True
    if pattern.endswith(ANY_ENDING):
        beginning = pattern[:-1]
        return lambda code: code is not None and code.startswith(beginning)
    return lambda code: code == pattern


def text_test(pattern: str) -> Callable[[str], bool]:
    """A test of a haystack: one line for each spelling of text and payee."""
    wanted = spellings(" ".join(pattern.split()))
    if "*" not in pattern and "?" not in pattern:
        if len(wanted) == 1:
            (only,) = wanted
            return lambda haystack: only in haystack
        return lambda haystack: any(one in haystack for one in wanted)
    any_sign = {"*": ".*", "?": "."}
    lines = ("".join(any_sign.get(sign, re.escape(sign)) for sign in one) for one in wanted)
    whole = re.compile(f"^(?:{'|'.join(lines)})$", re.MULTILINE)
    return lambda haystack: whole.search(haystack) is not None


def haystack_of(text: str | None, payee: str | None) -> str:
    """What `text_test` looks through: a line for each spelling of text and payee."""
    if text and payee:
        return f"{_lines(text)}\n{_lines(payee)}"
    return _lines(text or payee or "")


@lru_cache(maxsize=4096)
def _lines(text: str) -> str:
    """Payees come again and again."""
    return "\n".join(spellings(" ".join(text.split())))


def code_within(narrow: str | None, wide: str | None) -> bool:
    """Whether the wide pattern fits every code that the narrow one fits."""
    if wide is None or narrow == wide:
        return True
    if narrow is None or not wide.endswith(ANY_ENDING):
        return False
    return narrow.removesuffix(ANY_ENDING).startswith(wide[:-1])


def text_within(narrow: str | None, wide: str | None) -> bool:
    """Whether the wide pattern is known to fit every text that the narrow one fits; False where it is not clear."""
    if wide is None or narrow == wide:
        return True
    if narrow is None or "*" in wide or "?" in wide:
        return False
    fits = text_test(wide)
    pieces = re.split(r"[*?]+", " ".join(narrow.split()))
    # Every text that fits the narrow pattern has each of its pieces in it, in one of the spellings.
    return any(all(map(fits, spellings(piece))) for piece in pieces if piece)
