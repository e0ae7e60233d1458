"""A small table inside a form: rows that belong to a record, edited cell by cell."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.ui.editors.base import Editor
from app.ui.tokens import ROW_HEIGHT, tokens
from app.ui.widgets.text import button, icon_button, label

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class RowColumn:
    """A column of child rows: the field of the row's dataclass, the editor of a cell, the words for a value."""

    name: str
    title: str
    editor: Callable[[], Editor]
    text: Callable[[Any], str] = lambda value: "" if value is None else str(value)
    width: int = 120
    stretch: bool = False
    required: bool = False
    right: bool = False


class _Model(QAbstractTableModel):
    """Rows as frozen dataclasses, and the cells whose entry could not be read."""

    def __init__(self, columns: Sequence[RowColumn]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.rows: list[Any] = []
        self.unread: dict[tuple[int, int], str] = {}

    def set_rows(self, rows: Sequence[Any]) -> None:
        self.beginResetModel()
        self.rows = list(rows)
        self.unread.clear()
        self.endResetModel()

    def enter(self, row: int, column: int, value: Any, problem: str) -> None:
        if problem:
            self.unread[row, column] = problem
        else:
            self.unread.pop((row, column), None)
            self.rows[row] = replace(self.rows[row], **{self.columns[column].name: value})
        at = self.index(row, column)
        self.dataChanged.emit(at, at)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        column = self.columns[index.column()]
        problem = self.unread.get((index.row(), index.column()))
        if role in (Role.DisplayRole, Role.AccessibleTextRole):
            return column.text(getattr(self.rows[index.row()], column.name))
        if role == Role.EditRole:
            return getattr(self.rows[index.row()], column.name)
        if role == Role.ToolTipRole:
            return problem or self.data(index)
        if role == Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Role.DisplayRole:
            return self.columns[section].title
        if orientation == Qt.Orientation.Horizontal and role == Role.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class _Cells(QStyledItemDelegate):
    """Opens the column's editor in the cell."""

    def __init__(self, model: _Model, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._editor: Editor | None = None

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = self._model.columns[index.column()].editor()
        editor.setParent(parent)
        editor.setProperty("role", "cell")
        editor.inner.setProperty("role", "cell")
        editor.setAutoFillBackground(True)
        editor.set_name(self._model.columns[index.column()].title)
        target: QWidget = editor
        while (inner := target.focusProxy()) is not None:
            target = inner
        target.installEventFilter(self)
        self._editor = editor
        return editor

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys of a cell. Qt looks for them at the editor, but the field inside it has the focus."""
        editor = self._editor
        if isinstance(watched, Editor):
            return super().eventFilter(watched, event)
        if editor is None or not isinstance(watched, QWidget) or not editor.isAncestorOf(watched):
            return False
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            hint = _LEAVING.get(Qt.Key(event.key()))
            if hint is not None and not event.modifiers() & ~_QUIET_MODIFIERS:
                self._leave(editor, hint)
                return True
        if event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            elsewhere = event.reason() not in (
                Qt.FocusReason.PopupFocusReason,
                Qt.FocusReason.ActiveWindowFocusReason,
                Qt.FocusReason.MenuBarFocusReason,
            )
            if elsewhere:
                self._leave(editor, self.EndEditHint.NoHint)
        return False

    def finish(self) -> None:
        """Take over what stands in an open cell."""
        if self._editor is not None:
            self._leave(self._editor, self.EndEditHint.NoHint)

    def _leave(self, editor: Editor, hint: QStyledItemDelegate.EndEditHint) -> None:
        self._editor = None
        if hint != self.EndEditHint.RevertModelCache:
            self.commitData.emit(editor)
        self.closeEditor.emit(editor, hint)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        assert isinstance(editor, Editor)
        editor.set_value(index.data(Role.EditRole))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        assert isinstance(editor, Editor)
        try:
            value, problem = editor.value(), ""
        except ValueError as error:
            value, problem = None, str(error)
        self._model.enter(index.row(), index.column(), value, problem)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        area: QRect = option.rect
        height = max(area.height(), editor.sizeHint().height())
        editor.setGeometry(QRect(area.left(), area.top(), max(area.width(), 120), height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colours = tokens(option.palette)
        area: QRect = option.rect
        column = self._model.columns[index.column()]
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, QColor(colours.accent_tint))
        painter.setPen(QPen(QColor(colours.border), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        problem = self._model.unread.get((index.row(), index.column()))
        text = str(index.data())
        missing = column.required and not text
        if problem or missing:
            painter.setPen(QColor(colours.danger if problem else colours.muted))
            text = problem or "erforderlich"
        else:
            painter.setPen(QColor(colours.text))
        inner = area.adjusted(8, 0, -8, -1)
        painter.setFont(option.font)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, int(index.data(Role.TextAlignmentRole)), shown)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.drawRect(area.adjusted(1, 1, -2, -2))


_LEAVING = {
    Qt.Key.Key_Tab: _Cells.EndEditHint.EditNextItem,
    Qt.Key.Key_Backtab: _Cells.EndEditHint.EditPreviousItem,
    Qt.Key.Key_Return: _Cells.EndEditHint.NoHint,
    Qt.Key.Key_Enter: _Cells.EndEditHint.NoHint,
    Qt.Key.Key_Escape: _Cells.EndEditHint.RevertModelCache,
}
_QUIET_MODIFIERS = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier


class _Grid(QTableView):
    """Enter edits and goes on; Entf removes a row; Alt+Up and Alt+Down move it."""

    remove_pressed = Signal()
    move_pressed = Signal(int)
    add_pressed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if event.key() == Qt.Key.Key_Delete:
            self.remove_pressed.emit()
        elif event.key() == Qt.Key.Key_Insert:
            self.add_pressed.emit()
        elif alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.move_pressed.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                super().keyPressEvent(event)
            else:
                self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)


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
        self.rows_model = _Model(columns)
        self.grid = _Grid()
        self.grid.setModel(self.rows_model)
        self.cells = _Cells(self.rows_model, self.grid)
        self.grid.setItemDelegate(self.cells)
        self._set_up_grid(visible_rows)
        self._empty = label(empty, "muted")
        self._empty.setParent(self.grid.viewport())
        self._empty.move(8, 8)
        self._up = icon_button("arrow-up", "Nach oben (Alt+Pfeil auf)", lambda: self.move_row(-1))
        self._down = icon_button("arrow-down", "Nach unten (Alt+Pfeil ab)", lambda: self.move_row(1))
        self._remove = icon_button("trash", "Entfernen (Entf)", self.remove_row)
        self.add = button(add_text, self.add_row, icon="plus", role="quiet")
        buttons = QHBoxLayout()
        buttons.setSpacing(2)
        buttons.addWidget(self.add)
        buttons.addStretch(1)
        for widget in (self._up, self._down, self._remove):
            buttons.addWidget(widget)
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.grid)
        layout.addLayout(buttons)
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
        for line, row in enumerate(self.rows_model.rows, start=1):
            for column in self.rows_model.columns:
                if column.required and getattr(row, column.name) in (None, ""):
                    raise ValueError(f"Zeile {line}: {column.title} fehlt.")
        return tuple(self.rows_model.rows)

    def set_value(self, value: Sequence[Any] | None) -> None:
        self.rows_model.set_rows(value or ())
        self._show_buttons()

    def state(self) -> object:
        return (tuple(self.rows_model.rows), tuple(sorted(self.rows_model.unread.items())))

    def set_name(self, name: str) -> None:
        self.grid.setAccessibleName(name)

    def add_row(self) -> None:
        """A new row at the end, its first cell open."""
        rows = self.rows_model.rows
        self.rows_model.set_rows([*rows, self._blank(rows)])
        self._tell()
        at = self.rows_model.index(len(self.rows_model.rows) - 1, 0)
        self.grid.setFocus()
        self.grid.setCurrentIndex(at)
        self.grid.scrollTo(at)
        self.grid.edit(at)

    def remove_row(self) -> None:
        """Take the current row away."""
        place = self.grid.currentIndex().row()
        if place >= 0:
            rows = self.rows_model.rows
            self.rows_model.set_rows(rows[:place] + rows[place + 1 :])
            self._go(min(place, len(rows) - 2))
            self._tell()

    def move_row(self, step: int) -> None:
        """The current row one place up (-1) or down (1)."""
        place = self.grid.currentIndex().row()
        target = place + step
        rows = list(self.rows_model.rows)
        if place >= 0 and 0 <= target < len(rows):
            rows[place], rows[target] = rows[target], rows[place]
            self.rows_model.set_rows(rows)
            self._go(target)
            self._tell()

    def _go(self, place: int) -> None:
        if place >= 0:
            self.grid.setCurrentIndex(self.rows_model.index(place, 0))

    def _tell(self) -> None:
        self._show_buttons()
        self.changed.emit()
        self.finished.emit()

    def _show_buttons(self) -> None:
        place, count = self.grid.currentIndex().row(), len(self.rows_model.rows)
        self._empty.setVisible(count == 0)
        self._remove.setEnabled(place >= 0)
        self._up.setEnabled(place > 0)
        self._down.setEnabled(0 <= place < count - 1)

    def _set_up_grid(self, visible_rows: int) -> None:
        grid = self.grid
        grid.setShowGrid(False)
        grid.setWordWrap(False)
        grid.setTabKeyNavigation(True)
        grid.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        grid.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        grid.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        grid.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.SelectedClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        grid.verticalHeader().hide()
        height = max(ROW_HEIGHT, grid.fontMetrics().height() + 16)
        grid.verticalHeader().setMinimumSectionSize(height)
        grid.verticalHeader().setDefaultSectionSize(height)
        head = grid.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        for place, column in enumerate(self.rows_model.columns):
            head.resizeSection(place, column.width)
            if column.stretch:
                head.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        head.setMinimumSectionSize(60)
        grid.setMinimumHeight(head.sizeHint().height() + visible_rows * height + 6)
