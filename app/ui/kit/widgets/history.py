"""The history of a record: what was done when, and which values it changed."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.record_changes import HistoryEntry
from app.ui.kit.widgets.card import clear_layout
from app.ui.kit.widgets.text import button, label

FIRST_SHOWN = 4


class HistoryView(QWidget):
    """Entries below each other, the newest first; older ones on demand."""

    def __init__(self, entries: Sequence[HistoryEntry] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[HistoryEntry, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.show_entries(entries)

    def show_entries(self, entries: Sequence[HistoryEntry]) -> None:
        """Show these instead."""
        self._entries = tuple(entries)
        self._fill(FIRST_SHOWN)

    def _fill(self, count: int) -> None:
        clear_layout(self._column)
        for entry in self._entries[:count]:
            self._column.addWidget(_block(entry))
        older = len(self._entries) - count
        if older > 0:
            self._column.addWidget(
                button(f"{older} ältere zeigen", lambda: self._fill(len(self._entries)), role="link")
            )


def _block(entry: HistoryEntry) -> QWidget:
    block = QWidget()
    column = QVBoxLayout(block)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(1)
    column.addWidget(label(f"{entry.at:%d.%m.%Y, %H:%M}", "caption"))
    column.addWidget(label(entry.label, wrap=True, selectable=True))
    for line in entry.lines:
        column.addWidget(label(line, "caption", wrap=True, selectable=True))
    return block
