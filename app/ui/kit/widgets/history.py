"""The history of a record: what was done when, and which values it changed."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.services.record_changes import HistoryEntry
from app.ui.kit.layout import add, column, held
from app.ui.kit.widgets.card import clear_layout
from app.ui.kit.widgets.text import button, label

FIRST_SHOWN = 4


class HistoryView(QWidget):
    """Entries below each other, the newest first; older ones on demand."""

    def __init__(self, entries: Sequence[HistoryEntry] = ()) -> None:
        super().__init__()
        self._entries = tuple(entries)
        self._column = column(on=self, spacing=8)
        self._fill(FIRST_SHOWN)

    def _fill(self, count: int) -> None:
        clear_layout(self._column)
        add(self._column, *map(_block, self._entries[:count]))
        older = len(self._entries) - count
        if older > 0:
            everything = button(f"{older} ältere zeigen", lambda: self._fill(len(self._entries)), role="link")
            self._column.addWidget(everything)


def _block(entry: HistoryEntry) -> QWidget:
    lines = (label(line, "caption", wrap=True, selectable=True) for line in entry.lines)
    when = label(f"{entry.at:%d.%m.%Y, %H:%M}", "caption")
    return held(column(when, label(entry.label, wrap=True, selectable=True), *lines, spacing=1))
