"""Spreading an amount, paying the oldest first, and what each year needs."""

from datetime import date

import pytest

from app.domain.agreements.instalments import (
    DuePart,
    PaidState,
    adjusted_parts,
    by_year,
    due_days,
    equal_parts,
    paid_parts,
    paid_state,
)

ON = date(2026, 7, 1)


@pytest.mark.parametrize(
    ("cents", "count", "rest_first", "parts"),
    [
        (10_000, 4, False, (2_500, 2_500, 2_500, 2_500)),
        (10_000, 3, False, (3_333, 3_333, 3_334)),
        (10_000, 3, True, (3_334, 3_333, 3_333)),
        (2, 3, False, (0, 0, 2)),
        (1, 1, True, (1,)),
        (0, 2, False, (0, 0)),
    ],
)
def test_equal_parts(cents: int, count: int, rest_first: bool, parts: tuple[int, ...]) -> None:
    assert equal_parts(cents, count, rest_first=rest_first) == parts


@pytest.mark.parametrize("count", range(1, 121))
def test_parts_always_sum_up(count: int) -> None:
    for cents in (1, 99, 100_01, 24_000_00, 99_999_99):
        assert sum(equal_parts(cents, count)) == cents == sum(equal_parts(cents, count, rest_first=True))


def test_days_are_counted_from_the_first() -> None:
    assert due_days(date(2026, 1, 31), 1, 4) == (
        date(2026, 1, 31),
        date(2026, 2, 28),
        date(2026, 3, 31),
        date(2026, 4, 30),
    )
    assert due_days(date(2024, 2, 29), 12, 2) == (date(2024, 2, 29), date(2025, 2, 28))


@pytest.mark.parametrize(
    ("paid", "expected"),
    [
        (0, (0, 0, 0, 0)),
        (-500, (0, 0, 0, 0)),
        (100, (0, 100, 0, 0)),
        (1_000, (0, 1_000, 0, 0)),
        (1_500, (500, 1_000, 0, 0)),
        (2_100, (1_000, 1_000, 0, 100)),
        (9_000, (1_000, 1_000, 1_000, 1_000)),
    ],
)
def test_the_oldest_is_paid_first_and_one_without_a_day_last(paid: int, expected: tuple[int, ...]) -> None:
    dues = [
        DuePart(1_000, date(2026, 6, 1)),
        DuePart(1_000, date(2026, 1, 1)),
        DuePart(1_000),
        DuePart(1_000, date(2026, 9, 1)),
    ]
    assert paid_parts(dues, paid) == expected


@pytest.mark.parametrize(
    ("day", "paid", "state"),
    [
        (date(2026, 6, 30), 100, PaidState.PAID),
        (date(2026, 6, 30), 99, PaidState.OVERDUE),
        (ON, 0, PaidState.OPEN),
        (ON, 1, PaidState.PARTLY),
        (None, 0, PaidState.OPEN),
    ],
)
def test_state_on_a_day(day: date | None, paid: int, state: PaidState) -> None:
    assert paid_state(DuePart(100, day), paid, ON) is state


def test_sums_of_budget_years() -> None:
    dues = [
        DuePart(3, date(2027, 1, 1)),
        DuePart(1, date(2026, 5, 1)),
        DuePart(2),
        DuePart(4, date(2027, 12, 31)),
    ]
    assert by_year(dues, 2026) == {2026: 3, 2027: 7}
    assert by_year([], 2026) == {}


QUARTERS = tuple(DuePart(25_00, date(2026, month, 15)) for month in (2, 5, 8, 11))


@pytest.mark.parametrize(
    ("paid", "amount", "since", "parts"),
    [
        ((25_00, 25_00, 0, 0), 160_00, ON, (25_00, 25_00, 55_00, 55_00)),
        ((25_00, 25_00, 0, 0), 100_01, ON, (25_00, 25_00, 25_00, 25_01)),
        ((25_00, 25_00, 10_00, 0), 90_00, ON, (25_00, 25_00, 21_25, 18_75)),  # what is paid stays
        ((25_00, 0, 0, 0), 120_00, ON, (25_00, 25_00, 35_00, 35_00)),  # what is overdue is owed as it was
        ((25_00, 25_00, 0, 0), 120_00, date(2026, 9, 1), (25_00, 25_00, 25_00, 45_00)),
        ((25_00, 25_00, 10_00, 0), 30_00, ON, (25_00, 25_00, 10_00, 0)),  # too little: a gap stays
        ((25_00, 25_00, 25_00, 25_00), 130_00, ON, (25_00, 25_00, 25_00, 25_00, 30_00)),
    ],
)
def test_open_parts_follow_another_amount(
    paid: tuple[int, ...], amount: int, since: date, parts: tuple[int, ...]
) -> None:
    assert adjusted_parts(QUARTERS, paid, amount, since) == parts
