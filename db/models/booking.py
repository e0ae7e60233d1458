"""Bookings from finance, the batches they came in, and how they find their budget."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.budgets import AssignedBy, BookingSource
from db.models.base import Cents, Model, key, owned, refers, word


class Batch(Model):
    """One imported finance file. `command_id` is the write that applied it (see the change log)."""

    __tablename__ = "batch"

    id: Mapped[int] = key()
    file_name: Mapped[str]
    sha256: Mapped[str] = mapped_column(index=True)
    imported_at: Mapped[datetime]
    shape: Mapped[str]
    profile: Mapped[str | None]
    sheet: Mapped[str | None]
    new_count: Mapped[int]
    changed_count: Mapped[int]
    known_count: Mapped[int]
    missing_count: Mapped[int]
    skipped_count: Mapped[int]
    rejected_count: Mapped[int]
    sum_cents: Mapped[Cents]
    control_total_cents: Mapped[Cents | None]
    command_id: Mapped[int] = mapped_column(index=True)
    undone_at: Mapped[datetime | None]


class Booking(Model):
    """Einzelposten: one line from finance, a cumulative difference, or an entry by hand.

    Money spent is positive, a credit note negative. `document_number` and `line` are normalised
    ("1" for 1.0); `occurrence` counts truly identical lines of one document from 1 (exchange.md, Identity).
    """

    __tablename__ = "booking"
    __table_args__ = (
        Index("ix_booking_identity", "budget_year", "document_number", "line"),
        # Sums of budgets and grants are answered from this index alone.
        Index("ix_booking_budget_day", "budget_id", "day", "is_income", "amount_cents"),
        Index("ix_booking_order_day", "internal_order", "day"),
        Index("ix_booking_year_day", "budget_year", "day"),
    )

    id: Mapped[int] = key()
    source: Mapped[BookingSource] = mapped_column(word(BookingSource))
    batch_id: Mapped[int | None] = refers("batch.id")
    day: Mapped[date]
    document_date: Mapped[date | None]
    payment_date: Mapped[date | None]
    budget_year: Mapped[int]
    document_number: Mapped[str | None]
    line: Mapped[str | None]
    occurrence: Mapped[int] = mapped_column(default=1)
    internal_order: Mapped[str | None]
    cost_centre: Mapped[str | None]
    account: Mapped[str | None]
    account_name: Mapped[str | None]
    amount_cents: Mapped[Cents]
    text: Mapped[str | None]
    payee: Mapped[str | None]
    is_income: Mapped[bool] = mapped_column(default=False)
    budget_id: Mapped[int | None] = refers("budget.id")
    assigned_by: Mapped[AssignedBy | None] = mapped_column(word(AssignedBy))
    commitment_id: Mapped[int | None] = refers("commitment.id")
    note: Mapped[str | None]


class OrderAssignment(Model):
    """ "Always for this order": bookings of this internal order and year go to this budget."""

    __tablename__ = "order_assignment"
    __table_args__ = (UniqueConstraint("internal_order", "year"),)

    id: Mapped[int] = key()
    internal_order: Mapped[str]
    year: Mapped[int]
    budget_id: Mapped[int] = owned("budget.id")


class ColumnProfile(Model):
    """How the columns of one kind of finance file are read, assigned once by hand.

    `columns` is JSON: field name -> header text.
    """

    __tablename__ = "column_profile"

    id: Mapped[int] = key()
    name: Mapped[str] = mapped_column(unique=True)
    fingerprint: Mapped[str | None] = mapped_column(index=True)
    columns: Mapped[str]


class FinanceExport(Model):
    """A workbook made for finance; once marked as sent, "Änderungen" start after `last_change_id`."""

    __tablename__ = "finance_export"

    id: Mapped[int] = key()
    exported_at: Mapped[datetime]
    year: Mapped[int]
    file_name: Mapped[str]
    sha256: Mapped[str]
    last_change_id: Mapped[int]
    sent_at: Mapped[datetime | None]
