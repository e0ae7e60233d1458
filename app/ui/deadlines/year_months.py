"""A year at a glance: twelve small months with a mark on each day that matters."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.domain.dates import MONTHS, add_months, holidays, month_name
from app.domain.deadlines.calendar_entries import CalendarEntry, EntryKind, month_grid
from app.ui.deadlines.month import SHORT_WEEKDAYS, spoken_day, tone_of
from app.ui.kit.accessible import Amount, Heard, Role, announce
from app.ui.kit.layout import grid
from app.ui.kit.plain import plain
from app.ui.kit.tokens import RADIUS, Tone, tokens
from app.ui.kit.widgets.painting import paint_focus, painting, small_font, strong_font

WEEKS = 6
COLUMNS = 4


class SmallMonth(QWidget, Heard):
    """One month. Arrow keys go from marked day to marked day, Enter or a click opens it."""

    heard_role = Role.Slider

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._first = date.min
        self._today = date.min
        self._entries: Mapping[date, Sequence[CalendarEntry]] = {}
        self._at: date | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(200, 150)

    def minimumSizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(line * 9, line * 8)

    def show_month(self, first: date, entries: Mapping[date, Sequence[CalendarEntry]], today: date) -> None:
        """Marks of the month that begins on `first`."""
        self._first, self._entries, self._today = first, entries, today
        if self._at not in self._marked():
            self._at = None
            self.heard_amount = Amount(0, len(self._marked()))
        count = sum(len(self._due(day)) for day in self._marked())
        words = {0: "nichts fällig", 1: "1 Frist"}.get(count, f"{count} Fristen")
        if self._at is None:
            self.heard_value = words
        self.setAccessibleName(f"{MONTHS[first.month - 1]} {first.year}: {words}")
        self.update()

    def _due(self, day: date) -> list[CalendarEntry]:
        """Reminders are too many for a year; what is due and what is to be sent stand here."""
        return [mark for mark in self._entries.get(day, ()) if mark.kind is not EntryKind.REMINDER]

    def _marked(self) -> list[date]:
        return [day for day in self._days() if self._due(day)]

    def _days(self) -> list[date]:
        return [day for week in month_grid(self._first) for day in week if day.month == self._first.month]

    # ---- drawing ----

    def _cell(self, day: date) -> QRectF:
        row, column = divmod((day - month_grid(self._first)[0][0]).days, 7)
        head = self.fontMetrics().height() * 2.0 + 12
        width, height = (self.width() - 16) / 7, (self.height() - head - 8) / WEEKS
        return QRectF(8 + column * width, head + row * height, width, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as (painter, colours):
            painter.setPen(QPen(QColor(colours.border), 1))
            painter.setBrush(QColor(colours.surface))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
            self._paint_head(painter)
            for day in self._days():
                self._paint_day(painter, day)
            if self.hasFocus():
                paint_focus(painter, QRectF(self.rect()), self.palette())

    def _paint_head(self, painter: QPainter) -> None:
        colours = tokens(self.palette())
        painter.setFont(strong_font(self.font()))
        painter.setPen(QColor(colours.text))
        line = self.fontMetrics().height()
        painter.drawText(QPointF(14, line + 4), month_name(self._first))
        painter.setFont(small_font(self.font()))
        painter.setPen(QColor(colours.muted))
        monday = month_grid(self._first)[0][0]
        top = self._cell(monday).top() - line
        for column, word in enumerate(SHORT_WEEKDAYS):
            cell = self._cell(date.fromordinal(monday.toordinal() + column))
            painter.drawText(QRectF(cell.left(), top, cell.width(), line), Qt.AlignmentFlag.AlignCenter, word)

    def _paint_day(self, painter: QPainter, day: date) -> None:
        colours = tokens(self.palette())
        cell = self._cell(day)
        marks = self._due(day)
        side = min(cell.width(), cell.height() + 4) - 1
        box = QRectF(cell.center().x() - side / 2, cell.center().y() - side / 2, side, side)
        free = day.weekday() >= 5 or day in holidays(day.year)
        ink = QColor(colours.muted if free else colours.text)
        if marks:
            tones = [tone_of(mark, self._today) for mark in marks]
            order = (Tone.DANGER, Tone.WARNING, Tone.INFO, Tone.NEUTRAL)
            tone = min(tones, key=order.index)
            painter.setPen(QPen(colours.ink(tone), 1.4))
            painter.setBrush(colours.tint(tone))
            painter.drawRoundedRect(box, 4, 4)
            ink = colours.ink(tone)
        if day == self._today:
            painter.setPen(QPen(QColor(colours.accent), 1.6))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(box.adjusted(1, 1, -1, -1))
        if day == self._at and self.hasFocus():
            paint_focus(painter, box.adjusted(-1, -1, 1, 1), self.palette(), 4)
        painter.setPen(ink)
        painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, str(day.day))

    # ---- mouse and keyboard ----

    def _day_at(self, place: QPointF) -> date | None:
        return next((day for day in self._days() if self._cell(day).contains(place)), None)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            day = self._day_at(QPointF(event.pos()))
            if day is not None and (self._entries.get(day) or day in holidays(day.year)):
                text = spoken_day(day, self._entries.get(day, ())).replace(", ", "\n")
                QToolTip.showText(event.globalPos(), plain(text), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(self._day_at(event.position()) or self._first)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        marked = self._marked()
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit(self._at or self._first)
        elif step is not None and marked:
            here = marked.index(self._at) if self._at in marked else (-1 if step > 0 else 0)
            self._at = marked[(here + step) % len(marked)]
            self.heard_value = spoken_day(self._at, self._due(self._at))
            self.heard_amount = Amount(marked.index(self._at) + 1, len(marked))
            self.setAccessibleDescription(self.heard_value)
            announce(self, self.heard_value)
            self.update()
        else:
            super().keyPressEvent(event)


class YearMonths(QWidget):
    """Twelve months. `opened` gives the day that was clicked."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        places = grid(on=self, spacing=(10, 10))
        self.months = [SmallMonth() for _ in range(12)]
        for place, month in enumerate(self.months):
            places.addWidget(month, *divmod(place, COLUMNS))
            month.opened.connect(self.opened)
        self.setFocusProxy(self.months[0])

    def show_year(self, first: date, entries: Mapping[date, Sequence[CalendarEntry]], today: date) -> None:
        """Twelve months with their marks, from the month of `first` on."""
        for number, month in enumerate(self.months):
            month.show_month(add_months(first.replace(day=1), number), entries, today)
