"""An icon beside words, in a colour that follows light and dark."""

from collections.abc import Callable

from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QLabel

from app.ui.kit import icons
from app.ui.kit.tokens import Tokens, tokens


class IconLabel(QLabel):
    """Shows an icon of our own; `ink` chooses its colour among those of the look, `size` is in pixels."""

    def __init__(self, icon: str, ink: Callable[[Tokens], QColor | str], size: int) -> None:
        super().__init__()
        self._icon, self._ink, self._size = icon, ink, size
        self.show_icon(icon)

    def show_icon(self, icon: str) -> None:
        """Another icon, or the same in another colour."""
        self._icon = icon
        colours = tokens(QGuiApplication.palette())  # its own is black where the style sheet paints no ground
        self.setPixmap(icons.pixmap(icon, QColor(self._ink(colours)), self._size))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self.show_icon(self._icon)
        super().changeEvent(event)
