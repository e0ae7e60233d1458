"""Instalments of an agreement: to edit as a whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.agreements.instalments import MOST, DuePart, OpenInstalment, paid_parts
from app.domain.errors import Invalid
from app.services.agreements import agreed, signed_state
from app.services.budgets.budgets import booked_on_commitment
from app.services.records import filled, grouped
from db.models import Commitment, Instalment


@dataclass(frozen=True, slots=True)
class InstalmentInput:
    """A part of the amount; its number is its place. `amount_cents` None: not entered yet."""

    due: date | None = None
    amount_cents: int | None = None
    condition: str | None = None


def load(session: Session, agreement_id: int) -> tuple[InstalmentInput, ...]:
    """The instalments of an agreement by number."""
    return tuple(filled(InstalmentInput, one) for one in records(session, agreement_id))


def save(session: Session, agreement_id: int, wanted: tuple[InstalmentInput, ...]) -> None:
    """Write all instalments, numbered from 1 as they stand. A sum beside the amount is no error.

    Raises Invalid, also where they are agreed already; they may follow an amount that an amendment has changed.
    """
    problem = _problem(wanted)
    if problem:
        raise Invalid({"instalments": problem})
    if _follows_amendment(session, agreement_id, wanted):
        _write(session, agreement_id, wanted)
    else:
        with signed_state.kept(session, agreement_id):
            _write(session, agreement_id, wanted)


def _follows_amendment(session: Session, agreement_id: int, wanted: tuple[InstalmentInput, ...]) -> bool:
    """They come to the amount that a signed amendment says and so far do not; what was due before its day stays."""
    last = agreed.last_amount(session, agreement_id)
    if last is None:
        return False
    amount, since = last
    before = [filled(InstalmentInput, one) for one in records(session, agreement_id)]
    earlier, still = ([one for one in of if one.due and one.due < since] for of in (before, wanted))
    return _sum(before) != amount == _sum(wanted) and earlier == still


def _sum(of: Iterable[InstalmentInput]) -> int:
    return sum(one.amount_cents or 0 for one in of)


def _write(session: Session, agreement_id: int, wanted: tuple[InstalmentInput, ...]) -> None:
    known = {one.nr: one for one in records(session, agreement_id)}
    for nr, data in enumerate(wanted, start=1):
        one = known.pop(nr, None) or Instalment(agreement_id=agreement_id, nr=nr)
        assert data.amount_cents is not None  # see _problem
        one.due, one.amount_cents = data.due, data.amount_cents
        one.condition = (data.condition or "").strip() or None
        session.add(one)
    for gone in known.values():
        session.delete(gone)


def records(session: Session, agreement_id: int) -> list[Instalment]:
    """The stored rows by number."""
    query = select(Instalment).where(Instalment.agreement_id == agreement_id).order_by(Instalment.nr)
    return list(session.scalars(query))


def paid(rows: Sequence[Instalment], booked_cents: int) -> list[tuple[Instalment, DuePart, int]]:
    """The instalments of one agreement with what of them is paid, oldest first, by what is booked for it."""
    dues = [DuePart(one.amount_cents, one.due) for one in rows]
    return list(zip(rows, dues, paid_parts(dues, booked_cents), strict=True))


def unpaid(session: Session) -> dict[int, list[OpenInstalment]]:
    """What has a day and is not paid in full, of all agreements, by agreement."""
    rows = grouped(session, select(Instalment.agreement_id, Instalment).order_by(Instalment.nr))
    sums = select(Commitment.agreement_id, booked_on_commitment()).where(Commitment.agreement_id.in_(rows))
    booked = {key: sum(found) for key, found in grouped(session, sums).items()}
    return {
        agreement_id: [
            filled(OpenInstalment, one, due=one.due, open_cents=due.amount_cents - part)
            for one, due, part in paid(of_one, booked.get(agreement_id, 0))
            if one.due is not None and part < due.amount_cents
        ]
        for agreement_id, of_one in rows.items()
    }


def _problem(wanted: tuple[InstalmentInput, ...]) -> str:
    if len(wanted) > MOST:
        return f"Mehr als {MOST} Raten sind nicht möglich."
    for nr, one in enumerate(wanted, start=1):
        if one.amount_cents is None or one.amount_cents <= 0:
            return f"Rate {nr} braucht einen Betrag über 0,00 €."
    return ""
