"""Rows behind a table: sorted and filtered here, without Qt's proxy, so that 100.000 rows stay quick."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QObject, Qt

from app.ui.kit.indexes import NOWHERE, Index, Role
from app.ui.kit.plain import plain
from app.ui.kit.table.columns import RIGHT_ALIGNED, Column
from app.ui.kit.table.conditions import value_test
from app.ui.kit.table.folding import folded
from app.ui.kit.table.value_filter import ValueFilter
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
        self._naming = next((column for column in columns if column.strong), columns[0])
        self._rows: Sequence[R] = ()
        self._order: Sequence[int] = ()
        self._sorted_by: tuple[int, bool] | None = None
        self._search = ""
        self._entries: dict[int, str] = {}
        self._value_filters: dict[int, ValueFilter] = {}
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
            position: column.sum_text(map(self._rows.__getitem__, self._order))
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
        """Rows are kept from being shown."""
        return len(self._order) < len(self._rows)

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

    @property
    def entries(self) -> Mapping[int, str]:
        """What stands in the filter row, by the places of its columns."""
        return self._entries

    @property
    def value_filters(self) -> Mapping[int, ValueFilter]:
        """The filters by values that are at work, by the places of their columns."""
        return self._value_filters

    def set_value_filter(self, column: int, wanted: ValueFilter) -> None:
        """Show only rows that this filter of a column lets through, besides the other filters.

        Raises ValueError with a German sentence for a bound that cannot be read; then nothing changes.
        """
        wanted.tests(self.columns[column].kind)
        if wanted != self._value_filters.get(column, ValueFilter()):
            self._value_filters.pop(column, None)
            if wanted.active:
                self._value_filters[column] = wanted
            self._arrange()
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, column, column)

    def values(self, column: int) -> list[tuple[str, int]]:
        """What the rows have in a column, as far as the other filters show them: `listed` and how often, in order."""
        listed, keys = self._worked_out.values(column), self._worked_out.keys(column)
        counts: Counter[str] = Counter()
        order: dict[str, Any] = {}
        for place in self._passing(without=column):
            counts[listed[place]] += 1
            if keys[place] is not None:
                order.setdefault(listed[place], keys[place])
        filled = sorted(order, key=order.__getitem__)
        return [(value, counts[value]) for value in (*filled, *(counts.keys() - order.keys()))]

    def clear_filters(self) -> None:
        """Empty the filter row and take the filters by values away."""
        if self._entries or self._value_filters:
            self._entries.clear()
            self._value_filters.clear()
            self._arrange()
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

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

    def _passing(self, without: int = -1) -> Sequence[int]:
        """The rows that the filters let through, the one by the values of the column `without` set aside."""
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
        for column, chosen in self._value_filters.items():
            if column != without:
                passing = self._chosen(passing, column, chosen)
        for word in self._search.split():
            haystack = self._worked_out.all_texts()
            passing = [i for i in passing if word in haystack[i]]
        return passing

    def _chosen(self, passing: Sequence[int], column: int, chosen: ValueFilter) -> Sequence[int]:
        for test in chosen.tests(self.columns[column].kind):
            keys = self._worked_out.keys(column)
            passing = [i for i in passing if test(keys[i])]
        if chosen.values is not None:
            listed, wanted = self._worked_out.values(column), chosen.values
            passing = [i for i in passing if listed[i] in wanted]
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
        if role == Role.DisplayRole:
            return column.text(row)
        if role == Role.AccessibleTextRole:
            return column.heard(row)
        if role == Role.ToolTipRole:
            return plain(column.tip(row) or "") if column.tip is not None else None
        if role == Role.WhatsThisRole:
            return column.contains or None
        if role == Role.TextAlignmentRole:
            return alignment(column)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return self._naming.text(self.row_at(section)) if role == Role.AccessibleTextRole else None
        if role == Role.DisplayRole:
            return self.columns[section].title
        if role in (Role.AccessibleTextRole, Role.ToolTipRole):
            title, chosen = self.columns[section].title, self._value_filters.get(section)
            if chosen is not None:
                words = f"{title}, gefiltert: {chosen.words(self.columns[section].kind)}"
                return plain(words) if role == Role.ToolTipRole else words
            return title if role == Role.AccessibleTextRole else self.columns[section].contains or None
        if role == Role.WhatsThisRole:
            return self.columns[section].contains or None
        if role == Role.TextAlignmentRole:
            return alignment(self.columns[section])
        return None


def alignment(column: Column[Any]) -> Qt.AlignmentFlag:
    """Figures stand right, everything else left."""
    side = Qt.AlignmentFlag.AlignRight if column.kind in RIGHT_ALIGNED else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
