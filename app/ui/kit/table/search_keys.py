"""A search field leads the list below it: arrows and Enter work while she is typing."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from app.ui.kit.table.table import Table

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class SearchKeys(QObject):
    """Up and down go through the rows that are shown; Enter opens the current one, or calls `take`."""

    def __init__(
        self, search: QLineEdit, table: Table[Any], take: Callable[[], object] | None = None
    ) -> None:
        super().__init__(search)
        self._table = table
        self._take = take
        search.installEventFilter(self)
        search.returnPressed.connect(self._entered)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                self._step(step)
                return True
        return super().eventFilter(watched, event)

    def _step(self, by: int) -> None:
        shown, current = len(self._table.shown_rows()), self._table.grid.currentIndex()
        if shown:
            self._table.select_position(
                max(0, min(shown - 1, current.row() + by)) if current.isValid() else 0
            )

    def _entered(self) -> None:
        if self._table.current() is None:
            self._step(0)
        if self._take is not None:
            self._take()
        elif (current := self._table.current()) is not None:
            self._table.opened.emit(current)
