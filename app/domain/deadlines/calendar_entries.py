"""Deadlines as they stand in a calendar: the day itself, the day to send a notice, and the reminders before."""

from calendar import Calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.domain.deadlines.deadlines import Deadline


class EntryKind(StrEnum):
    """What a day in the calendar stands for."""

    DUE = "due"
    SENDING = "sending"
    REMINDER = "reminder"


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """A mark on a day. `before`: days until the deadline, of a reminder."""

    day: date
    kind: EntryKind
    deadline: Deadline
    before: int = 0


def calendar_entries(
    deadlines: Iterable[Deadline], *, reminders: bool = True
) -> dict[date, list[CalendarEntry]]:
    """All marks by day, what is due first, then what is to be sent, then reminders if they are wanted."""
    found: dict[date, list[CalendarEntry]] = {}
    for deadline in deadlines:
        marks = [CalendarEntry(deadline.day, EntryKind.DUE, deadline)]
        if deadline.sending is not None:
            marks.append(CalendarEntry(deadline.sending, EntryKind.SENDING, deadline))
        marks += [
            CalendarEntry(deadline.day - timedelta(days=days), EntryKind.REMINDER, deadline, days)
            for days in deadline.reminders
            if reminders and days > 0
        ]
        for mark in marks:
            found.setdefault(mark.day, []).append(mark)
    order = list(EntryKind)
    for marks in found.values():
        marks.sort(key=lambda mark: (order.index(mark.kind), mark.deadline.day, mark.deadline.title))
    return found


def month_grid(first: date) -> list[list[date]]:
    """The weeks, Monday first, that show the month of `first`: as many rows as it needs."""
    return Calendar().monthdatescalendar(first.year, first.month)
