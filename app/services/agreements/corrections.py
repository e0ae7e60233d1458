"""Corrections: a slip in what is signed is mended with a reason, kept with the day, the old value and the new."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.agreements.what_is_signed import STAGE, Difference, Place, differences, goes_back
from app.domain.errors import refuse
from app.services.agreements import signed, signed_state
from db.models import Agreement, Correction

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """What was mended, when and why."""

    id: int
    day: date
    reason: str
    changes: tuple[Difference, ...]


def correct(
    session: Session,
    agreement_id: int,
    reason: str,
    on: date,
    command: Callable[Concatenate[Session, P], T],
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Run a command that may change what is agreed; what it changed is kept with the reason.

    Raises Invalid without a reason, and what the command raises.
    """
    if not reason.strip():
        refuse({"reason": "Bitte den Grund der Korrektur eintragen."})
    if not signed.is_signed(session, agreement_id):
        return command(session, *args, **kwargs)
    signed_state.settle(session, agreement_id, at_signature=False)
    stage = session.get_one(Agreement, agreement_id).stage
    days = [day for day in signed_state.days_of(session, agreement_id) if day >= date.today()]
    before = {day: signed_state.state(session, agreement_id, day) for day in days}
    session.info[signed.CORRECTING] = agreement_id
    try:
        result = command(session, *args, **kwargs)
    finally:
        del session.info[signed.CORRECTING]
    session.flush()
    found: dict[Place, Difference] = {}
    for day, was in before.items():  # what differs today counts; what an amendment brings later is told, too
        for one in differences(was, signed_state.state(session, agreement_id, day)):
            found.setdefault(one.place, one)
    changes = list(found.values())
    after = session.get_one(Agreement, agreement_id).stage
    if goes_back(stage, after):
        changes.append(Difference(STAGE, stage.value, after.value))
    if changes:
        written = [[*one.place, one.old, one.new] for one in changes]
        session.add(
            Correction(
                agreement_id=agreement_id,
                day=on,
                reason=reason.strip(),
                changes=json.dumps(written, ensure_ascii=False),
            )
        )
    signed_state.settle(session, agreement_id, at_signature=False)
    return result


def rows(session: Session, agreement_id: int) -> list[CorrectionRow]:
    """The corrections of an agreement, oldest first."""
    query = select(Correction).where(Correction.agreement_id == agreement_id).order_by(Correction.id)
    return [
        CorrectionRow(one.id, one.day, one.reason, changes_of(one.changes)) for one in session.scalars(query)
    ]


def changes_of(stored: str) -> tuple[Difference, ...]:
    """The differences as they were kept."""
    return tuple(
        Difference(Place(table, row, column), old, new) for table, row, column, old, new in json.loads(stored)
    )
