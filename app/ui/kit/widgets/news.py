"""A line that says what just happened, and offers where to go from it."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPushButton, QWidget

from app.ui.kit.accessible import announce
from app.ui.kit.layout import STRETCH, row
from app.ui.kit.outside import open_file, show_folder
from app.ui.kit.widgets.text import button, label

Way = tuple[str, Callable[[], object]]
"""The words of a button, and what it does."""

MOST_WAYS = 2


def ways_to(path: Path) -> list[Way]:
    """What can be done with a file that has just been written; a folder can only be shown."""
    ways: list[Way] = [] if path.is_dir() else [("Datei öffnen", lambda: open_file(path))]
    return [*ways, ("Ordner zeigen", lambda: show_folder(path))]


class NewsLine(QWidget):
    """One sentence, and up to two buttons beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.sentence = label("", "muted")
        self._ways: Sequence[Way] = ()
        self.buttons = [self._button(place) for place in range(MOST_WAYS)]
        row(self.sentence, *self.buttons, STRETCH, on=self)
        self.tell("")

    def tell(self, sentence: str, *ways: Way) -> None:
        """Say another sentence, with the ways that lead on from it."""
        self.sentence.setText(sentence)
        if self.isVisible():
            announce(self, sentence)
        self._ways = ways
        for place, one in enumerate(self.buttons):
            one.setText(ways[place][0] if place < len(ways) else "")
            one.setVisible(place < len(ways))

    def minimumSizeHint(self) -> QSize:
        """As high as with a button, so that nothing above moves when one comes."""
        return super().minimumSizeHint().expandedTo(QSize(0, self.buttons[0].sizeHint().height()))

    def _button(self, place: int) -> QPushButton:
        return button("", lambda: self._ways[place][1](), role="link")
