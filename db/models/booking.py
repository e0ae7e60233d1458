"""Bookings from finance, the batches they came in, and how they find their budget."""

from datetime import date, datetime

from sqlalchemy import Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.budgets.budgets import AssignedBy, BookingSource
from db.models.base import Cents, FileName, Model, key, owned, refers, word


class Batch(Model):
    """One imported finance file. `command_id` is the write that applied it (see the change log).

    `report` is JSON: what the import report says beyond the counts (see app.services.bookings.import_reports).
    """

    __tablename__ = "batch"

    id: Mapped[int] = key()
    file_name: Mapped[str] = mapped_column(FileName)
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
    uncertain_count: Mapped[int] = mapped_column(default=0)  # left undecided and not written
    sum_cents: Mapped[Cents]
    control_total_cents: Mapped[Cents | None]
    command_id: Mapped[int] = mapped_column(index=True)
    undone_at: Mapped[datetime | None]
    report: Mapped[str | None] = mapped_column(deferred=True)


class Booking(Model):
    """Einzelposten: one line from finance, a cumulative difference, or an entry by hand.

    Money spent is positive, a credit note negative. `document_number` and `line` are normalised
    ("1" for 1.0); `occurrence` counts truly identical lines of one document from 1 (exchange.md, Identity).
    `plan_item_id`: the plan item a rule or she chose; None: that of the budget.
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
    plan_item_id: Mapped[int | None] = refers("plan_item.id")
    commitment_id: Mapped[int | None] = refers("commitment.id")
    note: Mapped[str | None]


class AssignmentRule(Model):
    """Where bookings go that look like this: the first rule in the order of `position` that fits decides.

    Every condition that is not None must hold: `internal_order`, `cost_centre` and `account` are normalised codes,
    with `*` for any ending; `text` is a pattern for text or payee (`*` and `?`, else: contains); amounts are in cents,
    both ends included. `budget_id` None: always ask, that is, leave the booking without a budget.
    """

    __tablename__ = "assignment_rule"

    id: Mapped[int] = key()
    position: Mapped[int]
    title: Mapped[str | None]
    is_active: Mapped[bool] = mapped_column(default=True)
    year: Mapped[int | None]
    internal_order: Mapped[str | None]
    cost_centre: Mapped[str | None]
    account: Mapped[str | None]
    text: Mapped[str | None]
    amount_from_cents: Mapped[Cents | None]
    amount_to_cents: Mapped[Cents | None]
    budget_id: Mapped[int | None] = owned("budget.id")
    plan_item_id: Mapped[int | None] = refers("plan_item.id")


class ColumnProfile(Model):
    """How the columns of one kind of finance file are read, assigned once by hand.

    `columns` is JSON: field name -> header text; `settings` is JSON: how its cells are read (sign, unit, order of
    dates, header row, last row; see app.services.bookings.column_profiles).
    """

    __tablename__ = "column_profile"

    id: Mapped[int] = key()
    name: Mapped[str] = mapped_column(unique=True)
    fingerprint: Mapped[str | None] = mapped_column(index=True)
    columns: Mapped[str]
    settings: Mapped[str] = mapped_column(default="{}")


class FinanceExport(Model):
    """A workbook made for finance; once marked as sent, "Änderungen" start after `last_change_id`.

    `content` is the workbook as it was written, so that it can be held against what comes back.
    """

    __tablename__ = "finance_export"

    id: Mapped[int] = key()
    exported_at: Mapped[datetime]
    year: Mapped[int]
    file_name: Mapped[str] = mapped_column(FileName)
    sha256: Mapped[str]
    last_change_id: Mapped[int]
    sent_at: Mapped[datetime | None]
    layout: Mapped[str | None]
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)


class FinanceLayout(Model):
    """Finance's own workbook, filled at export. `mapping` is JSON: which list goes under which headers of which sheet
    (see app.services.finance.finance_layouts)."""

    __tablename__ = "finance_layout"

    id: Mapped[int] = key()
    name: Mapped[str] = mapped_column(unique=True)
    file_name: Mapped[str] = mapped_column(FileName)
    sha256: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    mapping: Mapped[str]
