"""A small table inside a form: rows that belong to a record, edited cell by cell."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from app.ui.kit.editors.base import Editor
from app.ui.kit.editors.choices import Option, RecordEditor
from app.ui.kit.editors.rows_cells import RowCells
from app.ui.kit.editors.rows_model import RowColumn, RowsModel
from app.ui.kit.layout import STRETCH, column, row
from app.ui.kit.table.view import quiet_rows
from app.ui.kit.widgets.text import button, icon_button, label

__all__ = ["RowColumn", "RowsEditor", "record_column"]


class _Grid(QTableView):
    """Enter edits; Entf removes a row; Alt+Up and Alt+Down move it; Tab leaves after the last cell, Ctrl+Tab now."""

    remove_pressed = Signal()
    move_pressed = Signal(int)
    add_pressed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._leave(event.key() == Qt.Key.Key_Tab)
        elif event.key() == Qt.Key.Key_Delete:
            self.remove_pressed.emit()
        elif event.key() == Qt.Key.Key_Insert:
            self.add_pressed.emit()
        elif alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.move_pressed.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            if control:
                super().keyPressEvent(event)
            else:
                self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """A form never goes with a cell open: Qt asks its delegate about an editor half destroyed, and crashes."""
        super().hideEvent(event)
        cells = self.itemDelegate()
        if isinstance(cells, RowCells) and not event.spontaneous():
            cells.finish()

    def focusNextPrevChild(self, forward: bool) -> bool:
        model, at = self.model(), self.currentIndex()
        assert isinstance(model, RowsModel)
        if model.is_last(at) if forward else model.is_first(at):
            return self._leave(forward)
        return super().focusNextPrevChild(forward)

    def _leave(self, forward: bool) -> bool:
        self.setTabKeyNavigation(False)
        left = super().focusNextPrevChild(forward)
        self.setTabKeyNavigation(True)
        return left


class RowsEditor(Editor):
    """Child rows. `blank` makes a new row from those that are there; the value is a tuple of rows."""

    def __init__(
        self,
        columns: Sequence[RowColumn],
        blank: Callable[[Sequence[Any]], Any],
        *,
        add_text: str = "Zeile hinzufügen",
        empty: str = "Noch keine Einträge",
        visible_rows: int = 4,
    ) -> None:
        box = QWidget()
        super().__init__(box)
        self._blank = blank
        self.rows_model = RowsModel(columns)
        self.grid = _Grid()
        self.grid.setModel(self.rows_model)
        self.cells = RowCells(self.rows_model, self.grid)
        self.grid.setItemDelegate(self.cells)
        self._set_up_grid(visible_rows)
        self._empty = label(empty, "muted")
        self._empty.setParent(self.grid.viewport())
        self._empty.move(8, 8)
        self._up = icon_button("arrow-up", "Nach oben (Alt+Pfeil auf)", lambda: self.move_row(-1))
        self._down = icon_button("arrow-down", "Nach unten (Alt+Pfeil ab)", lambda: self.move_row(1))
        self._remove = icon_button("trash", "Entfernen (Entf)", self.remove_row)
        self.add = button(add_text, self.add_row, icon="plus", role="quiet")
        buttons = row(self.add, STRETCH, self._up, self._down, self._remove, spacing=2)
        column(self.grid, buttons, on=box, spacing=4)
        self.setFocusProxy(self.grid)
        self.grid.remove_pressed.connect(self.remove_row)
        self.grid.move_pressed.connect(self.move_row)
        self.grid.add_pressed.connect(self.add_row)
        self.grid.selectionModel().currentChanged.connect(self._show_buttons)
        self.rows_model.dataChanged.connect(self._tell)
        self._show_buttons()

    def value(self) -> tuple[Any, ...]:
        self.cells.finish()
        for (line, place), problem in sorted(self.rows_model.unread.items()):
            raise ValueError(f"Zeile {line + 1}, {self.rows_model.columns[place].title}: {problem}")
        for line, entered in enumerate(self.rows_model.rows, start=1):
            for declared in self.rows_model.columns:
                if declared.required and getattr(entered, declared.name) in (None, ""):
                    raise ValueError(f"Zeile {line}: {declared.title} fehlt.")
        return tuple(self.rows_model.rows)

    def set_value(self, value: Sequence[Any] | None) -> None:
        self.rows_model.set_rows(value or ())
        self._show_buttons()

    def state(self) -> object:
        return (tuple(self.rows_model.rows), tuple(sorted(self.rows_model.unread.items())))

    def add_row(self) -> None:
        """A new row at the end, its first cell open."""
        self.cells.finish()
        rows = self.rows_model.rows
        self.rows_model.rearrange(range(len(rows)), [self._blank(rows)])
        self._show_buttons()
        self.changed.emit()  # not finished: a row just begun is incomplete, and no mistake yet
        at = self.rows_model.index(len(self.rows_model.rows) - 1, 0)
        self.grid.setFocus()
        self.grid.setCurrentIndex(at)
        self.grid.scrollTo(at)
        self.grid.edit(at)

    def remove_row(self) -> None:
        """Take the current row away."""
        place = self.grid.currentIndex().row()
        if place >= 0:
            rest = [at for at in range(len(self.rows_model.rows)) if at != place]
            self.rows_model.rearrange(rest)
            self._go(min(place, len(rest) - 1))
            self._tell()

    def move_row(self, step: int) -> None:
        """The current row one place up (-1) or down (1)."""
        place = self.grid.currentIndex().row()
        target = place + step
        order = list(range(len(self.rows_model.rows)))
        if place >= 0 and 0 <= target < len(order):
            order[place], order[target] = target, place
            self.rows_model.rearrange(order)
            self._go(target)
            self._tell()

    def _go(self, place: int) -> None:
        if place >= 0:
            self.grid.setCurrentIndex(self.rows_model.index(place, 0))

    def _tell(self) -> None:
        self._show_buttons()
        self.tell()

    def _show_buttons(self) -> None:
        place, count = self.grid.currentIndex().row(), len(self.rows_model.rows)
        self._empty.setVisible(count == 0)
        self._remove.setEnabled(place >= 0)
        self._up.setEnabled(place > 0)
        self._down.setEnabled(0 <= place < count - 1)

    def _set_up_grid(self, visible_rows: int) -> None:
        grid = self.grid
        height = quiet_rows(grid)
        grid.setTabKeyNavigation(True)
        grid.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        grid.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.SelectedClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        head = grid.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        for place, declared in enumerate(self.rows_model.columns):
            head.resizeSection(place, max(declared.width, head.sectionSizeHint(place)))  # larger text
            if declared.stretch:
                head.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        head.setMinimumSectionSize(60)
        grid.setMinimumHeight(head.sizeHint().height() + visible_rows * height + 6)


def record_column(
    name: str,
    title: str,
    options: Sequence[Option],
    width: int,
    *,
    stretch: bool = False,
    required: bool = False,
) -> RowColumn:
    """A column of records, each one out of many `options`; a cell says its words."""
    words = dict(options)
    return RowColumn(
        name, title, lambda: RecordEditor(options), lambda key: words.get(key, ""), width, stretch, required
    )
