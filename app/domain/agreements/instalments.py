"""Instalments of an agreement's amount: spread evenly, paid oldest first, and what each budget year needs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.dates import add_months

RHYTHMS: tuple[tuple[int, str], ...] = (
    (1, "monatlich"),
    (3, "vierteljährlich"),
    (6, "halbjährlich"),
    (12, "jährlich"),
)
"""Months between two instalments, and the word for it."""

MOST = 120
"""So many instalments at most: ten years of monthly ones."""


class PaidState(StrEnum):
    """How far an instalment is paid on a day."""

    PAID = "paid"
    OVERDUE = "overdue"  # due before today and not paid in full
    PARTLY = "partly"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class DuePart:
    """A part of an amount and its day; no day: after all that have one."""

    amount_cents: int
    day: date | None = None


@dataclass(frozen=True, slots=True)
class OpenInstalment:
    """An instalment that is not paid in full; `open_cents`: what is left of it."""

    id: int
    nr: int
    due: date
    open_cents: int
    condition: str | None


def equal_parts(amount_cents: int, count: int, *, rest_first: bool = False) -> tuple[int, ...]:
    """`amount_cents` in `count` parts, equal to the cent; what is left over goes to the last or the first one."""
    part, rest = divmod(amount_cents, count)
    parts = [part] * count
    parts[0 if rest_first else -1] += rest
    return tuple(parts)


def adjusted_parts(
    dues: Sequence[DuePart], paid: Sequence[int], amount_cents: int, since: date
) -> tuple[int, ...]:
    """The amounts of the parts once their sum shall be `amount_cents`; a last one more is what none of them can take.

    What is paid stays, and what falls due before `since`: it was owed by the amount of then. The others that are open
    take the rest in proportion, to the cent. Where even that is too much, they are 0 beyond what is paid of them.
    """
    free = [
        place
        for place, due in enumerate(dues)
        if paid[place] < due.amount_cents and (due.day is None or due.day >= since)
    ]
    parts = [due.amount_cents for due in dues]
    rest = amount_cents - sum(cents for place, cents in enumerate(parts) if place not in free)
    rest -= sum(paid[place] for place in free)
    weights = [parts[place] - paid[place] for place in free]
    total, given, before = sum(weights), 0, 0
    for place, weight in zip(free, weights, strict=True):
        before += weight
        until = max(rest, 0) * before // total  # from the whole each time: no cent is lost between them
        parts[place] = paid[place] + until - given
        given = until
    return (*parts, rest) if rest > 0 and not free else tuple(parts)


def due_days(first: date, months: int, count: int) -> tuple[date, ...]:
    """`count` days, `months` apart, each counted from the first: 31.01., 28.02., 31.03. (BGB 188)."""
    return tuple(add_months(first, months * place) for place in range(count))


def paid_parts(dues: Sequence[DuePart], paid_cents: int) -> tuple[int, ...]:
    """How much of each is paid when payments go to the oldest first; in the order given.

    More than all together is on none of them; a negative sum (credit notes) pays nothing.
    """
    left = max(paid_cents, 0)
    paid = [0] * len(dues)
    for place in sorted(range(len(dues)), key=lambda place: (dues[place].day or date.max, place)):
        paid[place] = min(left, max(dues[place].amount_cents, 0))
        left -= paid[place]
    return tuple(paid)


def paid_state(due: DuePart, paid_cents: int, on: date, *, owed: bool = True) -> PaidState:
    """How far it is paid; a day that has passed makes what is open overdue, once it is owed."""
    if paid_cents >= due.amount_cents:
        return PaidState.PAID
    if owed and due.day is not None and due.day < on:
        return PaidState.OVERDUE
    return PaidState.PARTLY if paid_cents > 0 else PaidState.OPEN


def by_year(dues: Iterable[DuePart], otherwise: int) -> dict[int, int]:
    """What falls due in each budget year (calendar year), in cents; without a day in the year `otherwise`."""
    sums: dict[int, int] = {}
    for due in dues:
        year = due.day.year if due.day else otherwise
        sums[year] = sums.get(year, 0) + due.amount_cents
    return dict(sorted(sums.items()))
