"""The third step: what would happen row by row, and her decisions; nothing is written here, and it says so."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.booking_plan import Decision
from app.domain.bookings import RowState
from app.domain.money import euro
from app.services import booking_assignment
from app.ui.context import Context
from app.ui.imports.booking_rows import MISSING, STATES, PreviewRow, columns, preview_rows
from app.ui.imports.state_filter import StateFilter
from app.ui.table.table import RowAction, Table
from app.ui.tokens import Tone
from app.ui.widgets.note import Note
from app.ui.widgets.text import button, label
from app.workflows.import_bookings import BookingImport, ImportResult


class CheckStep(QWidget):
    """Shows a prepared import. `decisions` and `removed` are what she decided; `changed` when she did."""

    changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._prepared: BookingImport | None = None
        self.decisions: dict[int, Decision] = {}
        self.removed: set[int] = set()
        self.filter = StateFilter(STATES)
        self.filter.changed.connect(self._filter)
        self.control = Note()
        self.notices = Note(tone=Tone.WARNING)
        self.hint = label("", "muted", wrap=True)
        self.buttons = QWidget()
        self._question = label("", "strong")
        self.as_new = button("Neu buchen", lambda: self._decide(Decision.NEW), icon="plus")
        self.as_known = button("Schon vorhanden", lambda: self._decide(Decision.KNOWN), icon="check")
        self.keep = button("Behalten", lambda: self._set_removed(False), icon="lock")
        self.remove = button("Entfernen", lambda: self._set_removed(True), icon="trash")
        row = QHBoxLayout(self.buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._question)
        for one in (self.as_new, self.as_known, self.keep, self.remove):
            row.addWidget(one)
        row.addStretch(1)
        self._head = QHBoxLayout()
        self._head.setSpacing(8)
        self._head.addWidget(self.hint, 1)
        self.table: Table[PreviewRow] | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(10)
        self._layout.addWidget(self.filter)
        self._layout.addWidget(self.control)
        self._layout.addWidget(self.notices)
        self._layout.addWidget(self.buttons)
        self._layout.addLayout(self._head)

    def show_import(self, prepared: BookingImport) -> None:
        """Begin with a new plan; nothing is decided yet."""
        self._prepared = prepared
        self.decisions = {}
        self.removed = set()
        prepared.decide = lambda row: self.decisions.get(row.posting.row)
        self._make_table(prepared)
        self.refresh()
        self.filter.choose(
            *(
                key
                for key in (RowState.REJECTED, RowState.UNCERTAIN)
                if self.filter.buttons[key].count and len(self._rows()) > 1
            )
        )

    def refresh(self) -> None:
        """Counts, control total and rows with her decisions so far."""
        assert self._prepared is not None
        assert self.table is not None
        result = self._prepared.result()
        self.filter.set_counts(_counts(result))
        self._show_control(result)
        self.notices.set_text("\n".join(self._prepared.file.notices))
        self.notices.setVisible(bool(self._prepared.file.notices))
        self.hint.setText(
            f"„{self._prepared.file.file}“, Blatt „{result.sheet}“: {result.rows} Zeilen. Noch ist nichts geschrieben."
        )
        budgets = self._context.ask(booking_assignment.budget_numbers)
        self.table.set_rows(preview_rows(self._prepared, self.decisions, self.removed, budgets))
        self._show_buttons(self.table.selected())

    def _rows(self) -> list[PreviewRow]:
        return list(self.table.rows()) if self.table is not None else []

    def _make_table(self, prepared: BookingImport) -> None:
        if self.table is not None:
            self._head.removeWidget(self.table.tools)
            self._layout.removeWidget(self.table)
            self.table.tools.deleteLater()
            self.table.deleteLater()
        shape, rejected = prepared.plan.shape, bool(prepared.plan.rejected)
        self.table = Table(
            f"imports/preview/{shape.value}{'/rejected' if rejected else ''}",
            columns(shape, rejected=rejected),
            title="Prüfung der Buchungen",
            pale=lambda row: row.key in (RowState.KNOWN, RowState.SKIPPED),
        )
        self.table.filter_reset_requested.connect(lambda: self.filter.choose())
        self.table.selection_changed.connect(self._show_buttons)
        self.table.set_actions(
            [
                RowAction("Neu buchen", lambda _: self._decide(Decision.NEW), "plus", _uncertain),
                RowAction("Schon vorhanden", lambda _: self._decide(Decision.KNOWN), "check", _uncertain),
                RowAction("Entfallene behalten", lambda _: self._set_removed(False), "lock", _missing),
                RowAction("Entfallene entfernen", lambda _: self._set_removed(True), "trash", _missing),
            ]
        )
        self._head.addWidget(self.table.tools)
        self._layout.addWidget(self.table, 1)

    def _filter(self, chosen: frozenset[str]) -> None:
        if self.table is not None:
            self.table.set_predicate((lambda row: str(row.key) in chosen) if chosen else None)

    def _show_control(self, result: ImportResult) -> None:
        total = result.control_total_cents
        if total is None:
            self.control.set_tone(Tone.INFO)
            self.control.set_text(
                f"Summe der Zeilen {euro(result.sum_cents)}. Die Datei hat keine eigene Gesamtsumme zum Vergleichen."
            )
        elif result.difference_cents:
            self.control.set_tone(Tone.WARNING)
            self.control.set_text(
                f"Die Gesamtsumme der Datei ist {euro(total)}, die Summe der Zeilen {euro(result.sum_cents)}: "
                f"Unterschied {euro(result.difference_cents)}. Das hindert nicht, sollte aber geklärt werden."
            )
        else:
            self.control.set_tone(Tone.SUCCESS)
            self.control.set_text(
                f"Summe der Zeilen {euro(total)}: stimmt mit der Gesamtsumme der Datei überein."
            )

    # --- decisions ---------------------------------------------------------------------------------------------

    def _show_buttons(self, selected: list[PreviewRow]) -> None:
        """Decisions are offered for the selected rows, or for all of their kind if none is selected."""
        uncertain, missing = self._undecided(selected), self._missing_rows(selected)
        for one in (self.as_new, self.as_known):
            one.setVisible(bool(uncertain))
        for one in (self.keep, self.remove):
            one.setVisible(bool(missing) and not uncertain)
        self.buttons.setVisible(bool(uncertain or missing))
        if uncertain:
            words = "1 unsichere Zeile" if len(uncertain) == 1 else f"{len(uncertain)} unsichere Zeilen"
            self._question.setText(f"{words}:")
        elif missing:
            words = "1 entfallene Buchung" if len(missing) == 1 else f"{len(missing)} entfallene Buchungen"
            self._question.setText(f"{words}:")

    def _undecided(self, selected: Iterable[PreviewRow]) -> list[PreviewRow]:
        rows = list(selected) or self._rows()
        return [row for row in rows if _is_uncertain(row)]

    def _missing_rows(self, selected: Iterable[PreviewRow]) -> list[PreviewRow]:
        rows = list(selected) or self._rows()
        return [row for row in rows if row.key == MISSING]

    def _decide(self, decision: Decision) -> None:
        assert self.table is not None
        for row in self._undecided(self.table.selected()):
            if row.row is not None:
                self.decisions[row.row] = decision
        self.refresh()
        self.changed.emit()

    def _set_removed(self, gone: bool) -> None:
        assert self.table is not None
        ids = {row.stored.id for row in self._missing_rows(self.table.selected()) if row.stored is not None}
        self.removed = self.removed | ids if gone else self.removed - ids
        self.refresh()
        self.changed.emit()


def _counts(result: ImportResult) -> dict[str, int]:
    return {
        RowState.NEW: result.new,
        RowState.CHANGED: result.changed,
        RowState.KNOWN: result.known,
        RowState.UNCERTAIN: result.uncertain,
        RowState.REJECTED: len(result.rejected),
        MISSING: result.missing,
        RowState.SKIPPED: result.skipped,
    }


def _is_uncertain(row: PreviewRow) -> bool:
    """Undecided, or decided and open to another decision."""
    return row.key == RowState.UNCERTAIN or row.word.startswith("entschieden")


def _uncertain(rows: list[PreviewRow]) -> bool:
    return bool(rows) and all(_is_uncertain(row) for row in rows)


def _missing(rows: list[PreviewRow]) -> bool:
    return bool(rows) and all(row.key == MISSING for row in rows)
