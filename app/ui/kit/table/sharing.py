"""What can be taken out of a grid and what of it is seen: copying, exporting, choosing columns."""

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Generic, TypeVar

from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from app.ui.kit.questions import EXCEL, choose_target
from app.ui.kit.table import exporting
from app.ui.kit.table.columns import Column
from app.ui.kit.table.header import Header
from app.ui.kit.table.memory import Memory
from app.ui.kit.table.menus import column_menu
from app.ui.kit.widgets.text import icon_button

R = TypeVar("R")
_LEAST_WIDTH = 40
"""A column that comes back narrower than this gets its first width again."""


class Sharing(Generic[R]):
    """The same for every table, whatever stands around its grid.

    `shown` and `selected` are its rows, `fit` lays its columns out anew, `exported` hears where a file was written.
    `always`: keys of columns that cannot be hidden.
    """

    def __init__(
        self,
        owner: QWidget,
        title: str,
        columns: Sequence[Column[R]],
        header: Header,
        memory: Memory,
        *,
        shown: Callable[[], Sequence[R]],
        selected: Callable[[], Sequence[R]],
        fit: Callable[[], None],
        exported: Callable[[Path], object],
        always: Collection[str] = (),
    ) -> None:
        self._owner, self._title = owner, title
        self._columns, self._header, self._memory = tuple(columns), header, memory
        self._shown, self._selected, self._fit, self._exported = shown, selected, fit, exported
        self._always = frozenset(
            position for position, column in enumerate(self._columns) if column.key in always
        )

    def columns(self) -> list[Column[R]]:
        """Columns that can be seen, from left to right."""
        header = self._header
        order = (header.logicalIndex(place) for place in range(header.count()))
        return [self._columns[position] for position in order if not header.isSectionHidden(position)]

    def copy(self, *, headers: bool = False) -> None:
        """The selected rows as lines with tabs, as spreadsheets read them."""
        seen = self.columns()
        lines = ["\t".join(column.title for column in seen)] if headers else []
        for row in self._selected():
            lines.append("\t".join(" ".join(column.text(row).split()) for column in seen))
        QGuiApplication.clipboard().setText("\n".join(lines))

    def export(self) -> None:
        """Ask for a file and write into it what is shown."""
        choose_target(self._owner, "Angezeigtes speichern", EXCEL, f"{self._title}.xlsx", self.export_to)

    def export_to(self, path: Path) -> None:
        """Write the shown rows and columns into a workbook. Raises OutputError."""
        exporting.export(path, self._title, self.columns(), self._shown())
        self._exported(path)

    def column_menu(self, parent: QWidget | None = None) -> QMenu:
        """Which columns are shown."""
        return column_menu(
            parent or self._owner, self._header, self._columns, self._show, self._forget, self._always
        )

    def buttons(self) -> tuple[QToolButton, QToolButton]:
        """Choosing columns, and exporting."""
        choose = icon_button("columns", "Spalten auswählen")
        choose.clicked.connect(
            lambda: self.column_menu().popup(choose.mapToGlobal(QPoint(0, choose.height() + 2)))
        )
        return choose, icon_button("spreadsheet", "Angezeigtes als Excel speichern", self.export)

    def _show(self, position: int, shown: bool) -> None:
        header = self._header
        visible = sum(not header.isSectionHidden(place) for place in range(header.count()))
        if shown or visible > 1:
            header.setSectionHidden(position, not shown)
            if shown and header.sectionSize(position) < _LEAST_WIDTH:
                header.resizeSection(position, self._columns[position].start_width)
        self._fit()
        header.place_fields()
        self._memory.note()

    def _forget(self) -> None:
        self._memory.forget()
        self._fit()
