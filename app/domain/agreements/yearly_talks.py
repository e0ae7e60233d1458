"""Yearly talks: which of them was held, and which is due next (begin + 12 months, again and again)."""

from collections.abc import Iterable, Iterator
from datetime import date

from app.domain.dates import LAST_YEAR, add_months

EITHER_WAY_MONTHS = 6
"""A talk counts for the due day it is nearest to, held early or late."""


def talk_days(begin: date, until: date | None = None) -> Iterator[date]:
    """The days of the yearly talk: begin + 12 months, again and again, not after `until`."""
    year = 1
    while begin.year + year < LAST_YEAR:
        day = add_months(begin, 12 * year)
        if until is not None and day > until:
            return
        yield day
        year += 1


def covered(due: date, held: Iterable[date]) -> bool:
    """Whether a talk was held for this due day: within half a year before it or after it."""
    first, last = add_months(due, -EITHER_WAY_MONTHS), add_months(due, EITHER_WAY_MONTHS)
    return any(first <= day < last for day in held)


def next_talk(begin: date | None, final: date | None, held: Iterable[date], on: date) -> date | None:
    """The next yearly talk that is to be held, seen on a day; one that was missed stays due until the next.

    None without a begin, or when no further one comes before the agreement's last day `final`.
    """
    if begin is None:
        return None
    days = tuple(held)
    missed = None
    for due in talk_days(begin, final):
        if covered(due, days):
            missed = None
        elif due < on:
            missed = due
        else:
            return missed or due
    return missed
