"""The matrix of budgets: groups with sums, figures that lead to what is behind them, totals that stay below."""

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStyleOptionViewItem, QVBoxLayout, QWidget

from app.domain.budgets.budgets import BudgetFigures
from app.domain.money import amount
from app.services.budgets.budgets import BudgetRow
from app.ui.budgets.lines import BudgetLine, Grouping, build
from app.ui.kit.icons import paint_icon
from app.ui.kit.table.cells import Cells
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.footer import Footer, mirrored
from app.ui.kit.table.header import Header
from app.ui.kit.table.memory import Memory
from app.ui.kit.table.model import TableModel
from app.ui.kit.table.sharing import Sharing
from app.ui.kit.table.view import Grid
from app.ui.kit.tokens import tokens
from app.ui.kit.widgets.figures import Bar
from app.ui.kit.widgets.text import set_property

INDENT = 22
LEAST_LINES = 3

COLUMNS: tuple[Column[BudgetLine], ...] = (
    Column("name", "Budget", lambda line: line.name, width=124, strong=True),
    Column("title", "Bezeichnung", lambda line: line.title, width=150, stretch=True),
    Column("side", "Art", lambda line: line.side, width=118),
    Column("planned", "Ansatz", lambda line: line.figures.planned_cents, Kind.AMOUNT, 92),
    Column("transfers", "Umschichtung", lambda line: line.figures.transfers_cents or None, Kind.AMOUNT, 112),
    Column("committed", "Gebunden", lambda line: line.figures.committed_cents or None, Kind.AMOUNT, 88),
    Column("actual", "Ist", lambda line: line.figures.actual_cents, Kind.AMOUNT, 92),
    Column("available", "Verfügbar", lambda line: line.figures.available_cents, Kind.AMOUNT, 92),
    Column("bar", "Verbrauch", lambda line: bar_of(line), Kind.BAR, 96),
)
POSITION = {column.key: position for position, column in enumerate(COLUMNS)}
FIGURES = frozenset({"planned", "transfers", "committed", "actual", "available", "bar"})
"""A click on one of these leads to what it is made of."""


def bar_of(line: BudgetLine) -> Bar:
    figures = line.figures
    return Bar(figures.disposable_cents, figures.actual_cents, figures.committed_cents)


class MatrixCells(Cells):
    """Group lines stand out, budgets are indented below them, figures look like the links they are."""

    def __init__(self, model: TableModel[BudgetLine], parent: QObject) -> None:
        super().__init__(model.columns, parent)
        self.hovered_column = -1
        self._lines = model
        self._indent = 0

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        line = self._lines.row_at(index.row())
        key = COLUMNS[index.column()].key
        mine = QStyleOptionViewItem(option)
        font = QFont(option.font)
        if line.is_group:
            font.setWeight(QFont.Weight.DemiBold)
            painter.fillRect(option.rect, QColor(tokens(option.palette).neutral_tint))
        pointed = index.row() == self.hovered and index.column() == self.hovered_column
        font.setUnderline(pointed and key in FIGURES)
        mine.font = font
        self._indent = INDENT if key == "name" and (line.is_group or line.indented) else 0
        super().paint(painter, mine, index)
        if key == "name" and line.is_group:
            side = 16.0
            place = QRectF(option.rect.left() + 8, option.rect.center().y() - side / 2, side, side)
            icon = "chevron-down" if line.is_open else "chevron-right"
            paint_icon(painter, icon, place, QColor(tokens(option.palette).muted))

    def _paint_value(
        self,
        painter: QPainter,
        inner: QRect,
        value: object,
        column: Column[Any],
        font: QFont,
        palette: QPalette,
        ink: QColor,
    ) -> None:
        shifted = inner.adjusted(self._indent, 0, 0, 0)
        super()._paint_value(painter, shifted, value, column, font, palette, ink)


class MatrixGrid(Grid):
    """Whole lines; Left and Right close and open a group; figures are pointed at and clicked."""

    pointed = Signal(int, int)  # row and column under the mouse
    toggled = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Space):
            self.toggled.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        at = self.indexAt(event.position().toPoint())
        self.pointed.emit(at.row(), at.column())


class Matrix(QFrame):
    """Shows budgets as lines. `figure_opened(line, column key)`: she wants to see what a figure is made of."""

    figure_opened = Signal(object, str)
    current_changed = Signal(object)  # Line or None
    edit_wanted = Signal(object)  # BudgetRow
    menu_wanted = Signal(object, QPoint)  # Line, global position
    remove_wanted = Signal(object)  # BudgetRow
    closed_changed = Signal(object)  # frozenset of group keys
    exported = Signal(object)  # Path

    def __init__(self, closed: Collection[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "table")
        self._rows: Sequence[BudgetRow] = ()
        self._grouping = Grouping.QUARTER
        self._closed = frozenset(closed)
        self.model: TableModel[BudgetLine] = TableModel(COLUMNS, self)
        self.cells = MatrixCells(self.model, self)
        self.header = Header(COLUMNS, self)
        self.header.setSectionsMovable(False)  # a group's name goes over the columns beside it
        self.header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.grid = MatrixGrid(self.header, self.cells, self)
        self.grid.setModel(self.model)
        self.grid.setAccessibleName("Budgets")
        self.grid.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.footer = Footer(self.grid)
        self._total: BudgetLine | None = None
        self._memory = Memory("budget_matrix", self.header, COLUMNS, self._scale)
        self.sharing: Sharing[BudgetLine] = Sharing(
            self,
            "Budgets",
            COLUMNS,
            self.header,
            self._memory,
            shown=self.all_lines,
            selected=self.selected,
            fit=self._fit,
            exported=self.exported.emit,
            always=("name",),
        )
        self._memory.restore()
        self.tools = QWidget()
        tools = QHBoxLayout(self.tools)
        tools.setContentsMargins(0, 0, 0, 0)
        tools.setSpacing(2)
        for one in self.sharing.buttons():
            tools.addWidget(one)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.grid, 1)
        layout.addWidget(self.footer)
        layout.addWidget(mirrored(self.grid.horizontalScrollBar()))
        self._connect()
        self.setFocusProxy(self.grid)

    def show_rows(self, rows: Sequence[BudgetRow], grouping: Grouping) -> None:
        """Show these budgets; selection and scroll position stay."""
        self._rows, self._grouping = rows, grouping
        current = self.current()
        scrolled = self.grid.verticalScrollBar().value()
        self._sort_by_header(grouping is Grouping.NONE)
        self.model.set_rows(build(rows, grouping, self._closed))
        self.grid.clearSpans()
        for position, line in enumerate(self.model.shown_rows()):
            if line.is_group:
                self.grid.setSpan(position, POSITION["name"], 1, 3)
        if current is not None:
            self.select(current.key)
        self.grid.verticalScrollBar().setValue(scrolled)

    def _sort_by_header(self, wanted: bool) -> None:
        """Groups keep their own order; a plain list is sorted by a click on a title."""
        if wanted == self.grid.isSortingEnabled():
            return
        self.header.setSortIndicatorShown(wanted)
        if wanted:
            self.header.setSortIndicator(POSITION["name"], Qt.SortOrder.AscendingOrder)
        self.grid.setSortingEnabled(wanted)
        if not wanted:
            self.model.sort(-1)

    def show_current(self) -> None:
        """Scroll to the selected line, for instance after the room for the list has become smaller."""
        self.grid.scrollTo(self.grid.currentIndex())

    def show_totals(self, figures: BudgetFigures, caption: str) -> None:
        """The row that stays at the bottom."""
        values = {
            "planned": figures.planned_cents,
            "transfers": figures.transfers_cents,
            "committed": figures.committed_cents,
            "actual": figures.actual_cents,
            "available": figures.available_cents,
        }
        self._total = BudgetLine("total", caption, "", "", figures, ())
        self.footer.show_sums({POSITION[key]: amount(cents) for key, cents in values.items()}, caption)

    def all_lines(self) -> list[BudgetLine]:
        """What can be seen, the totals at the end."""
        return self.model.shown_rows() + ([self._total] if self._total is not None else [])

    def selected(self) -> list[BudgetLine]:
        """The selected lines in the order shown."""
        return [self.model.row_at(position) for position in self.grid.selected_positions()]

    def current(self) -> BudgetLine | None:
        at = self.grid.currentIndex()
        return self.model.row_at(at.row()) if at.isValid() else None

    def select(self, key: str) -> bool:
        """Go to a line; False where it is not shown."""
        for position, line in enumerate(self.model.shown_rows()):
            if line.key == key:
                self.grid.setCurrentIndex(self.model.index(position, 0))
                return True
        return False

    def line(self, key: str) -> BudgetLine | None:
        """The line with this key if it is shown."""
        return next((line for line in self.model.shown_rows() if line.key == key), None)

    def open_all(self) -> None:
        """Show the budgets of every group."""
        self._closed = frozenset()
        self.closed_changed.emit(self._closed)
        self.show_rows(self._rows, self._grouping)

    def _connect(self) -> None:
        self.grid.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.grid.customContextMenuRequested.connect(self._ask_menu)
        self.grid.clicked.connect(self._click)
        self.grid.opened.connect(self._open)
        self.grid.toggled.connect(self._toggle)
        self.grid.pointed.connect(self._point)
        self.grid.remove_pressed.connect(self._remove)
        self.grid.copy_pressed.connect(self.sharing.copy)
        self.header.customContextMenuRequested.connect(
            lambda at: self.sharing.column_menu().popup(self.header.mapToGlobal(at))
        )
        self.grid.resized.connect(self._fit)
        self.header.sectionResized.connect(lambda: QTimer.singleShot(0, self, self._fit))
        self.grid.selectionModel().currentRowChanged.connect(
            lambda *_: self.current_changed.emit(self.current())
        )
        self.grid.installEventFilter(self)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            set_property(self, "focused", event.type() == QEvent.Type.FocusIn)
        if event.type() == QEvent.Type.FontChange:
            self._memory.rescale(self._scale)
            self._fit()
        return super().eventFilter(watched, event)

    def _click(self, index: QModelIndex) -> None:
        line = self.model.row_at(index.row())
        key = COLUMNS[index.column()].key
        if key in FIGURES:
            self.figure_opened.emit(line, key)
        elif line.is_group:
            self._toggle(index.row())

    def _open(self, position: int) -> None:
        line = self.model.row_at(position)
        if line.row is not None:
            self.edit_wanted.emit(line.row)
        else:
            self._toggle(position)

    def _toggle(self, position: int) -> None:
        line = self.model.row_at(position) if position >= 0 else None
        if line is None or not line.is_group:
            return
        self._closed = self._closed ^ {line.key}
        self.closed_changed.emit(self._closed)
        self.show_rows(self._rows, self._grouping)

    def _remove(self) -> None:
        line = self.current()
        if line is not None and line.row is not None:
            self.remove_wanted.emit(line.row)

    def _point(self, row: int, column: int) -> None:
        over_figure = row >= 0 and COLUMNS[column].key in FIGURES
        shape = Qt.CursorShape.PointingHandCursor if over_figure else Qt.CursorShape.ArrowCursor
        self.grid.viewport().setCursor(shape)
        self.cells.hovered_column = column
        self.grid.viewport().update()

    def _ask_menu(self, at: QPoint) -> None:
        index = self.grid.indexAt(at)
        if index.isValid():
            self.menu_wanted.emit(self.model.row_at(index.row()), self.grid.viewport().mapToGlobal(at))

    @property
    def _scale(self) -> float:
        """Every width follows the size of the text."""
        return self.grid.font().pointSizeF() / 10

    def _fit(self) -> None:
        """The name takes the room that is left; a few lines can always be seen."""
        self.grid.setMinimumHeight(self.header.height() + LEAST_LINES * self.grid.rowHeight(0))
        stretching = POSITION["title"]
        if self.header.isSectionHidden(stretching):
            return
        others = sum(self.header.sectionSize(i) for i in range(self.header.count()) if i != stretching)
        least = round(COLUMNS[stretching].start_width * self._scale * 2 / 3)
        self.header.resizeSection(stretching, max(least, self.grid.viewport().width() - others))
