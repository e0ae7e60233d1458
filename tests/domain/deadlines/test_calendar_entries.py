"""Marks of a calendar and its grid of weeks."""

from datetime import date

import pytest

from app.domain.deadlines.calendar_entries import EntryKind, calendar_entries, month_grid
from app.domain.deadlines.deadlines import Deadline, DeadlineKind, RecordKey

AGREEMENT = RecordKey("agreement", 1)
NOTICE = Deadline(
    date(2026, 11, 30),
    DeadlineKind.NOTICE,
    "Kündigungsfrist endet",
    "Träger",
    "Regel",
    "Quelle",
    AGREEMENT,
    AGREEMENT,
    "ZV-1",
    sending=date(2026, 11, 25),
    reminders=(90, 30, 7),
)


def test_a_notice_stands_on_its_day_on_the_day_to_send_it_and_on_its_reminders() -> None:
    found = calendar_entries([NOTICE])
    assert {day: [mark.kind for mark in marks] for day, marks in found.items()} == {
        date(2026, 11, 30): [EntryKind.DUE],
        date(2026, 11, 25): [EntryKind.SENDING],
        date(2026, 9, 1): [EntryKind.REMINDER],
        date(2026, 10, 31): [EntryKind.REMINDER],
        date(2026, 11, 23): [EntryKind.REMINDER],
    }


@pytest.mark.parametrize(
    ("on", "since"),
    [
        (date(2026, 8, 31), None),
        (date(2026, 9, 1), date(2026, 9, 1)),
        (date(2026, 10, 30), date(2026, 9, 1)),
        (date(2026, 11, 29), date(2026, 11, 23)),
    ],
)
def test_no_reminder_is_lost_on_a_day_nobody_looked(on: date, since: date | None) -> None:
    assert NOTICE.reminded_since(on) == since


@pytest.mark.parametrize(
    ("month", "first", "last", "weeks"),
    [
        (date(2026, 11, 24), date(2026, 10, 26), date(2026, 12, 6), 6),
        (date(2027, 2, 1), date(2027, 2, 1), date(2027, 2, 28), 4),
        (date(2027, 1, 31), date(2026, 12, 28), date(2027, 1, 31), 5),
        (date(2026, 12, 1), date(2026, 11, 30), date(2027, 1, 3), 5),
    ],
)
def test_a_month_has_the_weeks_it_needs(month: date, first: date, last: date, weeks: int) -> None:
    grid = month_grid(month)
    assert (grid[0][0], grid[-1][-1], len(grid)) == (first, last, weeks)
