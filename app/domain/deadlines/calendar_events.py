"""Deadlines as events of a calendar file, and what of them is new, changed or gone since they went out."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from app.domain.clean_text import clean
from app.domain.dates import german
from app.domain.deadlines.deadlines import Deadline, DeadlineKind
from app.domain.papers.paper_text import plain

SEQUENCE_SINCE = datetime(2020, 1, 1, tzinfo=UTC)
"""A sequence is the minutes since then, but always more than the one before.

So a file made from a restored backup, or beside an open window, still counts as newer (RFC 5545, 3.8.7.4).
"""


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """A deadline as it stands in a calendar. `alarm`: days before it; None if no reminder lies ahead."""

    uid: str
    kind: DeadlineKind
    day: date
    summary: str
    description: str = ""
    alarm: int | None = None

    @property
    def digest(self) -> str:
        """Differs exactly when something of the event does."""
        return hashlib.sha256(repr(self).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class SentState:
    """What is kept of an event that went out. `changed_at` (UTC): when it last said something new."""

    uid: str
    kind: DeadlineKind
    day: date
    summary: str
    digest: str
    sequence: int
    changed_at: datetime
    is_cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Outgoing:
    """An event of the file that is about to be written, with its revision."""

    event: CalendarEvent
    state: SentState


def event_uid(deadline: Deadline, database_id: str) -> str:
    """The same deadline has the same id in every file of a database, also after its date was moved."""
    cycle = f"-{deadline.cycle}" if deadline.cycle else ""
    return f"{deadline.kind}-{deadline.about.table}-{deadline.about.id}{cycle}@{database_id}.quartiersbuero"


def next_alarm(deadline: Deadline, on: date) -> int | None:
    """Days before the deadline at which to ring: the next of its reminders after `on`, at the latest its own day.

    None if that day has come: an alarm that lies behind would ring at once, or never.
    """
    reminders = {*deadline.reminders, 0}
    if deadline.sending:
        reminders.add((deadline.day - deadline.sending).days)
    return max((days for days in reminders if deadline.day - timedelta(days=days) > on), default=None)


def event_of(deadline: Deadline, database_id: str, on: date) -> CalendarEvent:
    """The event as it goes out on a day."""
    lines = [f"Wer: {deadline.who}", f"Regel: {deadline.rule}", f"Quelle: {deadline.source}"]
    if deadline.sending:
        lines.append(f"Absenden bis: {german(deadline.sending)}")
    if deadline.next_working_day:
        lines.append(f"Nächster Arbeitstag: {german(deadline.next_working_day)}")
    return CalendarEvent(
        uid=event_uid(deadline, database_id),
        kind=deadline.kind,
        day=deadline.day,
        summary=plain(f"{deadline.record}: {deadline.title}"),
        description=clean("\n".join(lines)),
        alarm=next_alarm(deadline, on),
    )


def revised(
    events: Iterable[CalendarEvent],
    sent: Mapping[str, SentState],
    span: tuple[date, date],
    at: datetime,
    kinds: Collection[DeadlineKind] = tuple(DeadlineKind),
    waiting: Collection[str] = (),
) -> list[Outgoing]:
    """The events of the next file: those asked for, and as cancelled those that went out and are due no more.

    `span`: first and last day asked about; `kinds`: those asked for; what lies outside was not looked at and stays as
    it is. `waiting`: ids of what she has put off; it is still due and stays, too. An event that was cancelled is in
    every file until its day has passed, in case one was not taken over, and once where its day had passed before.
    `at` (UTC, aware): now.
    """
    asked = list(events)
    there = {event.uid for event in asked}
    gone = [
        CalendarEvent(state.uid, state.kind, state.day, state.summary)
        for state in sent.values()
        if state.uid not in there
        and state.uid not in waiting
        and state.kind in kinds
        and _is_missed(state, span)
    ]
    return [_revised(event, sent.get(event.uid), at, is_cancelled=False) for event in asked] + [
        _revised(event, sent[event.uid], at, is_cancelled=True) for event in gone
    ]


def _is_missed(state: SentState, span: tuple[date, date]) -> bool:
    """Whether a file without this event says that it is due no more.

    One that went out after its day was overdue, and is not now; of others whose day has passed nothing is known.
    """
    first, last = span
    if state.day < first:
        return state.changed_at.date() > state.day and not state.is_cancelled
    return state.day <= last


def _revised(event: CalendarEvent, before: SentState | None, at: datetime, *, is_cancelled: bool) -> Outgoing:
    state = SentState(
        uid=event.uid,
        kind=event.kind,
        day=event.day,
        summary=event.summary,
        digest="" if is_cancelled else event.digest,
        sequence=int((at - SEQUENCE_SINCE).total_seconds()) // 60,
        changed_at=at,
        is_cancelled=is_cancelled,
    )
    if before is None:
        return Outgoing(event, state)
    if (before.digest, before.is_cancelled) == (state.digest, is_cancelled):
        return Outgoing(event, before)
    return Outgoing(event, replace(state, sequence=max(before.sequence + 1, state.sequence)))
