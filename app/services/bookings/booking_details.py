"""Loads all that is stored about one booking, to hold a line of finance against it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.domain.budgets.budgets import AssignedBy, BookingSource
from app.services.records import columns, filled, read
from db.models import Batch, Booking, Budget, Commitment, PlanItem


class BookingLine(NamedTuple):
    """A booking as finance delivers and gets it, by the names of a Posting; `budget` None: nicht zugeordnet."""

    id: int
    budget: str | None
    day: date
    document_date: date | None
    payment_date: date | None
    document_number: str | None
    line: str | None
    internal_order: str | None
    cost_centre: str | None
    account: str | None
    account_name: str | None
    text: str | None
    payee: str | None
    amount_cents: int
    is_income: bool
    commitment: str | None
    source: BookingSource
    budget_year: int


@dataclass(frozen=True, slots=True)
class BookingDetails:
    """What finance delivered, and what she made of it.

    `delivery`: number, file and time of the import that brought it; None for an entry by hand.
    """

    line: BookingLine
    assigned_by: AssignedBy | None
    note: str | None
    plan_item: str | None
    delivery: tuple[int, str, datetime] | None


def lines() -> Select[*tuple[Any, ...]]:
    """SQL: bookings with all that makes a BookingLine."""
    shown = columns(BookingLine, Booking, budget=Budget.number, commitment=Commitment.number)
    return (
        select(*shown)
        .outerjoin(Budget, Budget.id == Booking.budget_id)
        .outerjoin(Commitment, Commitment.id == Booking.commitment_id)
    )


def load(session: Session, booking_id: int) -> BookingDetails | None:
    """None if the booking is gone."""
    found = read(session, BookingLine, lines().where(Booking.id == booking_id))
    if not found:
        return None
    booking = session.get_one(Booking, booking_id)
    item = session.get(PlanItem, booking.plan_item_id) if booking.plan_item_id is not None else None
    batch = session.get(Batch, booking.batch_id) if booking.batch_id is not None else None
    return filled(
        BookingDetails,
        booking,
        line=found[0],
        plan_item=item.position if item else None,
        delivery=(batch.id, batch.file_name, batch.imported_at) if batch else None,
    )
