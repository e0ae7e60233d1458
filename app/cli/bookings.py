"""The commands about finance's bookings: import-bookings, undo-import."""

from argparse import Namespace
from pathlib import Path

from app.cli.answer import Answer, table
from app.cli.store import opened
from app.domain.bookings.booking_plan import Decision
from app.domain.bookings.bookings import RowState
from app.domain.bookings.import_report import ImportOutcome
from app.domain.bookings.import_total import TotalControl
from app.domain.bookings.import_wording import total_sentence
from app.domain.counting import counted
from app.domain.errors import OutputError, UserError
from app.workflows.bookings import import_bookings as bookings
from app.workflows.bookings.earlier_deliveries import earlier_delivery
from app.workflows.bookings.import_bookings import BookingImport, ImportResult
from app.workflows.bookings.save_import_report import (
    kept_report,
    report_before,
    require_target,
    save_report,
    unprintable_on,
)
from db.database import Database


def import_bookings(options: Namespace) -> Answer:
    """Take over finance's bookings, or only check them; rejected rows without --skip-rejected: exit code 3."""
    decision = Decision(options.uncertain) if options.uncertain else None
    target = options.report.absolute() if options.report is not None else None
    if target is not None:
        require_target(target)
    with opened(options, writer=not options.dry_run) as database:
        file = bookings.open_file(options.file.absolute())
        earlier = earlier_delivery(database, file)
        prepared = bookings.plan_import(database, file, options.profile)
        if decision is not None:
            prepared.decide = lambda row: decision
        if options.dry_run:
            result = prepared.result()
        else:
            result = bookings.apply(database, prepared, skip_rejected=options.skip_rejected)
        nothing_usable = result.counts.rejected == result.counts.rows
        refused = bool(result.rejected) and (nothing_usable or not options.skip_rejected)
        unprintable = ""
        if target is not None:
            unprintable = _write_report(database, prepared, result, target, refused=refused)
    return Answer(
        result.as_json(),
        _text(result, prepared.examined().total())
        + (f"\nBericht geschrieben: {target}" if target is not None else ""),
        problem=_refusal(result, nothing_usable=nothing_usable) if refused else "",
        exit_code=UserError.exit_code if refused else 0,
        remarks=(
            *([earlier.sentence] if earlier is not None else ()),
            *prepared.file.notices,
            *([unprintable] if unprintable else ()),
        ),
    )


def _write_report(
    database: Database, prepared: BookingImport, result: ImportResult, target: Path, *, refused: bool
) -> str:
    """The report that is kept with the delivery, or one of what was checked or refused; what is not seen on it."""
    if result.batch is not None:
        report = kept_report(database, result.batch)
    else:
        outcome = ImportOutcome.REFUSED if refused else ImportOutcome.CHECKED
        report = report_before(database, prepared.examined(), outcome)
    try:
        save_report(database, report, target)
    except OutputError as error:
        if result.batch is None:
            raise
        raise OutputError(
            f"Die Buchungen sind als Lieferung {result.batch} übernommen, aber ohne Bericht: {error.sentence}"
        ) from error
    return unprintable_on(report, target)


def undo_import(options: Namespace) -> Answer:
    """Take a whole delivery back; how many bookings went and how many are as before."""
    with opened(options, writer=True) as database:
        undone = bookings.undo(database, options.batch)
    text = (
        f"Lieferung {options.batch} zurückgenommen: {counted(undone.removed, 'Buchung', 'Buchungen')} entfernt, "
        f"{counted(undone.restored, 'Buchung', 'Buchungen')} auf den Stand davor gebracht"
    )
    return Answer({"removed": undone.removed, "restored": undone.restored}, text)


def _text(result: ImportResult, total: TotalControl) -> str:
    counts = result.counts
    states = [(state.word, getattr(counts, state)) for state in RowState] + [("entfallen", counts.missing)]
    parts = [
        f"Blatt „{result.sheet}“, {counted(counts.rows, 'Zeile', 'Zeilen')}",
        table(("Stand", "Zeilen"), [(name, str(number)) for name, number in states], right=(1,)),
        "\n".join(_remarks(result, total)),
        bookings.summary(result)
        + (f" Das ist Lieferung {result.batch}." if result.batch is not None else ""),
    ]
    return "\n\n".join(parts)


def _remarks(result: ImportResult, total: TotalControl) -> list[str]:
    """What she should know besides the counts."""
    remarks = [total_sentence(total)]
    if result.counts.unassigned:
        remarks.append(f"Nicht zugeordnet: {counted(result.counts.unassigned, 'Buchung', 'Buchungen')}")
    if result.counts.uncertain:
        remarks.append(
            "Unsichere Zeilen werden nur mit --uncertain new oder --uncertain known übernommen; mit known bleiben die "
            "unsicher, deren Buchung schon für eine andere Zeile steht."
        )
    if result.counts.missing:
        remarks.append("Entfallene Buchungen bleiben stehen, bis im Fenster darüber entschieden ist.")
    return remarks


def _refusal(result: ImportResult, *, nothing_usable: bool) -> str:
    """Each rejected cell with its place and reason, then what to do. Not one good row is a failed import, too."""
    lines = [f"Zeile {one.row}, {one.column}: {one.reason}" for one in result.rejected]
    advice = "" if nothing_usable else " oder mit --skip-rejected auslassen"
    return "\n".join([*lines, f"Es wurde nichts übernommen. Bitte die Zeilen berichtigen{advice}."])
