"""Dates of copies that a wrong clock has given."""

from datetime import datetime, timedelta

import pytest

from app.domain.copies.clock import Doubt, age_in_days, doubts, is_far

NOW = datetime(2026, 11, 24, 9)


def day(number: int) -> datetime:
    return datetime(2026, 11, number, 8)


AHEAD, BEHIND = datetime(2031, 3, 5), datetime(2020, 1, 1)


@pytest.mark.parametrize(
    ("in_order", "doubted"),
    [
        ([], []),
        ([day(1), day(2), day(2)], [None, None, None]),
        ([day(1), AHEAD, day(3)], [None, Doubt.FUTURE, None]),
        ([day(1), day(2), BEHIND, day(3)], [None, None, Doubt.MISDATED, None]),
        ([day(1), day(20), day(3)], [None, Doubt.MISDATED, None]),  # a week ahead, and that week is over now
        ([AHEAD, AHEAD], [Doubt.FUTURE, Doubt.FUTURE]),
    ],
)
def test_what_is_believed(in_order: list[datetime], doubted: list[Doubt | None]) -> None:
    assert doubts(in_order, NOW) == doubted


def test_an_age_is_told_only_where_it_can_be() -> None:
    assert age_in_days(day(20), NOW) == 4
    assert age_in_days(AHEAD, NOW) is None


def test_far_is_far_on_both_sides() -> None:
    span = timedelta(days=1)
    assert not is_far(NOW.timestamp() - 60, NOW, span)
    assert is_far(NOW.timestamp() - 90_000, NOW, span)
    assert is_far(AHEAD.timestamp(), NOW, span)
