"""The commands about finance's bookings: import-bookings, undo-import."""

from argparse import Namespace

from app.cli.answer import Answer, count, table
from app.cli.store import opened
from app.domain.booking_plan import Decision
from app.domain.errors import UserError
from app.domain.money import euro
from app.workflows import import_bookings as bookings
from app.workflows.import_bookings import ImportResult


def import_bookings(options: Namespace) -> Answer:
    decision = Decision(options.uncertain) if options.uncertain else None
    with opened(options, writer=not options.dry_run) as database:
        prepared = bookings.prepare(database, options.file.absolute(), options.profile)
        if options.dry_run:
            prepared.decide = lambda row: decision
            result = prepared.result()
        else:
            result = bookings.apply(
                database, prepared, skip_rejected=options.skip_rejected, uncertain=decision
            )
    nothing_usable = len({one.row for one in result.rejected}) == result.rows
    refused = bool(result.rejected) and (nothing_usable or not options.skip_rejected)
    return Answer(
        result.as_json(),
        _text(result),
        problem=_refusal(result, nothing_usable=nothing_usable) if refused else "",
        exit_code=UserError.exit_code if refused else 0,
        remarks=tuple(prepared.file.notices),
    )


def undo_import(options: Namespace) -> Answer:
    with opened(options, writer=True) as database:
        undone = bookings.undo(database, options.batch)
    text = (
        f"Lieferung {options.batch} zurückgenommen: {count(undone.removed, 'Buchung', 'Buchungen')} entfernt, "
        f"{count(undone.restored, 'Buchung', 'Buchungen')} auf den Stand davor gebracht"
    )
    return Answer({"removed": undone.removed, "restored": undone.restored}, text)


def _text(result: ImportResult) -> str:
    counts = (
        ("neu", result.new),
        ("geändert", result.changed),
        ("vorhanden", result.known),
        ("unsicher", result.uncertain),
        ("abgelehnt", len({one.row for one in result.rejected})),
        ("übersprungen", result.skipped),
        ("entfallen", result.missing),
    )
    parts = [
        f"Blatt „{result.sheet}“, {count(result.rows, 'Zeile', 'Zeilen')}",
        table(("Stand", "Zeilen"), [(name, str(number)) for name, number in counts], right=(1,)),
        "\n".join(_remarks(result)),
        bookings.summary(result)
        + (f" Das ist Lieferung {result.batch}." if result.batch is not None else ""),
    ]
    return "\n\n".join(parts)


def _remarks(result: ImportResult) -> list[str]:
    """What she should know besides the counts."""
    difference = result.difference_cents
    remarks = [f"Summe der Zeilen: {euro(result.sum_cents)}"]
    if difference is None:
        remarks.append("Die Datei hat keine eigene Gesamtsumme.")
    elif difference == 0:
        remarks.append("Sie stimmt mit der Gesamtsumme der Datei überein.")
    else:
        remarks.append(
            f"Die Gesamtsumme der Datei ist {euro(result.control_total_cents or 0)}, Unterschied {euro(difference)}."
        )
    if result.unassigned:
        remarks.append(f"Nicht zugeordnet: {count(result.unassigned, 'Buchung', 'Buchungen')}")
    if result.uncertain:
        remarks.append("Unsichere Zeilen werden nur mit --uncertain new oder --uncertain known übernommen.")
    if result.missing:
        remarks.append("Entfallene Buchungen bleiben stehen, bis im Fenster darüber entschieden ist.")
    return remarks


def _refusal(result: ImportResult, *, nothing_usable: bool) -> str:
    """Each rejected cell with its place and reason, then what to do. Not one good row is a failed import, too."""
    lines = [f"Zeile {one.row}, {one.column}: {one.reason}" for one in result.rejected]
    advice = "" if nothing_usable else " oder mit --skip-rejected auslassen"
    return "\n".join([*lines, f"Es wurde nichts übernommen. Bitte die Zeilen berichtigen{advice}."])
