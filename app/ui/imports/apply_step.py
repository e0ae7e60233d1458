"""The last step: what will be written, in words, the button that writes it, and afterwards what became of it."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QCheckBox, QWidget

from app.domain.counting import counted
from app.ui.imports.control_panel import ControlPanel
from app.ui.kit.layout import STRETCH, add, column, grow, held, row
from app.ui.kit.plain import CheckBox
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.card import Card, clear_layout
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.flow import FlowLayout
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.pills import PillLabel
from app.ui.kit.widgets.scaling import follow_text
from app.ui.kit.widgets.text import button, label

WrittenLine = tuple[Pill, str]
"""One thing that is written, or left out: its state, and words."""
Action = tuple[str, str, Callable[[], object]]
"""Words, icon, what happens."""


class ApplyStep(QWidget):
    """Before: a list of what will happen. After: a list of what has happened, and where to go from here."""

    def __init__(self, write: Callable[[], object]) -> None:
        super().__init__()
        self._write = write
        self.card = Card(margin=24, spacing=12)
        follow_text(self.card, self.card.setMaximumWidth, 760)
        self.control = ControlPanel()
        left, right = grow(column(self.card, STRETCH), 3), grow(self.control, 5)
        row(left, right, on=self, spacing=16, margins=(0, 8, 0, 0))
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
            words = counted(rejected, "abgelehnte Zeile", "abgelehnte Zeilen")
            self.skip = CheckBox(f"{words} auslassen und den Rest übernehmen")
            self.skip.toggled.connect(self._allow)
            self.card.column.addWidget(self.skip)
        words = (
            "Bisher ist nichts geschrieben. Übernommen wird alles in einem Schritt, der sich rückgängig machen lässt."
            if something
            else "Die Datei bringt nichts Neues. Es gibt nichts zu übernehmen."
        )
        self.write_button = button("Jetzt übernehmen", self._write, icon="save", role="primary")
        add(self.card.column, Note(words), row(STRETCH, self.write_button))
        self.write_button.setVisible(something)
        self.setFocusProxy(self.skip or self.write_button)
        self._allow()

    def show_after(
        self, title: str, tone: Tone, lines: Sequence[WrittenLine], actions: Sequence[Action]
    ) -> None:
        """What was done; the first action is the main one."""
        self._clear()
        self.card.add(Note(title, tone))
        self._add_lines(lines)
        foot = FlowLayout(spacing=8)
        for place, (words, icon, call) in enumerate(actions):
            one = button(words, call, icon=icon, role="primary" if place == 0 else "")
            foot.addWidget(one)
            if place == 0:
                self.setFocusProxy(one)
        self.card.column.addLayout(foot)

    def _clear(self) -> None:
        self.control.clear()
        clear_layout(self.card.column)

    def _add_lines(self, lines: Sequence[WrittenLine]) -> None:
        for pill, words in lines:
            state = held(row(PillLabel(pill), STRETCH))
            follow_text(state, state.setFixedWidth, 142)
            said = label(words, wrap=True, selectable=True)
            self.card.column.addLayout(row(state, grow(said), spacing=12))

    def _allow(self) -> None:
        self.write_button.setEnabled(self.skip is None or self.skip.isChecked())
