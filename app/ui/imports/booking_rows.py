"""The rows of the preview: what each line of the file, and each booking that fell away, looks like in the table."""

from collections.abc import Mapping
from typing import NamedTuple

from app.domain.bookings.booking_decisions import Decisions
from app.domain.bookings.booking_plan import (
    Answer,
    Assignment,
    PlannedRow,
    Replacement,
    WhyUnassigned,
    answered,
)
from app.domain.bookings.bookings import BookingField, Rejected, RowState, StoredBooking
from app.domain.budgets.budgets import BookingSource
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.figures import Pill
from app.workflows.bookings.import_bookings import BookingImport

MISSING, REPLACED = "missing", "replaced"
STATES: dict[str, Pill] = {
    RowState.NEW: Pill("neu", Tone.SUCCESS, "plus", 5),
    RowState.CHANGED: Pill("geändert", Tone.WARNING, "edit", 4),
    RowState.KNOWN: Pill("vorhanden", Tone.NEUTRAL, "check", 6),
    RowState.UNCERTAIN: Pill("unsicher", Tone.INFO, "help", 1),
    RowState.REJECTED: Pill("abgelehnt", Tone.DANGER, "stop", 0),
    MISSING: Pill("entfallen", Tone.WARNING, "unlink", 2),
    RowState.SKIPPED: Pill("übersprungen", Tone.NEUTRAL, "eye-off", 7),
}
"""In the order of the buttons; by rank what needs looking at comes first."""
CONTAINS: dict[str, str] = {
    RowState.NEW: "Neu: Zeilen, die hier noch keine Buchung haben; sie kommen dazu.",
    RowState.CHANGED: "Geändert: hier schon gebucht, in der Datei aber mit anderem Betrag, Datum, Innenauftrag oder "
    "Sachkonto.",
    RowState.KNOWN: "Vorhanden: hier schon genauso gebucht; daran ändert sich nichts.",
    RowState.UNCERTAIN: "Unsicher: ähnlich wie eine Buchung, die es schon gibt; ob es dieselbe ist, wird hier "
    "entschieden.",
    RowState.REJECTED: "Abgelehnt: nicht lesbar oder unvollständig; wird nicht übernommen.",
    MISSING: "Entfallen: früher übernommen, in dieser Datei nicht mehr enthalten, obwohl Innenauftrag und Zeitraum "
    "darin vorkommen. Sie bleiben, solange nichts anderes entschieden wird.",
    RowState.SKIPPED: "Übersprungen: Summenzeilen und andere Zeilen ohne Buchung.",
}
"""What is counted on each button (exchange.md, Rows)."""
PILLS = STATES | {REPLACED: Pill("ersetzt", Tone.WARNING, "merge", 3)}
"""Every state that a row of the list can have."""
WHY = {
    WhyUnassigned.NO_ORDER: "ohne Innenauftrag",
    WhyUnassigned.NO_BUDGET: "kein Budget mit diesem Innenauftrag",
    WhyUnassigned.SEVERAL_BUDGETS: "mehrere Budgets mit diesem Innenauftrag",
    WhyUnassigned.ALWAYS_ASK: "Regel: immer fragen",
}
FIELD_WORDS = {field: field.word for field in BookingField} | {
    BookingField.DAY: "Datum",
    BookingField.DOCUMENT_NUMBER: "Beleg",
    BookingField.TEXT: "Text",
}
"""The words of the fields, shorter where room is scarce."""


class PreviewRow(NamedTuple):
    """One line of the preview. `key`: its state in the plan; `answer`: what she decided about it, and `gone` for a
    missing booking; `rule`: the name of the rule that decided about its budget.
    """

    id: str
    row: int | None
    key: str
    planned: PlannedRow | None = None
    rejected: Rejected | None = None
    stored: StoredBooking | None = None
    reason: str = ""
    answer: Answer | None = None
    gone: bool = False
    budget: str = ""
    new_cents: int | None = None
    rule: str = ""

    @property
    def is_uncertain(self) -> bool:
        """It may be a booking that is there already."""
        return self.key == RowState.UNCERTAIN

    @property
    def is_changed(self) -> bool:
        """It corrects a booking that is there."""
        return self.key == RowState.CHANGED

    @property
    def is_missing(self) -> bool:
        """A booking that was delivered before and is not in this file."""
        return self.key == MISSING

    @property
    def is_open(self) -> bool:
        """Whether it waits for a decision; corrections and missing bookings do not wait."""
        return self.is_uncertain and self.answer is None


class RowMaker:
    """Makes the lines of one import's preview, one or all."""

    def __init__(self, prepared: BookingImport, decisions: Decisions, budgets: Mapping[int, str]) -> None:
        self._prepared, self._decisions, self._budgets = prepared, decisions, budgets

    def all(self) -> list[PreviewRow]:
        """All rows in the order of the file, then what fell away or is replaced."""
        plan = self._prepared.plan
        rows = [self.planned(row) for row in plan.rows]
        rows += [
            PreviewRow(
                f"r{one.row}", one.row, RowState.REJECTED, rejected=one, reason=f"{one.column}: {one.reason}"
            )
            for one in plan.rejected
        ]
        rows += [
            PreviewRow(f"s{one.row}", one.row, RowState.SKIPPED, reason=one.reason)
            for one in self._prepared.file.skipped
        ]
        rows.sort(key=lambda row: row.row or 0)
        return rows + self.without_row()

    def without_row(self) -> list[PreviewRow]:
        """The bookings that no row of the file stands for, and the differences that single lines replace."""
        replaced = self._prepared.decided_plan.replaced if self._prepared.plan.differences else []
        return [self.missing(one) for one in self._decisions.missing()] + [
            self._replaced(one) for one in replaced
        ]

    def planned(self, row: PlannedRow) -> PreviewRow:
        """A row of the file as it stands after her answer."""
        answer = self._decisions.answer(row)
        after = row if answer is None else answered(row, answer)
        rule = after.assignment.rule_id
        return PreviewRow(
            f"p{row.posting.row}",
            row.posting.row,
            row.state,
            row,
            None,
            after.stored or row.stored,
            _reason(row, after.stored or row.stored),
            answer,
            budget=self._assigned(after.assignment),
            rule=self._prepared.facts.rules.name(rule) if rule is not None else "",
        )

    def missing(self, stored: StoredBooking) -> PreviewRow:
        """A booking that fell away."""
        return PreviewRow(
            f"m{stored.id}",
            None,
            MISSING,
            stored=stored,
            reason="Früher übernommen; Auftrag und Zeitraum stehen in dieser Datei, diese Buchung nicht mehr",
            gone=stored.id in self._decisions.removed,
            budget=self._budget(stored),
        )

    def _replaced(self, replacement: Replacement) -> PreviewRow:
        stored = replacement.stored
        whole = replacement.amount_cents is None
        return PreviewRow(
            f"d{stored.id}",
            None,
            REPLACED,
            stored=stored,
            reason="Die Einzelposten ersetzen diese Differenzbuchung" + ("" if whole else " zum Teil"),
            budget=self._budget(stored),
            new_cents=replacement.amount_cents or 0,
        )

    def _assigned(self, assignment: Assignment) -> str:
        found = self._budgets.get(assignment.budget_id, "") if assignment.budget_id is not None else ""
        if not found:
            found = "nicht zugeordnet"
            if assignment.why_not:
                found += f": {WHY[assignment.why_not]}"
        return found

    def _budget(self, stored: StoredBooking) -> str:
        return self._budgets.get(stored.budget_id, "") if stored.budget_id is not None else "nicht zugeordnet"


def _reason(row: PlannedRow, stored: StoredBooking | None) -> str:
    if row.state is RowState.UNCERTAIN and stored is not None:
        if stored.source is BookingSource.MANUAL:
            return f"Ähnelt der Buchung von Hand vom {stored.day:%d.%m.%Y}: {stored.text or 'ohne Text'}"
        return f"Ohne Belegnummer; eine Buchung vom {stored.day:%d.%m.%Y} hat denselben Auftrag und Betrag"
    if row.state is RowState.CHANGED:
        return "Anders: " + ", ".join(FIELD_WORDS[change] for change in row.changes)
    return ""
