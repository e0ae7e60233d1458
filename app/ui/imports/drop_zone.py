"""A place to drop a file on, or to choose one."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.ui.kit import icons
from app.ui.kit.tokens import tokens
from app.ui.kit.widgets.text import button, label


class DropZone(QWidget):
    """Dashed frame, icon, one sentence, and a main button; one file at a time."""

    dropped = Signal(Path)
    clicked = Signal()

    def __init__(
        self, sentence: str, hint: str, choose: Callable[[], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._over = False
        self.setAcceptDrops(True)
        self.setMinimumHeight(150)
        self._picture = QLabel()
        self.button = button("Datei wählen …", choose, icon="folder-open")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        words.addWidget(label(sentence, "section", wrap=True))
        words.addWidget(label(hint, "muted", wrap=True))
        words.addSpacing(8)
        words.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignLeft)
        words.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(32, 16, 24, 16)
        layout.setSpacing(24)
        layout.addWidget(self._picture, alignment=Qt.AlignmentFlag.AlignVCenter)
        layout.addLayout(words, 1)
        self._paint_icon()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _file(event) is not None:
            event.acceptProposedAction()
            self._show_over(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._show_over(False)
        if (path := _file(event)) is not None:
            event.acceptProposedAction()
            self.dropped.emit(path)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._paint_icon()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = tokens(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(colours.accent_tint if self._over else colours.surface))
        pen = QPen(
            QColor(colours.accent if self._over else colours.border_strong), 1.6, Qt.PenStyle.CustomDashLine
        )
        pen.setDashPattern([5, 4])
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        painter.end()

    def _show_over(self, over: bool) -> None:
        self._over = over
        self.update()

    def _paint_icon(self) -> None:
        self._picture.setPixmap(icons.pixmap("upload-drop", QColor(tokens(self.palette()).accent), 56))


def _file(event: QDropEvent) -> Path | None:
    """The one file that is dragged, if it is one."""
    urls = event.mimeData().urls()
    if len(urls) == 1 and urls[0].isLocalFile():
        return Path(urls[0].toLocalFile())
    return None
