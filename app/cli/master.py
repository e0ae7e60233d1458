"""The commands about master data: template, import-master, export-master."""

from argparse import Namespace

from app.cli.answer import Answer, table
from app.cli.store import opened
from app.domain.errors import UserError
from app.workflows.master_data import master_data


def template(options: Namespace) -> Answer:
    """Write the empty workbook; no database is needed."""
    path = master_data.template(options.out.absolute())
    return Answer({"file": str(path)}, f"Leere Vorlage geschrieben: {path}")


def export_master(options: Namespace) -> Answer:
    """Write all master data; importing them again changes nothing."""
    with opened(options, writer=False) as database:
        path = master_data.export(database, options.out.absolute())
    return Answer({"file": str(path)}, f"Stammdaten geschrieben: {path}")


def import_master(options: Namespace) -> Answer:
    """Take over master data, or only check them; rejected rows without --skip-rejected: exit code 3."""
    with opened(options, writer=not options.dry_run) as database:
        prepared = master_data.prepare(database, options.file.absolute())
        if options.dry_run:
            result = prepared.result()
        else:
            result = master_data.apply(database, prepared, skip_rejected=options.skip_rejected)
    refused = result.has_rejections and not options.skip_rejected
    return Answer(
        result.as_json(),
        _text(result),
        problem=_refusal(result) if refused else "",
        exit_code=UserError.exit_code if refused else 0,
    )


def _text(result: master_data.MasterResult) -> str:
    rows = [
        (
            name,
            str(sheet.new),
            str(sheet.changed),
            str(sheet.unchanged),
            str(sheet.rejected_rows),
        )
        for name, sheet in result.sheets.items()
    ]
    parts = [table(("Blatt", "neu", "geändert", "unverändert", "abgelehnt"), rows, right=(1, 2, 3, 4))]
    if result.ignored:
        parts.append("Nicht verwendet: " + ", ".join(result.ignored))
    parts.append(master_data.summary(result))
    return "\n\n".join(parts)


def _refusal(result: master_data.MasterResult) -> str:
    """Each rejected cell with its place and reason, then what to do."""
    lines = [
        f"{name}, Zeile {r.row}, {r.column}: {r.reason}"
        for name, sheet in result.sheets.items()
        for r in sheet.rejected
    ]
    return "\n".join(
        [
            *lines,
            "Es wurde nichts übernommen. Bitte die Zeilen berichtigen oder mit --skip-rejected auslassen.",
        ]
    )
