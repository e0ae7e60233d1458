"""Lists what finance's deliveries did to the bookings: new, changed and removed ones, each field with both values."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.money import euro
from app.services.finance.finance_changes import CHANGED, NEW, REMOVED, RecordNames, changed_fields
from app.services.records import columns, read
from db import history
from db.models import Batch, Booking


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """A delivery of finance that still counts, newest first in a list."""

    id: int
    file_name: str
    imported_at: datetime


@dataclass(frozen=True, slots=True)
class BookingChange:
    """What one delivery did to one booking. `budget`: where it belongs now, or belonged when it went.

    `details`: the fields with old and new value. `exists`: the booking is still there.
    """

    id: str
    booking_id: int
    delivery: int
    at: datetime
    what: str  # NEW, CHANGED or REMOVED
    day: date | None
    document: str
    text: str
    budget: str
    internal_order: str
    old_cents: int | None
    new_cents: int | None
    details: str
    exists: bool


def deliveries(session: Session) -> list[DeliveryRow]:
    """The deliveries that were not taken back, newest first."""
    query = select(*columns(DeliveryRow, Batch)).where(Batch.undone_at.is_(None))
    return read(session, DeliveryRow, query.order_by(Batch.id.desc()))


def by_finance(session: Session, since: int) -> list[BookingChange]:
    """What the delivery `since` and all later ones did to the bookings, newest delivery first.

    Taken from the change log by the commands that wrote the deliveries, so what she did herself is not in it.
    """
    found = session.execute(
        select(Batch.id, Batch.imported_at, Batch.command_id)
        .where(Batch.id >= since, Batch.undone_at.is_(None))
        .order_by(Batch.id.desc())
    ).all()
    names = RecordNames(session)
    budgets = dict(session.execute(select(Booking.id, Booking.budget_id)).all())
    lines = []
    for batch in found:
        for change in history.net_changes(session, 0, ("booking",), command_id=batch.command_id):
            lines.append(_line(change, batch.id, batch.imported_at, names, budgets))
    return lines


def _line(
    change: history.NetChange, delivery: int, at: datetime, names: RecordNames, budgets: dict[int, int | None]
) -> BookingChange:
    before, after = change.before, change.after
    shown = after if after is not None else before
    assert shown is not None
    details = ""
    if before is not None and after is not None:
        fields = changed_fields("booking", before, after, names)
        if before["amount_cents"] != after["amount_cents"]:
            fields.insert(0, f"Betrag: {euro(before['amount_cents'])} → {euro(after['amount_cents'])}")
        details = "; ".join(fields)
    exists = change.row_id in budgets
    return BookingChange(
        id=f"{delivery}/{change.row_id}",
        booking_id=change.row_id,
        delivery=delivery,
        at=at,
        what=NEW if before is None else REMOVED if after is None else CHANGED,
        day=date.fromisoformat(shown["day"]),
        document="/".join(str(shown[name]) for name in ("document_number", "line") if shown[name]),
        text=shown["text"] or shown["payee"] or "",
        budget=names.text("budget_id", budgets[change.row_id] if exists else shown["budget_id"]),
        internal_order=shown["internal_order"] or "",
        old_cents=before["amount_cents"] if before else None,
        new_cents=after["amount_cents"] if after else None,
        details=details,
        exists=exists,
    )


def counted(lines: Collection[BookingChange]) -> dict[str, int]:
    """How many are new, changed and removed."""
    return {what: sum(line.what == what for line in lines) for what in (NEW, CHANGED, REMOVED)}
