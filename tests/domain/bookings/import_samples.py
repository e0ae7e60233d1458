"""Rows and bookings for tests of the control, and random plans."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from app.domain.bookings.booking_plan import BookingPlan, Decision, MatchingFacts, PlannedRow, decided
from app.domain.bookings.bookings import BookingField, Posting, Rejected, StoredBooking
from app.domain.bookings.cumulative_matching import match_cumulative
from app.domain.bookings.posting_matching import match_postings
from app.domain.budgets.budgets import BookingSource
from app.domain.dates import last_of_month

DAY = date(2026, 3, 10)
ALL = frozenset(BookingField) - {BookingField.BUDGET_YEAR}
INCOME = "3500000"


def row(number: int = 2, **values: Any) -> Posting:
    plain: dict[str, Any] = {
        "day": DAY, "budget_year": 2026, "amount_cents": 1000, "document_number": "19", "line": "1",
        "internal_order": "570", "account": "42", "text": "Miete",
    }  # fmt: skip
    return Posting(number, **(plain | values))


def sum_so_far(number: int, month: int, cents: int, **values: Any) -> Posting:
    day = date(2026, month, 28) if month == 2 else date(2026, month, 30)
    return Posting(number, day, 2026, cents, internal_order="570", **values)


def stored(number: int = 1, **values: Any) -> StoredBooking:
    plain: dict[str, Any] = {
        "source": BookingSource.FINANCE, "batch_id": 1, "day": DAY, "budget_year": 2026, "amount_cents": 1000,
        "document_number": "19", "line": "1", "occurrence": 1, "internal_order": "570", "account": "42",
        "is_income": False, "budget_id": None, "assigned_by": None, "text": "Miete", "payee": None,
    }  # fmt: skip
    return StoredBooking(number, **(plain | values))


def manual(number: int = 9, **values: Any) -> StoredBooking:
    plain: dict[str, Any] = {
        "source": BookingSource.MANUAL, "batch_id": None, "document_number": None, "line": None, "account": None,
        "text": "Bar",
    }  # fmt: skip
    return stored(number, **(plain | values))


Decide = Callable[[PlannedRow], Decision | None]


def single_lines(
    rows: list[Posting],
    there: list[StoredBooking],
    rejected: list[Rejected] | None = None,
    given: frozenset[BookingField] = ALL,
    decide: Decide = lambda row: None,
) -> BookingPlan:
    return decided(match_postings(rows, rejected or [], given, MatchingFacts(there, {})), decide)


def sums_so_far(rows: list[Posting], there: list[StoredBooking]) -> BookingPlan:
    return match_cumulative(rows, [], MatchingFacts(there, {}))


def random_postings(chance: random.Random, first_row: int, number: int) -> list[Posting]:
    """Few values, so that lines repeat, differ in little, and meet each other."""
    return [
        row(
            first_row + at,
            day=date(2026, 1, 28) + timedelta(days=chance.randint(0, 40)),
            amount_cents=chance.choice((500, 1000, -1000, 333)),
            document_number=chance.choice(("19", "20", "21", None)),
            line=chance.choice(("1", "2", None)),
            internal_order=chance.choice(("570", "571", None)),
            account=chance.choice(("42", "43", INCOME)),
        )
        for at in range(number)
    ]


def random_sums(chance: random.Random, first_row: int, number: int) -> list[Posting]:
    return [
        Posting(
            first_row + at,
            last_of_month(date(2026, chance.choice((1, 2, 3, 12)), 1)),
            2026,
            chance.choice((500, 1000, 2500, 0)),
            internal_order=chance.choice(("570", "571")),
        )
        for at in range(number)
    ]
