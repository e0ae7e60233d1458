"""Reports of imports: kept with their delivery when it is written, read again unchanged years later."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.bookings.bookings import BookingField, RowState, Shape
from app.domain.bookings.import_control import ImportControl
from app.domain.bookings.import_report import (
    Correction,
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
from app.services.bookings.batches import counts_of
from db.models import Batch, Booking, Change
from db.models.history import Operation

S = TypeVar("S")

STORED: dict[type[Any], tuple[str, ...]] = {
    ReportLine: (
        "row", "day", "document_number", "line", "internal_order", "account", "amount_cents", "text", "payee", "budget",
    ),
    Refusal: ("row", "column", "value", "reason", "amount_cents"),
    LeftOut: ("row", "state", "amount_cents", "reason", "is_total"),
    ControlPlace: ("internal_order", "month", "is_income", "account"),
    Item: ("why", "amount_cents", "row", "day", "document_number", "text", "batch_id"),
}  # fmt: skip
"""The order in which reports in the database hold these, written by position: new fields come last, none moves."""


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
    total = TotalControl(batch.control_total_cents, batch.sum_cents, 0, (), None)
    bare = ImportReport(
        file=FileFacts(batch.file_name, batch.sha256, batch.sheet, Shape(batch.shape), batch.profile),
        outcome=ImportOutcome.IMPORTED,
        made_at=batch.imported_at,
        made_by="",
        counts=counts_of(batch),
        new_cents=0,
        control=ImportControl(total, ()),
        new=_new_lines(session, batch, kept["new_rows"] if kept else []) if with_new else (),
        batch=batch.id,
        undone_at=batch.undone_at,
        complete=kept is not None,
    )
    return bare if kept is None else _with_kept(bare, kept)


def _with_kept(bare: ImportReport, kept: dict[str, Any]) -> ImportReport:
    removed, unassigned = kept["counts"]
    suspect = kept["total"]["suspect"]
    total = replace(
        bare.control.total,
        income_cents=kept["total"]["income"],
        left_out=tuple(_filled(LeftOut, one) for one in kept["total"]["left_out"]),
        suspect=_filled(LeftOut, suspect) if suspect else None,
    )
    return replace(
        bare,
        made_by=kept["made_by"],
        counts=replace(bare.counts, removed=removed, unassigned=unassigned),
        new_cents=kept["new_cents"],
        control=ImportControl(total, tuple(_place_control(one) for one in kept["places"])),
        rejected=tuple(_filled(Refusal, one) for one in kept["rejected"]),
        changed=tuple(
            Correction(_line(old), _line(line), tuple(BookingField(one) for one in fields), stays)
            for old, line, fields, stays in kept["changed"]
        ),
        uncertain=tuple(Doubt(_line(row), _line(like) if like else None) for row, like in kept["uncertain"]),
        missing=tuple(Gone(_line(booking), came_with, gone) for booking, came_with, gone in kept["missing"]),
        replaced=tuple(Replaced(_line(booking), left) for booking, left in kept["replaced"]),
        skipped=tuple(_filled(LeftOut, one) for one in kept["skipped"]),
        notices=tuple(kept["notices"]),
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


_READERS: dict[str, Callable[[Any], Any]] = {"day": _day, "month": _day, "state": RowState, "why": Why}


def _filled(shape: type[S], values: Sequence[Any]) -> S:
    """A shape from values in the order that `STORED` says, whatever the order of its fields is today."""
    named = dict(zip(STORED[shape], values, strict=False))  # older reports may lack the newest fields
    return shape(
        **{name: _READERS[name](value) if name in _READERS else value for name, value in named.items()}
    )


def _line(values: list[Any]) -> ReportLine:
    return _filled(ReportLine, values)


def _place_control(values: list[Any]) -> PlaceControl:
    place, rows, file_cents, database_cents, items = values
    return PlaceControl(
        _filled(ControlPlace, place),
        rows,
        file_cents,
        database_cents,
        tuple(_filled(Item, one) for one in items),
    )


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
    same = ("document_number", "line", "internal_order", "account", "amount_cents", "text", "payee")
    return tuple(
        ReportLine(
            row=row,
            day=_day(one["day"]),
            budget=numbers.get(one["budget_id"]),
            **{name: one[name] for name in same},
        )
        for row, one in zip(rows, found, strict=True)
    )
