"""A month as a calendar: weeks from Monday on, holidays named, what is due, to be sent and reminded of on each day."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.domain.dates import MONTHS, WEEKDAYS, add_months, german, holidays
from app.domain.deadlines.calendar_entries import CalendarEntry, EntryKind, month_grid
from app.ui.deadlines.due import TONES, due
from app.ui.kit import icons
from app.ui.kit.indexes import NOWHERE, Index, Role
from app.ui.kit.plain import plain
from app.ui.kit.tokens import Tone, tokens
from app.ui.kit.widgets.painting import paint_focus, small_font, write

DAY_ROLE = int(Role.UserRole)
SHORT_WEEKDAYS = tuple(name[:2] for name in WEEKDAYS)
ICONS = {EntryKind.DUE: "calendar", EntryKind.SENDING: "mail", EntryKind.REMINDER: "bell"}
PAD = 6
ROUND = 4


def tone_of(entry: CalendarEntry, today: date) -> Tone:
    """How urgent a mark is: of a deadline by the days left, a sending day as news, a reminder quiet."""
    if entry.kind is EntryKind.DUE:
        return TONES[due(entry.deadline, today).urgency]
    return Tone.INFO if entry.kind is EntryKind.SENDING else Tone.NEUTRAL


def words_of(entry: CalendarEntry) -> str:
    """What a mark says."""
    if entry.kind is EntryKind.SENDING:
        return f"Absenden: {entry.deadline.title}"
    if entry.kind is EntryKind.REMINDER:
        return f"Erinnerung, {entry.before} Tage vorher: {entry.deadline.title}"
    return entry.deadline.title


def spoken_day(day: date, entries: Sequence[CalendarEntry]) -> str:
    """A day in one sentence, for screen readers."""
    parts = [f"{WEEKDAYS[day.weekday()]}, {german(day)}"]
    if day in holidays(day.year):
        parts.append(holidays(day.year)[day])
    parts += [f"{words_of(entry)} ({entry.deadline.record})" for entry in entries] or ["nichts fällig"]
    return ", ".join(parts)


class MonthModel(QAbstractTableModel):
    """Weeks as rows, days as columns."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.view = parent
        self.month = date.min
        self.today = date.min
        self.weeks: list[list[date]] = []
        self.entries: Mapping[date, Sequence[CalendarEntry]] = {}

    def show(self, month: date, entries: Mapping[date, Sequence[CalendarEntry]], today: date) -> None:
        """The month that a day lies in."""
        self.beginResetModel()
        self.month, self.today, self.entries = month.replace(day=1), today, entries
        self.weeks = month_grid(month)
        self.endResetModel()

    def place(self, day: date) -> QModelIndex:
        """Where a day stands; nowhere if the month does not show it."""
        if not self.weeks:
            return QModelIndex()
        row, column = divmod((day - self.weeks[0][0]).days, 7)
        return self.index(row, column) if 0 <= row < len(self.weeks) else QModelIndex()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.weeks)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else 7

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if role != Role.DisplayRole:
            return None
        if orientation is Qt.Orientation.Horizontal:
            return SHORT_WEEKDAYS[section]
        return f"KW {self.weeks[section][0].isocalendar().week}"

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        day = self.weeks[index.row()][index.column()]
        if role == DAY_ROLE:
            return day
        entries = self.entries.get(day, ())
        if role == Role.DisplayRole:
            return str(day.day)
        if role == Role.AccessibleTextRole:
            return spoken_day(day, entries)
        if role == Role.ToolTipRole and (entries or day in holidays(day.year)):
            return plain(spoken_day(day, entries).replace(", ", "\n"))
        return None


class MonthView(QTableView):
    """Arrow keys go from day to day, also into the next month; Enter opens. `day_chosen` and `opened` give the day."""

    day_chosen = Signal(object)
    opened = Signal(object)
    month_wanted = Signal(object)  # a day in another month

    def __init__(self) -> None:
        super().__init__()
        self.days = MonthModel(self)
        self.setModel(self.days)
        self.setItemDelegate(_Day(self))
        self.setAccessibleName("Monat")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
            header.setSectionsClickable(False)
            header.setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.verticalHeader().setMinimumSectionSize(40)
        self.activated.connect(lambda index: self.opened.emit(index.data(DAY_ROLE)))

    def minimumSizeHint(self) -> QSize:
        return QSize(420, 260)

    def show_month(self, day: date, entries: Mapping[date, Sequence[CalendarEntry]], today: date) -> None:
        """The month of a day, that day chosen."""
        self.days.show(day, entries, today)
        self.setCurrentIndex(self.days.place(day))

    def current_day(self) -> date | None:
        """The day with the keyboard cursor."""
        index = self.currentIndex()
        found: date | None = index.data(DAY_ROLE) if index.isValid() else None
        return found

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            self.day_chosen.emit(current.data(DAY_ROLE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Beyond the last row, and with Page Up and Down, the month turns."""
        day = self.current_day()
        months = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}.get(Qt.Key(event.key()))
        if day is not None and months is not None:
            self.month_wanted.emit(add_months(day, months))
            return
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
        days = steps.get(Qt.Key(event.key()))
        if day is None or days is None:
            super().keyPressEvent(event)
            return
        target = date.fromordinal(day.toordinal() + days)
        place = self.days.place(target)
        if place.isValid() and target.month == self.days.month.month:
            self.setCurrentIndex(place)
        else:
            self.month_wanted.emit(target)


class _Day(QStyledItemDelegate):
    """Draws one day: number, holiday, and as many marks as there is room for."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, MonthModel)
        day: date = index.data(DAY_ROLE)
        view = option.widget
        colours = tokens(view.palette())
        area = QRect(option.rect)
        inside = day.month == model.month.month
        free = day.weekday() >= 5 or day in holidays(day.year)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(area, QColor(colours.window if free or not inside else colours.surface))
        font: QFont = option.font
        top = self._head(painter, area, day, font, model, inside)
        self._marks(painter, area.adjusted(PAD, top, -PAD, -3), model.entries.get(day, ()), font, model)
        if option.state & QStyle.StateFlag.State_Selected:
            paint_focus(painter, QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5), view.palette(), ROUND)
        painter.restore()

    def _head(
        self, painter: QPainter, area: QRect, day: date, font: QFont, model: MonthModel, inside: bool
    ) -> int:
        """The number of the day, today filled; beside it the holiday. The height it took."""
        colours = tokens(model.view.palette())
        bold = QFont(font)
        bold.setBold(day == model.today)
        metrics = QFontMetrics(bold)
        size = metrics.height() + 4
        number = f"{day.day}" if inside or day.day != 1 else f"1. {MONTHS[day.month - 1][:3]}"
        width = max(size, metrics.horizontalAdvance(number) + 8)
        place = QRectF(area.left() + 4, area.top() + 4, width, size)
        if day == model.today:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent))
            painter.drawRoundedRect(place, size / 2, size / 2)
        ink = colours.surface if day == model.today else (colours.text if inside else colours.muted)
        painter.setFont(bold)
        painter.setPen(QColor(ink))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, number)
        holiday = holidays(day.year).get(day)
        if holiday:
            painter.setFont(small_font(font))
            painter.setPen(QColor(colours.muted))
            room = QRectF(place.right() + 4, place.top(), area.right() - place.right() - 8, size)
            write(painter, room, holiday)
        return int(size) + 8

    def _marks(
        self, painter: QPainter, area: QRect, entries: Sequence[CalendarEntry], font: QFont, model: MonthModel
    ) -> None:
        small = small_font(font)
        height = QFontMetrics(small).height() + 4
        fitting = max(0, (area.height() + 2) // (height + 2))
        shown = entries if len(entries) <= fitting else entries[: max(0, fitting - 1)]
        colours = tokens(model.view.palette())
        top = area.top()
        painter.setFont(small)
        for entry in shown:
            tone = tone_of(entry, model.today)
            box = QRectF(area.left(), top, area.width(), height)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.tint(tone))
            painter.drawRoundedRect(box, ROUND, ROUND)
            square = QRectF(box.left() + 4, box.center().y() - 6, 12, 12)
            icons.paint_icon(painter, ICONS[entry.kind], square, colours.ink(tone))
            painter.setPen(colours.ink(tone))
            write(painter, box.adjusted(19, 0, -3, 0), f"{entry.deadline.record} {words_of(entry)}")
            top += height + 2
        if len(shown) < len(entries):
            painter.setPen(QColor(colours.muted))
            more = f"+{len(entries) - len(shown)} weitere" if shown else f"{len(entries)} Termine"
            write(painter, QRectF(area.left() + 4, top, area.width(), height), more)
