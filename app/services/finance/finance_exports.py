"""Gathers the workbook for finance, and keeps which of these workbooks were made and sent."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select, update
from sqlalchemy.orm import Session

from app.domain.errors import UserError
from app.domain.finance.finance_return import ExportKey
from app.services import office
from app.services.bookings import booking_details
from app.services.bookings.booking_details import BookingLine
from app.services.budgets import budgets, commitments, transfers
from app.services.budgets.budgets import BudgetRow, BudgetSelection
from app.services.budgets.commitments import CommitmentRow
from app.services.budgets.transfers import TransferRow
from app.services.finance import finance_changes
from app.services.finance.finance_changes import ChangeLine
from app.services.records import columns, filled, read
from db import history
from db.models import Booking, Budget, FinanceExport

KEPT = 24
"""So many workbooks are kept even if they were never sent; sent ones are kept for good."""


@dataclass(frozen=True, slots=True)
class FinanceData:
    """Everything in the workbook for one budget year. `since`: when the last one was sent, if any was."""

    year: int
    as_of: datetime
    office: str
    contact: str
    budgets: list[BudgetRow]
    bookings: list[BookingLine]
    commitments: list[CommitmentRow]
    transfers: list[TransferRow]
    changes: list[ChangeLine]
    since: datetime | None
    last_change_id: int

    @property
    def key(self) -> ExportKey:
        """What the workbook is recognised by when it comes back."""
        return ExportKey(self.year, self.as_of, self.last_change_id)

    @property
    def actual_cents(self) -> int:
        """All spending, what has no budget yet included, income left out."""
        return sum(booking.amount_cents for booking in self.bookings if not booking.is_income)


@dataclass(frozen=True, slots=True)
class ExportRow:
    """A workbook that was made for finance."""

    id: int
    exported_at: datetime
    year: int
    file_name: str
    sent_at: datetime | None


_Records = tuple[list[BudgetRow], list[TransferRow], list[CommitmentRow], list[BookingLine]]


def gather(session: Session, year: int, now: datetime) -> FinanceData:
    """The state of a budget year. Raises UserError for a year without budgets and bookings."""
    rows, moved, committed, bookings = _records(session, year)
    if not rows and not bookings:
        raise UserError(
            f"Für das Haushaltsjahr {year} gibt es weder Budgets noch Buchungen. Bitte ein anderes Jahr wählen."
        )
    sent = _last_sent(session, year)
    letterhead = office.load(session)
    changes = (
        finance_changes.changes_since(session, sent.last_change_id, year)
        if sent
        else _all_new(rows, moved, committed, bookings)
    )
    return FinanceData(
        year=year,
        as_of=now,
        office=letterhead.name,
        contact=letterhead.contact_person,
        budgets=rows,
        bookings=bookings,
        commitments=committed,
        transfers=moved,
        changes=changes,
        since=sent.sent_at if sent else None,
        last_change_id=history.last_change_id(session),
    )


def changes(session: Session, year: int) -> tuple[list[ChangeLine], ExportRow | None]:
    """What the next workbook would list as changes, and the one sent last; without one everything is new."""
    sent = _last_sent(session, year)
    if sent is not None:
        return finance_changes.changes_since(session, sent.last_change_id, year), filled(ExportRow, sent)
    return _all_new(*_records(session, year)), None


def _records(session: Session, year: int) -> _Records:
    """Budgets, transfers, commitments and bookings of a budget year."""
    return (
        budgets.rows(session, BudgetSelection(year=year)),
        transfers.rows(session, year=year),
        commitments.rows(session, year=year),
        _bookings(session, year),
    )


def _last_sent(session: Session, year: int) -> FinanceExport | None:
    return session.scalars(
        select(FinanceExport)
        .where(FinanceExport.year == year, FinanceExport.sent_at.is_not(None))
        .order_by(FinanceExport.last_change_id.desc(), FinanceExport.id.desc())
        .limit(1)
    ).first()


def _bookings(session: Session, year: int) -> list[BookingLine]:
    """The bookings of the year's budgets, and those of the year that have no budget yet."""
    mine = or_(Budget.year == year, and_(Booking.budget_id.is_(None), Booking.budget_year == year))
    query = booking_details.lines().where(mine).order_by(Booking.day, Booking.id)
    return read(session, BookingLine, query)


def _all_new(
    made: list[BudgetRow],
    moved: list[TransferRow],
    committed: list[CommitmentRow],
    booked: list[BookingLine],
) -> list[ChangeLine]:
    """Before the first workbook was sent everything is new."""

    def new(kind: str, label: str, title: str | None, amount_cents: int, **more: Any) -> ChangeLine:
        others = {"budget": "", "day": None, "details": ""} | more
        return ChangeLine(
            kind=kind,
            what=finance_changes.NEW,
            label=label,
            title=title or "",
            old_cents=None,
            new_cents=amount_cents,
            **others,
        )

    lines = [new("Budget", row.number, row.title, row.figures.planned_cents) for row in made]
    for shift in moved:
        ends = f"{shift.from_number} → {shift.to_number}"
        lines.append(
            new("Umschichtung", shift.number, shift.reason, shift.amount_cents, day=shift.day, details=ends)
        )
    for row in committed:
        of = {"budget": row.budget_number, "day": row.day}
        lines.append(new("Mittelbindung", row.number, row.title, row.amount_cents, **of))
    for one in booked:
        label = "/".join(part for part in (one.document_number, one.line) if part)
        of = {"budget": one.budget or finance_changes.UNASSIGNED, "day": one.day}
        lines.append(new("Buchung", label, one.text or one.payee, one.amount_cents, **of))
    return lines


def keep(
    session: Session, data: FinanceData, file_name: str, content: bytes, layout: str | None = None
) -> int:
    """Keep that a workbook was made, and the workbook itself, so that what comes back can be held against it.

    Once marked as sent, the next one tells what has changed since.
    """
    made = FinanceExport(
        exported_at=data.as_of,
        year=data.year,
        file_name=file_name,
        sha256=hashlib.sha256(content).hexdigest(),
        last_change_id=data.last_change_id,
        layout=layout,
        content=content,
    )
    session.add(made)
    session.flush()
    _remove_old(session)
    return int(made.id)


def _remove_old(session: Session) -> None:
    """Drop the bytes of workbooks that were never sent, except for the newest ones."""
    newest = select(FinanceExport.id).order_by(FinanceExport.id.desc()).limit(KEPT)
    old = (
        FinanceExport.content.is_not(None),
        FinanceExport.sent_at.is_(None),
        FinanceExport.id.not_in(newest),
    )
    session.execute(update(FinanceExport).where(*old).values(content=None))


def of_key(session: Session, key: ExportKey) -> ExportRow | None:
    """The workbook that carries this key; None if it was not made from this database."""
    found = session.scalars(
        select(FinanceExport)
        .where(
            FinanceExport.year == key.year,
            FinanceExport.exported_at == key.as_of,
            FinanceExport.last_change_id == key.last_change_id,
            FinanceExport.layout.is_(None),  # a layout of finance's own is filled, not compared
        )
        .order_by(FinanceExport.content.is_(None), FinanceExport.id.desc())
        .limit(1)
    ).first()
    return None if found is None else filled(ExportRow, found)


def content(session: Session, export_id: int) -> bytes | None:
    """The workbook as it was written; None if it was not kept."""
    return session.scalar(select(FinanceExport.content).where(FinanceExport.id == export_id))


def rows(session: Session) -> list[ExportRow]:
    """All workbooks made for finance, newest first."""
    return read(
        session, ExportRow, select(*columns(ExportRow, FinanceExport)).order_by(FinanceExport.id.desc())
    )


def mark_as_sent(session: Session, export_id: int, now: datetime) -> None:
    """Say that a workbook went to finance. Write outside undo: it cannot be unsent."""
    session.get_one(FinanceExport, export_id).sent_at = now


def withdraw(session: Session, export_id: int) -> None:
    """Say that a workbook did not go to finance after all; a new entry, outside undo."""
    session.get_one(FinanceExport, export_id).sent_at = None
