"""A workbook for finance that comes back edited, for window and command line alike: recognise, compare, take over."""

import tempfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from app.domain.dates import german
from app.domain.errors import UserError
from app.domain.finance.finance_return import Difference, DifferenceStanding
from app.services.finance import finance_exports
from app.services.finance.finance_exports import ExportRow
from app.services.finance.finance_return import TakenOver
from app.services.finance.finance_return import take_over as write
from app.sheets.finance.returned import compare
from app.sheets.finance.returned_lists import find_export_key
from app.sheets.reading.cells import Workbook
from app.sheets.reading.read import read_workbook
from app.workflows.bookings.import_bookings import OpenedFile, Progress, open_file
from db.database import Database
from db.history import last_change_id


@dataclass(frozen=True, slots=True)
class ReturnedWorkbook:
    """An edited workbook held against its export. `as_of`: the newest entry of the change log when that was done."""

    opened: OpenedFile
    export: ExportRow
    differences: tuple[Difference, ...]
    as_of: int

    def count(self, standing: DifferenceStanding) -> int:
        return sum(one.standing is standing for one in self.differences)

    def as_json(self) -> dict[str, Any]:
        """The JSON object that `compare-finance` prints."""
        return {
            "file": str(self.opened.path),
            "export": {
                "file": self.export.file_name,
                "year": self.export.year,
                "exported_at": self.export.exported_at.isoformat(),
            },
            "differences": [
                {name: getattr(one, name) for name in ("sheet", "row", "key", "column", "ours")}
                | {
                    "now": one.now or one.ours,
                    "theirs": one.theirs,
                    "state": one.standing.value,
                    "takeable": one.edit is not None,
                    "reason": one.reason,
                }
                for one in self.differences
            ],
        }


def is_returned(opened: OpenedFile) -> bool:
    """Whether a file carries the key of an export for finance."""
    return find_export_key(opened.path, opened.workbook) is not None


def compare_file(database: Database, path: Path, progress: Progress | None = None) -> ReturnedWorkbook:
    """Read a file and hold it against its export. Raises UserError if it is none of ours."""
    return compare_opened(database, open_file(path, progress), progress)


def compare_opened(
    database: Database, opened: OpenedFile, progress: Progress | None = None
) -> ReturnedWorkbook:
    """Hold a file that was read against its export and against what stands here now.

    Raises UserError: no key, the export of another database, or one whose workbook was not kept.
    """
    name = opened.path.name
    key = find_export_key(opened.path, opened.workbook)
    if key is None:
        raise UserError(
            f"„{name}“ trägt keine Kennung. Vergleichen lassen sich nur Dateien, die hier mit „Excel für die Finanzen“ "
            "gespeichert wurden; eine eigene, nur gefüllte Vorlage der Finanzabteilung gehört nicht dazu."
        )
    with database.read() as session:
        export = finance_exports.of_key(session, key)
        content = finance_exports.content(session, export.id) if export is not None else None
        as_of = last_change_id(session)
    if export is None:
        raise UserError(
            f"„{name}“ wurde am {german(key.as_of.date())} aus einer anderen Datei von Quartiersbüro gespeichert. "
            "Bitte die Datei öffnen, aus der sie stammt."
        )
    if content is None:
        raise UserError(
            f"„{name}“ ist die Finanzliste vom {german(export.exported_at.date())}. Sie wurde nie als gesendet "
            f"markiert und ist älter als die letzten {finance_exports.KEPT}, ihr Inhalt liegt deshalb nicht mehr vor."
        )
    ours = _workbook(content)
    with database.read() as session:
        now = finance_exports.gather(session, export.year, datetime.now().replace(microsecond=0))
    return ReturnedWorkbook(opened, export, tuple(compare(ours, opened.workbook, now, progress)), as_of)


def _workbook(content: bytes) -> Workbook:
    with tempfile.TemporaryDirectory(prefix="finanzliste-") as folder:
        path = Path(folder) / "export.xlsx"
        path.write_bytes(content)
        return read_workbook(path)


def take_over(
    database: Database, returned: ReturnedWorkbook, ids: Collection[int], progress: Progress | None = None
) -> TakenOver:
    """Write the chosen differences in one transaction, one step of undo.

    Raises Refused with the reasons, UserError if what stands here has become another since the comparison, and what
    `progress` raises up to the end of the transaction; nothing is written then.
    """
    chosen = [one for one in returned.differences if one.id in ids]
    with database.read() as session:
        changed = last_change_id(session) != returned.as_of
    if changed and not _same(
        compare_opened(database, returned.opened, progress).differences, returned.differences
    ):
        raise UserError(
            "Die Daten haben sich seit dem Vergleich geändert; es wurde nichts übernommen. Bitte die Datei noch einmal "
            "vergleichen lassen."
        )
    with database.write(f"Änderungen aus „{returned.opened.path.name}“ übernommen") as session:
        return write(session, chosen, returned.export.year, progress)


def _same(found: Sequence[Difference], before: Sequence[Difference]) -> bool:
    return [replace(one, id=0) for one in found] == [replace(one, id=0) for one in before]
