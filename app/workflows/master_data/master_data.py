"""Master data in and out, for window and command line alike: template, export, and import in two steps."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from app.domain.errors import UserError
from app.domain.master_data.sheets import BUILDING_BLOCK, BY_NAME, CITY_DISTRICT, CITY_PART, TARGET_GROUP
from app.domain.offers.offers import BUILDING_BLOCKS, TARGET_GROUPS
from app.services.assignment import booking_assignment
from app.services.master_data import master, master_writing
from app.sheets.master_data.plan import MasterPlan, RecordState, Rejection
from app.sheets.master_data.reading import plan_import
from app.sheets.master_data.workbook import build_workbook
from app.sheets.reading.cells import Workbook
from app.sheets.reading.read import read_workbook
from app.workflows.files import write_file
from db.database import Database
from db.seed import city_names

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class SheetResult:
    """Counts of one sheet. `rejected` has an entry for each cell that is wrong."""

    new: int
    changed: int
    unchanged: int
    rejected: tuple[Rejection, ...]

    @property
    def rejected_rows(self) -> int:
        return len({one.row for one in self.rejected})


@dataclass(frozen=True, slots=True)
class MasterResult:
    """What an import did or would do; `written`: something was written (exchange.md, section 4)."""

    sheets: dict[str, SheetResult]
    ignored: tuple[str, ...]
    written: bool

    @property
    def has_rejections(self) -> bool:
        return any(sheet.rejected for sheet in self.sheets.values())

    def as_json(self) -> dict[str, Any]:
        """The JSON object that `import-master` prints."""
        return {
            "sheets": {name: asdict(sheet) for name, sheet in self.sheets.items()},
            "ignored": list(self.ignored),
            "written": self.written,
        }


@dataclass(frozen=True, slots=True)
class PreparedImport:
    """A file that was read and compared with the database; nothing is written yet."""

    plan: MasterPlan
    workbook: Workbook

    def result(self, *, written: bool = False) -> MasterResult:
        """The counts of the plan."""
        sheets = {
            sheet.sheet.name: SheetResult(
                sheet.count(RecordState.NEW),
                sheet.count(RecordState.CHANGED),
                sheet.count(RecordState.UNCHANGED),
                sheet.rejections,
            )
            for sheet in self.plan.sheets
        }
        return MasterResult(sheets, self.plan.ignored, written)


def is_master(workbook: Workbook) -> bool:
    """Whether sheets are named like the lists of master data."""
    return any(sheet.name.strip() in BY_NAME for sheet in workbook.sheets)


def template(path: Path) -> Path:
    """Write the empty workbook with all sheets and headers; raises OutputError.

    It offers the words of the catalogues that a new database begins with.
    """
    parts, districts = city_names()
    catalogues = {
        CITY_PART: parts,
        CITY_DISTRICT: districts,
        BUILDING_BLOCK: BUILDING_BLOCKS,
        TARGET_GROUP: TARGET_GROUPS,
    }
    write_file(path, build_workbook(master.MasterRecords(catalogues=catalogues)))
    return path


def export(database: Database, path: Path) -> Path:
    """Write all records into a workbook that imports again without a change; raises OutputError."""
    with database.read() as session:
        state = master.current_state(session, agreed_only=True)
    write_file(path, build_workbook(state))
    return path


def prepare(database: Database, path: Path, progress: Progress | None = None) -> PreparedImport:
    """Read a file and plan its import; raises UserError if it is no master data workbook."""
    workbook = read_workbook(path, progress) if progress else read_workbook(path)
    with database.read() as session:
        state = master.current_state(session)
    return PreparedImport(plan_import(path.name, workbook, state), workbook)


def apply(
    database: Database,
    prepared: PreparedImport,
    *,
    skip_rejected: bool = False,
    progress: Progress | None = None,
) -> MasterResult:
    """Write a plan in one transaction, one step of undo.

    With rejected rows nothing is written unless `skip_rejected`. Raises UserError if the records have become
    others since the plan was made, and what `progress` raises up to the end of the transaction.
    """
    plan = prepared.plan
    if not plan.brings_something or (plan.count(RecordState.REJECTED) and not skip_rejected):
        return prepared.result()
    with database.write(f"Stammdaten aus „{plan.file_name}“ übernommen") as session:
        if plan_import(plan.file_name, prepared.workbook, master.current_state(session)) != plan:
            raise UserError(
                "Die Daten haben sich seit der Prüfung geändert; es wurde nichts übernommen. "
                "Bitte die Datei noch einmal prüfen lassen."
            )
        writes: dict[str, list[master_writing.Write]] = {}
        for sheet, row in plan.rows_to_write():
            writes.setdefault(sheet.name, []).append(master_writing.Write(row.record_id, row.writes))
        master_writing.write_records(session, writes)
        if "Budgets" in writes:  # bookings that came before their budget find it now
            booking_assignment.assign_waiting(session)
        if progress is not None:
            progress(1, 1)
    return prepared.result(written=True)


def summary(result: MasterResult) -> str:
    """One German sentence on a result, for status bar and terminal."""
    new, changed, unchanged, rejected = (
        sum(getattr(sheet, name) for sheet in result.sheets.values())
        for name in ("new", "changed", "unchanged", "rejected_rows")
    )
    counts = f"{new} neu, {changed} geändert, {unchanged} unverändert, {rejected} abgelehnt"
    if result.written:
        return f"Stammdaten übernommen: {counts}."
    if rejected:
        return f"Nichts übernommen: {counts}."
    if new or changed:
        return f"Geprüft, nichts geschrieben: {counts}."
    return f"Nichts Neues: {counts}."
