"""Removing rows of a list: done without asking, and the way back stands under the list."""

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject

from app.ui.context import Context
from app.ui.kit.table.frame import GridFrame
from db.database import Changed

R = TypeVar("R")


class Removal(QObject):
    """Entf in `table` calls `remove(rows)`, which runs one command; the table offers to undo it until the next change.

    In a dialog the line at its foot says so already (see UndoLine).
    """

    def __init__(self, context: Context, table: GridFrame[R], remove: Callable[[list[R]], object]) -> None:
        super().__init__(table)
        self._context = context
        self._table: GridFrame[Any] = table
        self._remove: Callable[[list[Any]], object] = remove
        self._is_removing = False
        table.remove_requested.connect(self._go)
        context.changed.connect(self._hear)

    def _go(self, rows: list[Any]) -> None:
        self._is_removing = True
        try:
            self._remove(rows)
        finally:
            self._is_removing = False

    def _hear(self, changed: Changed) -> None:
        if self._is_removing and changed.undoable:
            self._table.tell(changed.label, "Rückgängig", self._context.undo)
        else:
            self._table.tell("")
