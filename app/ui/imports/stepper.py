"""Where in the import one is: Datei - Spalten - Prüfen - Übernehmen."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.ui.kit.icons import paint_icon
from app.ui.kit.layout import add, row
from app.ui.kit.tokens import tokens
from app.ui.kit.widgets.painting import paint_focus, painting, strong_font, write

_DOT = 26.0


class StepButton(QAbstractButton):
    """A number in a circle and a word; can be clicked once it lies behind."""

    def __init__(self, number: int, word: str) -> None:
        super().__init__()
        self.number = number
        self.done = False
        self.current = False
        self.setText(word)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_state(self, *, done: bool, current: bool, reachable: bool) -> None:
        """Behind, here, or still to come."""
        self.done, self.current = done, current
        self.setEnabled(reachable)
        self.setCursor(
            Qt.CursorShape.PointingHandCursor if reachable and not current else Qt.CursorShape.ArrowCursor
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if reachable else Qt.FocusPolicy.NoFocus)
        here = ", hier" if current else ", erledigt" if done else ""
        self.setAccessibleName(f"Schritt {self.number}: {self.text()}{here}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        words, dot = QFontMetrics(strong_font(self.font())), int(_DOT)
        return QSize(dot + words.horizontalAdvance(self.text()) + 20, max(dot, words.height()) + 10)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as (painter, colours):
            area = QRectF(self.rect())
            dot = QRectF(4, area.center().y() - _DOT / 2, _DOT, _DOT)
            accent = QColor(colours.accent)
            if self.current:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(accent)
            elif self.done:
                painter.setPen(QPen(accent, 1.6))
                painter.setBrush(QColor(colours.accent_tint))
            else:
                painter.setPen(QPen(QColor(colours.border_strong), 1.4))
                painter.setBrush(QColor(colours.surface))
            painter.drawEllipse(dot.adjusted(1, 1, -1, -1))
            if self.done and not self.current:
                paint_icon(painter, "check", dot.adjusted(5, 5, -5, -5), accent)
            else:
                painter.setPen(QColor(colours.on_accent if self.current else colours.muted))
                painter.setFont(strong_font(self.font()))
                painter.drawText(dot, int(Qt.AlignmentFlag.AlignCenter), str(self.number))
            painter.setFont(strong_font(self.font()) if self.current else self.font())
            painter.setPen(QColor(colours.text if self.current or self.done else colours.muted))
            words = QRectF(dot.right() + 8, 0, area.width() - dot.right() - 8, area.height())
            write(painter, words, self.text())
            if self.hasFocus():
                paint_focus(painter, area, self.palette())


class _Line(QWidget):
    """The stroke between two steps."""

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumWidth(24)
        self.setMaximumWidth(72)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(QColor(tokens(self.palette()).border_strong), 1))
        y = self.height() // 2
        painter.drawLine(2, y, self.width() - 2, y)
        painter.end()


class Stepper(QWidget):
    """The steps in a row; `wanted` when one that lies behind is clicked."""

    wanted = Signal(int)

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__()
        self.steps = [StepButton(number, word) for number, word in enumerate(words, 1)]
        layout = row(on=self, spacing=4)
        for index, step in enumerate(self.steps):
            add(layout, _Line() if index else None, step)
            step.clicked.connect(lambda _checked=False, index=index: self._click(index))
        layout.addStretch(3)
        self.set_current(0)

    @property
    def current(self) -> int:
        """The step one is at, from 0."""
        return self._current

    def set_current(
        self, current: int, *, locked: bool = False, skipped: frozenset[int] = frozenset()
    ) -> None:
        """Go to a step; `locked`: no way back; `skipped` steps have nothing to show."""
        self._current = current
        for index, step in enumerate(self.steps):
            step.show_state(
                done=index < current,
                current=index == current,
                reachable=index == current or (index < current and not locked and index not in skipped),
            )

    def _click(self, index: int) -> None:
        if index < self._current:
            self.wanted.emit(index)
