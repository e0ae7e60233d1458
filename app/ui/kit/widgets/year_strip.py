"""The months of a year with a mark for each date that matters."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.domain.dates import add_months, german
from app.ui.kit.accessible import Amount, Heard, Role, announce
from app.ui.kit.plain import plain
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.painting import paint_focus, painting, small_font

MONTHS = ("Jan", "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez")
MARK = 8.0
STEP = 10.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A date on the strip; `key` comes back when it is chosen."""

    day: date
    text: str
    tone: Tone
    key: object = None


class YearStrip(QWidget, Heard):
    """Twelve months from a first day on. Left and Right go from mark to mark, Enter chooses."""

    heard_role = Role.Slider

    chosen = Signal(object)  # the key of the mark

    def __init__(self) -> None:
        super().__init__()
        self._marks: list[Mark] = []
        self._found_places: list[QRectF] | None = None
        self._today = self._first = date.today().replace(day=1)
        self._at = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)

    def set_marks(self, marks: Sequence[Mark], first: date, today: date) -> None:
        """Show twelve months from the month of `first` on."""
        self._first = first.replace(day=1)
        self._today = today
        last = add_months(self._first, 12)
        self._marks = sorted((m for m in marks if self._first <= m.day < last), key=lambda m: m.day)
        self._at = -1
        self.heard_value = f"{len(self._marks)} Termine in zwölf Monaten"
        self.heard_amount = Amount(0, len(self._marks))
        self.setAccessibleName("Das Jahr im Überblick")
        self.setAccessibleDescription(self.heard_value)
        self._found_places = None
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self.fontMetrics().height() + 42)

    def sizeHint(self) -> QSize:
        return QSize(600, self.fontMetrics().height() + 62)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as (painter, colours):
            area = self._area()
            painter.setFont(small_font(self.font()))
            for month in range(12):
                start = add_months(self._first, month)
                left, right = self._x(start), self._x(add_months(self._first, month + 1))
                if month % 2:
                    painter.fillRect(
                        QRectF(left, area.top(), right - left, area.height()), QColor(colours.hover)
                    )
                painter.setPen(QColor(colours.muted))
                words = _month_words(start, painter, right - left - 6)
                box = QRectF(left + 4, area.bottom() + 3, right - left, painter.fontMetrics().height())
                painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft), words)
            painter.setPen(QPen(QColor(colours.border_strong), 1))
            painter.drawLine(QPointF(area.left(), area.bottom()), QPointF(area.right(), area.bottom()))
            for place, (mark, box) in enumerate(zip(self._marks, self._places, strict=True)):
                if box.isEmpty():
                    continue
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colours.ink(mark.tone))
                painter.drawEllipse(box)
                if place == self._at and self.hasFocus():
                    painter.setPen(QPen(QColor(colours.accent), 2))
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                    painter.drawEllipse(box.adjusted(-3, -3, 3, 3))
            if self._first <= self._today < add_months(self._first, 12):
                x = self._x(self._today)
                painter.setPen(QPen(QColor(colours.accent), 2))
                painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
            if self.hasFocus() and self._at < 0:
                paint_focus(painter, QRectF(self.rect()), self.palette())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._found_places = None
        super().resizeEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = self._mark_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), plain(self._words(at)) if at >= 0 else "", self)
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._mark_at(event.position()) >= 0
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = self._mark_at(event.position())
        if at >= 0:
            self._at = at
            self.update()
            self.chosen.emit(self._marks[at].key)
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        if step is not None and self._marks:
            self._at = self._next(step)
            self._say(self._words(self._at))
            centre = self._places[self._at].center().toPoint() if self._places else self.rect().center()
            QToolTip.showText(self.mapToGlobal(centre), plain(self._words(self._at)), self)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._at >= 0:
            self.chosen.emit(self._marks[self._at].key)
        else:
            super().keyPressEvent(event)

    def _say(self, words: str) -> None:
        """What is at the mark that the keyboard has come to."""
        self.heard_value = words.replace("\n", ", ")
        self.heard_amount = Amount(self._at + 1, len(self._marks))
        self.setAccessibleDescription(words)
        announce(self, self.heard_value)

    def _next(self, step: int) -> int:
        """The next mark that is drawn."""
        drawn = [at for at, box in enumerate(self._places) if not box.isEmpty()]
        ahead = [at for at in drawn if (at > self._at if step > 0 else at < self._at)]
        return (ahead[0] if step > 0 else ahead[-1]) if ahead else max(self._at, 0)

    def _words(self, at: int) -> str:
        """All that is due on the day of a mark."""
        day = self._marks[at].day
        same = [mark.text for mark in self._marks if mark.day == day]
        shown = same[:6] + ([f"und {len(same) - 6} weitere"] if len(same) > 6 else [])
        return "\n".join([german(day), *shown])

    def _area(self) -> QRectF:
        return QRectF(6, 6, self.width() - 12, self.height() - self.fontMetrics().height() - 14)

    def _x(self, day: date) -> float:
        area = self._area()
        return area.left() + area.width() * self._share(day)

    def _share(self, day: date) -> float:
        """How far a day is from the first of the twelve months to the last."""
        return (day - self._first).days / (add_months(self._first, 12) - self._first).days

    @property
    def _places(self) -> list[QRectF]:
        """Where each mark is drawn, found when first asked: a window being laid out is resized many times."""
        if self._found_places is None:
            self._found_places = self._place_marks(self._area())
        return self._found_places

    def _place_marks(self, area: QRectF) -> list[QRectF]:
        """Marks near each other are stacked from the bottom up; what finds no room is only named."""
        left, bottom, width = area.left(), area.bottom(), area.width()
        levels = max(int((area.height() - 4) // STEP), 1)
        stacked: Counter[int] = Counter()
        places = []
        for mark in self._marks:
            slot = int(width * self._share(mark.day) // STEP)
            level = min(stacked[slot], levels)
            stacked[slot] += 1
            x = left + slot * STEP + STEP / 2
            y = bottom - 5 - level * STEP - MARK / 2
            places.append(QRectF(x - MARK / 2, y - MARK / 2, MARK, MARK) if level < levels else QRectF())
        return places

    def _mark_at(self, at: QPointF) -> int:
        for place, box in enumerate(self._places):
            if not box.isEmpty() and box.adjusted(-1, -1, 1, 1).contains(at):
                return place
        return -1


def _month_words(month: date, painter: QPainter, room: float) -> str:
    """The month's name; January says the year, because a new one begins there."""
    if month.month > 1:
        return MONTHS[month.month - 1]
    whole = f"{MONTHS[0]} {month.year}"
    return whole if painter.fontMetrics().horizontalAdvance(whole) <= room else str(month.year)
