"""Finds the unit of amounts that a list states itself: "in T€" in a header or a title makes them thousands."""

import re
from collections.abc import Iterable

from app.domain.bookings.read_settings import Unit
from app.domain.parsing import plain_text, repair_text

_EURO = r"(?:€|EUR\b|Euro\b)"
_THOUSAND = re.compile(
    rf"(?<![\w.,])(?:T[ \-]?{_EURO}|Tsd\b\.?(?: ?{_EURO})?|Tausend\b(?: {_EURO})?)", re.IGNORECASE
)
_AFTER_A_FIGURE = re.compile(r"\d\s*$")
_PLAIN_EURO = re.compile(rf"(?<![\w.,]){_EURO}", re.IGNORECASE)


def stated_unit(headers: Iterable[str], titles: Iterable[str]) -> Unit:
    """The unit named in the headers of amounts, else in a title ("Angaben in T€"); Euro where none is named.

    "Bewilligt wurden 12 T€" in a title is an amount and says nothing of the others.
    """
    for header in headers:
        text = plain_text(repair_text(header))
        if _THOUSAND.search(text):
            return Unit.THOUSAND
        if _PLAIN_EURO.search(text):
            return Unit.EURO
    for title in titles:
        text = plain_text(repair_text(title))
        for found in _THOUSAND.finditer(text):
            if not _AFTER_A_FIGURE.search(text[: found.start()]):
                return Unit.THOUSAND
    return Unit.EURO
