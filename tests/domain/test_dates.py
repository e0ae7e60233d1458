"""Month arithmetic, renewals, holidays of Lower Saxony and working days."""

from datetime import date

import pytest

from app.domain.dates import (
    add_months,
    easter,
    german,
    holidays,
    is_working_day,
    last_of_month,
    next_working_day,
    renewed,
    working_days_before,
)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 1, 15), 1, date(2026, 2, 15)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 31), -2, date(2025, 11, 30)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 5, 30), 0, date(2026, 5, 30)),
    ],
)
def test_adding_months_keeps_the_day_and_clamps(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@pytest.mark.parametrize(
    ("end", "months", "ends"),
    [
        (date(2026, 2, 28), 12, [date(2027, 2, 28), date(2028, 2, 29), date(2029, 2, 28)]),
        (date(2026, 8, 30), 6, [date(2027, 2, 28), date(2027, 8, 31)]),
        (date(2026, 8, 31), 6, [date(2027, 2, 28), date(2027, 8, 31), date(2028, 2, 29)]),
        (date(2026, 12, 31), 12, [date(2027, 12, 31), date(2028, 12, 31)]),
        (date(2026, 1, 31), 1, [date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]),
        (date(2026, 1, 30), 1, [date(2026, 2, 28), date(2026, 3, 31)]),
        (date(2026, 1, 29), 1, [date(2026, 2, 28), date(2026, 3, 31)]),
        (date(2026, 1, 14), 3, [date(2026, 4, 14), date(2026, 7, 14)]),
        (date(2028, 2, 28), 12, [date(2029, 2, 28), date(2030, 2, 28)]),
        (date(2028, 2, 29), 12, [date(2029, 2, 28), date(2030, 2, 28)]),
    ],
)
def test_each_renewal_counts_from_the_end_before_it(end: date, months: int, ends: list[date]) -> None:
    for expected in ends:
        end = renewed(end, months)
        assert end == expected


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (1981, date(1981, 4, 19)),
        (2000, date(2000, 4, 23)),
        (2008, date(2008, 3, 23)),
        (2024, date(2024, 3, 31)),
        (2025, date(2025, 4, 20)),
        (2026, date(2026, 4, 5)),
        (2038, date(2038, 4, 25)),
        (2049, date(2049, 4, 18)),
    ],
)
def test_easter(year: int, expected: date) -> None:
    assert easter(year) == expected


def test_holidays_of_lower_saxony_2026() -> None:
    assert sorted(holidays(2026)) == [
        date(2026, 1, 1),
        date(2026, 4, 3),
        date(2026, 4, 6),
        date(2026, 5, 1),
        date(2026, 5, 14),
        date(2026, 5, 25),
        date(2026, 10, 3),
        date(2026, 10, 31),
        date(2026, 12, 25),
        date(2026, 12, 26),
    ]
    assert date(2016, 10, 31) not in holidays(2016)
    assert holidays(2018)[date(2018, 10, 31)] == "Reformationstag"


def test_working_days() -> None:
    assert is_working_day(date(2026, 11, 30))
    assert is_working_day(date(2026, 12, 24))
    assert is_working_day(date(2026, 12, 31))
    assert not is_working_day(date(2026, 11, 28))
    assert not is_working_day(date(2026, 5, 14))
    assert next_working_day(date(2026, 4, 3)) == date(2026, 4, 7)
    assert next_working_day(date(2026, 4, 7)) == date(2026, 4, 7)
    assert next_working_day(date(2026, 12, 25)) == date(2026, 12, 28)


@pytest.mark.parametrize(
    ("receipt", "sending"),
    [
        (date(2026, 11, 30), date(2026, 11, 25)),
        (date(2026, 12, 31), date(2026, 12, 28)),
        (date(2027, 2, 28), date(2027, 2, 24)),
        (date(2026, 4, 7), date(2026, 3, 31)),
        (date(2027, 1, 1), date(2026, 12, 29)),
    ],
)
def test_third_working_day_before(receipt: date, sending: date) -> None:
    assert working_days_before(receipt, 3) == sending


def test_last_of_month_and_german() -> None:
    assert last_of_month(date(2028, 2, 3)) == date(2028, 2, 29)
    assert last_of_month(date(2026, 12, 31)) == date(2026, 12, 31)
    assert german(date(2026, 1, 5)) == "05.01.2026"
