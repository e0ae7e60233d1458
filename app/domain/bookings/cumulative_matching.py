"""Sums so far by order held against what finance has booked: the difference becomes one booking (exchange.md, 2).

Pure: takes what was read and what is stored, returns a plan, writes nothing.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from app.domain.bookings.booking_plan import (
    BookingPlan,
    MatchingFacts,
    PlannedRow,
    as_stored,
    replacements,
    subject_of,
)
from app.domain.bookings.bookings import (
    BookingField,
    Posting,
    Rejected,
    RowState,
    Shape,
    StoredBooking,
    is_income,
)
from app.domain.budgets.budgets import AssignedBy, BookingSource


class _BookedSum(NamedTuple):
    """What a row of the file adds, beside the bookings that are stored."""

    day: date
    account: str | None
    is_income: bool
    amount_cents: int


def match_cumulative(
    postings: Sequence[Posting], rejected: Sequence[Rejected], facts: MatchingFacts
) -> BookingPlan:
    """The plan for a file of sums so far; postings carry the last day of their month and the sum up to it.

    Already booked is what finance has booked for the order and budget year (and account, where the file gives
    one) up to the end of the month, all of the year for December. Entries by hand do not count; nor does income
    where no account is given. A sum that stands twice for the same order and month is refused.
    """
    booked: dict[tuple[str | None, int], list[StoredBooking | _BookedSum]] = defaultdict(list)
    earlier: dict[tuple[str | None, str | None, date], StoredBooking] = {}
    differences = []
    for stored in facts.stored:
        if stored.source is BookingSource.DIFFERENCE:
            earlier[stored.internal_order, stored.account, stored.day] = stored
            differences.append(stored)
        if stored.source is not BookingSource.MANUAL:
            booked[stored.internal_order, stored.budget_year].append(stored)
    places = {(one.internal_order, one.account, one.day) for one in postings}
    others: dict[tuple[str | None, int], list[StoredBooking]] = defaultdict(list)
    for one in differences:
        if (one.internal_order, one.account, one.day) not in places:
            others[one.internal_order, one.budget_year].append(one)
    made: dict[tuple[str | None, int], list[PlannedRow]] = defaultdict(list)
    rows: dict[int, PlannedRow] = {}
    refused = list(rejected)
    seen: dict[tuple[str | None, str | None, date], int] = {}
    for posting in sorted(postings, key=lambda one: (one.day, one.row)):
        place = posting.internal_order, posting.account, posting.day
        if place in seen:
            refused.append(_twice(posting, seen[place]))
            continue
        seen[place] = posting.row
        order = posting.internal_order, posting.budget_year
        so_far = booked[order]
        booked_cents = _sum_up_to(posting, so_far) + _sum_up_to(posting, _shrunk(made[order], others[order]))
        missing_cents = posting.amount_cents - booked_cents
        rows[posting.row] = _row(posting, missing_cents, earlier.get(place), facts)
        made[order].append(rows[posting.row])
        income = is_income(posting.account, facts.income_classes)
        so_far.append(_BookedSum(posting.day, posting.account, income, missing_cents))
    return BookingPlan(
        Shape.CUMULATIVE,
        [rows[number] for number in sorted(rows)],
        sorted(refused, key=lambda one: one.row),
        differences=[one for of_order in others.values() for one in of_order],
    )


def _shrunk(rows: Sequence[PlannedRow], differences: Sequence[StoredBooking]) -> list[StoredBooking]:
    """What earlier differences of months that the file lacks lose to rows before them, as bookings of their own."""
    return [
        one.stored._replace(amount_cents=(one.amount_cents or 0) - one.stored.amount_cents)
        for one in replacements(rows, differences)
    ]


def _sum_up_to(posting: Posting, booked: Sequence[StoredBooking | _BookedSum]) -> int:
    whole_year = posting.day.month == 12
    return sum(
        one.amount_cents
        for one in booked
        if (whole_year or one.day <= posting.day)
        and (not one.is_income if posting.account is None else one.account == posting.account)
    )


def _row(
    posting: Posting, missing_cents: int, stored: StoredBooking | None, facts: MatchingFacts
) -> PlannedRow:
    if missing_cents == 0 and stored is not None:
        return PlannedRow(posting, RowState.KNOWN, 0, as_stored(stored), stored)
    corrected = missing_cents + (stored.amount_cents if stored is not None else 0)
    assignment = facts.assignment(subject_of(posting, corrected))
    if missing_cents == 0:
        return PlannedRow(posting, RowState.KNOWN, 0, assignment)
    if stored is None:
        return PlannedRow(posting, RowState.NEW, missing_cents, assignment)
    if stored.assigned_by is AssignedBy.HAND:
        assignment = as_stored(stored)
    return PlannedRow(posting, RowState.CHANGED, corrected, assignment, stored, (BookingField.AMOUNT,))


def _twice(posting: Posting, row: int) -> Rejected:
    return Rejected(
        posting.row,
        "Innenauftrag",
        posting.internal_order or "",
        f"Für diesen Innenauftrag und Monat steht schon eine Summe in Zeile {row}.",
        internal_order=posting.internal_order,
        day=posting.day,
        amount_cents=posting.amount_cents,
    )
