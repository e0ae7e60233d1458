"""The pane about a clause or a template: title, pills, facts and buttons, below them parts chosen by chips."""

from collections.abc import Sequence

from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QWidget

from app.ui.kit.layout import STRETCH, column, grow, held, row
from app.ui.kit.widgets.card import clear_layout
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.flow import FlowLayout
from app.ui.kit.widgets.pills import PillLabel
from app.ui.kit.widgets.room import Stack
from app.ui.kit.widgets.text import button, label, say


class ChipPane(QFrame):
    """Shows one part at a time. `card`: on a surface of its own. `buttons`: room for what can be done."""

    def __init__(self, titles: Sequence[str], *, card: bool = True, note: QWidget | None = None) -> None:
        super().__init__()
        self.title = label("", "section", wrap=True)
        self.facts = label("", "muted", wrap=True)
        self._pills, self.buttons = FlowLayout(spacing=6), FlowLayout(spacing=6)
        self.stack = Stack()
        self.chips = QButtonGroup(self)
        for place, words in enumerate(titles):
            self.chips.addButton(self._chip(words, place), place)
        if card:
            self.setProperty("role", "card")
        column(
            self.title,
            held(self._pills),
            self.facts,
            held(self.buttons),
            note,
            row(*self.chips.buttons(), STRETCH, spacing=6),
            grow(self.stack),
            on=self,
            spacing=8,
            margins=(16, 14, 16, 16) if card else 0,
        )

    def add_part(self, widget: QWidget) -> None:
        """The content of the next chip."""
        self.stack.addWidget(widget)
        if self.stack.count() == 1:
            self.show_part(0)

    def add_buttons(self, *buttons: QPushButton) -> None:
        """Buttons below the head."""
        for one in buttons:
            self.buttons.addWidget(one)

    def set_head(self, title: str, pills: Sequence[Pill], facts: str) -> None:
        """What is shown now."""
        self.title.setText(title)
        clear_layout(self._pills)
        for pill in pills:
            self._pills.addWidget(PillLabel(pill))
        say(self.facts, facts)

    def show_part(self, place: int) -> None:
        """Another part of the same thing."""
        self.stack.setCurrentIndex(place)
        self.chips.button(place).setChecked(True)

    def _chip(self, text: str, place: int) -> QPushButton:
        made = button(text, lambda: self.show_part(place), role="chip")
        made.setCheckable(True)
        bold = QFont(made.font())
        bold.setWeight(QFont.Weight.DemiBold)
        made.setMinimumWidth(QFontMetrics(bold).horizontalAdvance(text) + 32)  # when it is chosen
        return made
