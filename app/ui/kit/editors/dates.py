"""A date: typed freely or picked from a calendar; empty is allowed."""

from datetime import date, timedelta

from PySide6.QtCore import QDate, QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QLineEdit, QToolButton, QWidget

from app.domain.dates import EARLIEST_DAY, LATEST_DAY, enterable, german, holidays
from app.domain.parsing import parse_date
from app.ui.kit import icons
from app.ui.kit.actions import key_text
from app.ui.kit.editors.base import LineEditor
from app.ui.kit.layout import column
from app.ui.kit.plain import plain
from app.ui.kit.screen import placed
from app.ui.kit.tokens import tokens
from app.ui.kit.widgets.scaling import follow_text


class DateEditor(LineEditor[date]):
    """Up and Down move by a day, Alt+Down opens the calendar; "31.12.26" becomes "31.12.2026"."""

    def __init__(self) -> None:
        super().__init__(QLineEdit())
        self.line.setPlaceholderText("TT.MM.JJJJ")
        follow_text(self.line, self.line.setMinimumWidth, 130)
        self.tidy_when_left()
        self.line.installEventFilter(self)
        self._calendar = QAction(icons.icon("calendar"), "Kalender", self)
        self._calendar.setToolTip(f"Kalender ({key_text('Alt+Down')})")
        self._calendar.triggered.connect(self.open_calendar)
        self.line.addAction(self._calendar, QLineEdit.ActionPosition.TrailingPosition)

    def read(self, text: str) -> date:
        return parse_date(text)

    def written(self, value: date) -> str:
        return german(value)

    def set_read_only(self, read_only: bool) -> None:
        super().set_read_only(read_only)
        self._calendar.setVisible(not read_only)

    def open_calendar(self) -> None:
        """The calendar below the field."""
        popup = CalendarPopup(self.readable() or date.today(), self)
        popup.picked.connect(self._take)
        popup.adjustSize()
        popup.move(self._place_for(popup.size()))
        popup.show()
        popup.calendar.setFocus()

    def _place_for(self, size: QSize) -> QPoint:
        """Below the field; above it or further left where the screen ends."""
        screen = self.screen().availableGeometry()
        at = self.mapToGlobal(QPoint(0, self.height() + 2))
        if at.y() + size.height() > screen.bottom():
            at.setY(self.mapToGlobal(QPoint(0, 0)).y() - size.height() - 2)
        return placed(at, size, screen)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        typed = event.type() == QEvent.Type.KeyPress and not self.line.isReadOnly()
        if typed and isinstance(event, QKeyEvent):
            steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
            if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self.open_calendar()
                return True
            day = self.readable()
            if steps is not None and day is not None and not event.modifiers():
                self.set_value(enterable(day + timedelta(days=steps)))
                self.changed.emit()
                return True
        return super().eventFilter(watched, event)

    def _take(self, day: date) -> None:
        self.set_value(day)
        self.line.setFocus()
        self.tell()


class CalendarPopup(QFrame):
    """A month to pick a day from; holidays of Lower Saxony are marked and named. It goes when a day is picked."""

    picked = Signal(object)  # the date

    def __init__(self, day: date, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "card")
        self.calendar = QCalendarWidget()
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.ISOWeekNumbers)
        self.calendar.setGridVisible(False)
        follow_text(self.calendar, self.calendar.setMinimumWidth, 320)
        follow_text(self.calendar, self.calendar.setMinimumHeight, 250)
        for name, picture in (("prevmonth", "chevron-left"), ("nextmonth", "chevron-right")):
            step = self.calendar.findChild(QToolButton, f"qt_calendar_{name}")
            if step is not None:
                step.setIcon(icons.icon(picture))
        self.calendar.setDateRange(_qt(EARLIEST_DAY), _qt(LATEST_DAY))
        self.calendar.setSelectedDate(_qt(day))
        self.calendar.clicked.connect(self._pick)
        self.calendar.activated.connect(self._pick)
        column(self.calendar, on=self, margins=6)
        self._colour(day.year)
        self.calendar.currentPageChanged.connect(self._colour)

    def _pick(self, day: QDate) -> None:
        self.close()
        self.picked.emit(date(day.year(), day.month(), day.day()))

    def _colour(self, year: int, _month: int = 0) -> None:
        colours = tokens(self.palette())
        weekend = QTextCharFormat()
        weekend.setForeground(QColor(colours.muted))
        for weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(weekday, weekend)
        for day, name in holidays(year).items():
            holiday = QTextCharFormat()
            holiday.setForeground(QColor(colours.danger))
            holiday.setToolTip(plain(name))
            self.calendar.setDateTextFormat(_qt(day), holiday)


def _qt(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
