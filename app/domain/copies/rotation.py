"""Which copies of a file are kept: the last state of so many days, weeks and months, within a size.

They come in the order in which they were taken, known by their number. Their dates only say which belong together and
are never compared with today's: a clock that was ahead once must not throw anything out.
"""

from collections.abc import Callable, Hashable, Sequence
from datetime import date, datetime
from typing import Protocol, TypeVar

DAYS, WEEKS, MONTHS = 14, 8, 24
BEFORE = 10
"""Of the copies that were made before something was replaced or upgraded, at most so many are kept."""


class Copy(Protocol):
    """`size` in bytes; `is_regular`: taken by the day or by hand, not before something else happened."""

    @property
    def taken_at(self) -> datetime: ...
    @property
    def size(self) -> int: ...
    @property
    def is_regular(self) -> bool: ...


C = TypeVar("C", bound=Copy)


def _month(day: date) -> Hashable:
    return day.year, day.month


_SPANS: tuple[tuple[int, Callable[[date], Hashable]], ...] = (
    (DAYS, lambda day: day),
    (WEEKS, lambda day: day.isocalendar()[:2]),
    (MONTHS, _month),
)


def dispensable(newest_first: Sequence[C], most_bytes: int) -> list[C]:
    """The copies that may go, oldest first.

    All of the last day stay, and of each day, week and month before the last one; copies made before something was
    replaced or upgraded stay as long as the oldest of these. Where that is more than `most_bytes`, first the earlier
    ones of the last day go, then the oldest; what was saved last, and on the day before, stays in any case.
    """
    regular = [copy for copy in newest_first if copy.is_regular]
    last_day = [copy for copy in regular if copy.taken_at.date() == regular[0].taken_at.date()]
    ends = _ends(regular)
    by_rule = {id(copy) for copy in (*last_day, *ends)}
    wanted = [copy for copy in newest_first if id(copy) in by_rule or not copy.is_regular]
    if len({_month(copy.taken_at) for copy in ends}) == MONTHS:  # what is older would be too old to keep
        while not wanted[-1].is_regular:
            wanted.pop()
    befores = [copy for copy in wanted if not copy.is_regular]
    _remove(wanted, befores[BEFORE:])
    early_today = last_day[:0:-1]
    rest = [copy for copy in reversed(wanted) if copy not in (*early_today, *ends[:2])]
    size = sum(copy.size for copy in wanted)
    for copy in (*early_today, *rest):
        if size > most_bytes:
            _remove(wanted, [copy])
            size -= copy.size
    kept = {id(copy) for copy in wanted}
    return [copy for copy in reversed(newest_first) if id(copy) not in kept]


def _remove(copies: list[C], unwanted: Sequence[C]) -> None:
    gone = {id(copy) for copy in unwanted}
    copies[:] = [copy for copy in copies if id(copy) not in gone]


def _ends(regular: Sequence[C]) -> list[C]:
    """The last copy of each of the last days, weeks and months, newest first."""
    found: set[int] = set()
    for most, span in _SPANS:
        seen: set[Hashable] = set()
        for copy in regular:
            if (mark := span(copy.taken_at.date())) not in seen and len(seen) < most:
                seen.add(mark)
                found.add(id(copy))
    return [copy for copy in regular if id(copy) in found]
