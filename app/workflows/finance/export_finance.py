"""The workbook for finance, for window and command line alike: written, recorded, marked as sent."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from app.domain.money import plain
from app.services.finance import finance_exports, finance_layouts
from app.sheets.finance.workbook import build_workbook
from app.workflows.files import write_file
from app.workflows.finance.fill_layout import filled
from db.database import Database

Progress = Callable[[int, int], None]
"""progress(rows written, all rows); may raise Cancelled."""


@dataclass(frozen=True, slots=True)
class FinanceExportResult:
    """A workbook that was written. `export_id` None: the database was open for reading only."""

    file: Path
    bookings: int
    total_cents: int  # all spending of the year, income left out
    changes: int
    export_id: int | None

    def as_json(self) -> dict[str, Any]:
        """The JSON object that `export-finance` prints."""
        return {"file": str(self.file), "bookings": self.bookings, "total": plain(self.total_cents)}


def export_finance(
    database: Database,
    path: Path,
    year: int,
    progress: Progress | None = None,
    *,
    layout: str | None = None,
    now: datetime | None = None,
) -> FinanceExportResult:
    """Write the workbook of a budget year and keep a record of it; `layout`: the name of finance's own to be filled.

    Raises UserError for a year without anything and for a layout that cannot be filled, OutputError if the file
    cannot be written (nothing is recorded), Cancelled when `progress` raises it (nothing is written then).
    """
    with database.read() as session:
        own = finance_layouts.named(session, layout) if layout else None
        data = finance_exports.gather(session, year, (now or datetime.now()).replace(microsecond=0))
    content = filled(own, data, path, progress) if own else build_workbook(data, progress)
    write_file(path, content)
    export_id = None
    if database.is_writer:
        with database.write(f"Finanzliste {year} als „{path.name}“ gespeichert", undoable=False) as session:
            export_id = finance_exports.keep(session, data, path.name, content, own.name if own else None)
    return FinanceExportResult(path, len(data.bookings), data.actual_cents, len(data.changes), export_id)


def mark_as_sent(database: Database, export_id: int, *, now: datetime | None = None) -> None:
    """Say that a workbook went to finance: the next one lists what has changed since. Outside undo."""
    moment = (now or datetime.now()).replace(microsecond=0)
    with database.write("Finanzliste als gesendet markiert", undoable=False) as session:
        finance_exports.mark_as_sent(session, export_id, moment)


def withdraw_sent(database: Database, export_id: int) -> None:
    """Say that a workbook did not go to finance after all."""
    with database.write("Finanzliste als nicht gesendet markiert", undoable=False) as session:
        finance_exports.withdraw(session, export_id)


def proposed_name(year: int, now: datetime, suffix: str = ".xlsx") -> str:
    """The file name to propose: sorts by day, says what it is."""
    return f"Finanzliste_{year}_Stand_{now:%Y-%m-%d}{suffix}"
