"""Reports of imports: kept with their delivery when it is written, read again unchanged years later."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.bookings.bookings import BookingField, RowState, Shape
from app.domain.bookings.import_control import ImportControl
from app.domain.bookings.import_report import (
    Correction,
    Counts,
    Doubt,
    FileFacts,
    Gone,
    ImportOutcome,
    ImportReport,
    Refusal,
    Replaced,
    ReportLine,
)
from app.domain.bookings.import_sums import ControlPlace, Item, PlaceControl, Why
from app.domain.bookings.import_total import LeftOut, TotalControl
from app.domain.errors import UserError
from app.services.assignment import booking_assignment
from db.models import Batch, Booking, Change
from db.models.history import Operation


def keep(session: Session, batch_id: int, report: ImportReport, new_rows: Sequence[int]) -> None:
    """Store a report with its delivery. Of new bookings it keeps the rows of the file; the change log has the rest."""
    session.get_one(Batch, batch_id).report = _to_json(report, new_rows)


def load(session: Session, batch_id: int, *, with_new: bool = False) -> ImportReport:
    """The report of a delivery as it was when it was written; `with_new`: also every new booking.

    Raises UserError for an unknown delivery. One from before there were reports has counts and sums only.
    """
    batch = session.get(Batch, batch_id)
    if batch is None:
        raise UserError(f"Eine Lieferung {batch_id} gibt es nicht. Bitte die Nummer in der Liste prüfen.")
    kept = json.loads(batch.report) if batch.report else None
    new = _new_lines(session, batch, kept["new_rows"] if kept else []) if with_new else ()
    facts = FileFacts(batch.file_name, batch.sha256, batch.sheet, Shape(batch.shape), batch.profile)
    counts = Counts(
        batch.new_count, batch.changed_count, batch.known_count, batch.uncertain_count, batch.rejected_count,
        batch.skipped_count, batch.missing_count, *(kept["counts"] if kept else ()),
    )  # fmt: skip
    if kept is None:
        total = TotalControl(batch.control_total_cents, batch.sum_cents, 0, (), None)
        return ImportReport(
            facts, ImportOutcome.IMPORTED, batch.imported_at, "", counts, 0, ImportControl(total, ()), new=new,
            batch=batch.id, undone_at=batch.undone_at, complete=False,
        )  # fmt: skip
    return ImportReport(
        facts,
        ImportOutcome.IMPORTED,
        batch.imported_at,
        kept["made_by"],
        counts,
        kept["new_cents"],
        ImportControl(_total(batch, kept["total"]), tuple(_place_control(one) for one in kept["places"])),
        tuple(Refusal(*one) for one in kept["rejected"]),
        tuple(
            Correction(_line(old), _line(line), tuple(BookingField(one) for one in fields), stays)
            for old, line, fields, stays in kept["changed"]
        ),
        tuple(Doubt(_line(row), _line(like) if like else None) for row, like in kept["uncertain"]),
        tuple(Gone(_line(booking), came_with, gone) for booking, came_with, gone in kept["missing"]),
        tuple(Replaced(_line(booking), left) for booking, left in kept["replaced"]),
        tuple(_left_out(one) for one in kept["skipped"]),
        tuple(kept["notices"]),
        new,
        batch.id,
        batch.undone_at,
    )


# --- to JSON ---------------------------------------------------------------------------------------------------


def _to_json(report: ImportReport, new_rows: Sequence[int]) -> str:
    """Tuples by position; what the delivery's own columns say is not repeated."""
    total = report.control.total
    values = {
        "made_by": report.made_by,
        "counts": [report.counts.removed, report.counts.unassigned],
        "new_cents": report.new_cents,
        "new_rows": new_rows,
        "total": {"income": total.income_cents, "left_out": total.left_out, "suspect": total.suspect},
        "places": [
            [one.place, one.rows, one.file_cents, one.database_cents, one.items]
            for one in report.control.places
        ],
        "rejected": report.rejected,
        "changed": report.changed,
        "uncertain": report.uncertain,
        "missing": report.missing,
        "replaced": report.replaced,
        "skipped": report.skipped,
        "notices": report.notices,
    }
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"), default=date.isoformat)


# --- from JSON -------------------------------------------------------------------------------------------------


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _line(values: list[Any]) -> ReportLine:
    row, day, *others = values
    return ReportLine(row, _day(day), *others)


def _left_out(values: list[Any]) -> LeftOut:
    row, state, *others = values
    return LeftOut(row, RowState(state), *others)


def _total(batch: Batch, kept: dict[str, Any]) -> TotalControl:
    return TotalControl(
        batch.control_total_cents,
        batch.sum_cents,
        kept["income"],
        tuple(_left_out(one) for one in kept["left_out"]),
        _left_out(kept["suspect"]) if kept["suspect"] else None,
    )


def _place_control(values: list[Any]) -> PlaceControl:
    (order, month, income, account), rows, file_cents, database_cents, items = values
    place = ControlPlace(order, _day(month), income, account)
    return PlaceControl(place, rows, file_cents, database_cents, tuple(_item(one) for one in items))


def _item(values: list[Any]) -> Item:
    why, cents, row, day, *others = values
    return Item(Why(why), cents, row, _day(day), *others)


# --- new bookings ----------------------------------------------------------------------------------------------


def _new_lines(session: Session, batch: Batch, rows: list[int | None]) -> tuple[ReportLine, ...]:
    """The bookings this delivery brought, as they were written; the change log knows them even after an undo."""
    numbers = booking_assignment.budget_numbers(session)
    written = session.scalars(
        select(Change.after)
        .where(
            Change.command_id == batch.command_id,
            Change.table_name == Booking.__tablename__,
            Change.operation == Operation.INSERT,
        )
        .order_by(Change.row_id)
    )
    found = [json.loads(after) for after in written if after is not None]
    if len(rows) != len(found):
        rows = [None] * len(found)
    return tuple(
        ReportLine(
            row, _day(one["day"]), one["document_number"], one["line"], one["internal_order"], one["account"],
            one["amount_cents"], one["text"], one["payee"], numbers.get(one["budget_id"]),
        )
        for row, one in zip(rows, found, strict=True)
    )  # fmt: skip
