"""A grid with its head, totals, menus and memory in one frame; tables and the matrix of budgets are made of it."""

from collections.abc import Callable, Collection, Hashable, Sequence
from functools import partial
from pathlib import Path
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QMenu, QStackedLayout, QWidget

from app.domain.counting import dotted
from app.ui.kit import clipboard
from app.ui.kit.choosing import choose, choose_on_focus
from app.ui.kit.clipboard import CopiedCell, copied
from app.ui.kit.icons import icon
from app.ui.kit.layout import column, grow, held, row
from app.ui.kit.menu import Entries, Entry, StayOpenMenu, fill, menu, popup_below, right_click
from app.ui.kit.plain import plain
from app.ui.kit.questions import EXCEL, ask_which, choose_target
from app.ui.kit.table import exporting, printing
from app.ui.kit.table.cells import Cells
from app.ui.kit.table.columns import Column
from app.ui.kit.table.figures import SelectionFigures, figures
from app.ui.kit.table.fitting import Fitting
from app.ui.kit.table.footer import Footer, mirrored
from app.ui.kit.table.header import Header
from app.ui.kit.table.memory import Memory
from app.ui.kit.table.model import TableModel
from app.ui.kit.table.place import TablePlace
from app.ui.kit.table.requests import FiguresEvent, PrintEvent, send_up
from app.ui.kit.table.view import Grid
from app.ui.kit.timers import later
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.text import icon_button, set_property

R = TypeVar("R")
MEASURED, FIRST_SHOWN = 150, 30
"""Of so many rows in all of the list, and of so many at its top, the width is measured."""
SELECTING_PAUSE_MS = 80
"""So long after the last change of a selection its figures are worked out."""


class GridFrame(QFrame, Generic[R]):
    """Frozen rows in declared columns. `table_id` names what is remembered about them.

    `identity` tells rows apart, so that selection and scroll position outlive a refresh. `always`: keys of
    columns that cannot be hidden. `tools` are the buttons that belong beside or above it.
    """

    opened = Signal(object)  # the row: Enter or double click
    current_changed = Signal(object)  # the row or None
    selection_changed = Signal(list)  # rows
    remove_requested = Signal(list)  # rows: Entf
    exported = Signal(object)  # Path

    def __init__(
        self,
        table_id: str,
        columns: Sequence[Column[R]],
        *,
        title: str,
        identity: Callable[[R], Hashable],
        totals: bool = False,
        always: Collection[str] = (),
        cells: type[Cells] = Cells,
        grid: type[Grid] = Grid,
    ) -> None:
        super().__init__()
        self.setProperty("role", "table")
        self._title = title
        self._identity = identity
        self._always = frozenset(always)
        self.model: TableModel[R] = TableModel(columns, self)
        self.cells = cells(self.model, self)
        self.header = Header(self.model, self)
        self.grid = grid(self.header, self.cells, self)
        self.grid.setModel(self.model)
        self.grid.setAccessibleName(title)
        self.grid.setWhatsThis(plain("\n".join(filter(None, (column.contains for column in columns)))))
        self._place = TablePlace(self.grid, self.model, identity)
        self.footer = Footer(self.grid, columns) if totals else None
        self.fitting = Fitting(self.header, self._needed)
        self._memory = Memory(table_id, self.header, self.fitting)
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        below: tuple[QWidget, ...] = ()
        if self.footer is not None:
            self.grid.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            below = (self.footer, mirrored(self.grid.horizontalScrollBar()))
        self._note: Note | None = None
        self.above = column(spacing=0)
        self._room = held(column(self.above, grow(self.grid), *below, spacing=0))
        self._stack.addWidget(self._room)
        choose = icon_button("columns", "Spalten auswählen")
        choose.clicked.connect(lambda: popup_below(choose, self.column_menu()))
        self._tools = row(
            choose,
            icon_button("spreadsheet", "Angezeigtes als Excel speichern", self.export),
            icon_button("print", "Liste drucken", self.print_shown),
            spacing=2,
        )
        self.tools = held(self._tools)
        self._memory.restore()
        self._told = SelectionFigures()
        self.outer_words = ""  # of what filters the rows from outside
        self._figures = later(self, self._tell_figures, SELECTING_PAUSE_MS)
        self._connect()
        self.setFocusProxy(self.grid)

    # ---- rows ----

    def set_rows(self, rows: Sequence[R]) -> None:
        """Show these rows; what was selected and where it was scrolled stays."""
        self.fitting.forget_needs()
        self.model.set_rows(rows)

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
        for position, shown in enumerate(self.model.shown_rows()):
            if self._identity(shown) == key:
                self.select_position(position)
                return True
        return False

    def select_position(self, position: int) -> None:
        """Go to the row shown at this position."""
        index = self.model.index(position, self.header.logicalIndex(0))
        choose(self.grid, index)
        self.grid.scrollTo(index)

    def choose_first(self) -> None:
        """Go to the first row that is shown, unless the cursor is in the list already."""
        if self.current() is None and self.model.rowCount():
            self.select_position(0)

    def tell(self, sentence: str, action: str = "", clicked: Callable[[], object] = lambda: None) -> None:
        """Say something at the foot of the list, as what was removed with the way back; empty: nothing any more."""
        if self._note is None:
            if not sentence:
                return
            self._note = Note(tone=Tone.NEUTRAL)
            if (below := self._room.layout()) is not None:
                below.addWidget(self._note)
        self._note.say(sentence)
        if sentence:
            self._note.set_action(action, clicked)

    # ---- taking out ----

    def shown_columns(self) -> list[Column[R]]:
        """Columns that can be seen, from left to right."""
        return [self.header.columns[position] for position in self.header.shown_positions()]

    def copy(self, *, headers: bool = False) -> None:
        """The selected rows, as spreadsheets read them."""
        seen = self.shown_columns()
        lines = [[CopiedCell(shown.title) for shown in seen]] if headers else []
        lines += [[copied(shown.value(one), shown.kind) for shown in seen] for one in self.selected()]
        clipboard.copy(lines)

    def export(self) -> None:
        """Ask for a file and write into it what is shown."""
        choose_target(self, "Angezeigtes speichern", EXCEL, f"{self._title}.xlsx", self.export_to)

    def export_to(self, path: Path) -> None:
        """Write the shown rows and columns into a workbook. Raises OutputError."""
        exporting.export(path, self._title, self.shown_columns(), self.rows_to_export())
        self.exported.emit(path)

    def rows_to_export(self) -> Sequence[R]:
        """What a workbook gets."""
        return self.shown_rows()

    # ---- menus ----

    def column_menu(self, parent: QMenu | None = None) -> QMenu:
        """A check mark for each column, and the way back to how they were declared."""
        header = self.header
        result = StayOpenMenu("Spalten", parent or self)
        result.setIcon(icon("columns"))
        result.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, parent is None)
        entries: list[Entry | None] = [
            Entry(
                column.title,
                partial(self.fitting.toggle, position),
                enabled=column.key not in self._always,
                checked=not header.isSectionHidden(position),
            )
            for position, column in enumerate(header.columns)
        ]
        fill(result, [*entries, None, Entry("Spalten wie am Anfang", self._memory.reset)])
        return result

    def row_menu(self) -> QMenu:
        """The context menu for what is selected now."""
        rows = self.selected()
        result = menu(self, passing=True)
        if rows:
            copying = [
                Entry("Kopieren", self.copy, "copy", "Ctrl+C"),
                Entry("Mit Überschriften kopieren", lambda: self.copy(headers=True)),
            ]
            if self.receivers("2remove_requested(QVariantList)") and self.may_remove(rows):
                copying.append(Entry("Löschen", self._remove, "trash", "Del"))
            fill(result, [*self.row_entries(rows), None, *copying, None])
        export = Entry("Angezeigtes als Excel speichern …", self.export, "spreadsheet")
        printed = Entry("Liste drucken …", self.print_shown, "print", "Ctrl+P")
        fill(result, [export, printed, *self.view_entries(), self.column_menu(result)])
        return result

    def row_entries(self, rows: list[R]) -> Entries:
        """What can be done with these rows besides copying and removing them."""
        return ()

    def may_remove(self, rows: list[R]) -> bool:
        """Whether these are rows that can be removed."""
        return True

    def view_entries(self) -> Entries:
        """What changes how the rows are shown, besides choosing columns."""
        return ()

    # ---- the window around ----

    def print_shown(self) -> None:
        """Print what is shown: columns, order, filters. Several selected rows: she chooses between them and all."""
        chosen, shown = self.selected(), self.model.rowCount()
        if len(chosen) < 2 or len(chosen) == shown:
            self.print_rows(self.rows_to_export())
            return
        answers = (
            (f"{dotted(len(chosen))} ausgewählte", lambda: self.print_rows(chosen)),
            (f"Alle {dotted(shown)} angezeigten", lambda: self.print_rows(self.rows_to_export())),
        )
        ask_which(self, f"„{self._title}“ drucken: welche Zeilen?", answers)

    def print_rows(self, rows: Sequence[R]) -> None:
        """Print these rows with the columns that are shown; those that sum up others are no rows to be counted."""
        single = set(map(id, self.to_sum_up(list(rows))))
        sums = frozenset(place for place, row in enumerate(rows) if id(row) not in single)
        of_all = (len(rows) - len(sums), len(self.to_sum_up(list(self.model.all_rows))))
        columns, words = self.shown_columns(), self.filter_words()
        send_up(self, PrintEvent(printing.sheet(self._title, columns, rows, of_all, words, sums), self))

    def filter_words(self) -> str:
        """What rows are chosen by, in words; "" for nothing."""
        return self.outer_words

    def _tell_figures(self) -> None:
        """Say in the status bar what the selection comes to."""
        at = self.grid.currentIndex().column()
        first = self.header.columns[at] if at >= 0 else None
        found = figures(self.to_sum_up(self.selected()), self.shown_columns(), first)
        self.grid.setAccessibleDescription(found.short)
        outdated = bool(self._told.short) and found != self._told  # also when a button took the rows away
        if outdated or (found.short and self.window().focusWidget() is self.grid):
            self._send_figures(found)

    def to_sum_up(self, rows: list[R]) -> list[R]:
        """Those of the rows that count for figures and as rows: all but rows that sum up others."""
        return rows

    def _send_figures(self, found: SelectionFigures) -> None:
        self._told = found
        send_up(self, FiguresEvent(found))

    def hideEvent(self, event: QHideEvent) -> None:
        """What a list said goes with it."""
        if self._told.short:
            self._send_figures(SelectionFigures())
        super().hideEvent(event)

    # ---- following ----

    def _connect(self) -> None:
        right_click(self.header, self.column_menu)
        right_click(self.grid, self.row_menu)
        self.header.sectionHandleDoubleClicked.connect(self.fitting.show_whole)
        self.model.modelAboutToBeReset.connect(self._place.keep)
        self.model.modelReset.connect(self._restore)
        self.grid.opened.connect(lambda position: self.opened.emit(self.model.row_at(position)))
        self.grid.copy_pressed.connect(self.copy)
        self.grid.remove_pressed.connect(self._remove)
        self.grid.selectionModel().currentRowChanged.connect(self._tell_current)
        self.grid.selectionModel().selectionChanged.connect(self._tell_selection)
        self.grid.installEventFilter(self)

    def _restore(self) -> None:
        """After other rows, another order or another filter."""
        self.fitting.fit()
        self._place.restore()
        if self.grid.hasFocus():
            choose_on_focus(self.grid, Qt.FocusReason.OtherFocusReason)
        self._tell_current()
        self._tell_selection()

    def _tell_current(self) -> None:
        self.current_changed.emit(self.current())

    def _tell_selection(self) -> None:
        self.selection_changed.emit(self.selected())
        self._figures.start()

    def _needed(self, position: int) -> int:
        """The width in which nothing in a column is cut, as far as some of many rows tell; the sum below it too."""
        model, font = self.model, self.grid.font()
        rows = model.all_rows
        measured = [*rows[:: len(rows) // MEASURED + 1]]
        measured += [model.row_at(at) for at in range(min(model.rowCount(), FIRST_SHOWN))]
        below = 0 if self.footer is None else self.footer.needed(position)
        return max(self.cells.needed(position, measured, font), below)

    def _remove(self) -> None:
        if (rows := self.selected()) and self.may_remove(rows):
            self.remove_requested.emit(rows)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self._figures.start()
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            set_property(self, "focused", event.type() == QEvent.Type.FocusIn)
        if event.type() == QEvent.Type.FontChange:
            self.header.scale = self.grid.font().pointSizeF() / 10
            self.fitting.remeasure()
        return super().eventFilter(watched, event)
