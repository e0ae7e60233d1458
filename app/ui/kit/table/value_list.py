"""The values of a column with check boxes, as a filter lists them: how often each is there, months below years."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication

from app.domain.counting import counted, dotted
from app.ui.kit.indexes import NOWHERE, Index, Role
from app.ui.kit.plain import plain
from app.ui.kit.table.columns import Kind
from app.ui.kit.table.folding import folded
from app.ui.kit.table.value_filter import value_words
from app.ui.kit.tokens import Tone, tokens

ALL_WORD = "(Alle)"
FOUND_WORD = "(Alle gefundenen)"
_SPOKEN = {
    Qt.CheckState.Checked: "gewählt",
    Qt.CheckState.PartiallyChecked: "zum Teil gewählt",
    Qt.CheckState.Unchecked: "nicht gewählt",
}
INDENT = "      "


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the list: its words, the values it stands for, how many rows have them. `group`: of several values."""

    words: str
    values: frozenset[str]
    count: int
    group: bool = False


class ValueList(QAbstractTableModel):
    """Lines that can be checked, those of a search only; the second column says how many rows there are."""

    checked_changed = Signal()

    def __init__(self, values: Sequence[tuple[str, int]], kind: Kind, chosen: frozenset[str] | None) -> None:
        super().__init__()
        self._lines = lines_of(values, kind)
        self._every = frozenset(value for value, _ in values)
        self._checked = self._every if chosen is None else self._every & chosen
        self._before = self._checked
        self._wanted = ""
        self._shown: list[Line] = []
        self.search("")

    @property
    def chosen(self) -> frozenset[str]:
        """The values that are checked, of a search only those found."""
        return self._checked & self._found()

    @property
    def restricts(self) -> bool:
        """Whether not everything is chosen."""
        return self.chosen != self._every

    def search(self, text: str) -> None:
        """Show only lines in which every word occurs; a search begins with all that it finds checked."""
        words = folded(text).split()
        if words and not self._wanted:
            self._before, self._checked = self._checked, self._every
        elif self._wanted and not words:
            self._checked = self._before
        self._wanted = " ".join(words)
        self.beginResetModel()
        found = [one for one in self._lines if all(word in folded(one.words) for word in words)]
        leaves = [one for one in found if not one.group]
        if leaves:
            every = frozenset[str]().union(*(one.values for one in leaves))
            total = sum(one.count for one in leaves)
            found.insert(0, Line(FOUND_WORD if words else ALL_WORD, every, total, group=True))
        self._shown = found
        self.endResetModel()
        self.checked_changed.emit()

    def toggle(self, row: int) -> None:
        """Check a line, or clear it when all it stands for is checked."""
        values = self._shown[row].values
        self._checked = self._checked - values if values <= self._checked else self._checked | values
        self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, 1))
        self.checked_changed.emit()

    def state(self, row: int) -> Qt.CheckState:
        """Checked, not, or partly."""
        values = self._shown[row].values
        if values <= self._checked:
            return Qt.CheckState.Checked
        return Qt.CheckState.PartiallyChecked if values & self._checked else Qt.CheckState.Unchecked

    def _found(self) -> frozenset[str]:
        return frozenset[str]().union(*(one.values for one in self._shown))

    # ---- what Qt asks ----

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else 2

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        line = self._shown[index.row()]
        if role == Role.AccessibleTextRole:
            chosen = _SPOKEN[self.state(index.row())]
            return f"{line.words.strip()}, {counted(line.count, 'Zeile', 'Zeilen')}, {chosen}"
        if role == Role.SizeHintRole:
            return QSize(0, QFontMetrics(QGuiApplication.font()).height() + 10)
        if index.column() == 1:
            return self._count(line, role)
        if role in (Role.DisplayRole, Role.ToolTipRole):
            words = line.words.replace("\n", " ")
            return plain(words) if role == Role.ToolTipRole else words
        if role == Role.CheckStateRole:
            return self.state(index.row())
        if role == Role.FontRole and line.group:
            font = QGuiApplication.font()
            font.setWeight(QFont.Weight.DemiBold)
            return font
        return None

    @staticmethod
    def _count(line: Line, role: int) -> Any:
        if role == Role.DisplayRole:
            return dotted(line.count)
        if role == Role.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Role.ForegroundRole:
            return tokens(QGuiApplication.palette()).ink(Tone.NEUTRAL)
        return None


def lines_of(values: Sequence[tuple[str, int]], kind: Kind) -> list[Line]:
    """A line for each value; months stand below a line for their year."""
    if kind is not Kind.DATE:
        return [Line(value_words(value, kind), frozenset({value}), count) for value, count in values]
    lines: list[Line] = []
    years: dict[str, list[tuple[str, int]]] = {}
    for value, count in values:
        years.setdefault(value[:4], []).append((value, count))
    for year, months in years.items():
        if year:
            every = frozenset(value for value, _ in months)
            lines.append(Line(year, every, sum(count for _, count in months), group=True))
        indent = INDENT if year else ""
        lines += [
            Line(f"{indent}{value_words(value, kind)}", frozenset({value}), count) for value, count in months
        ]
    return lines
