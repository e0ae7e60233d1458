"""Budget bars and phase tracks as widgets of their own."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.money import euro
from app.ui.kit.tokens import tokens
from app.ui.kit.widgets.figures import Bar, Track
from app.ui.kit.widgets.painting import paint_bar, paint_track


class BudgetBar(QWidget):
    """A bar with its name at the left, what is left at the right, and the figures as tooltip.

    With a name it can be focused and clicked; `clicked` opens what is behind it.
    """

    clicked = Signal()

    def __init__(self, bar: Bar, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bar = bar
        self._name = name
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if name:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_bar(bar)

    def set_bar(self, bar: Bar) -> None:
        self._bar = bar
        self.setToolTip(bar.sentence)
        self.setAccessibleName(self._name or "Budget")
        self.setAccessibleDescription(bar.sentence)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(220, self.fontMetrics().height() + 22 if self._name else 14)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = tokens(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._name:
            paint_bar(painter, QRectF(self.rect()), self._bar, self.palette())
            painter.end()
            return
        inner = QRectF(self.rect()).adjusted(4, 2, -4, -2)
        height = self.fontMetrics().height()
        left = f"überzogen um {euro(-self._bar.available)}"
        left = left if self._bar.overspent else f"noch {euro(self._bar.available)}"
        painter.setPen(QColor(colours.danger if self._bar.overspent else colours.muted))
        line = QRectF(inner.left(), inner.top(), inner.width(), height)
        right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(line, right, left)
        room = line.width() - self.fontMetrics().horizontalAdvance(left) - 12
        name = self.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideRight, int(room))
        painter.setPen(QColor(colours.text))
        painter.drawText(line, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), name)
        area = QRectF(inner.left(), inner.top() + height + 3, inner.width(), 12)
        paint_bar(painter, area, self._bar, self.palette())
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._name and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._name and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
            return
        super().keyPressEvent(event)


class PhaseTrack(QWidget):
    """The steps of a quarter's way with the word of the present one above."""

    def __init__(self, track: Track, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._track = track
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_track(track)

    def set_track(self, track: Track) -> None:
        self._track = track
        self.setToolTip(track.sentence)
        self.setAccessibleName(f"Phase: {track.sentence}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(260, self.fontMetrics().height() + 16)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = tokens(self.palette())
        painter = QPainter(self)
        height = self.fontMetrics().height()
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(colours.text))
        line = QRectF(0, 0, self.width(), height)
        painter.drawText(line, int(Qt.AlignmentFlag.AlignLeft), self._track.word)
        painter.setFont(self.font())
        painter.setPen(QColor(colours.muted))
        count = f"{self._track.step} von {self._track.count}" if self._track.step else ""
        painter.drawText(line, int(Qt.AlignmentFlag.AlignRight), count)
        area = QRectF(0, height + 4, self.width(), 8)
        paint_track(painter, area, self._track, self.palette(), height=8)
        painter.end()
