"""The last step: what will be written, in words, the button that writes it, and afterwards what became of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from app.ui.imports.control_panel import ControlPanel
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.card import Card, clear_layout
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.flow import FlowLayout
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.pills import PillLabel
from app.ui.kit.widgets.text import button, label


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """One thing that is written, or left out."""

    pill: Pill
    words: str


Action = tuple[str, str, Callable[[], object]]
"""Words, icon, what happens."""


class ApplyStep(QWidget):
    """Before: a list of what will happen. After: a list of what has happened, and where to go from here."""

    def __init__(self, write: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._write = write
        self.card = Card(margin=24, spacing=12)
        self.card.setMaximumWidth(760)
        self.control = ControlPanel()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(self.card, 3, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.control, 5)
        self.skip: QCheckBox | None = None
        self.write_button = button("Jetzt übernehmen", write, icon="save", role="primary")

    def show_before(
        self, title: str, lines: Sequence[WrittenLine], rejected: int, *, something: bool
    ) -> None:
        """`rejected`: so many rows are left out, which she must agree to. `something`: there is anything to write."""
        self._clear()
        self.card.column.addWidget(label(title, "section", wrap=True))
        self._add_lines(lines)
        self.skip = None
        if rejected and something:
            words = "1 abgelehnte Zeile" if rejected == 1 else f"{rejected} abgelehnte Zeilen"
            self.skip = QCheckBox(f"{words} auslassen und den Rest übernehmen")
            self.skip.toggled.connect(self._allow)
            self.card.column.addWidget(self.skip)
        note = Note(tone=Tone.INFO)
        note.set_text(
            "Bisher ist nichts geschrieben. Übernommen wird alles in einem Schritt, der sich rückgängig machen lässt."
            if something
            else "Die Datei bringt nichts Neues. Es gibt nichts zu übernehmen."
        )
        self.card.column.addWidget(note)
        self.write_button = button("Jetzt übernehmen", self._write, icon="save", role="primary")
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.write_button)
        self.card.column.addLayout(foot)
        self.write_button.setVisible(something)
        self.setFocusProxy(self.skip or self.write_button)
        self._allow()

    def show_after(
        self, title: str, tone: Tone, lines: Sequence[WrittenLine], actions: Sequence[Action]
    ) -> None:
        """What was done; the first action is the main one."""
        self._clear()
        note = Note(tone=tone)
        note.set_text(title)
        self.card.column.addWidget(note)
        self._add_lines(lines)
        foot = FlowLayout(spacing=8)
        for place, (words, icon, call) in enumerate(actions):
            one = button(words, call, icon=icon, role="primary" if place == 0 else "")
            foot.addWidget(one)
            if place == 0:
                self.setFocusProxy(one)
        self.card.column.addLayout(foot)

    def _clear(self) -> None:
        self.control.forget()
        clear_layout(self.card.column)

    def _add_lines(self, lines: Sequence[WrittenLine]) -> None:
        for line in lines:
            row = QHBoxLayout()
            row.setSpacing(12)
            holder = QWidget()
            holder.setFixedWidth(142)
            inside = QHBoxLayout(holder)
            inside.setContentsMargins(0, 0, 0, 0)
            inside.addWidget(PillLabel(line.pill))
            inside.addStretch(1)
            row.addWidget(holder)
            row.addWidget(label(line.words, wrap=True, selectable=True), 1)
            self.card.column.addLayout(row)

    def _allow(self) -> None:
        self.write_button.setEnabled(self.skip is None or self.skip.isChecked())
