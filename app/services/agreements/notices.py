"""Notices of termination, sent and received: what each does, saved with the stage that follows, and withdrawn."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.agreements.agreements import BINDING_STAGES, NoticeDirection, Stage
from app.domain.agreements.notices import NoticeEnd, expected_arrival, notice_end
from app.domain.agreements.term import Term
from app.domain.dates import german
from app.domain.errors import UserError, refuse
from app.services.agreements import agreed, stage_changes
from app.services.records import delete, filled, values_of, write
from db.models import Actor, Agreement, Notice, Party


@dataclass(frozen=True, slots=True)
class NoticeInput:
    """A notice to note.

    `dated`: the day of the letter. `arrived_on` None: it is under way, its arrival is reckoned. `wanted`: the end named
    in the letter, for an ordinary notice. `own_end`: the end of an extraordinary notice, or of an ordinary one where
    no notice period is entered.
    """

    direction: NoticeDirection
    dated: date | None = None
    arrived_on: date | None = None
    is_extraordinary: bool = False
    wanted: date | None = None
    own_end: date | None = None
    party_id: int | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice as shown; `party`: who gave it or to whom it was sent, empty if that is not said."""

    id: int
    direction: NoticeDirection
    dated: date | None
    arrived_on: date | None
    ends_on: date
    is_extraordinary: bool
    party: str
    note: str | None


def rows(session: Session, agreement_id: int) -> list[NoticeRow]:
    """The notices of an agreement in the order in which they came."""
    query = (
        select(Notice, func.coalesce(Actor.name, ""))
        .outerjoin(Party, Party.id == Notice.party_id)
        .outerjoin(Actor, Actor.id == Party.actor_id)
        .where(Notice.agreement_id == agreement_id)
        .order_by(Notice.id)
    )
    return [filled(NoticeRow, notice, party=party) for notice, party in session.execute(query)]


def numbers(session: Session) -> frozenset[str]:
    """The numbers of all agreements for which a notice is noted."""
    query = select(Agreement.number).join(Notice, Notice.agreement_id == Agreement.id)
    return frozenset(session.scalars(query))


def load(session: Session, notice_id: int) -> NoticeInput:
    """The notice as it can be edited; the end it has stays what is wanted."""
    record = session.get_one(Notice, notice_id)
    own = record.is_extraordinary
    return filled(
        NoticeInput,
        record,
        wanted=None if own else record.ends_on,
        own_end=record.ends_on if own else None,
    )


def answer(term: Term, data: NoticeInput) -> NoticeEnd | None:
    """What an ordinary notice does, as it is entered so far; None while no day is known, or if it is extraordinary."""
    arrived = reckoned_arrival(data)
    if data.is_extraordinary or arrived is None:
        return None
    return notice_end(term, arrived, data.wanted)


def reckoned_arrival(data: NoticeInput) -> date | None:
    """When it arrived; for one that is under way the third working day after its date."""
    if data.arrived_on is not None:
        return data.arrived_on
    if data.direction is NoticeDirection.SENT and data.dated is not None:
        return expected_arrival(data.dated)
    return None


def save(
    session: Session, agreement_id: int, notice_id: int | None, data: NoticeInput, on: date
) -> NoticeRow:
    """Save a notice: in one step the agreement is "gekündigt zum" the end that follows.

    Raises Invalid at the field that lacks or contradicts, UserError unless the agreement is in force.
    """
    agreement = session.get_one(Agreement, agreement_id)
    if agreement.stage not in BINDING_STAGES:
        raise UserError(
            f"{agreement.number} ist nicht in Kraft. Kündigen lässt sich nur eine Vereinbarung, die gilt."
        )
    ends_on = _end(term_on_arrival(session, agreement_id, data, on), data, on)
    values = values_of(data, without=("wanted", "own_end")) | {
        "agreement_id": agreement_id,
        "ends_on": ends_on,
    }
    notice = write(session, Notice, notice_id, values)
    _write(session, agreement, on)
    return next(row for row in rows(session, agreement_id) if row.id == notice.id)


def term_on_arrival(session: Session, agreement_id: int, data: NoticeInput, on: date) -> Term:
    """What held when the notice arrived; that is what it is judged by, whatever an amendment changes later.

    While no arrival is known: what holds on the day asked. A notice given before does not count.
    """
    arrived = reckoned_arrival(data) or on
    return replace(agreed.term(session, agreement_id, arrived), terminated_to=None)


def withdraw(session: Session, notice_id: int, on: date) -> None:
    """Withdraw a notice, as both sides agreed: the others count, or the agreement runs on as before."""
    agreement = session.get_one(Agreement, session.get_one(Notice, notice_id).agreement_id)
    delete(session, Notice, notice_id)
    _write(session, agreement, on)


def _write(session: Session, agreement: Agreement, on: date) -> None:
    """The earliest end counts; without any notice left the agreement comes back to the stage it was in."""
    earliest = session.scalar(select(func.min(Notice.ends_on)).where(Notice.agreement_id == agreement.id))
    stage = Stage.TERMINATED if earliest else _running_stage(agreement, on)
    agreement.terminated_to = earliest
    note = f"zum {german(earliest)}" if earliest else "Kündigung zurückgenommen"
    stage_changes.put(session, agreement, stage, on, note=note)


def _running_stage(agreement: Agreement, on: date) -> Stage:
    """Whether amendments act on a day is asked there, not noted here."""
    return Stage.SIGNED if agreement.begin and agreement.begin > on else Stage.IN_FORCE


def _end(term: Term, data: NoticeInput, on: date) -> date:
    problems: dict[str, str] = {}
    if data.direction is NoticeDirection.RECEIVED and data.arrived_on is None:
        problems["arrived_on"] = "Bitte den Tag des Zugangs eintragen; ab ihm zählt die Frist."
    elif reckoned_arrival(data) is None:
        problems["dated"] = "Bitte das Datum des Schreibens eintragen."
    if data.arrived_on and data.arrived_on > on:
        problems["arrived_on"] = "Der Zugang liegt in der Zukunft."
    if data.arrived_on and data.dated and data.arrived_on < data.dated:
        problems["arrived_on"] = "Der Zugang liegt vor dem Datum des Schreibens."
    found = answer(term, data)
    end = found.reached.end if found and found.reached else data.own_end
    if end is None and not problems:
        problems["own_end"] = (
            "Bitte das Ende eintragen." if data.is_extraordinary or found is None else found.sentence
        )
    if end and term.begin and end < term.begin:
        problems["own_end"] = f"Das Ende liegt vor dem Beginn am {german(term.begin)}."
    arrived = reckoned_arrival(data)
    if end and arrived and data.is_extraordinary and end < arrived:
        problems["own_end"] = "Auch eine außerordentliche Kündigung wirkt frühestens mit ihrem Zugang."
    if end and term.end and not term.renewal_months and end > term.end:
        problems["own_end"] = f"Die Vereinbarung endet schon am {german(term.end)} von selbst."
    refuse(problems)
    assert end is not None
    return end
