"""The matrix of budgets: groups with sums, figures that lead to what is behind them, totals that stay below."""

from collections.abc import Callable, Collection, Sequence
from operator import attrgetter

from PySide6.QtCore import QModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from app.domain.budgets.budgets import BudgetFigures
from app.domain.money import amount
from app.services.budgets.budgets import BudgetRow
from app.ui.budget_bar import bar_of
from app.ui.budgets.lines import BudgetLine, Grouping, build
from app.ui.figure_words import ACTUAL, AVAILABLE, COMMITTED, PLANNED, TRANSFERS, USED
from app.ui.kit.accessible import announce
from app.ui.kit.icons import paint_icon
from app.ui.kit.indexes import Index
from app.ui.kit.menu import Entries
from app.ui.kit.table.cells import Cells
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.frame import GridFrame
from app.ui.kit.table.view import Grid
from app.ui.kit.tokens import tokens
from app.ui.kit.widgets.painting import strong_font

INDENT = 22
LEAST_LINES = 3

COLUMNS: tuple[Column[BudgetLine], ...] = (
    Column("name", "Budget", lambda line: line.name, width=124, strong=True, spoken=lambda line: line.spoken),
    Column("title", "Bezeichnung", lambda line: line.title, width=150, stretch=True, least=100),
    Column("side", "Art", lambda line: line.side, width=118),
    Column("planned", "Ansatz", lambda line: line.figures.planned_cents, Kind.AMOUNT, 92, contains=PLANNED),
    Column(
        "transfers",
        "Umschichtung",
        lambda line: line.figures.transfers_cents or None,
        Kind.AMOUNT,
        112,
        contains=TRANSFERS,
    ),
    Column(
        "committed",
        "Gebunden",
        lambda line: line.figures.committed_cents or None,
        Kind.AMOUNT,
        88,
        contains=COMMITTED,
    ),
    Column("actual", "Ist", lambda line: line.figures.actual_cents, Kind.AMOUNT, 92, contains=ACTUAL),
    Column(
        "available",
        "Verfügbar",
        lambda line: line.figures.available_cents,
        Kind.AMOUNT,
        92,
        contains=AVAILABLE,
    ),
    Column("bar", "Verbrauch", lambda line: bar_of(line.figures), Kind.BAR, 96, contains=USED),
)
POSITION = {column.key: position for position, column in enumerate(COLUMNS)}
NAMING = frozenset({"name", "title", "side"})
FIGURES = frozenset({"planned", "transfers", "committed", "actual", "available", "bar"})
"""A click on one of these leads to what it is made of."""


class MatrixCells(Cells):
    """Group lines stand out, budgets are indented below them, figures look like the links they are."""

    hovered_column = -1

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = self.model.row_at(index.row())
        key = COLUMNS[index.column()].key
        mine = QStyleOptionViewItem(option)
        font = strong_font(option.font) if line.is_group else QFont(option.font)
        if line.is_group:
            painter.fillRect(option.rect, QColor(tokens(option.palette).neutral_tint))
        pointed = index.row() == self.hovered and index.column() == self.hovered_column
        font.setUnderline(pointed and key in FIGURES)
        mine.font = font
        super().paint(painter, mine, index)
        if key == "name" and line.is_group:
            side = 16.0
            place = QRectF(option.rect.left() + 8, option.rect.center().y() - side / 2, side, side)
            icon = "chevron-down" if line.is_open else "chevron-right"
            paint_icon(painter, icon, place, QColor(tokens(option.palette).muted))

    def needed(self, position: int, rows: Sequence[BudgetLine], font: QFont) -> int:
        """Names of groups go over the columns beside them; their figures are semi-bold."""
        if COLUMNS[position].key in NAMING:
            indent = INDENT if COLUMNS[position].key == "name" else 0
            return super().needed(position, [row for row in rows if not row.is_group], font) + indent
        return super().needed(position, rows, strong_font(font))

    def room(self, area: QRect, index: Index) -> QRect:
        line = self.model.row_at(index.row())
        indented = COLUMNS[index.column()].key == "name" and (line.is_group or line.indented)
        return super().room(area, index).adjusted(INDENT if indented else 0, 0, 0, 0)


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


class Matrix(GridFrame[BudgetLine]):
    """Shows budgets as lines. `figure_opened(line, column key)`: she wants to see what a figure is made of.

    `entries`: what can be done with a line, for its context menu.
    """

    figure_opened = Signal(object, str)
    closed_changed = Signal(object)  # frozenset of group keys
    grid: MatrixGrid
    cells: MatrixCells

    def __init__(
        self,
        closed: Collection[str] = (),
        entries: Callable[[BudgetLine], Entries] = lambda _: (),
    ) -> None:
        super().__init__(
            "budget_matrix",
            COLUMNS,
            title="Budgets",
            identity=attrgetter("key"),
            totals=True,
            always=("name",),
            cells=MatrixCells,
            grid=MatrixGrid,
        )
        self._entries = entries
        self._rows: Sequence[BudgetRow] = ()
        self._grouping = Grouping.QUARTER
        self._closed = frozenset(closed)
        self._total: BudgetLine | None = None
        self.header.setSectionsMovable(False)  # a group's name goes over the columns beside it
        self.grid.clicked.connect(self._click)
        self.grid.toggled.connect(self._toggle)
        self.grid.opened.connect(self._toggle)
        self.grid.pointed.connect(self._point)
        self.grid.resized.connect(self._keep_lines)
        self._keep_lines()

    def show_rows(self, rows: Sequence[BudgetRow], grouping: Grouping) -> None:
        """Show these budgets; selection and scroll position stay."""
        self._rows, self._grouping = rows, grouping
        self._sort_by_header(grouping is Grouping.NONE)
        self.set_rows(build(rows, grouping, self._closed))
        self.grid.clearSpans()
        for position, line in enumerate(self.shown_rows()):
            if line.is_group:
                self.grid.setSpan(position, POSITION["name"], 1, 3)

    def show_current(self) -> None:
        """Scroll to the selected line, for instance after the room for the list has become smaller."""
        self.grid.scrollTo(self.grid.currentIndex())

    def show_totals(self, figures: BudgetFigures, caption: str, contains: str) -> None:
        """The row that stays at the bottom; `contains`: what it sums up."""
        self._total = BudgetLine("total", caption, "", "", figures, ())
        sums = {
            place: amount(column.value(self._total) or 0)
            for place, column in enumerate(COLUMNS)
            if column.kind is Kind.AMOUNT
        }
        if self.footer is not None:
            self.footer.show_sums(sums, caption, contains)
            self.fitting.remeasure()

    def rows_to_export(self) -> list[BudgetLine]:
        """What can be seen, the totals at the end."""
        return self.shown_rows() + ([self._total] if self._total is not None else [])

    def to_sum_up(self, rows: list[BudgetLine]) -> list[BudgetLine]:
        """Budgets where there are any: the groups above them hold the same money."""
        return [line for line in rows if not line.is_group] or rows

    def line(self, key: str) -> BudgetLine | None:
        """The line with this key if it is shown."""
        return next((line for line in self.shown_rows() if line.key == key), None)

    def open_all(self) -> None:
        """Show the budgets of every group."""
        self._close_groups(frozenset())

    def row_entries(self, rows: list[BudgetLine]) -> Entries:
        line = self.current()
        return self._entries(line) if line is not None else ()

    def may_remove(self, rows: list[BudgetLine]) -> bool:
        """Budgets can be removed, groups cannot."""
        return all(line.row is not None for line in rows)

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

    def _click(self, index: QModelIndex) -> None:
        line = self.model.row_at(index.row())
        key = COLUMNS[index.column()].key
        if key in FIGURES:
            self.figure_opened.emit(line, key)
        else:
            self._toggle(index.row())

    def _toggle(self, position: int) -> None:
        """Open or close a group; a budget stays as it is."""
        line = self.model.row_at(position) if position >= 0 else None
        if line is not None and line.is_group:
            self._close_groups(self._closed ^ {line.key})
            announce(self.grid, self.model.row_at(position).spoken)

    def _close_groups(self, closed: frozenset[str]) -> None:
        self._closed = closed
        self.closed_changed.emit(closed)
        self.show_rows(self._rows, self._grouping)

    def _point(self, row: int, column: int) -> None:
        over_figure = row >= 0 and COLUMNS[column].key in FIGURES
        shape = Qt.CursorShape.PointingHandCursor if over_figure else Qt.CursorShape.ArrowCursor
        self.grid.viewport().setCursor(shape)
        self.cells.hovered_column = column
        self.grid.viewport().update()

    def _keep_lines(self) -> None:
        """A few lines can always be seen."""
        self.grid.setMinimumHeight(self.header.height() + LEAST_LINES * self.grid.rowHeight(0))
