"""Budget bars and phase tracks as widgets of their own."""

from collections.abc import Callable
from math import isfinite

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.money import euro
from app.ui.kit.accessible import Amount, Heard, Role
from app.ui.kit.plain import plain
from app.ui.kit.widgets.figures import Bar, Track
from app.ui.kit.widgets.painting import (
    RIGHT,
    paint_bar,
    paint_focus,
    paint_track,
    painting,
    strong_font,
    write,
)
from app.ui.kit.widgets.pressable import Pressable


class BudgetBar(Pressable):
    """A bar with its name at the left, what is left at the right, and the figures as tooltip.

    With a name it can be focused and pressed; `clicked` opens what is behind it.
    """

    heard_role = Role.ProgressBar

    def __init__(self, bar: Bar, name: str = "", clicked: Callable[[], object] | None = None) -> None:
        super().__init__()
        if clicked is not None:
            self.clicked.connect(lambda: clicked())
        self._bar = bar
        self._name = name
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if name:
            self.set_pressable()
        self.set_bar(bar)

    def set_bar(self, bar: Bar) -> None:
        """Other figures; tooltip and screen reader say them in words."""
        self._bar = bar
        self.setToolTip(plain(bar.sentence))
        self.heard_value = bar.sentence
        self.heard_amount = Amount(min(round(100 * bar.used), 100), 100) if isfinite(bar.used) else None
        self.setAccessibleName(self._name or "Budget")
        self.setAccessibleDescription(bar.sentence)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(220, self.fontMetrics().height() + 22 if self._name else 14)

    def minimumSizeHint(self) -> QSize:
        return QSize(80 if self._name else 40, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as (painter, colours):
            if not self._name:
                paint_bar(painter, QRectF(self.rect()), self._bar, self.palette())
                return
            inner = QRectF(self.rect()).adjusted(4, 2, -4, -2)
            height = self.fontMetrics().height()
            left = f"überzogen um {euro(-self._bar.available)}"
            left = left if self._bar.overspent else f"noch {euro(self._bar.available)}"
            painter.setPen(QColor(colours.danger if self._bar.overspent else colours.muted))
            line = QRectF(inner.left(), inner.top(), inner.width(), height)
            painter.drawText(line, RIGHT, left)
            painter.setPen(QColor(colours.text))
            write(
                painter, line.adjusted(0, 0, -self.fontMetrics().horizontalAdvance(left) - 12, 0), self._name
            )
            area = QRectF(inner.left(), inner.top() + height + 3, inner.width(), 12)
            paint_bar(painter, area, self._bar, self.palette())
            if self.hasFocus():
                paint_focus(painter, QRectF(self.rect()), self.palette(), 4)


class PhaseTrack(QWidget, Heard):
    """The steps of a quarter's way with the word of the present one above."""

    heard_role = Role.ProgressBar

    def __init__(self, track: Track) -> None:
        super().__init__()
        self._track = track
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(plain(track.sentence))
        self.heard_value = track.sentence
        self.heard_amount = Amount(track.step, track.count)
        self.setAccessibleName(f"Phase: {track.sentence}")

    def sizeHint(self) -> QSize:
        return QSize(260, self.fontMetrics().height() + 16)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as (painter, colours):
            height = self.fontMetrics().height()
            painter.setFont(strong_font(self.font()))
            painter.setPen(QColor(colours.text))
            line = QRectF(0, 0, self.width(), height)
            painter.drawText(line, int(Qt.AlignmentFlag.AlignLeft), self._track.word)
            painter.setFont(self.font())
            painter.setPen(QColor(colours.muted))
            count = f"{self._track.step} von {self._track.count}" if self._track.step else ""
            painter.drawText(line, int(Qt.AlignmentFlag.AlignRight), count)
            area = QRectF(0, height + 4, self.width(), 8)
            paint_track(painter, area, self._track, self.palette(), height=8)
