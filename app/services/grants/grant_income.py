"""Income that belongs to a grant: a payout received, or income that was not in its plan (exchange.md, Income)."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.errors import UserError
from app.domain.money import euro
from db.models import Booking, Budget, DrawDown, Grant

TAKEN = "Übernommen: "
"""Begins the note on a booking that was taken, so that it is not taken twice."""


def take_as_payouts(session: Session, booking_ids: Collection[int]) -> None:
    """Each booking becomes a payout received of its grant. Raises UserError, and then nothing is taken."""
    for booking in _income(session, booking_ids):
        grant = _grant_of(session, booking)
        last = session.scalar(select(func.max(DrawDown.nr)).where(DrawDown.grant_id == grant.id)) or 0
        session.add(
            DrawDown(
                grant_id=grant.id, nr=last + 1, received_on=booking.day, received_cents=-booking.amount_cents
            )
        )
        _mark(booking, f"Mittelabruf {last + 1} der Förderung {grant.short}")
        session.flush()


def take_as_other_income(session: Session, booking_ids: Collection[int]) -> None:
    """Each booking adds to the income of its grant that was not in the plan. Raises UserError."""
    for booking in _income(session, booking_ids):
        grant = _grant_of(session, booking)
        grant.other_income_cents = (grant.other_income_cents or 0) - booking.amount_cents
        _mark(booking, f"sonstige Einnahme der Förderung {grant.short}")
        session.flush()


def _income(session: Session, booking_ids: Collection[int]) -> list[Booking]:
    found = list(
        session.scalars(select(Booking).where(Booking.id.in_(booking_ids)).order_by(Booking.day, Booking.id))
    )
    for booking in found:
        named = f"{euro(-booking.amount_cents)} vom {booking.day:%d.%m.%Y}"
        if not booking.is_income:
            raise UserError(f"Die Buchung über {named} ist keine Einnahme. Bitte nur Einnahmen wählen.")
        if booking.note and TAKEN in booking.note:
            raise UserError(f"Die Einnahme {named} ist schon übernommen ({booking.note}).")
    return found


def _grant_of(session: Session, booking: Booking) -> Grant:
    """The grant of the booking's budget; without a budget the only grant there is."""
    grant = session.scalar(
        select(Grant).join(Budget, Budget.grant_id == Grant.id).where(Budget.id == booking.budget_id)
    )
    if grant is not None:
        return grant
    every = list(session.scalars(select(Grant).limit(2)))
    if booking.budget_id is None and len(every) == 1:
        return every[0]
    raise UserError(
        "Es ist nicht klar, zu welcher Förderung die Einnahme gehört. "
        "Bitte ihr zuerst ein Budget zuordnen, das zu einer Förderung gehört."
    )


def _mark(booking: Booking, what: str) -> None:
    booking.note = "; ".join(part for part in (booking.note, f"{TAKEN}{what}") if part)
