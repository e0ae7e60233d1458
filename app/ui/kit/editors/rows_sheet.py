"""The table of a form used like a spreadsheet: cells are copied, pasted and filled down."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel
from PySide6.QtWidgets import QTableView

from app.ui.kit import clipboard
from app.ui.kit.clipboard import CopiedCell, copied
from app.ui.kit.editors.rows_model import RowColumn, RowsModel, amount_text
from app.ui.kit.editors.rows_paste import Pasted, paste
from app.ui.kit.table.columns import Kind

CHOOSE = QItemSelectionModel.SelectionFlag.ClearAndSelect


class RowsSheet:
    """Works on the cells that are selected in a grid. `new_row` makes a row of those that are there and what is pasted.

    `more`: fields of a row that have no column here; a block with titles fills them, too. `lacking`: the column that
    a list of single words belongs to while no cell is chosen.
    """

    def __init__(
        self,
        grid: QTableView,
        model: RowsModel,
        new_row: Callable[[Sequence[Any], Mapping[str, Any]], Any],
        more: Sequence[RowColumn],
        lacking: Callable[[], int],
    ) -> None:
        self._grid = grid
        self._model = model
        self._new_row = new_row
        self._more = tuple(more)
        self._lacking = lacking

    def area(self) -> tuple[range, range] | None:
        """The lines and columns that are selected, one block; None while there is no current cell."""
        parts = list(self._grid.selectionModel().selection())  # type: ignore[call-overload]  # a list, say Qt's docs
        if parts:
            return (
                range(min(one.top() for one in parts), max(one.bottom() for one in parts) + 1),
                range(min(one.left() for one in parts), max(one.right() for one in parts) + 1),
            )
        at = self._grid.currentIndex()
        return (range(at.row(), at.row() + 1), range(at.column(), at.column() + 1)) if at.isValid() else None

    def copy(self) -> None:
        """Put the selected cells on the clipboard."""
        if (area := self.area()) is not None:
            lines, places = area
            clipboard.copy([[self._copied(line, place) for place in places] for line in lines])

    def paste(self) -> Pasted:
        """Put the clipboard over the cells from the current one on, in one step; one cell fills all that are selected.

        Raises ValueError with a German sentence where a cell cannot be read or has no place; then nothing is pasted.
        """
        block = clipboard.pasted()
        if not block:
            raise ValueError("In der Zwischenablage ist kein Text.")
        lines, places = self.area() or self._below(block)
        if len(block) == 1 and len(block[0]) == 1:
            block = [block[0] * len(places)] * len(lines)
        columns, shown = (*self._model.columns, *self._more), len(self._model.columns)
        done = paste(block, columns, self._model.rows, (lines[0], places[0]), self._new_row, shown=shown)
        self._model.put_rows(done.rows, done.written)
        self._select(range(done.first, done.last + 1), done.places)
        return done

    def _below(self, block: Sequence[Sequence[str]]) -> tuple[range, range]:
        """Where a block begins while no cell is chosen: below the last row."""
        line, place = len(self._model.rows), self._lacking() if len(block[0]) == 1 else 0
        return range(line, line + 1), range(place, place + 1)

    def fill_down(self) -> bool:
        """Copy the first selected row into the others, or into a single one the row above it; False: nothing to do.

        Raises ValueError with a German sentence where a cell may not change; then nothing is filled.
        """
        area = self.area()
        if area is None:
            return False
        lines, places = area
        source = lines[0] if len(lines) > 1 else lines[0] - 1
        names = [one.name for one in (self._model.columns[place] for place in places) if not one.fixed]
        if source < 0 or not names:
            return False
        rows = list(self._model.rows)
        values = {name: getattr(rows[source], name) for name in names}
        below = range(source + 1, lines[-1] + 1)
        for line in below:
            rows[line] = replace(rows[line], **values)
        self._model.put_rows(rows, {(line, place) for line in below for place in places})
        self._select(lines, places)
        return True

    def _copied(self, line: int, place: int) -> CopiedCell:
        declared = self._model.columns[place]
        value = getattr(self._model.rows[line], declared.name)
        if isinstance(value, date) or declared.text is amount_text:
            return copied(value, Kind.AMOUNT if declared.text is amount_text else Kind.DATE)
        return CopiedCell(declared.text(value))

    def _select(self, lines: Sequence[int], places: Sequence[int]) -> None:
        if not lines or not places:
            return
        first = self._model.index(lines[0], places[0])
        last = self._model.index(lines[-1], places[-1])
        self._grid.setCurrentIndex(first)
        self._grid.selectionModel().select(QItemSelection(first, last), CHOOSE)
        self._grid.scrollTo(last)
        self._grid.scrollTo(first)
