"""Where she was in a table: cursor, selection and scroll position outlive new rows, sorting and filters."""

from collections.abc import Callable, Hashable
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel

from app.ui.kit.table.model import TableModel
from app.ui.kit.table.view import Grid

MOST_RANGES = 500
"""Qt's selections slow down with the square of their parts; one torn into more is given up."""


class TablePlace:
    """Keeps the place before the model is reset and finds it again afterwards, by the identity of rows."""

    def __init__(self, grid: Grid, model: TableModel[Any], identity: Callable[[Any], Hashable]) -> None:
        self._grid = grid
        self._model = model
        self._identity = identity
        self._selected: set[Hashable] = set()
        self._current: Hashable | None = None
        self._position = -1
        self._scrolled = 0

    def keep(self) -> None:
        """Note where she is."""
        row_at, identity = self._model.row_at, self._identity
        current = self._grid.currentIndex()
        self._selected = {identity(row_at(position)) for position in self._grid.selected_positions()}
        self._current = identity(row_at(current.row())) if current.isValid() else None
        self._position = current.row()
        self._scrolled = self._grid.verticalScrollBar().value()

    def restore(self) -> None:
        """Go there again. Where all that was selected has gone, its neighbour takes its place."""
        if self._selected or self._current is not None:
            self._select()
        self._grid.verticalScrollBar().setValue(self._scrolled)

    def _select(self) -> None:
        model, last = self._model, len(self._model.columns) - 1
        ranges: list[tuple[int, int]] = []
        cursor = -1
        for at, row in enumerate(model.shown_rows()):
            key = self._identity(row)
            if key in self._selected:
                if ranges and ranges[-1][1] == at - 1:
                    ranges[-1] = (ranges[-1][0], at)
                else:
                    ranges.append((at, at))
            if key == self._current:
                cursor = at
        if cursor < 0 and not ranges and model.rowCount() and self._selected:
            cursor = min(max(self._position, 0), model.rowCount() - 1)
            ranges = [(cursor, cursor)]
        if len(ranges) > MOST_RANGES:
            ranges = [(cursor, cursor)] if cursor >= 0 else []
        picked = QItemSelection()
        for first, end in ranges:
            picked.select(model.index(first, 0), model.index(end, last))
        selection = self._grid.selectionModel()
        if cursor >= 0:
            at_cursor = model.index(cursor, self._grid.horizontalHeader().logicalIndex(0))
            selection.setCurrentIndex(at_cursor, QItemSelectionModel.SelectionFlag.NoUpdate)
        selection.select(picked, QItemSelectionModel.SelectionFlag.ClearAndSelect)
