"""Which dates of copies cannot be right, because the clock was ahead or behind when they were taken."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime, timedelta

from app.domain.terms import Worded


class Doubt(Worded):
    """What is wrong with the date of a copy."""

    FUTURE = "future", "aus der Zukunft"
    MISDATED = "misdated", "Uhr ging falsch"


def doubts(in_order: Sequence[datetime], now: datetime) -> list[Doubt | None]:
    """For each moment, in the order in which they really were: what is wrong with it, if anything.

    A moment after today is none yet. Of the others the most that follow each other are believed; between two that
    contradict each other, the later taken one is.
    """
    found: list[Doubt | None] = [Doubt.FUTURE if at.date() > now.date() else None for at in in_order]
    past = [place for place, doubt in enumerate(found) if doubt is None]
    for place in set(past) - _longest_rising(in_order, past):
        found[place] = Doubt.MISDATED
    return found


def age_in_days(taken_at: datetime, now: datetime) -> int | None:
    """Whole days from one day to the other; None where the clock must have been wrong."""
    days = (now.date() - taken_at.date()).days
    return days if days >= 0 else None


def is_far(touched: float, now: datetime, span: timedelta) -> bool:
    """Whether a file was last touched longer ago than `span`, or as far ahead: then a clock was wrong since."""
    return abs(now.timestamp() - touched) > span.total_seconds()


def _longest_rising(moments: Sequence[datetime], places: Sequence[int]) -> set[int]:
    """The places of the longest run of moments that never go back; of equal ones the run that ends last."""
    ends: list[datetime] = []  # of each length, the earliest moment by which a run of it can end
    at_end: list[int] = []
    before: dict[int, int | None] = {}
    for place in places:
        length = bisect_right(ends, moments[place])
        before[place] = at_end[length - 1] if length else None
        ends[length:] = [moments[place], *ends[length + 1 :]]
        at_end[length:] = [place, *at_end[length + 1 :]]
    found: set[int] = set()
    last = at_end[-1] if at_end else None
    while last is not None:
        found.add(last)
        last = before[last]
    return found
