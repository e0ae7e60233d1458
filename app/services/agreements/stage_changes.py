"""Keeps when an agreement came to which stage, and by whom: written with every change of its stage."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.agreements.agreements import Stage
from app.services import office
from app.services.records import filled
from db.models import Agreement, StageChange


@dataclass(frozen=True, slots=True)
class StageChangeRow:
    """An agreement came to a stage on a day; `is_back`: to an earlier one than before."""

    id: int
    stage: Stage
    day: date
    who: str | None
    note: str | None
    is_back: bool


def rows(session: Session, agreement_id: int) -> list[StageChangeRow]:
    """The stages of an agreement, newest first."""
    query = select(StageChange).where(StageChange.agreement_id == agreement_id).order_by(StageChange.id)
    found: list[StageChangeRow] = []
    order = list(Stage)
    for record in session.scalars(query):
        back = bool(found) and order.index(record.stage) < order.index(found[-1].stage)
        found.append(filled(StageChangeRow, record, is_back=back))
    return found[::-1]


def put(
    session: Session,
    agreement: Agreement,
    stage: Stage,
    day: date,
    who: str | None = None,
    note: str | None = None,
) -> None:
    """Put an agreement into a stage and note it; the same stage again is not noted. `who` None: the office."""
    if agreement.stage is not stage:
        agreement.stage = stage
        note_change(session, agreement, day, who, note)


def note_change(
    session: Session,
    agreement: Agreement,
    day: date,
    who: str | None = None,
    note: str | None = None,
    stage: Stage | None = None,
) -> None:
    """Note the stage an agreement has just come to, or another one that it comes to on the day. `who` None: the contact
    person of the office.
    """
    session.flush()  # a new agreement gets its id
    who = (who or "").strip() or office.load(session).contact_person.strip() or None
    session.add(
        StageChange(
            agreement_id=agreement.id,
            stage=stage or agreement.stage,
            day=day,
            who=who,
            note=(note or "").strip() or None,
        )
    )
