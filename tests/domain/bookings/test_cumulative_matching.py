"""Sums so far become one difference booking for each order and month."""

from datetime import date
from typing import Any

import pytest

from app.domain.bookings.booking_plan import BookingPlan, MatchingFacts
from app.domain.bookings.bookings import Posting, RowState, StoredBooking
from app.domain.bookings.cumulative_matching import match_cumulative
from app.domain.budgets.budgets import AssignedBy, BookingSource
from tests.domain.bookings.test_posting_matching import stored

JULY, AUGUST = date(2026, 7, 31), date(2026, 8, 31)


def so_far(cents: int, day: date = JULY, row: int = 2, **values: Any) -> Posting:
    return Posting(row, day, day.year, cents, internal_order=values.pop("order", "570"), **values)


def plan(rows: list[Posting], there: list[StoredBooking]) -> BookingPlan:
    return match_cumulative(rows, [], MatchingFacts(there, {("570", 2026): [7]}))


def difference(**values: Any) -> StoredBooking:
    plain: dict[str, Any] = {
        "source": BookingSource.DIFFERENCE,
        "document_number": None,
        "account": None,
        "day": JULY,
    }
    return stored(50, **(plain | values))


def outcome(made: BookingPlan) -> list[tuple[RowState, int]]:
    return [(row.state, row.amount_cents) for row in made.rows]


@pytest.mark.parametrize(
    ("there", "amount"),
    [
        ([], 5000),
        ([stored()], 4000),
        ([stored(), stored(2, line="2", amount_cents=-300)], 4300),
        ([stored(source=BookingSource.MANUAL)], 5000),
        ([stored(internal_order="571")], 5000),
        ([stored(budget_year=2025)], 5000),
        ([stored(day=AUGUST)], 5000),
        ([stored(is_income=True, account="30")], 5000),
    ],
)
def test_the_difference_to_what_finance_has_booked(there: list[StoredBooking], amount: int) -> None:
    made = plan([so_far(5000)], there)
    assert outcome(made) == [(RowState.NEW, amount)]
    assert made.rows[0].assignment.budget_id == 7
    assert made.missing == []


def test_a_month_before_one_that_the_file_lacks() -> None:
    """The stored difference of July shrinks by what June had, so September is held against what then is booked."""
    june, september = date(2026, 6, 30), date(2026, 9, 30)
    made = plan([so_far(600, june), so_far(1500, september, row=3)], [difference(amount_cents=1000)])
    assert outcome(made) == [(RowState.NEW, 600), (RowState.NEW, 500)]
    assert [one.amount_cents for one in made.replaced] == [400]


def test_december_counts_all_of_the_budget_year() -> None:
    late = stored(day=date(2027, 1, 12))
    assert outcome(plan([so_far(5000, date(2026, 12, 31))], [late])) == [(RowState.NEW, 4000)]


def test_by_account() -> None:
    rows = [so_far(5000, account="42"), so_far(700, row=3, account="43")]
    assert outcome(plan(rows, [stored()])) == [(RowState.NEW, 4000), (RowState.NEW, 700)]


def test_nothing_to_book_is_known() -> None:
    assert outcome(plan([so_far(1000)], [stored()])) == [(RowState.KNOWN, 0)]


def test_the_same_file_again() -> None:
    assert outcome(plan([so_far(5000)], [stored(), difference(amount_cents=4000)])) == [(RowState.KNOWN, 0)]


def test_a_corrected_sum_changes_the_difference() -> None:
    by_hand = difference(amount_cents=4000, budget_id=9, assigned_by=AssignedBy.HAND)
    made = plan([so_far(6000)], [stored(), by_hand])
    assert outcome(made) == [(RowState.CHANGED, 5000)]
    assert made.rows[0].assignment.budget_id == 9


def test_later_months_count_earlier_differences() -> None:
    made = plan([so_far(9000, AUGUST, 3), so_far(5000)], [stored()])
    assert outcome(made) == [(RowState.NEW, 4000), (RowState.NEW, 4000)]
    again = plan([so_far(9000, AUGUST)], [stored(), difference(amount_cents=4000)])
    assert outcome(again) == [(RowState.NEW, 4000)]


def test_an_earlier_month_that_comes_late_takes_from_the_later_difference() -> None:
    later = difference(amount_cents=8000, day=AUGUST)
    made = plan([so_far(5000)], [stored(), later])
    assert outcome(made) == [(RowState.NEW, 4000)]
    assert [(one.stored, one.amount_cents) for one in made.replaced] == [(later, 4000)]


def test_two_sums_for_one_order_and_month_are_refused() -> None:
    made = plan([so_far(5000), so_far(100, row=3)], [])
    assert outcome(made) == [(RowState.NEW, 5000)]
    assert [(one.row, "Zeile 2" in one.reason) for one in made.rejected] == [(3, True)]
