"""A place to drop a file on, or to choose one."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
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
from PySide6.QtWidgets import QWidget

from app.ui.kit.layout import STRETCH, aligned, column, grow, row
from app.ui.kit.tokens import tokens
from app.ui.kit.widgets.icon_label import IconLabel
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
        self.button = button("Datei wählen …", choose, icon="folder-open")
        row(
            aligned(
                IconLabel("upload-drop", lambda colours: colours.accent, 56), Qt.AlignmentFlag.AlignVCenter
            ),
            grow(
                column(
                    STRETCH,
                    label(sentence, "section", wrap=True),
                    label(hint, "muted", wrap=True),
                    8,
                    aligned(self.button, Qt.AlignmentFlag.AlignLeft),
                    STRETCH,
                    spacing=2,
                )
            ),
            on=self,
            spacing=24,
            margins=(32, 16, 24, 16),
        )

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


def _file(event: QDropEvent) -> Path | None:
    """The one file that is dragged, if it is one."""
    urls = event.mimeData().urls()
    if len(urls) == 1 and urls[0].isLocalFile():
        return Path(urls[0].toLocalFile())
    return None
