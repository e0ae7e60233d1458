"""The line above a table that says in words which columns are filtered, and takes the filters away."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.ui.kit.layout import STRETCH, row
from app.ui.kit.widgets.icon_label import IconLabel
from app.ui.kit.widgets.text import button, label


class FilterLine(QWidget):
    """Seen only while there is something to say."""

    def __init__(self, clear: Callable[[], object]) -> None:
        super().__init__()
        self.count = ""  # "5 von 120", where it is not said elsewhere
        self._words = label("")
        icon = IconLabel("filter", lambda colours: colours.accent, 16)
        self.clear_button = button("Filter aufheben", clear, role="link")
        row(icon, self._words, self.clear_button, STRETCH, on=self, spacing=8, margins=(10, 4, 10, 4))
        self.hide()

    @property
    def text(self) -> str:
        return self._words.text()

    def say(self, words: str) -> None:
        """Which filters are at work."""
        self._words.setText(" · ".join(filter(None, (words, self.count))))
        self.setAccessibleName(f"Gefiltert nach {self._words.text()}" if words else "")
        self.setVisible(bool(words))
