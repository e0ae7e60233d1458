"""A small table inside a form: rows that belong to a record, edited cell by cell."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QWidget

from app.domain.counting import counted
from app.ui.kit import clipboard
from app.ui.kit.actions import key_text, spec, with_keys
from app.ui.kit.editors.base import Editor
from app.ui.kit.editors.choices import Option, RecordEditor
from app.ui.kit.editors.rows_cells import RowCells
from app.ui.kit.editors.rows_grid import RowsGrid
from app.ui.kit.editors.rows_model import RowColumn, RowsModel
from app.ui.kit.editors.rows_sheet import RowsSheet
from app.ui.kit.layout import STRETCH, column, row
from app.ui.kit.menu import Entry, menu, right_click
from app.ui.kit.table.view import quiet_rows
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.text import button, icon_button, label

__all__ = ["RowColumn", "RowsEditor", "record_column"]


class RowsEditor(Editor):
    """Child rows. `blank` makes a new row from those that are there; the value is a tuple of rows.

    A block copied from a spreadsheet is pasted from the current cell on, in one step that can be taken back.
    `pasted` makes a new row of what is pasted, where the blank one would bring along what does not belong to it.
    `more`: fields of a row that have no column here; a block with titles fills them, too.
    """

    def __init__(
        self,
        columns: Sequence[RowColumn],
        blank: Callable[[Sequence[Any]], Any],
        *,
        add_text: str = "Zeile anlegen",
        empty: str = "Noch keine Einträge",
        visible_rows: int = 4,
        pasted: Callable[[Sequence[Any], Mapping[str, Any]], Any] | None = None,
        more: Sequence[RowColumn] = (),
    ) -> None:
        box = QWidget()
        super().__init__(box)
        self._blank = blank
        self.rows_model = RowsModel(columns)
        self.grid = RowsGrid()
        self.grid.setModel(self.rows_model)
        self.cells = RowCells(self.rows_model, self.grid)
        self.grid.setItemDelegate(self.cells)
        new_row = pasted or (lambda rows, entered: replace(blank(rows), **entered))
        self._sheet = RowsSheet(self.grid, self.rows_model, new_row, more, self._lacking)
        self._set_up_grid(visible_rows)
        self._nothing = empty
        self._nothing_yet = f"{empty} · Zeilen aus Excel: {key_text(spec('rows.paste').keys[0])}"
        self._empty = label(self._nothing_yet, "muted")
        self._empty.setParent(self.grid.viewport())
        self._empty.move(8, 8)
        self._up = icon_button("arrow-up", with_keys("Nach oben", "rows.up"), lambda: self.move_row(-1))
        self._down = icon_button("arrow-down", with_keys("Nach unten", "rows.down"), lambda: self.move_row(1))
        self._remove = icon_button("trash", with_keys("Entfernen", "rows.remove"), self.remove_row)
        self.add = button(add_text, self.add_row, icon="plus", role="quiet")
        buttons = row(self.add, STRETCH, self._up, self._down, self._remove, spacing=2)
        self.note = Note("", Tone.INFO, "Rückgängig", self.undo)
        self.note.hide()
        column(self.grid, self.note, buttons, on=box, spacing=4)
        self.setFocusProxy(self.grid)
        self._connect()
        self._show_buttons()

    def _connect(self) -> None:
        grid, model = self.grid, self.rows_model
        grid.remove_pressed.connect(self.remove_row)
        grid.move_pressed.connect(self.move_row)
        grid.add_pressed.connect(self.add_row)
        grid.copy_pressed.connect(self.copy)
        grid.fill_pressed.connect(self.fill_down)
        grid.undo_pressed.connect(self.undo)
        grid.redo_pressed.connect(self.redo)
        for pressed in (grid.paste_pressed, self.cells.paste_pressed):
            pressed.connect(self.paste)
        right_click(grid, self.row_menu)
        grid.selectionModel().currentChanged.connect(self._show_buttons)
        model.dataChanged.connect(self._tell)
        for changed in (model.dataChanged, model.modelReset):
            changed.connect(self.note.hide)

    def set_name(self, name: str) -> None:
        super().set_name(name)
        what = name.removesuffix(", erforderlich")
        for control in (self._up, self._down, self._remove):
            control.setAccessibleName(f"{what}: {control.toolTip()}")  # a form may have several lists

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

    def lock(self, fixed: Callable[[Any, str], bool] | None) -> None:
        """The rows stay as they are, and of each the cells that are `fixed` (row, column); None: all can be edited."""
        locked = self.rows_model.locked = fixed is not None
        self.rows_model.fixed = fixed or (lambda row, column: False)
        self._empty.setText(self._nothing if locked else self._nothing_yet)
        self._empty.adjustSize()
        for control in (self.add, self._up, self._down, self._remove):
            control.setVisible(not locked)

    def add_row(self) -> None:
        """A new row at the end, its first cell open."""
        if self.rows_model.locked:
            return
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
        """Take the selected rows away, or the current one; below the list they can be brought back."""
        self.cells.finish()
        places = {index.row() for index in self.grid.selectedIndexes()} or {self.grid.currentIndex().row()}
        places.discard(-1)
        if places and not self.rows_model.locked:
            rest = [at for at in range(len(self.rows_model.rows)) if at not in places]
            self.rows_model.rearrange(rest)
            self._go(min(*places, len(rest) - 1) if rest else -1)
            self._tell()
            self._offer_undo(f"{counted(len(places), 'Zeile', 'Zeilen')} entfernt.", Tone.SUCCESS)

    def move_row(self, step: int) -> None:
        """The current row one place up (-1) or down (1)."""
        place = self.grid.currentIndex().row()
        target = place + step
        order = list(range(len(self.rows_model.rows)))
        if place >= 0 and 0 <= target < len(order) and not self.rows_model.locked:
            order[place], order[target] = target, place
            self.rows_model.rearrange(order)
            self._go(target)
            self._tell()

    # ---- as in a spreadsheet ----

    def copy(self) -> None:
        """The selected cells, as spreadsheets read them."""
        self._sheet.copy()

    def paste(self) -> None:
        """Put what lies on the clipboard over the cells from the current one on, or say why nothing was pasted."""
        self.cells.finish()
        try:
            done = self._sheet.paste()
        except ValueError as error:
            self._refuse(error)
            return
        self._tell()
        self._offer_undo(done.sentence, Tone.WARNING if done.left_out else Tone.SUCCESS)

    def _lacking(self) -> int:
        """The first column that a new row does not fill by itself: that of the title, after a number that is given."""
        fresh = self._blank(self.rows_model.rows)
        columns = enumerate(self.rows_model.columns)
        return next((at for at, one in columns if one.required and getattr(fresh, one.name) in (None, "")), 0)

    def fill_down(self) -> None:
        """The first of the selected rows goes into those below it; into a single one goes the row above it."""
        self.cells.finish()
        try:
            done = self._sheet.fill_down()
        except ValueError as error:
            self._refuse(error)
            return
        if done:
            self._tell()

    def undo(self) -> None:
        """Take back the last step."""
        self._step(self.rows_model.undo)

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._step(self.rows_model.redo)

    def row_menu(self) -> QMenu:
        """The context menu of the cells."""
        chosen, free = self._sheet.area() is not None, not self.rows_model.locked

        def entry(
            text: str, call: Callable[[], object], icon: str, action: str, enabled: bool = True
        ) -> Entry:
            return Entry(text, call, icon, spec(action).keys[0], enabled)

        return menu(
            self.grid,
            [
                entry("Kopieren", self.copy, "copy", "rows.copy", chosen),
                entry("Einfügen", self.paste, "import", "rows.paste", bool(clipboard.pasted())),
                entry("Nach unten ausfüllen", self.fill_down, "arrow-down", "rows.fill", chosen),
                None,
                entry(self.add.text(), self.add_row, "plus", "rows.add", free),
                entry("Entfernen", self.remove_row, "trash", "rows.remove", chosen and free),
                None,
                entry("Rückgängig", self.undo, "undo", "edit.undo", self.rows_model.can_undo),
            ],
            passing=True,
        )

    def _offer_undo(self, sentence: str, tone: Tone) -> None:
        self.note.action.show()
        self.note.say(sentence, tone)

    def _refuse(self, why: ValueError) -> None:
        self.note.action.hide()
        self.note.say(str(why), Tone.DANGER)

    def _step(self, go: Callable[[], bool]) -> None:
        self.cells.finish()
        at = self.grid.currentIndex()
        line, place = at.row(), max(at.column(), 0)
        if go():
            self._go(min(line, len(self.rows_model.rows) - 1), place)
            self._tell()

    # ---- following ----

    def _go(self, place: int, at: int = 0) -> None:
        if place >= 0:
            self.grid.setCurrentIndex(self.rows_model.index(place, at))

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
        grid.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
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
