"""Child rows behind the table of a form: frozen rows, changed one cell at a time."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, Qt

from app.ui.kit.editors.base import Editor
from app.ui.kit.indexes import NOWHERE, Index, Role
from app.ui.kit.plain import plain
from app.ui.kit.table.columns import Kind, written


def amount_text(cents: int | None) -> str:
    """Whole cents as the text of a cell."""
    return written(cents, Kind.AMOUNT)


@dataclass(frozen=True, slots=True)
class RowColumn:
    """A column of child rows: the field of the row's dataclass, the editor of a cell, the words for a value.

    `fixed`: it is shown only, and its editor never opened. `unsaid`: what a row means where the cell is empty.
    """

    name: str
    title: str
    editor: Callable[[], Editor]
    text: Callable[[Any], str] = lambda value: written(value, Kind.TEXT)
    width: int = 120
    stretch: bool = False
    required: bool = False
    right: bool = False
    fixed: bool = False
    unsaid: Callable[[Any], str] = lambda row: ""

    @property
    def side(self) -> Qt.AlignmentFlag:
        """Figures stand at the right, and so does their title."""
        return Qt.AlignmentFlag.AlignRight if self.right else Qt.AlignmentFlag.AlignLeft


State = tuple[list[Any], dict[tuple[int, int], str]]
"""The rows and the cells that could not be read, as they once were."""


class RowsModel(QAbstractTableModel):
    """Rows as frozen dataclasses, the cells whose entry could not be read, and the steps that led here."""

    def __init__(self, columns: Sequence[RowColumn]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.rows: list[Any] = []
        self.unread: dict[tuple[int, int], str] = {}
        self._done: list[State] = []
        self._undone: list[State] = []
        self.fixed: Callable[[Any, str], bool] = lambda row, column: False
        self.locked = False

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Other rows; what could not be read is forgotten, and so are the steps before."""
        self._done, self._undone = [], []
        self._show((list(rows), {}))

    def put_rows(self, rows: Sequence[Any], written: Collection[tuple[int, int]]) -> None:
        """Other rows in one step: cells were written at these places, new rows stand at the end.

        Raises ValueError with a German sentence where rows are locked or a cell that would change is fixed.
        """
        if self.locked and len(rows) != len(self.rows):
            raise ValueError("Die Liste ist gesperrt und nimmt keine weiteren Zeilen auf.")
        if any(self._touches_fixed(old, new) for old, new in zip(self.rows, rows, strict=False)):
            raise ValueError("Gesperrte Felder lassen sich nicht überschreiben.")
        self.keep()
        self._show((list(rows), {at: why for at, why in self.unread.items() if at not in written}))

    def keep(self) -> None:
        """A step begins: what stands here now can be brought back."""
        self._done.append(self._state())
        self._undone.clear()

    def undo(self) -> bool:
        """Take back the last step; False if there is none."""
        return self._go(self._done, self._undone)

    def redo(self) -> bool:
        """Do again the step that was taken back last; False if there is none."""
        return self._go(self._undone, self._done)

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to be taken back."""
        return bool(self._done)

    def _go(self, found: list[State], back: list[State]) -> bool:
        if not found:
            return False
        back.append(self._state())
        self._show(found.pop())
        return True

    def _state(self) -> State:
        return list(self.rows), dict(self.unread)

    def _show(self, state: State) -> None:
        self.beginResetModel()
        self.rows, self.unread = state
        self.endResetModel()

    def rearrange(self, order: Sequence[int], added: Sequence[Any] = ()) -> None:
        """The rows at these places in this order, then new ones; cells that could not be read go along."""
        unread = {
            (to, column): problem
            for to, place in enumerate(order)
            for (row, column), problem in self.unread.items()
            if row == place
        }
        self.keep()
        self._show(([self.rows[place] for place in order] + list(added), unread))

    def enter(self, row: int, column: int, value: Any, problem: str) -> None:
        """Take over what was entered in a cell, or remember why it could not be read; a fixed cell stays."""
        if self.is_fixed(row, column):
            return
        name = self.columns[column].name
        same = problem == self.unread.get((row, column), "")
        if not same or (not problem and getattr(self.rows[row], name) != value):
            self.keep()
        if problem:
            self.unread[row, column] = problem
        else:
            self.unread.pop((row, column), None)
            self.rows[row] = replace(self.rows[row], **{name: value})
        at = self.index(row, column)
        self.dataChanged.emit(at, at)

    def is_fixed(self, row: int, column: int) -> bool:
        """Whether a cell is shown only."""
        return self.fixed(self.rows[row], self.columns[column].name)

    def unsaid(self, row: int, column: int) -> str:
        """What stands quietly in a cell because it is empty; nothing in any other."""
        declared, values = self.columns[column], self.rows[row]
        if declared.text(getattr(values, declared.name)):
            return ""
        return "erforderlich" if declared.required else declared.unsaid(values)

    def is_first(self, index: Index) -> bool:
        """Whether this is the first cell, or there is none."""
        return (index.row(), index.column()) in ((0, 0), (-1, -1))

    def is_last(self, index: Index) -> bool:
        """Whether this is the last cell, or there is none."""
        last = (len(self.rows) - 1, len(self.columns) - 1)
        return (index.row(), index.column()) in (last, (-1, -1))

    def _touches_fixed(self, old: Any, new: Any) -> bool:
        return any(
            self.fixed(old, one.name) and getattr(old, one.name) != getattr(new, one.name)
            for one in fields(old)
        )

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
        if role == Role.DisplayRole:
            return column.text(getattr(self.rows[index.row()], column.name))
        if role == Role.AccessibleTextRole:
            return self.data(index) or self.unsaid(index.row(), index.column())
        if role == Role.EditRole:
            return getattr(self.rows[index.row()], column.name)
        if role == Role.ToolTipRole:
            return plain(problem or self.data(index, Role.AccessibleTextRole) or "")
        if role == Role.TextAlignmentRole:
            return column.side | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Role.DisplayRole:
            return self.columns[section].title
        if orientation == Qt.Orientation.Horizontal and role == Role.TextAlignmentRole:
            return self.columns[section].side | Qt.AlignmentFlag.AlignVCenter
        return None
