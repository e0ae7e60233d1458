"""Rows behind a table: sorted and filtered here, without Qt's proxy, so that 100.000 rows stay quick."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QObject, Qt

from app.ui.kit.indexes import NOWHERE, Index, Role
from app.ui.kit.table.columns import RIGHT_ALIGNED, Column, written
from app.ui.kit.table.conditions import value_test
from app.ui.kit.table.folding import folded
from app.ui.kit.table.worked_out import WorkedOut
from app.ui.kit.timers import later

R = TypeVar("R")
VALUE_ROLE = int(Role.UserRole)
MANY_ROWS = 3000
"""From so many rows on the first search is prepared before somebody asks."""


class TableModel(QAbstractTableModel, Generic[R]):
    """Frozen rows, and an order of those that are shown."""

    def __init__(self, columns: Sequence[Column[R]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._rows: Sequence[R] = ()
        self._order: Sequence[int] = ()
        self._sorted_by: tuple[int, bool] | None = None
        self._search = ""
        self._entries: dict[int, str] = {}
        self._predicate: Callable[[R], bool] | None = None
        self._worked_out: WorkedOut[R] = WorkedOut(self.columns, ())
        self._ahead = later(self, self._work_ahead, 50)

    # ---- rows ----

    @property
    def all_rows(self) -> Sequence[R]:
        """Every row, filtered out or not, as given."""
        return self._rows

    def shown_rows(self) -> list[R]:
        """The rows that are shown, in their order."""
        return [self._rows[i] for i in self._order]

    def row_at(self, position: int) -> R:
        """The row shown at a position."""
        return self._rows[self._order[position]]

    def totals(self) -> dict[int, str]:
        """The sum of each column that has one, over the rows shown, as written."""
        return {
            position: written(sum(column.value(self._rows[i]) or 0 for i in self._order), column.kind)
            for position, column in enumerate(self.columns)
            if column.total
        }

    def set_rows(self, rows: Sequence[R]) -> None:
        """Other rows; sorting and filters stay as they are."""
        self.beginResetModel()
        self._rows = rows
        self._worked_out = WorkedOut(self.columns, rows)
        self._order = self._sorted(self._passing())
        self.endResetModel()
        if len(rows) > MANY_ROWS:
            self._ahead.start()

    def replace_rows(self, changed: Mapping[int, R]) -> None:
        """Other rows at some places of `all_rows`; each stays where it is shown until rows are arranged again."""
        rows = list(self._rows)
        for place, row in changed.items():
            rows[place] = row
        self._rows = rows
        self._worked_out.replace(rows, changed)
        last = len(self.columns) - 1
        for position, place in enumerate(self._order):
            if place in changed:
                self.dataChanged.emit(self.index(position, 0), self.index(position, last))

    # ---- filters ----

    @property
    def filtered(self) -> bool:
        """Something keeps rows from being shown."""
        return bool(self._search or self._entries or self._predicate)

    def set_search(self, text: str) -> None:
        """Show only rows in which every word of `text` occurs in some column."""
        if folded(text.strip()) != self._search:
            self._search = folded(text.strip())
            self._arrange()

    def set_predicate(self, predicate: Callable[[R], bool] | None) -> None:
        """Show only rows that pass, besides the other filters; None: all pass."""
        self._predicate = predicate
        self._arrange()

    def set_entry(self, column: int, entry: str) -> None:
        """What was typed into the filter row (conditions.py)."""
        entry = entry.strip()
        if entry == self._entries.get(column, ""):
            return
        if entry:
            self._entries[column] = entry
        else:
            self._entries.pop(column, None)
        self._arrange()

    def clear_entries(self) -> None:
        """Empty the filter row."""
        if self._entries:
            self._entries.clear()
            self._arrange()

    # ---- order ----

    @property
    def sorted_by(self) -> tuple[int, bool] | None:
        """Column and whether descending."""
        return self._sorted_by

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order by a column; -1: as given. Empty values come last either way."""
        wanted = (column, order == Qt.SortOrder.DescendingOrder) if column >= 0 else None
        if wanted != self._sorted_by:
            self._sorted_by = wanted
            self._arrange()

    def _arrange(self) -> None:
        self.beginResetModel()
        self._order = self._sorted(self._passing())
        self.endResetModel()

    def _passing(self) -> Sequence[int]:
        passing: Sequence[int] = range(len(self._rows))
        if self._predicate is not None:
            rows, allowed = self._rows, self._predicate
            passing = [i for i in passing if allowed(rows[i])]
        for column, entry in self._entries.items():
            test = value_test(entry, self.columns[column].kind)
            if test is not None:
                keys = self._worked_out.keys(column)
                passing = [i for i in passing if test(keys[i])]
            else:
                texts, wanted = self._worked_out.texts(column), folded(entry)
                passing = [i for i in passing if wanted in texts[i]]
        for word in self._search.split():
            haystack = self._worked_out.all_texts()
            passing = [i for i in passing if word in haystack[i]]
        return passing

    def _sorted(self, passing: Sequence[int]) -> Sequence[int]:
        if self._sorted_by is None:
            return passing
        column, descending = self._sorted_by
        keys = self._worked_out.keys(column)
        filled = [i for i in passing if keys[i] is not None]
        filled.sort(key=keys.__getitem__, reverse=descending)
        return filled + [i for i in passing if keys[i] is None]

    def _work_ahead(self) -> None:
        """While nothing happens, get ready for the first search, one column for each turn of the event loop."""
        if self._worked_out.work_ahead():
            self._ahead.start()

    # ---- what Qt asks ----

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        row = self._rows[self._order[index.row()]]
        if role == VALUE_ROLE:
            return column.value(row)
        if role in (Role.DisplayRole, Role.AccessibleTextRole):
            return column.text(row)
        if role == Role.ToolTipRole:
            return column.tip(row) if column.tip is not None else None
        if role == Role.TextAlignmentRole:
            return alignment(column)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role in (Role.DisplayRole, Role.AccessibleTextRole):
            return self.columns[section].title
        if role == Role.TextAlignmentRole:
            return alignment(self.columns[section])
        return None


def alignment(column: Column[Any]) -> Qt.AlignmentFlag:
    """Figures stand right, everything else left."""
    side = Qt.AlignmentFlag.AlignRight if column.kind in RIGHT_ALIGNED else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
