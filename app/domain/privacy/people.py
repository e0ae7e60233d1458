"""Recognises a person in any text, however people write the name, and puts something else in its place."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from app.domain.dates import german

SHORTEST = 3
"""A first name of fewer letters is never looked for alone."""
_TITLES = r"(?:(?:Frau|Herrn?|Dr|Prof|Dipl)\b\.?\s+)*"
_BETWEEN = r"(?:[\s_.\-]|\\n)*"
_BEFORE, _AFTER = r"(?<![^\W\d_])", r"(?:s|'s|’s)?(?!-?[^\W\d_])"
_NO_HYPHEN = r"(?<![^\W\d_]-)"
"""Eva-Anna is not Anna; but a file may be called Brief-Krüger."""
_WRITTEN_OUT = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}
_TWO_SIGNS = {two: one for one, two in _WRITTEN_OUT.items()}


_MARK = "(gelöscht am "


def mark(day: date, number: int) -> str:
    """What stands in place of a person who was forgotten on a day; the second one of a day is told from the first."""
    return f"{_MARK}{german(day)}{f', Nr. {number}' if number > 1 else ''})"


def remaining(name: str | None) -> str:
    """A name as a paper may say it: nobody, where the one who stood there was forgotten."""
    return "" if name is None or _MARK in name else name


class Match(StrEnum):
    """How surely a text names the person."""

    EXACT = "exact"
    SIMILAR = "similar"
    """By the last name alone."""


@dataclass(frozen=True)  # no slots: the patterns are made once
class Person:
    """Who is meant. `addresses`: e-mail and telephone, which name her as surely as the name does.

    `former`: last names that stood in her record before; they may have been those of a predecessor.
    """

    last: str
    first: str = ""
    addresses: tuple[str, ...] = ()
    former: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """ "Anna Krüger"."""
        return " ".join(filter(None, (self.first, self.last)))

    @cached_property
    def exact(self) -> re.Pattern[str]:
        """First and last name in either order, with an initial, or one of the addresses."""
        found = [_spelled(address) for address in self.addresses if address]
        if self.first and self.last:
            first, last = _spelled(self.first), _spelled(self.last)
            more = r"(?:\s[^\W\d_.]+\.?){0,2}?"  # further first names
            found += [
                rf"{_TITLES}{first}{more}{_BETWEEN}{last}",
                rf"{last}(?:,\s*|{_BETWEEN}){first}",
                rf"{_TITLES}{_spelled(self.first[0])}\.\s?{last}",
            ]
        elif self.last:
            found.append(_TITLES + _spelled(self.last))
        return _pattern(found)

    @cached_property
    def similar(self) -> re.Pattern[str]:
        """The last name alone, now or before."""
        names = (_TITLES + _spelled(name) for name in (self.last, *self.former) if name)
        return _pattern(list(names), before=_BEFORE)

    @cached_property
    def loose(self) -> re.Pattern[str]:
        """The first name alone, for a text that is known to be about her."""
        return _pattern([_spelled(self.first)] if len(self.first) >= SHORTEST else [])

    @cached_property
    def hints(self) -> tuple[str, ...]:
        """Letters one of which stands in every text that names her, however it is spelled: to look there only."""
        return tuple({_hint(part) for part in (self.last, *self.former, *self.addresses) if part})

    def found_in(self, text: str) -> Match | None:
        """Whether a text names her."""
        if self.exact.search(text):
            return Match.EXACT
        return Match.SIMILAR if self.similar.search(text) else None

    def replaced(self, text: str, mark: str, *, about_her: bool = True) -> str:
        """The text with `mark` in her place; unless it is `about_her` only where first and last name stand."""
        patterns = (self.exact, self.similar, self.loose) if about_her else (self.exact,)
        for pattern in patterns:
            text = pattern.sub(lambda _: mark, text)
        return text


def _pattern(alternatives: list[str], before: str = _BEFORE + _NO_HYPHEN) -> re.Pattern[str]:
    either = "|".join(alternatives) or "(?!)"
    return re.compile(f"{before}(?:{either}){_AFTER}", re.IGNORECASE)


def _hint(name: str) -> str:
    """The longest piece of a name that everybody spells alike; empty if there is none."""
    plain = re.sub(r"ae|oe|ue|ss|[^a-z0-9]", " ", unicodedata.normalize("NFC", name).lower())
    return max(plain.split(), key=len, default="")


def _spelled(name: str) -> str:
    """The name with and without accents, umlauts written out or not, in composed and decomposed signs."""
    composed = unicodedata.normalize("NFC", " ".join(name.split())).lower()
    for one, two in _WRITTEN_OUT.items():
        composed = composed.replace(two, one) if two != "ss" else composed
    parts = []
    for sign in composed:
        plain = unicodedata.normalize("NFD", sign)
        ways = {sign, plain, plain[0], _WRITTEN_OUT.get(sign, sign)}
        escaped = sorted(map(re.escape, ways), key=len, reverse=True)
        parts.append(
            r"[\s_]+" if sign == " " else f"(?:{'|'.join(escaped)})" if len(ways) > 1 else escaped[0]
        )
    return "".join(parts)
