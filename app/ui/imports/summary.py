"""An import in words: the lines of the last step, for bookings and for master data."""

from collections.abc import Iterator, Sequence

from app.domain.bookings.booking_plan import PlannedRow
from app.domain.bookings.bookings import BookingField, RowState, Shape
from app.domain.counting import counted
from app.domain.money import euro
from app.sheets.master_data.plan import MasterPlan
from app.ui.imports.apply_step import WrittenLine
from app.ui.imports.booking_rows import MISSING, PILLS, REPLACED
from app.ui.master_data.master_preview import STATES
from app.workflows.bookings.import_bookings import BookingImport, ImportResult


def booking_lines(prepared: BookingImport, result: ImportResult, removed: int) -> list[WrittenLine]:
    """What an import of bookings writes and what it leaves out."""
    plan, counts = prepared.decided_plan, result.counts
    new = sum(row.amount_cents for row in plan.rows if row.state is RowState.NEW)
    many = "Differenzbuchungen" if plan.shape is Shape.CUMULATIVE else "Buchungen"
    one = many.removesuffix("en")
    assigned = [
        row for row in plan.rows if row.state is RowState.NEW and row.assignment.budget_id is not None
    ]
    where = f"{counted(len(assigned), 'wird', 'werden')} einem Budget zugeordnet"
    replaced = counted(len(plan.replaced), "Differenzbuchung weicht", "Differenzbuchungen weichen")
    undecided = counted(counts.uncertain, "Zeile ist", "Zeilen sind")
    verb = "wird" if counts.uncertain == 1 else "werden"
    refused = counted(counts.rejected, "Zeile kann", "Zeilen können")
    kept = counts.missing - removed
    fates = [counted(kept, "bleibt", "bleiben")] if kept else []
    fates += [counted(removed, "wird entfernt", "werden entfernt")] if removed else []
    gone = counted(counts.missing, "frühere Buchung", "frühere Buchungen")
    said = (
        (counts.new, RowState.NEW, f"{counted(counts.new, one, many)}, zusammen {euro(new)}; davon {where}"),
        *((counts.changed, RowState.CHANGED, words) for words in _corrections(plan.rows)),
        (counts.known, RowState.KNOWN, f"{counted(counts.known, 'Buchung', 'Buchungen')} unverändert"),
        (len(plan.replaced), REPLACED, f"{replaced} den Einzelposten"),
        (counts.uncertain, RowState.UNCERTAIN, f"{undecided} nicht entschieden und {verb} nicht geschrieben"),
        (
            counts.rejected,
            RowState.REJECTED,
            f"{refused} nicht übernommen werden; die Gründe stehen unter „Prüfen“",
        ),
        (counts.missing, MISSING, f"{gone} nicht mehr in der Datei: {', '.join(fates)}"),
    )
    return [(PILLS[state], words) for count, state, words in said if count]


def _corrections(rows: Sequence[PlannedRow]) -> Iterator[str]:
    """What becomes of corrected bookings, and how many of them stay as they were because she said so."""
    taken = [row for row in rows if row.is_correction]
    kept = sum(row.kept for row in rows)
    if taken:
        amounts = sum(BookingField.AMOUNT in row.changes for row in taken)
        other = f", {amounts} mit anderem Betrag" if amounts else ""
        yield (
            f"{counted(len(taken), 'Buchung', 'Buchungen')} auf den neuen Stand{other}. "
            "Notizen, Bindungen und Zuordnungen von Hand bleiben."
        )
    if kept:
        verb = "wird" if kept == 1 else "werden"
        yield f"{counted(kept, 'Korrektur', 'Korrekturen')} {verb} nicht geschrieben, der alte Stand bleibt"


def master_lines(plan: MasterPlan) -> list[WrittenLine]:
    """What an import of master data writes and what it leaves out, by state."""
    lines = []
    for state, pill in STATES.items():
        parts = [f"{sheet.sheet.name} {sheet.count(state)}" for sheet in plan.sheets if sheet.count(state)]
        if parts:
            lines.append((pill, f"{counted(plan.count(state), 'Zeile', 'Zeilen')}: {', '.join(parts)}"))
    return lines
