"""Loads all that is stored about one booking, to hold a line of finance against it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.budgets.budgets import AssignedBy, BookingSource
from app.services.records import columns, filled
from db.models import Batch, Booking, Budget, Commitment, PlanItem


@dataclass(frozen=True, slots=True)
class BookingDetails:
    """What finance delivered, by the names of a Posting, and what she made of it.

    `delivery`: number, file and time of the import that brought it; None for an entry by hand.
    """

    source: BookingSource
    day: date
    budget_year: int
    amount_cents: int
    document_number: str | None
    line: str | None
    internal_order: str | None
    cost_centre: str | None
    account: str | None
    account_name: str | None
    document_date: date | None
    payment_date: date | None
    text: str | None
    payee: str | None
    assigned_by: AssignedBy | None
    note: str | None
    budget: str | None
    plan_item: str | None
    commitment: str | None
    delivery: tuple[int, str, datetime] | None


def load(session: Session, booking_id: int) -> BookingDetails | None:
    """None if the booking is gone."""
    shown = columns(
        BookingDetails,
        Booking,
        without=("delivery",),
        budget=Budget.number,
        plan_item=PlanItem.position,
        commitment=Commitment.number,
    )
    query = (
        select(*shown, Batch.id.label("batch_id"), Batch.file_name, Batch.imported_at)
        .outerjoin(Budget, Budget.id == Booking.budget_id)
        .outerjoin(PlanItem, PlanItem.id == Booking.plan_item_id)
        .outerjoin(Commitment, Commitment.id == Booking.commitment_id)
        .outerjoin(Batch, Batch.id == Booking.batch_id)
        .where(Booking.id == booking_id)
    )
    found = session.execute(query).one_or_none()
    if found is None:
        return None
    batch = found.batch_id
    delivery = (batch, found.file_name, found.imported_at) if batch is not None else None
    return filled(BookingDetails, found, delivery=delivery)
