"""Cells of child rows: drawn like a table, edited with the same editors as forms."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.ui.kit import clipboard
from app.ui.kit.editors.base import Editor
from app.ui.kit.editors.rows_model import RowsModel
from app.ui.kit.indexes import Index
from app.ui.kit.tokens import tokens
from app.ui.kit.widgets.painting import write

Role = Qt.ItemDataRole


class RowCells(QStyledItemDelegate):
    """Opens the column's editor in the cell. A block of several cells is not pasted into one, but asked for."""

    paste_pressed = Signal()

    def __init__(self, model: RowsModel, grid: QAbstractItemView) -> None:
        super().__init__(grid)
        self._model = model
        self._grid = grid
        self._editor: Editor | None = None
        model.modelAboutToBeReset.connect(self._forget)

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
            if event.matches(QKeySequence.StandardKey.Paste) and _is_block(clipboard.pasted()):
                self._leave(editor, self.EndEditHint.RevertModelCache)
                self.paste_pressed.emit()
                return True
            hint = _LEAVING.get(Qt.Key(event.key()))
            if hint is not None and not event.modifiers() & ~_QUIET_MODIFIERS:
                self._leave(editor, hint if self._goes_on(hint) else self.EndEditHint.NoHint)
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

    def _forget(self) -> None:
        """The view takes its open editor away with the rows; closing it once more would end the program."""
        self._editor = None

    def _goes_on(self, hint: QStyledItemDelegate.EndEditHint) -> bool:
        """Tab in the last cell does not begin again at the first: the next one leaves the table."""
        at = self._grid.currentIndex()
        return not (
            (hint == self.EndEditHint.EditNextItem and self._model.is_last(at))
            or (hint == self.EndEditHint.EditPreviousItem and self._model.is_first(at))
        )

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
        width = max(area.width(), editor.minimumSizeHint().width())
        room = self._grid.viewport().width()
        left = max(0, min(area.left(), room - width))  # whole inside the table, in the last column as well
        editor.setGeometry(QRect(left, area.top(), width, height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colours = tokens(option.palette)
        area: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, QColor(colours.accent_tint))
        painter.setPen(QPen(QColor(colours.border), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        problem = self._model.unread.get((index.row(), index.column()))
        unsaid = self._model.unsaid(index.row(), index.column())
        painter.setPen(QColor(colours.danger if problem else colours.muted if unsaid else colours.text))
        text = problem or unsaid or str(index.data())
        inner = area.adjusted(8, 0, -8, -1)
        painter.setFont(option.font)
        write(painter, inner, text, int(index.data(Role.TextAlignmentRole)))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.drawRect(area.adjusted(1, 1, -2, -2))


def _is_block(cells: Sequence[Sequence[str]]) -> bool:
    return len(cells) > 1 or any(len(row) > 1 for row in cells)


_LEAVING = {
    Qt.Key.Key_Tab: RowCells.EndEditHint.EditNextItem,
    Qt.Key.Key_Backtab: RowCells.EndEditHint.EditPreviousItem,
    Qt.Key.Key_Return: RowCells.EndEditHint.NoHint,
    Qt.Key.Key_Enter: RowCells.EndEditHint.NoHint,
    Qt.Key.Key_Escape: RowCells.EndEditHint.RevertModelCache,
}
_QUIET_MODIFIERS = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
