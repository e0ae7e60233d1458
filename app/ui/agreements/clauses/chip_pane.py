"""Several sides of one thing to choose from by chips, below a head with title, pills, facts and buttons."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.ui.kit.widgets.card import clear_layout
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.flow import FlowLayout
from app.ui.kit.widgets.pills import PillLabel
from app.ui.kit.widgets.text import button, label


class Sides(QFrame):
    """`card`: on a surface of its own."""

    def __init__(self, titles: Sequence[str], *, card: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = label("", "section", wrap=True)
        self.facts = label("", "muted", wrap=True)
        self._pills_box, self._deeds_box = QWidget(), QWidget()
        self._pills, self.deeds = FlowLayout(self._pills_box, 6), FlowLayout(self._deeds_box, 6)
        self.stack = QStackedWidget()
        self.chips = QButtonGroup(self)
        line = QHBoxLayout()
        line.setSpacing(6)
        for place, words in enumerate(titles):
            chip = self._chip(words, place)
            self.chips.addButton(chip, place)
            line.addWidget(chip)
        line.addStretch(1)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(*((16, 14, 16, 16) if card else (0, 0, 0, 0)))
        self.column.setSpacing(8)
        if card:
            self.setProperty("role", "card")
        for widget in (self.title, self._pills_box, self.facts, self._deeds_box):
            self.column.addWidget(widget)
        self.column.addLayout(line)
        self.column.addWidget(self.stack, 1)

    def add_side(self, widget: QWidget) -> None:
        """The content of the next chip."""
        self.stack.addWidget(widget)
        if self.stack.count() == 1:
            self.show_side(0)

    def add_deed(self, text: str, call: Callable[[], object], icon: str) -> QPushButton:
        """A button below the head."""
        made = button(text, call, icon=icon)
        self.deeds.addWidget(made)
        return made

    def set_head(self, title: str, pills: Sequence[Pill], facts: str) -> None:
        """What is shown now."""
        self.title.setText(title)
        clear_layout(self._pills)
        for pill in pills:
            self._pills.addWidget(PillLabel(pill))
        self.facts.setText(facts)
        self.facts.setVisible(bool(facts))

    def show_side(self, place: int) -> None:
        """Another side of the same thing."""
        self.stack.setCurrentIndex(place)
        self.chips.button(place).setChecked(True)

    def _chip(self, text: str, place: int) -> QPushButton:
        made = button(text, lambda: self.show_side(place), role="chip")
        made.setCheckable(True)
        bold = QFont(made.font())
        bold.setWeight(QFont.Weight.DemiBold)
        made.setMinimumWidth(QFontMetrics(bold).horizontalAdvance(text) + 32)  # when it is chosen
        return made
