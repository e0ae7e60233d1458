"""The table of every list: declared columns in, sorting, filtering, choosing, copying and exporting out."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from operator import attrgetter
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QPushButton

from app.domain.counting import dotted
from app.ui.kit.actions import spec
from app.ui.kit.layout import add
from app.ui.kit.menu import Entries, Entry
from app.ui.kit.table.columns import Column
from app.ui.kit.table.filter_line import FilterLine
from app.ui.kit.table.frame import GridFrame
from app.ui.kit.table.menus import RowAction
from app.ui.kit.table.value_popup import ValuePopup
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.text import button, icon_button, label, say

R = TypeVar("R")


__all__ = ["RowAction", "Table"]


class Table(GridFrame[R]):
    """A grid that is searched, filtered and sorted. `pale` rows are muted; `empty` stands where there is no row."""

    restored = Signal()  # other rows are shown; what was selected still is
    filter_reset_requested = Signal()  # "Filter zurücksetzen" where nothing was found
    filters_changed = (
        Signal()
    )  # those that belong to the table itself: by values and in the row below the titles

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
    ) -> None:
        super().__init__(table_id, columns, title=title or table_id, identity=identity, totals=totals)
        self._actions: list[RowAction[R]] = []
        self.opening = ("Öffnen", "external")
        """What Enter and a double click do, in words, and its icon."""
        if pale is not None:
            self.cells.pale = lambda position: pale(self.model.row_at(position))
        self._filter_button = icon_button("filter", "Filterzeile zeigen")
        self._filter_button.setCheckable(True)
        self._filter_button.setChecked(self.header.filter_row)
        self._filter_button.toggled.connect(self.show_filter_row)
        self._count = label("", "muted")
        self._count.setContentsMargins(0, 0, 8, 0)
        self._tools.insertWidget(0, self._filter_button)
        self._tools.insertWidget(0, self._count)
        self._count.hide()
        self._nothing = EmptyState(
            "search",
            "Nichts gefunden",
            "Filter zurücksetzen",
            self.reset_filters,
            parent=self.grid.viewport(),
        )
        self._nothing.hide()
        self.grid.resized.connect(lambda: self._nothing.setGeometry(self.grid.viewport().rect()))
        self._empty = empty
        if empty is not None:
            self._stack.addWidget(empty)
        self._show_state()
        self.header.entered.connect(self.model.set_entry)
        self.header.entered.connect(self._tell_filters)
        self._let_filter()
        self._let_sort()

    def _let_sort(self) -> None:
        self.header.setSortIndicatorClearable(True)
        self.header.setSortIndicatorShown(True)
        if not self._memory.sorted:
            self._order_by(-1, Qt.SortOrder.AscendingOrder)
        self.grid.setSortingEnabled(True)

    def _let_filter(self) -> None:
        self._filtered = FilterLine(self.clear_value_filters)
        add(self.above, self._filtered)
        self.header.filters = lambda place: place in self.model.value_filters
        self.header.filter_wanted.connect(self.open_filter)
        self.header.rows_wanted.connect(self.grid.setFocus)
        self.grid.filter_pressed.connect(lambda: self.open_filter(self.grid.currentIndex().column()))
        self.model.headerDataChanged.connect(self._tell_filters)

    # ---- rows ----

    def rows(self) -> Sequence[R]:
        """All rows, also those that filters hide."""
        return self.model.all_rows

    def replace_rows(self, changed: Mapping[int, R]) -> None:
        """Other rows at some places of `rows()`, each shown where it was: quick, for one decision among 50.000."""
        self.model.replace_rows(changed)
        self._show_sums()

    def set_titles(self, titles: Mapping[str, str]) -> None:
        """Other titles for some columns, by their keys."""
        self.model.columns = tuple(
            replace(column, title=titles.get(column.key, column.title)) for column in self.model.columns
        )
        self.fitting.remeasure()
        self.header.viewport().update()

    def sort(self, key: str, *, descending: bool = False) -> None:
        """Sort by the column `key` unless she has chosen an order before."""
        if self.model.sorted_by is None:
            order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
            keys = [column.key for column in self.model.columns]
            self._order_by(keys.index(key), order)

    def _order_by(self, place: int, order: Qt.SortOrder) -> None:
        with self._memory.declared():
            self.header.setSortIndicator(place, order)

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
            self.header.field(self.header.logicalIndex(0)).setFocus()

    def open_filter(self, place: int) -> ValuePopup | None:
        """The values of a column, to filter by them; of the first that can be filtered where this one cannot."""
        place = self._to_filter(place)
        if place < 0:
            return None
        popup = ValuePopup(self.model, place, self)
        left = self.header.sectionViewportPosition(place)
        popup.show_below(self.header.viewport().mapToGlobal(QPoint(left, self.header.height())))
        return popup

    def _to_filter(self, place: int) -> int:
        """This column if it is shown and has values to choose from, else the first that has; -1: none."""
        shown = self.header.shown_positions()
        wanted = [place, *shown] if place in shown else shown
        return next((one for one in wanted if not self.header.filter_button(one).isEmpty()), -1)

    @property
    def has_filters(self) -> bool:
        """Whether the table itself filters, besides what a bar above it does."""
        return bool(self.model.value_filters or self.model.entries)

    def filter_words(self) -> str:
        """By what rows are filtered, above the table and in its columns: "Suche: Treff · Stand: läuft"."""
        return " · ".join(filter(None, (self.outer_words, self.column_words())))

    def column_words(self) -> str:
        """What the filters of columns let through: "Stand: läuft · Betrag: von 10"."""
        columns = self.model.columns
        parts = {
            place: f"{columns[place].title}: {chosen.words(columns[place].kind)}"
            for place, chosen in self.model.value_filters.items()
        }
        for place, entry in self.model.entries.items():
            also = f"{parts[place]}, " if place in parts else f"{columns[place].title}: "
            parts[place] = f"{also}{entry}"
        return " · ".join(parts[place] for place in sorted(parts))

    def clear_value_filters(self) -> None:
        """Take the filters of the columns away, also those typed below the titles."""
        self.header.clear_fields()
        self.model.clear_filters()
        self._tell_filters()

    def reset_filters(self) -> None:
        """Show every row again, as far as it is up to the table; who filters as well hears of it."""
        self.clear_value_filters()
        self.filter_reset_requested.emit()

    def _tell_filters(self) -> None:
        self._filtered.say(self.column_words())
        self.header.viewport().update()
        self.filters_changed.emit()

    # ---- menus ----

    def set_actions(self, actions: Sequence[RowAction[R]]) -> None:
        """Entries of the context menu besides those every table has."""
        self._actions = list(actions)

    def action_button(self, action: RowAction[R], role: str = "") -> QPushButton:
        """A button that does this with the selected rows, to be pressed while it is allowed for them."""
        made = button(action.text, lambda: action.call(self.selected()), icon=action.icon, role=role)

        def show() -> None:
            made.setEnabled(action.allowed(self.selected()))

        self.selection_changed.connect(show)
        self.restored.connect(show)
        show()
        return made

    def row_entries(self, rows: list[R]) -> Entries:
        words, picture = self.opening
        # The row itself: other rows may be there when the menu is answered.
        opens = (
            [Entry(words, partial(self.opened.emit, rows[0]), picture, "Return")] if len(rows) == 1 else []
        )
        return [
            *opens,
            *(
                Entry(declared.text, partial(declared.call, rows), declared.icon)
                for declared in self._actions
                if declared.allowed(rows)
            ),
        ]

    def view_entries(self) -> Entries:
        shown = self.header.filter_row
        words = "Filterzeile ausblenden" if shown else "Filterzeile zeigen"
        place = self._to_filter(self.grid.currentIndex().column())
        by_values = "Nach Werten filtern" + (f": {self.model.columns[place].title} …" if place >= 0 else " …")
        keys = spec("table.filter").keys[0]
        return [
            Entry(by_values, lambda: self.open_filter(place), "filter", keys, enabled=place >= 0),
            Entry(words, lambda: self.show_filter_row(not shown), "filter"),
        ]

    # ---- following the model ----

    def _restore(self) -> None:
        self._show_state()
        self._show_count()
        self._show_sums()
        super()._restore()
        self.restored.emit()

    def _show_state(self) -> None:
        has_rows = bool(self.model.all_rows)
        if self._empty is not None:
            self._stack.setCurrentIndex(0 if has_rows else 1)
        self._nothing.setVisible(has_rows and not self.model.rowCount())
        self._nothing.setGeometry(self.grid.viewport().rect())

    def _show_count(self) -> None:
        """ "5 von 120" beside the tools while filters hide rows."""
        shown, everything = self.model.rowCount(), len(self.model.all_rows)
        words = f"{dotted(shown)} von {dotted(everything)}" if self.model.filtered else ""
        say(self._count, words)
        seen_already = self.tools.parentWidget() is not None or self.footer is not None
        self._filtered.count = "" if seen_already else words

    def _show_sums(self) -> None:
        if self.footer is not None:
            shown, everything = self.model.rowCount(), len(self.model.all_rows)
            of_all = "" if shown == everything else f" von {everything}"
            self.footer.show_sums(self.model.totals(), f"Summe ({shown}{of_all})")
