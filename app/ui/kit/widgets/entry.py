"""A line of a short list that leads somewhere: title, quieter words below, perhaps a pill at the right."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFont, QFontMetrics, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from app.ui.kit.plain import plain
from app.ui.kit.tokens import RADIUS
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.painting import paint_focus, paint_pill, painting, pill_size, write
from app.ui.kit.widgets.pressable import Pressable

PAD_X, PAD_Y = 8, 6
TOP = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


class PressableEntry(Pressable):
    """Emits `clicked` on a click, Enter or the space bar."""

    def __init__(
        self,
        title: str,
        caption: str = "",
        pill: Pill | None = None,
        clicked: Callable[[], object] | None = None,
        *,
        tip: str = "",
    ) -> None:
        super().__init__()
        if clicked is not None:
            self.clicked.connect(lambda: clicked())
        self.title = title
        self.caption = caption
        self.pill = pill
        self._tip = tip
        self._hovered = False
        self.set_pressable()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(", ".join(filter(None, (title, caption, pill.text if pill else ""))))
        self.setAccessibleDescription(tip)

    def sizeHint(self) -> QSize:
        lines = self.fontMetrics().height()
        if self.caption:
            lines += QFontMetrics(self._small()).height() + 2
        return QSize(220, lines + 2 * PAD_Y)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as (painter, colours):
            frame = QRectF(self.rect())
            if self._hovered:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(colours.hover))
                painter.drawRoundedRect(frame, RADIUS, RADIUS)
            inner = frame.adjusted(PAD_X, PAD_Y, -PAD_X, -PAD_Y)
            if self.pill is not None:
                width = pill_size(self.pill, self.font()).width()
                place = QRectF(inner.right() - width, inner.top(), width, inner.height())
                paint_pill(painter, place, self.pill, self.font(), self.palette())
                inner.setRight(place.left() - 8)
            painter.setPen(QColor(colours.text))
            write(painter, inner, self.title, TOP)
            if self.caption:
                painter.setFont(self._small())
                painter.setPen(QColor(colours.muted))
                write(painter, inner.adjusted(0, self.fontMetrics().height() + 2, 0, 0), self.caption, TOP)
            if self.hasFocus():
                paint_focus(painter, frame, self.palette())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words that are cut can be read on hover."""
        super().resizeEvent(event)
        room = self.width() - 2 * PAD_X
        if self.pill is not None:
            room -= int(pill_size(self.pill, self.font()).width()) + 8
        cut = (
            self.fontMetrics().horizontalAdvance(self.title) > room
            or QFontMetrics(self._small()).horizontalAdvance(self.caption) > room
        )
        words = [self.title, self.caption] if cut else []
        self.setToolTip(plain("\n".join(filter(None, [*words, self._tip]))))

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hovered = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = False
        self.update()

    def _small(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.9)
        return font
