"""A column of dates in order, with today among them: what was, what comes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain.dates import german
from app.ui.tokens import Tone, tokens
from app.ui.widgets.card import clear_layout
from app.ui.widgets.text import label

GUTTER = 20


@dataclass(frozen=True, slots=True)
class Moment:
    """A date on a timeline: what it is and, quieter, why."""

    day: date
    title: str
    note: str = ""
    tone: Tone = Tone.NEUTRAL


class Timeline(QWidget):
    """Moments from early to late; those before today are hollow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def set_moments(self, moments: Sequence[Moment], today: date) -> None:
        """Show these, ordered by date, with a line for today."""
        clear_layout(self._column)
        ordered = sorted(moments, key=lambda moment: moment.day)
        before = [moment for moment in ordered if moment.day < today]
        after = [moment for moment in ordered if moment.day >= today]
        rows = [_Row(moment, past=True) for moment in before]
        rows.append(_Row(Moment(today, "heute", tone=Tone.ACCENT), now=True))
        rows.extend(_Row(moment) for moment in after)
        for place, row in enumerate(rows):
            row.first = place == 0
            row.last = place == len(rows) - 1
            self._column.addWidget(row)


class _Row(QWidget):
    def __init__(self, moment: Moment, *, past: bool = False, now: bool = False) -> None:
        super().__init__()
        self._tone = moment.tone
        self._past = past
        self._now = now
        self.first = self.last = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        grid = QGridLayout(self)
        grid.setContentsMargins(GUTTER + 6, 5, 0, 5)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(1)
        role = "muted" if past or now else "strong"
        self._title = label(moment.title, role, wrap=True, selectable=True)
        day = label(german(moment.day), "muted")
        grid.addWidget(self._title, 0, 0)
        grid.addWidget(day, 0, 1, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(0, 1)
        if moment.note:
            grid.addWidget(label(moment.note, "caption", wrap=True, selectable=True), 1, 0, 1, 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = tokens(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x = GUTTER / 2
        y = 5 + self.fontMetrics().height() / 2 + 1
        painter.setPen(QPen(QColor(colours.border), 2))
        painter.drawLine(QPointF(x, y if self.first else 0), QPointF(x, y if self.last else self.height()))
        ink = colours.ink(self._tone)
        radius = 4.0 if self._now else 5.0
        painter.setPen(QPen(ink, 2))
        painter.setBrush(QColor(colours.surface) if self._past else ink)
        painter.drawEllipse(QRectF(x - radius, y - radius, 2 * radius, 2 * radius))
        if self._now:
            painter.setPen(QPen(ink, 1, Qt.PenStyle.DashLine))
            left = GUTTER + 6 + self.fontMetrics().horizontalAdvance("heute") + 8
            right = self.width() - self.fontMetrics().horizontalAdvance("00.00.0000") - 10
            painter.drawLine(QPointF(left, y), QPointF(right, y))
        painter.end()
