"""Child rows behind the table of a form: frozen rows, changed one cell at a time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, Qt

from app.ui.kit.editors.base import Editor
from app.ui.kit.indexes import NOWHERE, Index, Role
from app.ui.kit.table.columns import Kind, written


def amount_text(cents: int | None) -> str:
    """Whole cents as the text of a cell."""
    return written(cents, Kind.AMOUNT)


@dataclass(frozen=True, slots=True)
class RowColumn:
    """A column of child rows: the field of the row's dataclass, the editor of a cell, the words for a value."""

    name: str
    title: str
    editor: Callable[[], Editor]
    text: Callable[[Any], str] = lambda value: written(value, Kind.TEXT)
    width: int = 120
    stretch: bool = False
    required: bool = False
    right: bool = False

    @property
    def side(self) -> Qt.AlignmentFlag:
        """Figures stand at the right, and so does their title."""
        return Qt.AlignmentFlag.AlignRight if self.right else Qt.AlignmentFlag.AlignLeft


class RowsModel(QAbstractTableModel):
    """Rows as frozen dataclasses, and the cells whose entry could not be read."""

    def __init__(self, columns: Sequence[RowColumn]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.rows: list[Any] = []
        self.unread: dict[tuple[int, int], str] = {}
        self.fixed: Callable[[Any, str], bool] = lambda row, column: False

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Other rows; what could not be read is forgotten."""
        self.beginResetModel()
        self.rows = list(rows)
        self.unread.clear()
        self.endResetModel()

    def rearrange(self, order: Sequence[int], added: Sequence[Any] = ()) -> None:
        """The rows at these places in this order, then new ones; cells that could not be read go along."""
        unread = {
            (to, column): problem
            for to, place in enumerate(order)
            for (row, column), problem in self.unread.items()
            if row == place
        }
        self.beginResetModel()
        self.rows = [self.rows[place] for place in order] + list(added)
        self.unread = unread
        self.endResetModel()

    def enter(self, row: int, column: int, value: Any, problem: str) -> None:
        """Take over what was entered in a cell, or remember why it could not be read; a fixed cell stays."""
        if self.is_fixed(row, column):
            return
        if problem:
            self.unread[row, column] = problem
        else:
            self.unread.pop((row, column), None)
            self.rows[row] = replace(self.rows[row], **{self.columns[column].name: value})
        at = self.index(row, column)
        self.dataChanged.emit(at, at)

    def is_fixed(self, row: int, column: int) -> bool:
        """Whether a cell is shown only."""
        return self.fixed(self.rows[row], self.columns[column].name)

    def is_first(self, index: Index) -> bool:
        """Whether this is the first cell, or there is none."""
        return (index.row(), index.column()) in ((0, 0), (-1, -1))

    def is_last(self, index: Index) -> bool:
        """Whether this is the last cell, or there is none."""
        last = (len(self.rows) - 1, len(self.columns) - 1)
        return (index.row(), index.column()) in (last, (-1, -1))

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        shown = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return shown if self.is_fixed(index.row(), index.column()) else shown | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        column = self.columns[index.column()]
        problem = self.unread.get((index.row(), index.column()))
        if role in (Role.DisplayRole, Role.AccessibleTextRole):
            return column.text(getattr(self.rows[index.row()], column.name))
        if role == Role.EditRole:
            return getattr(self.rows[index.row()], column.name)
        if role == Role.ToolTipRole:
            return problem or self.data(index)
        if role == Role.TextAlignmentRole:
            return column.side | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Role.DisplayRole:
            return self.columns[section].title
        if orientation == Qt.Orientation.Horizontal and role == Role.TextAlignmentRole:
            return self.columns[section].side | Qt.AlignmentFlag.AlignVCenter
        return None
