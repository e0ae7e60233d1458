"""Names and values side by side, to read, select and copy; addresses in them open."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.ui.kit.layout import grid
from app.ui.kit.plain import plain
from app.ui.kit.widgets.card import clear_layout
from app.ui.kit.widgets.links import linked
from app.ui.kit.widgets.scaling import follow_text
from app.ui.kit.widgets.text import button, label


class Facts(QWidget):
    """A grid of "label  value"; values are selectable, empty ones are left out."""

    def __init__(self, *, columns: int = 1, name_width: int = 128) -> None:
        super().__init__()
        self._columns = columns
        self._name_width = name_width
        self._count = 0
        self._grid = grid(on=self, shares=(0, 1) * columns, spacing=(12, 6))

    def add(self, name: str, value: str | None, *, always: bool = False, tip: str = "") -> None:
        """A line of text. `always`: also when empty, as a dash."""
        if not value and not always:
            return
        words = linked(value or "–")
        words.setAccessibleName(f"{name}: {value or 'leer'}")
        if tip:
            words.setToolTip(plain(tip))
        self.add_widget(name, words)

    def add_link(self, name: str, text: str, clicked: Callable[[], object], icon: str = "") -> None:
        """A line that leads somewhere."""
        self.add_widget(name, button(text, clicked, role="link", icon=icon))

    def clear(self) -> None:
        """No lines any more."""
        clear_layout(self._grid)
        self._count = 0

    def add_widget(self, name: str, value: QWidget) -> None:
        """A line with something drawn, such as a pill."""
        line, column = divmod(self._count, self._columns)
        caption = label(name, "muted", wrap=True)
        follow_text(caption, caption.setFixedWidth, self._name_width)
        caption.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._grid.addWidget(caption, line, 2 * column, Qt.AlignmentFlag.AlignTop)
        side = Qt.AlignmentFlag.AlignTop
        if value.property("role") == "link":
            side |= Qt.AlignmentFlag.AlignLeft
        self._grid.addWidget(value, line, 2 * column + 1, side)
        self._count += 1
