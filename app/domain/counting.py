"""Counts as a person does: one word for one, another for more, dots at the thousands; and the next number of a list."""

from collections.abc import Iterable

_MOST_DIGITS = 9
"""Longer figures are no numbers of a list but codes."""


def counted(number: int, one: str, many: str) -> str:
    """ "1 Zeile", "12.345 Zeilen"."""
    return f"{dotted(number)} {one if number == 1 else many}"


def dotted(number: int) -> str:
    """ "12.345"."""
    return f"{number:,}".replace(",", ".")


def next_number(taken: Iterable[str | int | None]) -> int:
    """The number of a new row: one above the highest. What is empty, holds words or a long code does not count."""
    numbers = (str(one) for one in taken)
    return max((int(one) for one in numbers if one.isdecimal() and len(one) <= _MOST_DIGITS), default=0) + 1
