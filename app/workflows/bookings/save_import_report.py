"""Saves the report of an import as PDF or workbook, as the name of the file says."""

from datetime import datetime
from pathlib import Path

from app.domain.bookings.import_report import ImportOutcome, ImportReport
from app.domain.errors import UserError
from app.services import office
from app.services.bookings import import_reports
from app.workflows.bookings import import_report
from app.workflows.bookings.import_report import Examined
from app.workflows.files import require_writable, write_file
from db.database import Database

PDF, WORKBOOK = ".pdf", ".xlsx"


def require_target(target: Path) -> None:
    """Raises UserError if a report cannot have this name, OutputError if it could not be written there."""
    if target.suffix.lower() not in (PDF, WORKBOOK):
        raise UserError(
            f"Ein Bericht kann „{target.name}“ nicht heißen. Bitte einen Namen mit der Endung .pdf oder .xlsx wählen."
        )
    require_writable(target)


def kept_report(database: Database, batch_id: int) -> ImportReport:
    """The report of a delivery with all its new bookings. Raises UserError for an unknown one."""
    with database.read() as session:
        return import_reports.load(session, batch_id, with_new=True)


def report_before(database: Database, examined: Examined, outcome: ImportOutcome) -> ImportReport:
    """The report of a file that is checked only, or refused; its control says what would be."""
    now = datetime.now().replace(microsecond=0)
    with database.read() as session:
        return import_report.describe(session, examined, examined.forecast(), outcome, now=now)


def save_report(database: Database, report: ImportReport, target: Path) -> Path:
    """Write the report in the form that the target's name asks for. Raises UserError, OutputError."""
    with database.read() as session:
        letterhead = office.load(session)
    if target.suffix.lower() == WORKBOOK:
        from app.sheets.bookings.import_report import (
            import_report_workbook,  # heavy, and the window starts without it
        )

        write_file(target, import_report_workbook(report, letterhead.name))
    else:
        from app.reports.bookings.import_report import import_report_pdf

        write_file(target, import_report_pdf(report, letterhead))
    return target


def unprintable_on(report: ImportReport, target: Path) -> str:
    """A sentence on what of the report is not seen on the paper with this name; a workbook shows all."""
    if target.suffix.lower() == WORKBOOK:
        return ""
    from app.reports.bookings.import_report import unprintable_of

    return unprintable_of(report)


def proposed_name(report: ImportReport, suffix: str) -> str:
    """A name for the file: "Importbericht_Lieferung-7.pdf"."""
    what = f"Lieferung-{report.batch}" if report.batch is not None else Path(report.file.name).stem
    return f"Importbericht_{what}{suffix}"
