"""Two drafts side by side: left what differs as a list, right the words of both, marked."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.domain.agreements.draft_comparison import ComparedPart, Fate, Topic, changes
from app.domain.counting import counted
from app.services.agreements import drafts
from app.ui.agreements.record.negotiation.side_by_side import SideBySide
from app.ui.context import Context
from app.ui.kit.dialog import Dialog
from app.ui.kit.editors import ChoiceEditor
from app.ui.kit.layout import STRETCH, column, grow, row
from app.ui.kit.page import Split
from app.ui.kit.plain import CheckBox
from app.ui.kit.questions import choose_target
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.table import Table
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.figures import pills
from app.ui.kit.widgets.text import button, label
from app.ui.undo_line import UndoLine
from app.workflows.agreements.drafts import comparison, draft_name, save_comparison

TOPICS = {
    Topic.FACT: "Eckdaten",
    Topic.PARTY: "Partei",
    Topic.CLAUSE: "Klausel",
    Topic.GOAL: "Ziel",
    Topic.INSTALMENT: "Rate",
}
PILLS = pills(
    {
        Fate.ADDED: (Tone.SUCCESS, "plus"),
        Fate.REMOVED: (Tone.DANGER, "minus"),
        Fate.CHANGED: (Tone.INFO, "edit"),
        Fate.MOVED_CHANGED: (Tone.INFO, "transfer"),
        Fate.MOVED: (Tone.ACCENT, "transfer"),
        Fate.SAME: (Tone.NEUTRAL, "check"),
    },
    {Fate.MOVED_CHANGED: "verschoben, geändert"},
)


class ComparisonDialog(Dialog):
    """Compares any two drafts, or one with the present wording; arrow keys go from difference to difference."""

    def __init__(self, context: Context, agreement_id: int, before: int, parent: QWidget) -> None:
        super().__init__(parent.window(), "Fassungen vergleichen")
        self._context = context
        self._agreement_id = agreement_id
        self.entries: list[ComparedPart] = []
        self._rows = context.ask(drafts.rows, agreement_id)
        options = [(row.id, draft_name(row)) for row in self._rows]
        self.before = ChoiceEditor(options, narrow=True)
        self.before.set_value(before)
        self.before.set_name("Ältere Fassung")
        self.after = ChoiceEditor(options, empty=draft_name(None), narrow=True)
        self.after.set_name("Neuere Fassung")
        self.only_changes = CheckBox("Nur Unterschiede")
        self.only_changes.setChecked(True)
        self.table: Table[ComparedPart] = Table(
            "agreements/comparison",
            (
                Column("topic", "Teil", lambda entry: TOPICS[entry.topic], width=84),
                Column("title", "Worum es geht", _title, stretch=True, strong=True),
                Column("fate", "Was geschah", lambda entry: PILLS[entry.fate], Kind.PILL, 160),
            ),
            title="Unterschiede",
            identity=id,
            empty=EmptyState("success", "Beide Fassungen sagen dasselbe"),
        )
        self.words = SideBySide()
        split = Split("agreements/comparison", self.table, self.words, shares=(2, 3))
        choice = row(grow(self.before), label("mit", "muted"), grow(self.after), self.only_changes)
        save = button("Als PDF speichern …", self.save, icon="pdf", role="primary")
        self.build_form(
            grow(column(choice, grow(split), margins=(24, 12, 24, 12))),
            foot=(STRETCH, self.close_button("Schließen"), save),
            above_foot=UndoLine(self._context),
        )
        for editor in (self.before, self.after):
            editor.changed.connect(self.refresh)
        self.only_changes.toggled.connect(lambda _on: self._fill())
        self.table.current_changed.connect(self._show)
        self.refresh()
        self.table.setFocus()

    def refresh(self) -> None:
        """Compare the chosen two."""
        self.entries = self._context.ask(
            comparison, self._agreement_id, self.before.value(), self.after.value(), self._context.today()
        )
        self.say(summary(self.entries))
        self._fill()

    def save(self) -> None:
        """Ask where the comparison shall go."""
        name = f"Vergleich_{self._context.today():%Y-%m-%d}.pdf"
        choose_target(self, "Vergleich speichern", "PDF-Datei (*.pdf)", name, self.save_to)

    def save_to(self, target: Path) -> None:
        """Write the comparison as PDF. Raises OutputError."""
        self._context.ask(
            save_comparison, self._agreement_id, self.entries, self._names(), target, self._context.today()
        )
        self._context.tell_saved(target)

    def _fill(self) -> None:
        shown = changes(self.entries) if self.only_changes.isChecked() else self.entries
        self.table.set_rows(shown)
        self.words.show_entries(shown, self._names())
        if shown:
            self.table.select_position(0)

    def _show(self, entry: ComparedPart | None) -> None:
        if entry is not None:
            self.words.go_to(entry)

    def _names(self) -> tuple[str, str]:
        named = {row.id: draft_name(row) for row in self._rows}
        newer = self.after.value()
        return named[self.before.value()], draft_name(None) if newer is None else named[newer]


def summary(entries: list[ComparedPart]) -> str:
    """ "3 Unterschiede: 2 geändert, 1 neu"."""
    differing = changes(entries)
    if not differing:
        return "Beide Fassungen sagen dasselbe."
    counts = {fate: sum(entry.fate is fate for entry in differing) for fate in Fate}
    parts = ", ".join(f"{count} {fate.word}" for fate, count in counts.items() if count)
    return f"{counted(len(differing), 'Unterschied', 'Unterschiede')}: {parts}"


def _title(entry: ComparedPart) -> str:
    part = entry.after or entry.before
    return f"{part.number} {entry.title}".strip() if part else entry.title
