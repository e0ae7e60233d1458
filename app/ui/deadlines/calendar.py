"""The calendar of what is due: a month with the chosen day beside it, or a year at a glance."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.dates import WEEKDAYS, add_months, enterable, german, holidays, month_name
from app.domain.deadlines.calendar_entries import CalendarEntry, EntryKind, calendar_entries
from app.domain.deadlines.deadlines import Deadline
from app.ui.deadlines.due import days_left
from app.ui.deadlines.month import MonthView, tone_of, words_of
from app.ui.deadlines.year_months import YearMonths
from app.ui.kit.layout import column, grow, held, row
from app.ui.kit.plain import CheckBox
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.card import Pane
from app.ui.kit.widgets.entry import PressableEntry
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.flow import FlowLayout
from app.ui.kit.widgets.pills import PillLabel
from app.ui.kit.widgets.room import Stack
from app.ui.kit.widgets.scaling import follow_text
from app.ui.kit.widgets.text import button, label
from app.ui.preferences import page_state

PILL_ICONS = {EntryKind.DUE: "clock", EntryKind.SENDING: "mail", EntryKind.REMINDER: "bell"}


class DayPane(Pane):
    """All that stands on one day; each entry leads to its record."""

    opened = Signal(object)  # the deadline

    def __init__(self) -> None:
        super().__init__(margin=14, spacing=8)
        follow_text(self, self.setFixedWidth, 280)
        self.setAccessibleName("Der gewählte Tag")

    def show_day(self, day: date, entries: Sequence[CalendarEntry], today: date) -> None:
        """The day with its holiday and how far it is, then its entries."""
        self.clear()
        self.add(label(f"{WEEKDAYS[day.weekday()]}, {german(day)}", "section", wrap=True))
        beside = " · ".join(filter(None, (holidays(day.year).get(day), days_left((day - today).days))))
        self.add(label(beside, "muted", wrap=True))
        for entry in entries:
            self.add(self._entry(entry, today))
        if not entries:
            self.add(label("Nichts fällig.", "muted"))

    def _entry(self, entry: CalendarEntry, today: date) -> PressableEntry:
        deadline = entry.deadline
        words = {EntryKind.DUE: "fällig", EntryKind.SENDING: "absenden", EntryKind.REMINDER: "Erinnerung"}
        tone = tone_of(entry, today)
        caption = " · ".join(filter(None, (words[entry.kind], deadline.record, deadline.who)))
        if entry.kind is not EntryKind.DUE:
            caption = f"{caption} · fällig am {german(deadline.day)}"
        return PressableEntry(
            deadline.title,
            caption,
            Pill("", tone, PILL_ICONS[entry.kind]),
            lambda: self.opened.emit(deadline),
            tip=f"{words_of(entry)}\n{deadline.rule}\nQuelle: {deadline.source}",
        )


class CalendarView(QWidget):
    """Month or year, turned by arrows and keys. `opened` gives the deadline whose record is wanted."""

    opened = Signal(object)
    month_wanted = Signal()  # a day of the year was chosen

    def __init__(self, ask: Callable[[date], Sequence[Deadline]]) -> None:
        """`ask(until)`: the deadlines up to a day."""
        super().__init__()
        self._ask = ask
        self._remembered = page_state("overview/calendar")
        self._day = self._today = date.min
        self._asked_until = date.min
        self._entries: Mapping[date, Sequence[CalendarEntry]] = {}
        self.month, self.year, self.pane = MonthView(), YearMonths(), DayPane()
        self._title = label("", "section")
        follow_text(self._title, self._title.setMinimumWidth, 150)
        before = button("", lambda: self.turn(-1), icon="chevron-left", tip="Zurück (Bild auf)")
        after = button("", lambda: self.turn(1), icon="chevron-right", tip="Weiter (Bild ab)")
        before.setAccessibleName("Zurück")
        after.setAccessibleName("Weiter")
        self.to_today = button("Heute", lambda: self.go(self._today), icon="calendar")
        self.reminders = CheckBox("Erinnerungen")
        self.reminders.setToolTip("Auch zeigen, wann vorher an eine Frist erinnert wird")
        self.reminders.setChecked(bool(self._remembered.get().get("reminders")))
        self.reminders.toggled.connect(self._show_reminders)
        legend = (
            Pill("überfällig", Tone.DANGER, "warning"),
            Pill("in 30 Tagen", Tone.WARNING, "clock"),
            Pill("später", Tone.NEUTRAL, "calendar"),
            Pill("absenden", Tone.INFO, "mail"),
        )
        self.stack = Stack()
        self.stack.addWidget(held(row(grow(self.month), self.pane, spacing=12)))
        self.stack.addWidget(self.year)
        signs = FlowLayout(spacing=8, one_line=True, right=True)
        for sign in (self.reminders, *map(PillLabel, legend)):
            signs.addWidget(sign)
        moves = (before, after, self.to_today, self._title)
        column(
            row(*moves, grow(signs)),
            grow(self.stack),
            on=self,
            spacing=10,
        )
        self.month.day_chosen.connect(self._show_day)
        self.month.opened.connect(self._open_first)
        self.month.month_wanted.connect(self.go)
        self.year.opened.connect(self._from_year)
        self.pane.opened.connect(self.opened)
        self.setFocusProxy(self.month)

    @property
    def shows_year(self) -> bool:
        """Whether the year is shown, not a month."""
        return self.stack.currentIndex() == 1

    def show_view(self, *, year: bool) -> None:
        """The year at a glance, or a month."""
        self.stack.setCurrentIndex(1 if year else 0)
        self.setFocusProxy(self.year if year else self.month)
        self._show()

    def refresh(self, today: date) -> None:
        """What was read is no longer true: read again now if it is in use, else when it is; the chosen day stays."""
        self._today = today
        if self._day == date.min:
            self._day = today
        self._asked_until = date.min
        if not self.isHidden():
            self._show()

    def go(self, day: date) -> None:
        """Choose a day and show its month or year; it cannot be leafed beyond the days that can be entered."""
        self._day = enterable(day)
        self._show()

    def turn(self, step: int) -> None:
        """The next (1) or last (-1) month or year."""
        self.go(add_months(self._day, step * (12 if self.shows_year else 1)))

    def _show_reminders(self, shown: bool) -> None:
        self._remembered.set({"reminders": shown})
        self._asked_until = date.min
        self._show()

    def _show(self) -> None:
        first = self._first_of_year()
        until = add_months(first, 12) if self.shows_year else add_months(self._day.replace(day=1), 2)
        if until > self._asked_until:
            # Reminders of what is due a good quarter later fall into the days shown.
            found = self._ask(add_months(until, 4))
            self._entries = calendar_entries(found, reminders=self.reminders.isChecked())
            self._asked_until = until
        last = add_months(first, 11)
        year = f"{month_name(first)} bis {month_name(last)}"
        self._title.setText(year if self.shows_year else month_name(self._day))
        if self.shows_year:
            self.year.show_year(first, self._entries, self._today)
        else:
            self.month.show_month(self._day, self._entries, self._today)
            self._show_day(self._day)

    def _first_of_year(self) -> date:
        """Twelve months begin with the present one; other years follow on them in steps of twelve."""
        months = (self._day.year - self._today.year) * 12 + self._day.month - self._today.month
        return enterable(add_months(self._today.replace(day=1), months // 12 * 12))

    def _show_day(self, day: date) -> None:
        self._day = day
        self.pane.show_day(day, self._entries.get(day, ()), self._today)

    def _open_first(self, day: date) -> None:
        if entries := self._entries.get(day):
            self.opened.emit(entries[0].deadline)

    def _from_year(self, day: date) -> None:
        self._day = day
        self.month_wanted.emit()
