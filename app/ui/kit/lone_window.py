"""A window that stands alone, before or in the place of the main one: to begin, to unlock, out of a damaged file."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from app.ui.kit.screen import keep_on_screen
from app.ui.kit.tab_order import go_on
from app.ui.kit.window_keys import WindowKeys


class LoneWindow(QWidget):
    """Stays on its screen, knows the keys of every window, and says when it was closed."""

    closed = Signal()

    def __init__(self, title: str, size: tuple[int, int]) -> None:
        super().__init__()
        self.setWindowTitle(title)
        self.resize(*size)
        WindowKeys(self)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        keep_on_screen(self)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()

    def focusNextPrevChild(self, forward: bool) -> bool:
        return go_on(self, forward)
