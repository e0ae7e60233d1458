"""A painted or framed thing that is pressed like a button: with the mouse, Enter or the space bar."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame

from app.ui.kit.accessible import Heard, Role


class Pressable(QFrame, Heard):
    """What it looks like is up to those who make one of it. It is pressed where the keyboard can go to it."""

    clicked = Signal()

    def set_pressable(self) -> None:
        """It can be reached by keyboard and pressed."""
        self.heard_role = Role.Button
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def is_pressable(self) -> bool:
        """Whether the keyboard can go to it, so that it can be pressed."""
        return self.focusPolicy() != Qt.FocusPolicy.NoFocus

    def press(self) -> None:
        self.clicked.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if self.is_pressable and event.button() == Qt.MouseButton.LeftButton and inside:
            self.press()
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.is_pressable and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.press()
            return
        super().keyPressEvent(event)
