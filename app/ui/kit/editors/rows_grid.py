"""The grid of child rows: its keys, and how the keyboard leaves it."""

from PySide6.QtCore import QEvent, Qt, Signal, SignalInstance
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QTableView

from app.ui.kit.actions import spec
from app.ui.kit.editors.rows_cells import RowCells
from app.ui.kit.editors.rows_model import RowsModel


class RowsGrid(QTableView):
    """Enter edits; Entf removes a row; Alt+Up and Alt+Down move it; Tab leaves after the last cell, Ctrl+Tab now."""

    remove_pressed = Signal()
    move_pressed = Signal(int)
    add_pressed = Signal()
    copy_pressed = Signal()
    paste_pressed = Signal()
    fill_pressed = Signal()
    undo_pressed = Signal()
    redo_pressed = Signal()

    def event(self, event: QEvent) -> bool:
        """Its keys are its own, also where the window would undo something else by them."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._command(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def _command(self, event: QKeyEvent) -> SignalInstance | None:
        pressed = QKeySequence(event.keyCombination())
        commands = (
            ("rows.copy", self.copy_pressed),
            ("rows.paste", self.paste_pressed),
            ("rows.fill", self.fill_pressed),
            ("edit.undo", self.undo_pressed),
            ("edit.redo", self.redo_pressed),
        )
        return next(
            (told for action, told in commands if pressed in map(QKeySequence, spec(action).keys)), None
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if (command := self._command(event)) is not None:
            command.emit()
        elif control and event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
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
            elif self.currentIndex().flags() & Qt.ItemFlag.ItemIsEditable:
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
