"""The events of the next calendar file, and what is kept of those that went out."""

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.deadlines.calendar_events import Outgoing, SentState, event_of, event_uid, revised
from app.domain.deadlines.deadlines import DeadlineKind
from app.services.deadlines import deadlines
from app.services.records import assign, field_names, filled
from db.identity import database_id
from db.models import SentEvent

FURTHER_DAYS = 3_650
"""So far beyond the days asked for it is looked for what was moved there."""


def outgoing(
    session: Session,
    on: date,
    at: datetime,
    days: int = 365,
    kinds: Collection[DeadlineKind] = tuple(DeadlineKind),
) -> list[Outgoing]:
    """What is due from `on` for so many days, of these kinds, as events; and what went out and is due no more.

    What went out for one of these days and was moved beyond them is still due, and goes out with its new day.
    `at` (UTC, aware): now.
    """
    own_id, last = database_id(session), on + timedelta(days=days)
    sent = {event.uid: _state(event) for event in session.scalars(select(SentEvent))}
    expected = {uid for uid, state in sent.items() if state.day <= last and not state.is_cancelled}
    found = (
        event_of(due, own_id, on)
        for due in deadlines.deadlines(session, on, days + (FURTHER_DAYS if expected else 0))
        if due.kind in kinds and (due.day <= last or event_uid(due, own_id) in expected)
    )
    put_off = [mark.deadline for mark in deadlines.marked(session, on, days) if mark.until is not None]
    return revised(
        found,
        sent=sent,
        span=(on, last),
        at=at,
        kinds=kinds,
        waiting={event_uid(deadline, own_id) for deadline in put_off},
    )


def keep(session: Session, went_out: Iterable[Outgoing]) -> None:
    """Keep what a file says, for the next one to be held against."""
    known = {event.uid: event for event in session.scalars(select(SentEvent))}
    for one in went_out:
        values = {name: getattr(one.state, name) for name in field_names(SentState)}
        values["changed_at"] = one.state.changed_at.astimezone(UTC).replace(tzinfo=None)
        if one.state.uid in known:
            assign(known[one.state.uid], values)
        else:
            session.add(SentEvent(**values))
    session.flush()


def _state(event: SentEvent) -> SentState:
    return filled(SentState, event, changed_at=event.changed_at.replace(tzinfo=UTC))
