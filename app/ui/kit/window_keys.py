"""What keys do in every window and dialog alike, wherever the keyboard is: Alt shows letters, Shift+F10 the menu.

F1 explains the figure it is pressed on, and whatever gets the keyboard is seen.
"""

import sys

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from app.ui.kit.explained import explain_here
from app.ui.kit.mnemonics import Letters
from app.ui.kit.tab_order import show_in_full

SYSTEM_HAS_MENU_KEY = sys.platform == "win32"
"""Windows itself asks for the menu on Shift+F10."""


class WindowKeys(QObject):
    """Listens to what nobody in the window has used."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._letters = Letters(window)
        window.installEventFilter(self)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.KeyPress if isinstance(event, QKeyEvent):
                if event.key() == Qt.Key.Key_Alt and not event.isAutoRepeat():
                    bar = self._window.menuBar().actions() if isinstance(self._window, QMainWindow) else ()
                    self._letters.show(list(bar))
                shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
                if event.key() == Qt.Key.Key_F10 and shift and not SYSTEM_HAS_MENU_KEY:
                    return ask_for_menu()
                if (
                    event.key() == Qt.Key.Key_F1 and not event.modifiers()
                ):  # the main window has an action for it
                    return explain_here()
            case QEvent.Type.KeyRelease if isinstance(event, QKeyEvent):
                if event.key() == Qt.Key.Key_Alt or not event.modifiers() & Qt.KeyboardModifier.AltModifier:
                    self._letters.hide()  # that of Alt itself may have gone to a menu
            case QEvent.Type.WindowDeactivate | QEvent.Type.Close:
                self._letters.hide()
        return super().eventFilter(watched, event)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Scroll to what gets the keyboard; not under a mouse button, which would be let go beside it."""
        if now is not None and not QApplication.mouseButtons() and self._window.isAncestorOf(now):
            show_in_full(now)


def ask_for_menu() -> bool:
    """As the menu key does: the menu of what has the keyboard, at its cursor. Whether there is somebody to ask."""
    control = QApplication.focusWidget()
    if control is None:
        return False
    at = control.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    place = (
        at.center()
        if at is not None and at.isValid()
        else QPoint(control.width() // 2, control.height() // 2)
    )
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, place, control.mapToGlobal(place))
    QApplication.sendEvent(control, asked)
    return True
