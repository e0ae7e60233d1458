"""Finds numbers of commitments and agreements in finance's texts: "MB 2026/07" is MB26-7."""

import re
from collections.abc import Collection, Iterable

from app.domain.folding import folded

_PARTS = re.compile(r"[a-z]+|\d+")
_LEAST_DIGITS = 5
"""A number of digits alone needs so many, else it could be an amount or the number of an invoice."""

Key = tuple[str, ...]


def number_key(number: str) -> Key:
    """Letters and digits of a number, without the ways in which people write it: "MB-2026-07" -> mb, 26, 7."""
    return tuple(_plain(part) for part in _PARTS.findall(folded(number)))


def _plain(part: str) -> str:
    if not part.isdigit():
        return part
    if len(part) == 4 and part.startswith("20"):
        return part[2:]
    return part.lstrip("0") or "0"


class KnownNumbers:
    """Finds known numbers in texts. Too short ones ("1", "A") are never found: they would stand everywhere."""

    def __init__(self, numbers: Iterable[str]) -> None:
        self._numbers: dict[Key, str] = {}
        for number in numbers:
            key = number_key(number)
            if _is_telling(key):
                self._numbers.setdefault(key, number)
        self._longest = max(map(len, self._numbers), default=0)
        self._first = _starts(key[0] for key in self._numbers)

    def named_in(self, text: str | None) -> frozenset[str]:
        """The known numbers that a text names; of two that begin alike the longer one."""
        if not text or self._first is None:
            return frozenset()
        plain = folded(text)
        if not self._first.search(plain):
            return frozenset()
        parts = [_plain(part) for part in _PARTS.findall(plain)]
        found, at = set(), 0
        while at < len(parts):
            length = self._length_at(parts, at)
            if length:
                found.add(self._numbers[tuple(parts[at : at + length])])
            at += length or 1
        return frozenset(found)

    def _length_at(self, parts: list[str], at: int) -> int:
        for length in range(min(self._longest, len(parts) - at), 0, -1):
            if tuple(parts[at : at + length]) in self._numbers:
                return length
        return 0


def _is_telling(key: Key) -> bool:
    letters = any(part.isalpha() for part in key)
    digits = sum(len(part) for part in key if part.isdigit())
    return digits >= (1 if letters and len(key) > 1 and sum(map(len, key)) > 2 else _LEAST_DIGITS)


def _starts(parts: Collection[str] | Iterable[str]) -> re.Pattern[str] | None:
    """Quickly tells the many texts that cannot name any known number."""
    first = sorted(set(parts))
    if not first:
        return None
    letters = "|".join(re.escape(part) for part in first if part.isalpha())
    forms = [rf"(?<![a-z])(?:{letters})(?![a-z])"] if letters else []
    if any(part.isdigit() for part in first):
        forms.append(r"\d{2}")
    return re.compile("|".join(forms))
