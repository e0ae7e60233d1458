"""The file's first and last rows exactly as they stand there, with header row and last row marked and chosen."""

from collections.abc import Mapping
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from app.sheets.reading.cells import Row, Sheet, column_letters, is_empty
from app.sheets.reading.shown import shown
from app.ui.kit.layout import STRETCH, column, discard, grow, row
from app.ui.kit.menu import Entry, menu, right_click
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.table import Table
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.text import button, label

_FIRST, _LAST = 200, 100
_GAP = -1
_MOST_COLUMNS = 60
_HEADER, _END = Pill("Kopfzeile", Tone.INFO, "flag"), Pill("letzte Zeile", Tone.INFO, "arrow-up")
_ABOVE, _BELOW = Pill("darüber"), Pill("zählt nicht", Tone.NEUTRAL, "eye-off")


class FileRow(NamedTuple):
    """A row of the file; `id` is its number from 1, -1 where rows between are not shown."""

    id: int
    cells: Row


class RowMarks(NamedTuple):
    """Row numbers from 1: the header's (none, one or two), and the last that counts; None: to the end."""

    header: tuple[int, ...] = ()
    last: int | None = None

    def of(self, number: int) -> Pill | None:
        """What a row is, unless it is one that counts."""
        if number in self.header:
            return _HEADER
        if self.header and number < self.header[0]:
            return _ABOVE
        if self.last is not None and number >= self.last:
            return _END if number == self.last else _BELOW
        return None


class FileRows(QWidget):
    """`header_wanted(row)` and `last_wanted(row)`: a row is to become that; `to_end_wanted`: all rows count."""

    header_wanted = Signal(int)
    last_wanted = Signal(int)
    to_end_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._marks = RowMarks()
        self._width = 0
        tip = "Gewählte Zeile: Taste {}"
        self.as_header = button("Als Kopfzeile", self._wish_header, icon="flag", tip=tip.format("K"))
        self.as_last = button("Als letzte Zeile", self._wish_last, icon="arrow-up", tip=tip.format("L"))
        self.table: Table[FileRow] = self._made(0)
        head = row(label("In der Datei", "section"), STRETCH, self.as_header, self.as_last)
        self._layout = column(head, grow(self.table), on=self, spacing=8)

    def show_sheet(self, sheet: Sheet) -> None:
        """Another sheet, or another file."""
        count = len(sheet.rows)
        while count and is_empty(sheet.rows[count - 1]):
            count -= 1
        between = range(_FIRST + 1, count - _LAST + 1) if count > _FIRST + _LAST + 1 else range(0)
        numbers = (
            [*range(1, _FIRST + 1), _GAP, *range(between.stop, count + 1)] if between else range(1, count + 1)
        )
        gap: Row = [f"… {len(between)} weitere Zeilen …"]
        rows = [FileRow(number, gap if number == _GAP else sheet.rows[number - 1]) for number in numbers]
        width = min(max((len(row.cells) for row in rows), default=1), _MOST_COLUMNS)
        if width != self._width:
            discard(self.table)
            self.table = self._made(width)
            self._layout.addWidget(self.table, 1)
        self.table.set_rows(rows)
        self.table.grid.scrollToTop()

    def show_marks(self, marks: RowMarks, meanings: Mapping[int, str]) -> None:
        """Which rows are header and last; column index -> what is read from it."""
        self._marks = marks
        self.table.set_titles({f"c{index}": self._title(index, meanings) for index in range(self._width)})
        self.table.grid.viewport().update()
        self._show_buttons()

    def bring(self, number: int) -> None:
        """Scroll so that the row is seen."""
        for position, shown_row in enumerate(self.table.rows()):
            if shown_row.id == number:
                self.table.grid.scrollTo(self.table.model.index(position, 0))

    def _made(self, width: int) -> Table[FileRow]:
        self._width = width
        columns: list[Column[FileRow]] = [
            Column("row", "Zeile", lambda row: row.id if row.id != _GAP else None, Kind.NUMBER, width=58),
            Column("mark", "Das ist", lambda row: self._marks.of(row.id), Kind.PILL, width=126),
        ]
        columns += [
            Column(f"c{index}", self._title(index, {}), partial(_text_at, index), width=124)
            for index in range(width)
        ]
        table = Table[FileRow]("imports/file", columns, title="Zeilen der Datei", pale=self._is_pale)
        table.grid.setSortingEnabled(False)
        table.header.setSortIndicatorShown(False)
        table.header.setSectionsClickable(False)
        table.header.setSectionsMovable(False)
        table.cells.toned = lambda position: self._tone(table.model.row_at(position))
        table.grid.setSelectionMode(table.grid.SelectionMode.SingleSelection)
        table.grid.customContextMenuRequested.disconnect()
        right_click(table.grid, self.row_menu)
        table.opened.connect(lambda _row: self._wish_header())
        table.current_changed.connect(lambda _row: self._show_buttons())
        table.grid.installEventFilter(self)
        return table

    def row_menu(self) -> QMenu:
        """What can be done with the chosen row."""
        entries: list[Entry | None] = []
        if self._chosen() is not None:
            entries.append(Entry("Als Kopfzeile", self._wish_header, "flag", "K"))
            entries.append(Entry("Als letzte Zeile", self._wish_last, "arrow-up", "L"))
        if self._marks.last is not None:
            entries.append(Entry("Alle Zeilen bis zum Ende zählen", self.to_end_wanted.emit))
        entries += [None, Entry("Kopieren", self.table.copy, "copy", "Ctrl+C")]
        return menu(self, entries, passing=True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and not event.modifiers():
            wishes = {Qt.Key.Key_K: self._wish_header, Qt.Key.Key_L: self._wish_last}
            if wish := wishes.get(Qt.Key(event.key())):
                wish()
                return True
        return super().eventFilter(watched, event)

    def _chosen(self) -> int | None:
        row = self.table.current()
        return row.id if row is not None and row.id != _GAP else None

    def _wish_header(self) -> None:
        if (number := self._chosen()) is not None:
            self.header_wanted.emit(number)

    def _wish_last(self) -> None:
        if (number := self._chosen()) is not None:
            self.last_wanted.emit(number)

    def _show_buttons(self) -> None:
        for one in (self.as_header, self.as_last):
            one.setEnabled(self._chosen() is not None)

    def _tone(self, row: FileRow) -> Tone | None:
        mark = self._marks.of(row.id)
        return mark.tone if mark is _HEADER or mark is _END else None

    def _is_pale(self, row: FileRow) -> bool:
        return row.id == _GAP or self._marks.of(row.id) in (_ABOVE, _BELOW)

    def _title(self, index: int, meanings: Mapping[int, str]) -> str:
        letters = column_letters(index)
        return f"{letters} · {meanings[index]}" if index in meanings else letters


def _text_at(index: int, row: FileRow) -> Any:
    return (" ".join(shown(row.cells[index]).split()) if index < len(row.cells) else "") or None
