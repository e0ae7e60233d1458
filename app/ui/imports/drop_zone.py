"""A place to drop a file on, or to choose one."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPaintEvent, QPen

from app.ui.kit.layout import STRETCH, aligned, column, grow, row
from app.ui.kit.tokens import RADIUS
from app.ui.kit.widgets.dropping import FileDrop
from app.ui.kit.widgets.icon_label import IconLabel
from app.ui.kit.widgets.painting import painting
from app.ui.kit.widgets.text import button, label


class DropZone(FileDrop):
    """Dashed frame, icon, one sentence, and a main button; one file at a time."""

    clicked = Signal()

    def __init__(self, sentence: str, hint: str, choose: Callable[[], object]) -> None:
        super().__init__(single=True)
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

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as (painter, colours):
            painter.setBrush(QColor(colours.surface))
            pen = QPen(QColor(colours.border_strong), 1.6, Qt.PenStyle.CustomDashLine)
            pen.setDashPattern([5, 4])
            painter.setPen(pen)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
