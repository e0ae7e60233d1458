"""The table of every list: declared columns in, sorting, filtering, choosing, copying and exporting out."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QStackedLayout, QVBoxLayout, QWidget

from app.ui.kit.table.cells import Cells
from app.ui.kit.table.columns import Column
from app.ui.kit.table.footer import Footer, mirrored
from app.ui.kit.table.header import Header
from app.ui.kit.table.memory import Memory
from app.ui.kit.table.menus import RowAction, add_entry
from app.ui.kit.table.model import TableModel
from app.ui.kit.table.place import TablePlace
from app.ui.kit.table.sharing import Sharing
from app.ui.kit.table.view import Grid
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.text import icon_button, set_property

R = TypeVar("R")

__all__ = ["RowAction", "Table"]


class Table(QFrame, Generic[R]):
    """A table of frozen rows. `table_id` names what is remembered about it.

    `identity` tells rows apart, so that selection and scroll position outlive a refresh. `pale` rows are muted.
    """

    opened = Signal(object)  # the row: Enter or double click
    current_changed = Signal(object)  # the row or None
    selection_changed = Signal(list)  # rows
    remove_requested = Signal(list)  # rows: Entf
    filter_reset_requested = Signal()  # "Filter zurücksetzen" where nothing was found
    exported = Signal(object)  # Path

    def __init__(
        self,
        table_id: str,
        columns: Sequence[Column[R]],
        *,
        title: str = "",
        identity: Callable[[R], Hashable] = attrgetter("id"),
        empty: EmptyState | None = None,
        totals: bool = False,
        pale: Callable[[R], bool] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._identity = identity
        self._title = title or table_id
        self._actions: list[RowAction[R]] = []
        self.setProperty("role", "table")
        self.model: TableModel[R] = TableModel(columns, self)
        self.cells = Cells(self.model.columns, self)
        if pale is not None:
            self.cells.pale = lambda position: pale(self.model.row_at(position))
        self.header = Header(columns, self)
        self.grid = Grid(self.header, self.cells, self)
        self.grid.setModel(self.model)
        self.grid.setAccessibleName(self._title)
        self._place = TablePlace(self.grid, self.model, identity)
        self._footer = Footer(self.grid) if totals else None
        self._memory = Memory(table_id, self.header, columns, self.font().pointSizeF() / 10)
        self._sharing: Sharing[R] = Sharing(
            self,
            self._title,
            columns,
            self.header,
            self._memory,
            shown=self.shown_rows,
            selected=self.selected,
            fit=self._fit,
            exported=self.exported.emit,
        )
        self.tools = self._make_tools()
        self._nothing = EmptyState(
            "search",
            "Nichts gefunden",
            "Filter zurücksetzen",
            self._reset_filters,
            parent=self.grid.viewport(),
        )
        self._nothing.hide()
        self._lay_out(empty)
        self._memory.restore()
        self._connect()
        self.grid.installEventFilter(self)

    # ---- rows ----

    def set_rows(self, rows: Sequence[R]) -> None:
        """Show these rows; what was selected and where it was scrolled stays."""
        self.model.set_rows(rows)

    def replace_rows(self, changed: Mapping[int, R]) -> None:
        """Other rows at some places of `rows()`, each shown where it was: quick, for one decision among 50.000."""
        self.model.replace_rows(changed)
        if self._footer is not None:
            self._footer.show_sums(self.model.totals(), self._footer_caption())

    def rows(self) -> Sequence[R]:
        """All rows, also those that filters hide."""
        return self.model.all_rows

    def shown_rows(self) -> list[R]:
        """The rows that can be seen, in their order."""
        return self.model.shown_rows()

    def current(self) -> R | None:
        """The row with the keyboard cursor."""
        index = self.grid.currentIndex()
        return self.model.row_at(index.row()) if index.isValid() else None

    def selected(self) -> list[R]:
        """The selected rows in the order shown."""
        return [self.model.row_at(position) for position in self.grid.selected_positions()]

    def select(self, key: Hashable) -> bool:
        """Go to the row with this identity; False where filters hide it or it is not there."""
        for position, row in enumerate(self.model.shown_rows()):
            if self._identity(row) == key:
                self.select_position(position)
                return True
        return False

    def select_position(self, position: int) -> None:
        """Go to the row shown at this position."""
        index = self.model.index(position, self.header.logicalIndex(0))
        self.grid.selectionModel().setCurrentIndex(
            index,
            QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
        )
        self.grid.scrollTo(index)

    def set_titles(self, titles: Mapping[str, str]) -> None:
        """Other titles for some columns, by their keys."""
        columns = [
            replace(column, title=titles.get(column.key, column.title)) for column in self.model.columns
        ]
        self.model.columns = self.cells.columns = self.header.columns = tuple(columns)
        self.header.viewport().update()

    def sort(self, key: str, *, descending: bool = False) -> None:
        """Sort by the column `key` unless she has chosen an order before."""
        if self.model.sorted_by is None:
            order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
            self.header.setSortIndicator(self._position(key), order)

    # ---- filters ----

    def set_search(self, text: str) -> None:
        """Every word must occur somewhere in a row."""
        self.model.set_search(text)

    def set_predicate(self, predicate: Callable[[R], bool] | None) -> None:
        """Show only rows that pass."""
        self.model.set_predicate(predicate)

    def show_filter_row(self, shown: bool) -> None:
        """The fields below the titles."""
        self.header.show_filter_row(shown)
        self._filter_button.setChecked(shown)
        self._memory.note()
        if shown:
            first = self.header.logicalIndex(0)
            self.header.field(first).setFocus()

    def _reset_filters(self) -> None:
        self.header.clear_fields()
        self.model.clear_entries()
        self.filter_reset_requested.emit()

    # ---- actions ----

    def set_actions(self, actions: Sequence[RowAction[R]]) -> None:
        """Entries of the context menu besides those every table has."""
        self._actions = list(actions)

    def copy(self, *, headers: bool = False) -> None:
        """The selected rows as lines with tabs, as spreadsheets read them."""
        self._sharing.copy(headers=headers)

    def shown_columns(self) -> list[Column[R]]:
        """Columns that can be seen, from left to right."""
        return self._sharing.columns()

    def export(self) -> None:
        """Ask for a file and write into it what is shown."""
        self._sharing.export()

    def export_to(self, path: Path) -> None:
        """Write the shown rows and columns into a workbook. Raises OutputError."""
        self._sharing.export_to(path)

    # ---- making ----

    def _make_tools(self) -> QWidget:
        tools = QWidget()
        layout = QHBoxLayout(tools)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        self._filter_button = icon_button("filter", "Filterzeile zeigen")
        self._filter_button.setCheckable(True)
        self._filter_button.toggled.connect(self.show_filter_row)
        for widget in (self._filter_button, *self._sharing.buttons()):
            layout.addWidget(widget)
        return tools

    def _lay_out(self, empty: EmptyState | None) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.grid, 1)
        if self._footer is not None:
            column.addWidget(self._footer)
            self.grid.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            column.addWidget(mirrored(self.grid.horizontalScrollBar()))
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(content)
        self._empty = empty
        if empty is not None:
            self._stack.addWidget(empty)
        self._show_state()

    def _connect(self) -> None:
        self._filter_button.setChecked(self.header.filter_row)
        self.header.setSortIndicatorClearable(True)
        self.header.setSortIndicatorShown(True)
        if self.header.sortIndicatorSection() >= len(self.model.columns) or self._unsorted():
            self.header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.grid.setSortingEnabled(True)
        self.header.entered.connect(self.model.set_entry)
        self.header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.header.customContextMenuRequested.connect(
            lambda at: self.column_menu().popup(self.header.mapToGlobal(at))
        )
        self.model.modelAboutToBeReset.connect(self._place.keep)
        self.model.modelReset.connect(self._restore)
        self.grid.opened.connect(lambda position: self.opened.emit(self.model.row_at(position)))
        self.grid.copy_pressed.connect(self.copy)
        self.grid.remove_pressed.connect(self._remove)
        self.grid.resized.connect(self._fit)
        self.header.sectionResized.connect(lambda: QTimer.singleShot(0, self, self._fit))
        self.grid.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.grid.customContextMenuRequested.connect(
            lambda at: self.row_menu().popup(self.grid.viewport().mapToGlobal(at))
        )
        self.grid.selectionModel().currentRowChanged.connect(self._tell_current)
        self.grid.selectionModel().selectionChanged.connect(self._tell_selection)
        self.setFocusProxy(self.grid)

    def _unsorted(self) -> bool:
        return self.model.sorted_by is None and not self._memory.sorted

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            set_property(self, "focused", event.type() == QEvent.Type.FocusIn)
        if event.type() == QEvent.Type.FontChange:
            self._memory.rescale(self.grid.font().pointSizeF() / 10)
            self._fit()
        return super().eventFilter(watched, event)

    # ---- menus ----

    def column_menu(self, parent: QWidget | None = None) -> QMenu:
        """Which columns are shown."""
        return self._sharing.column_menu(parent)

    def row_menu(self) -> QMenu:
        """The context menu for what is selected now."""
        rows = self.selected()
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if rows:
            position = self.grid.currentIndex().row()
            add_entry(menu, "Öffnen", "external", lambda: self.grid.opened.emit(position), "Return")
            for declared in self._actions:
                if declared.allowed(rows):
                    add_entry(menu, declared.text, declared.icon, partial(declared.call, rows))
            menu.addSeparator()
            add_entry(menu, "Kopieren", "copy", self.copy, "Ctrl+C")
            add_entry(menu, "Mit Überschriften kopieren", "", lambda: self.copy(headers=True))
            if self.receivers("2remove_requested(QVariantList)"):
                add_entry(menu, "Löschen", "trash", self._remove, "Del")
            menu.addSeparator()
        add_entry(menu, "Angezeigtes als Excel speichern …", "spreadsheet", self.export)
        shown = self.header.filter_row
        words = "Filterzeile ausblenden" if shown else "Filterzeile zeigen"
        add_entry(menu, words, "filter", lambda: self.show_filter_row(not shown))
        menu.addMenu(self.column_menu(menu))
        return menu

    def _remove(self) -> None:
        if rows := self.selected():
            self.remove_requested.emit(rows)

    # ---- following the model ----

    def _restore(self) -> None:
        self._show_state()
        self._place.restore()
        if self._footer is not None:
            self._footer.show_sums(self.model.totals(), self._footer_caption())
        self._tell_current()
        self._tell_selection()

    def _show_state(self) -> None:
        has_rows = bool(self.model.all_rows)
        if self._empty is not None:
            self._stack.setCurrentIndex(0 if has_rows else 1)
        self._nothing.setVisible(has_rows and not self.model.rowCount())
        self._nothing.setGeometry(self.grid.viewport().rect())

    def _footer_caption(self) -> str:
        shown, everything = self.model.rowCount(), len(self.model.all_rows)
        return f"Summe ({shown})" if shown == everything else f"Summe ({shown} von {everything})"

    def _fit(self) -> None:
        """The stretching column takes what is left."""
        stretching = next((i for i, c in enumerate(self.model.columns) if c.stretch), None)
        self._nothing.setGeometry(self.grid.viewport().rect())
        if stretching is None or self.header.isSectionHidden(stretching):
            return
        others = sum(
            self.header.sectionSize(i)
            for i in range(self.header.count())
            if i != stretching and not self.header.isSectionHidden(i)
        )
        least = round(self.model.columns[stretching].start_width * self.font().pointSizeF() / 10)
        self.header.resizeSection(stretching, max(least, self.grid.viewport().width() - others))

    def _position(self, key: str) -> int:
        return next(i for i, column in enumerate(self.model.columns) if column.key == key)

    def _tell_current(self, *_: Any) -> None:
        self.current_changed.emit(self.current())

    def _tell_selection(self, *_: Any) -> None:
        self.selection_changed.emit(self.selected())
