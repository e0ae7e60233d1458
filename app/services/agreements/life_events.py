"""Gathers amendments, notices, talks, predecessor and successor of an agreement as marks for its timeline."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.agreements.agreement_timeline import Event, EventKind
from app.domain.agreements.agreements import NoticeDirection
from app.domain.dates import ONE_DAY, german
from app.services.agreements import notices, successors, yearly_talks
from app.services.agreements.notices import NoticeRow
from app.services.agreements.successors import ChainLink
from db.models import Amendment


def life_events(session: Session, agreement_id: int) -> list[Event]:
    """Everything on record that has a day, whatever its order."""
    return [
        *_amendments(session, agreement_id),
        *(_notice(row) for row in notices.rows(session, agreement_id)),
        *(
            Event(row.day, EventKind.TALK, "Jahresgespräch geführt")
            for row in yearly_talks.rows(session, agreement_id)
        ),
        *_neighbours(successors.chain(session, agreement_id), agreement_id),
    ]


def _amendments(session: Session, agreement_id: int) -> Iterator[Event]:
    for record in session.scalars(select(Amendment).where(Amendment.agreement_id == agreement_id)):
        day = record.effective_from or record.signed_on
        if day is not None:
            state = "gilt" if record.signed_on else "noch nicht von allen unterzeichnet"
            title = f": {record.title}" if record.title else ""
            yield Event(day, EventKind.AMENDMENT, f"Nachtrag {record.nr}{title} ({state})")


def _notice(row: NoticeRow) -> Event:
    day = row.arrived_on or row.dated or row.ends_on
    what = "Außerordentliche Kündigung" if row.is_extraordinary else "Kündigung"
    how = "eingegangen" if row.direction is NoticeDirection.RECEIVED else "abgesandt"
    if row.arrived_on and row.direction is NoticeDirection.SENT:
        how = "zugegangen"
    return Event(day, EventKind.NOTICE, f"{what} {how}, zum {german(row.ends_on)}")


def _neighbours(chain: list[ChainLink], agreement_id: int) -> Iterator[Event]:
    place = next(at for at, link in enumerate(chain) if link.id == agreement_id)
    for link in chain[:place]:
        if link.begin is not None:
            yield Event(link.begin, EventKind.NEIGHBOUR, f"Beginn von {link.number} (davor)", link.id)
    for link in chain[place + 1 :]:
        day = link.begin or ((link.end + ONE_DAY) if link.end else None)
        if day is not None:
            yield Event(day, EventKind.NEIGHBOUR, f"Beginn von {link.number} (Folgevereinbarung)", link.id)
