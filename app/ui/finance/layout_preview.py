"""The first rows of a sheet of finance's workbook, as they stand there."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.sheets.layout.view import ViewRow
from app.sheets.reading.cells import column_letters
from app.ui.kit.layout import column, discard
from app.ui.kit.table.columns import Column
from app.ui.kit.table.menus import one
from app.ui.kit.table.table import RowAction, Table

_LEAST_COLUMNS = 4


class LayoutPreview(QWidget):
    """`header_wanted` tells the number of the row she chose as header."""

    header_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.table: Table[ViewRow] | None = None
        self._column = column(on=self)

    def show_rows(self, rows: Sequence[ViewRow]) -> None:
        """Show a sheet."""
        discard(self.table)
        width = max([_LEAST_COLUMNS, *(len(row.cells) for row in rows)])
        columns: list[Column[ViewRow]] = [Column("row", "Zeile", lambda row: row.number, width=56)]
        columns += [
            Column(f"c{place}", column_letters(place), partial(_text, place), width=118)
            for place in range(width)
        ]
        self.table = Table(
            "exports/layout", columns, title="Erste Zeilen des Blatts", identity=lambda row: row.number
        )
        self.table.set_actions([RowAction("Hier stehen die Überschriften", self._want, "table", one)])
        self.table.set_rows(rows)
        self._column.addWidget(self.table)

    def _want(self, chosen: list[ViewRow]) -> None:
        self.header_wanted.emit(chosen[0].number)

    def bring(self, row: int) -> None:
        """Select a row, so that it is seen."""
        if self.table is not None:
            self.table.select(row)


def _text(place: int, row: ViewRow) -> str | None:
    return (row.cells[place] if place < len(row.cells) else "") or None
