"""Yearly talks of an agreement: those that were held, and the next one due."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.agreements.agreements import BINDING_STAGES
from app.domain.agreements.term import final_end
from app.domain.agreements.yearly_talks import next_talk
from app.domain.errors import Invalid
from app.services.agreements import agreed
from app.services.records import columns, delete, filled, read, values_of, write
from db.models import Agreement, YearlyTalk


@dataclass(frozen=True, slots=True)
class TalkInput:
    """A talk that was held, and what was agreed in it."""

    day: date | None = None
    participants: str | None = None
    result: str | None = None


@dataclass(frozen=True, slots=True)
class TalkRow:
    """A talk as shown."""

    id: int
    day: date
    participants: str | None
    result: str | None


def rows(session: Session, agreement_id: int) -> list[TalkRow]:
    """The talks of an agreement, newest first."""
    query = select(*columns(TalkRow, YearlyTalk)).where(YearlyTalk.agreement_id == agreement_id)
    return read(session, TalkRow, query.order_by(YearlyTalk.day.desc(), YearlyTalk.id.desc()))


def next_due(session: Session, agreement_id: int, on: date) -> date | None:
    """The next yearly talk to be held; None before the signature, after the end, or without a begin."""
    agreement = session.get_one(Agreement, agreement_id)
    if agreement.stage not in BINDING_STAGES:
        return None
    term = agreed.term(session, agreement_id, on)
    return next_talk(term.begin, final_end(term), held(session, agreement_id), on)


def held(session: Session, agreement_id: int) -> list[date]:
    """The days on which a talk was held, in order."""
    query = select(YearlyTalk.day).where(YearlyTalk.agreement_id == agreement_id)
    return list(session.scalars(query.order_by(YearlyTalk.day)))


def load(session: Session, talk_id: int) -> TalkInput:
    """The talk as it can be edited."""
    return filled(TalkInput, session.get_one(YearlyTalk, talk_id))


def save(session: Session, agreement_id: int, talk_id: int | None, data: TalkInput, on: date) -> int:
    """Write a talk that was held; its id. Raises Invalid without a day or with one that is still to come."""
    if data.day is None:
        raise Invalid({"day": "Bitte den Tag des Gesprächs eintragen."})
    if data.day > on:
        raise Invalid({"day": "Der Tag liegt in der Zukunft. Eingetragen wird ein Gespräch, das war."})
    return write(session, YearlyTalk, talk_id, values_of(data) | {"agreement_id": agreement_id}).id


def remove(session: Session, talk_id: int) -> None:
    """Delete a talk."""
    delete(session, YearlyTalk, talk_id)
