"""The grid of a table with its rows, hover and keys; table.py puts header, tools and menus around it."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QWidget

from app.ui.kit.choosing import choose_on_focus
from app.ui.kit.table.cells import Cells
from app.ui.kit.table.header import Header
from app.ui.kit.tokens import ROW_HEIGHT


def set_row_height(grid: QTableView) -> int:
    """34 px at normal size, more where letters are larger; the height in pixels."""
    height = max(ROW_HEIGHT, grid.fontMetrics().height() + 16)
    grid.verticalHeader().setMinimumSectionSize(height)
    grid.verticalHeader().setDefaultSectionSize(height)
    return height


def quiet_rows(grid: QTableView) -> int:
    """No lines between cells, no head at the left, scrolled by pixels; the height of a row."""
    grid.setShowGrid(False)
    grid.setWordWrap(False)
    grid.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    grid.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    grid.verticalHeader().hide()
    return set_row_height(grid)


class Grid(QTableView):
    """Whole rows are selected; Enter opens, Entf removes, Strg+C copies, Tab leaves."""

    opened = Signal(int)
    remove_pressed = Signal()
    copy_pressed = Signal()
    filter_pressed = Signal()
    resized = Signal()

    def __init__(self, header: Header, cells: Cells, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells, self._header = cells, header
        header.setParent(self)
        self.setHorizontalHeader(header)
        self.setItemDelegate(cells)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
        quiet_rows(self)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))

    def selected_positions(self) -> list[int]:
        """Selected rows from top to bottom; read by ranges, because all of 100.000 may be selected."""
        positions: set[int] = set()
        for part in self.selectionModel().selection():  # type: ignore[attr-defined]  # a list, say Qt's docs
            positions.update(range(part.top(), part.bottom() + 1))
        return sorted(positions)

    def paintEvent(self, event: QPaintEvent) -> None:
        # The leftmost column carries the mark of the current row, also after columns were moved or hidden.
        self._cells.leftmost = next(iter(self._header.shown_positions()), 0)
        super().paintEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            set_row_height(self)
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        choose_on_focus(self, event.reason())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_pressed.emit()
        elif (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            if self.currentIndex().isValid():
                self.opened.emit(self.currentIndex().row())
        elif event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.filter_pressed.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.remove_pressed.emit()
        elif event.key() == Qt.Key.Key_Home and not event.modifiers():
            self._go(0)
        elif event.key() == Qt.Key.Key_End and not event.modifiers():
            self._go(self.model().rowCount() - 1)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.rowAt(int(event.position().y())))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().currentChanged(current, previous)
        self._cells.current = current.row()
        self.viewport().update()

    def _go(self, row: int) -> None:
        if row >= 0:
            self.setCurrentIndex(self.model().index(row, self._header.logicalIndex(0)))

    def _hover(self, row: int) -> None:
        if row != self._cells.hovered:
            self._cells.hovered = row
            self.viewport().update()
