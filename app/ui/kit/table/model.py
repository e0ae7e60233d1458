"""Rows behind a table: sorted and filtered here, without Qt's proxy, so that 100.000 rows stay quick."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer

from app.ui.kit.table.columns import RIGHT_ALIGNED, Column, Kind, sort_key, written
from app.ui.kit.table.conditions import value_test
from app.ui.kit.table.folding import folded

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
VALUE_ROLE = int(Role.UserRole)
NOWHERE = QModelIndex()
MANY_ROWS = 3000
"""From so many rows on the first search is prepared before somebody asks."""


class TableModel(QAbstractTableModel, Generic[R]):
    """Frozen rows, an order of those that are shown, and what was worked out about each column so far."""

    def __init__(self, columns: Sequence[Column[R]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._rows: Sequence[R] = ()
        self._order: Sequence[int] = ()
        self._sorted_by: tuple[int, bool] | None = None
        self._search = ""
        self._entries: dict[int, str] = {}
        self._predicate: Callable[[R], bool] | None = None
        self._keys: dict[int, list[Any]] = {}
        self._texts: dict[int, list[str]] = {}
        self._haystack: list[str] | None = None
        self._ahead = QTimer(self, singleShot=True, interval=50)
        self._ahead.timeout.connect(self._work_ahead)

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
        self._keys.clear()
        self._texts.clear()
        self._haystack = None
        self._order = self._sorted(self._passing())
        self.endResetModel()
        if len(rows) > MANY_ROWS:
            self._ahead.start()

    def replace_rows(self, changed: Mapping[int, R]) -> None:
        """Other rows at some places of `all_rows`; each stays where it is shown until rows are arranged again."""
        rows = list(self._rows)
        for place, row in changed.items():
            rows[place] = row
            for column, keys in self._keys.items():
                keys[place] = self._key(column, row)
            for column, texts in self._texts.items():
                texts[place] = self._text(column, row)
            if self._haystack is not None:
                self._haystack[place] = "\n".join(self._texts[column][place] for column in self._searched())
        self._rows = rows
        last = len(self.columns) - 1
        for position, place in enumerate(self._order):
            if place in changed:
                self.dataChanged.emit(self.index(position, 0), self.index(position, last))

    # ---- filters ----

    @property
    def filtered(self) -> bool:
        """Something keeps rows from being shown."""
        return bool(self._search or self._entries or self._predicate)

    @property
    def entries(self) -> dict[int, str]:
        """What stands in the filter row, by column."""
        return dict(self._entries)

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
                keys = self._column_keys(column)
                passing = [i for i in passing if test(keys[i])]
            else:
                texts, wanted = self._column_texts(column), folded(entry)
                passing = [i for i in passing if wanted in texts[i]]
        for word in self._search.split():
            haystack = self._all_texts()
            passing = [i for i in passing if word in haystack[i]]
        return passing

    def _sorted(self, passing: Sequence[int]) -> Sequence[int]:
        if self._sorted_by is None:
            return passing
        column, descending = self._sorted_by
        keys = self._column_keys(column)
        filled = [i for i in passing if keys[i] is not None]
        filled.sort(key=keys.__getitem__, reverse=descending)
        return filled + [i for i in passing if keys[i] is None]

    def _column_keys(self, column: int) -> list[Any]:
        if column not in self._keys:
            declared = self.columns[column]
            if declared.sort is not None:
                self._keys[column] = [declared.sort(row) for row in self._rows]
            else:
                self._keys[column] = self._worked_out(column, sort_key)
        return self._keys[column]

    def _key(self, column: int, row: R) -> Any:
        declared = self.columns[column]
        return declared.sort(row) if declared.sort is not None else sort_key(declared.value(row))

    def _text(self, column: int, row: R) -> str:
        declared = self.columns[column]
        return folded(written(declared.value(row), declared.kind))

    def _column_texts(self, column: int) -> list[str]:
        if column not in self._texts:
            kind = self.columns[column].kind
            self._texts[column] = self._worked_out(column, lambda value: folded(written(value, kind)))
        return self._texts[column]

    def _worked_out(self, column: int, work: Callable[[Any], Any]) -> list[Any]:
        """`work` on each value of a column; values repeat, so each is worked on only once."""
        value = self.columns[column].value
        known: dict[Any, Any] = {}
        result = []
        for row in self._rows:
            found = value(row)
            if found not in known:
                known[found] = work(found)
            result.append(known[found])
        return result

    def _all_texts(self) -> list[str]:
        if self._haystack is None:
            texts = map(self._column_texts, self._searched())
            self._haystack = list(map("\n".join, zip(*texts, strict=True)))
        return self._haystack

    def _searched(self) -> list[int]:
        return [position for position, column in enumerate(self.columns) if column.kind is not Kind.BAR]

    def _work_ahead(self) -> None:
        """While nothing happens, get ready for the first search, one column for each turn of the event loop."""
        for position in self._searched():
            if position not in self._texts:
                self._column_texts(position)
                self._ahead.start()
                return
        self._all_texts()

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
