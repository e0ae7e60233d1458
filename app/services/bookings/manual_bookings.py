"""Bookings she enters herself before finance has them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.domain.budgets.budgets import AssignedBy, BookingSource
from app.domain.errors import Invalid, UserError
from app.services.budgets import budgets
from app.services.records import delete, filled, lacking, values_of, write
from db.models import Booking, Budget


@dataclass(frozen=True, slots=True)
class ManualBookingInput:
    """Money spent is positive, a credit note negative; the budget year is the budget's."""

    day: date | None
    amount_cents: int
    budget_id: int | None
    text: str | None = None
    payee: str | None = None
    account: str | None = None
    document_number: str | None = None
    is_income: bool = False
    commitment_id: int | None = None
    note: str | None = None
    overspending_reason: str | None = None


def load(session: Session, booking_id: int) -> ManualBookingInput:
    """The booking as it can be edited; raises UserError for one of finance's."""
    return filled(ManualBookingInput, _manual(session, booking_id), overspending_reason=None)


def save(session: Session, booking_id: int | None, values: ManualBookingInput) -> int:
    """Create or change a manual booking; overspending is for the caller to warn of. Raises Invalid."""
    problems = lacking(values, day="Bitte ein Datum eintragen.")
    budget = session.get(Budget, values.budget_id) if values.budget_id is not None else None
    if budget is None:
        problems["budget_id"] = "Bitte ein Budget wählen."
    if values.amount_cents == 0:
        problems["amount_cents"] = "Bitte einen Betrag eintragen; eine Gutschrift mit Minus."
    if values.is_income and values.commitment_id is not None:
        problems["commitment_id"] = "Einnahmen können keine Mittelbindung erfüllen."
    if problems or budget is None or values.day is None:
        raise Invalid(problems)
    stored = values_of(values, without=("overspending_reason",)) | {
        "source": BookingSource.MANUAL,
        "assigned_by": AssignedBy.HAND,
        "budget_year": budget.year,
        "internal_order": budget.internal_order,
        "cost_centre": budget.cost_centre,
    }
    if booking_id is not None and _manual(session, booking_id).budget_id != budget.id:
        stored["plan_item_id"] = None  # it was chosen for the budget before
    booking = write(session, Booking, booking_id, stored)
    budgets.give_reason(session, budget.id, values.overspending_reason)
    return int(booking.id)


def remove(session: Session, *booking_ids: int) -> None:
    """Delete manual bookings; raises UserError for one of finance's."""
    for booking_id in booking_ids:
        _manual(session, booking_id)
    delete(session, Booking, *booking_ids)


def _manual(session: Session, booking_id: int) -> Booking:
    booking = session.get_one(Booking, booking_id)
    if booking.source is not BookingSource.MANUAL:
        raise UserError(
            "Diese Buchung kommt von der Finanzabteilung und kann hier nicht geändert werden. "
            "Zuordnung und Notiz lassen sich bearbeiten."
        )
    return booking
