"""All that is stored about one booking, to hold a line of finance against it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.budgets.budgets import AssignedBy, BookingSource
from db.models import Batch, Booking, Budget, Commitment, PlanItem

_FIELDS = (
    "source", "day", "budget_year", "amount_cents", "document_number", "line", "internal_order", "cost_centre",
    "account", "account_name", "document_date", "payment_date", "text", "payee", "assigned_by", "note",
)  # fmt: skip


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
    query = (
        select(
            *(getattr(Booking, name) for name in _FIELDS),
            Budget.number,
            PlanItem.position,
            Commitment.number,
            Batch.id,
            Batch.file_name,
            Batch.imported_at,
        )
        .outerjoin(Budget, Budget.id == Booking.budget_id)
        .outerjoin(PlanItem, PlanItem.id == Booking.plan_item_id)
        .outerjoin(Commitment, Commitment.id == Booking.commitment_id)
        .outerjoin(Batch, Batch.id == Booking.batch_id)
        .where(Booking.id == booking_id)
    )
    found = session.execute(query).one_or_none()
    if found is None:
        return None
    values = dict(zip((*_FIELDS, "budget", "plan_item", "commitment"), found, strict=False))
    batch_id, file_name, imported_at = found[-3:]
    delivery = (batch_id, file_name, imported_at) if batch_id is not None else None
    return BookingDetails(**values, delivery=delivery)
