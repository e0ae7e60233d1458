"""The page "Was ist fällig": what is overdue, due within 30 days and later, as list, month and year."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.dates import german
from app.domain.deadlines.deadlines import Deadline
from app.services.agreements import signatures
from app.services.deadlines import deadlines
from app.services.deadlines.deadlines import MarkedDeadline
from app.services.overview import overview
from app.ui.context import Context
from app.ui.deadlines.columns import DueColumns
from app.ui.deadlines.due import DueAction, DueRow, Urgency, due
from app.ui.deadlines.year import YearCard
from app.ui.kit.layout import add, grow, row
from app.ui.kit.page import Page
from app.ui.kit.printing import NOTHING
from app.ui.kit.questions import choose_target
from app.ui.kit.widgets.card import Pane
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.room import Stack
from app.ui.kit.widgets.tabs import Tabs
from app.ui.overview.budgets import BudgetsCard
from app.ui.preferences import page_state

if TYPE_CHECKING:
    from app.ui.deadlines.calendar import CalendarView
    from app.ui.deadlines.calendar_choice import CalendarChoice
    from app.ui.deadlines.snooze import Snooze

VIEWS = (("list", "Liste"), ("month", "Monat"), ("year", "Jahr"))
"""The same deadlines as columns of attention, as a month and as a year."""

DAYS_AHEAD = 365
CALENDAR = "Kalenderdatei (*.ics)"
PAGE_OF_TABLE = {
    "agreement": "agreements", "grant": "grants", "actor": "actors", "offer": "offers", "quarter": "quarters",
}  # fmt: skip


class OverviewPage(Page):
    """Three columns of attention, the strip and figures of the year, the tightest budgets."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title("Was ist fällig")
        self.header.add_secondary("Zurückgestellt …", self.show_marks, "snooze").setToolTip(
            "Was erledigt oder zurückgestellt ist"
        )
        self.header.add_secondary("In den Kalender …", self.export_calendar, "calendar-export")
        self._remembered = page_state("overview/view")
        self._dues: list[DueRow] = []
        self.calendar: CalendarView | None = None
        self.bar = Tabs("Ansicht der Fristen")
        for _, title in VIEWS:
            self.bar.addTab(title)
        self.bar.currentChanged.connect(self._choose_view)
        self.stack = Stack()
        self.header.add_views(self.bar)
        self.body.addWidget(self.stack, 1)
        room = Pane(margin=0, spacing=12, surface=False, fills=True)
        self.stack.addWidget(room)  # before it is filled: every move of a full widget is paid for all in it
        self.columns = DueColumns(self._all_clear)
        self.columns.acted.connect(self._act)
        self.year = YearCard()
        self.year.chosen.connect(self.columns.choose)
        self.year.opened.connect(context.open)
        self.budgets = BudgetsCard(context)
        self.begun = Note(action="Zeigen", clicked=self.show_begun)
        self.begun.hide()
        add(
            room.column,
            self.begun,
            grow(self.columns),
            row(grow(self.year, 5), grow(self.budgets, 3), spacing=12),
        )
        self.setFocusProxy(self.columns)
        last = self._remembered.get().get("view")
        self.bar.setCurrentIndex(next((place for place, (view, _) in enumerate(VIEWS) if view == last), 0))

    # ---- showing ----

    def place(self) -> object:
        return self.bar.currentIndex()

    def go_to(self, place: object) -> None:
        if isinstance(place, int):
            self.bar.setCurrentIndex(place)

    def parts(self) -> Iterator[str]:
        for place, (view, _) in enumerate(VIEWS[1:], 1):
            self.bar.setCurrentIndex(place)
            yield view
        self.bar.setCurrentIndex(0)

    def _choose_view(self, place: int) -> None:
        """Another view; the calendar is made when it is wanted first."""
        view = VIEWS[place][0]
        self._remembered.set({"view": view})
        if view == "list":
            self.stack.setCurrentIndex(0)
            self.setFocusProxy(self.columns)
            return
        calendar = self._calendar()
        calendar.show_view(year=view == "year")
        self.stack.setCurrentWidget(calendar)
        self.setFocusProxy(calendar)

    def _calendar(self) -> "CalendarView":
        if self.calendar is None:
            from app.ui.deadlines.calendar import CalendarView  # not needed for the first sight

            self.calendar = CalendarView(self._deadlines_until)
            self.calendar.opened.connect(self.open_deadline)
            self.calendar.month_wanted.connect(lambda: self.bar.setCurrentIndex(1))
            self.stack.addWidget(self.calendar)
            self.calendar.refresh(self.context.today())
        return self.calendar

    def _deadlines_until(self, until: date) -> list[Deadline]:
        today = self.context.today()
        return self.context.ask(deadlines.deadlines, today, max((until - today).days, DAYS_AHEAD))

    def refresh(self) -> None:
        today = self.context.today()
        found = self.context.ask(deadlines.deadlines, today, DAYS_AHEAD)
        dues = [due(deadline, today) for deadline in found]
        figures = self.context.ask(overview.year_figures, today)
        self._dues = dues
        self.header.set_sentence(_sentence(dues))
        begun = self.context.ask(signatures.begun_on, today)
        self.begun.say(f"Heute in Kraft getreten: {', '.join(row.number for row in begun)}" if begun else "")
        self.columns.set_dues(dues, begun=not figures.nothing_yet)
        self.year.show_year(dues, figures, today)
        self.budgets.show_budgets(figures)
        if self.calendar is not None:
            self.calendar.refresh(today)

    def _all_clear(self, begun: bool) -> EmptyState:
        """Shown in place of the three columns when nothing at all is due."""
        if begun:
            return EmptyState(
                "success", "Nichts fällig", hint="In den nächsten zwölf Monaten ist keine Frist in Sicht."
            )
        return EmptyState(
            "overview",
            "Noch keine Fristen",
            "Liste aus Excel übernehmen",
            lambda: self.context.open("imports"),
            hint="Fristen entstehen von selbst aus Vereinbarungen, Förderungen und Angeboten.",
        )

    # ---- what can be done ----

    def print_shown(self) -> None:
        """The deadlines of all three views as a list."""
        from app.ui.deadlines.due_print import due_sheet  # tables are not needed to show what is due
        from app.ui.kit.table.requests import PrintEvent, send_up

        if self._dues:
            send_up(self, PrintEvent(due_sheet(self._dues), self))
        else:
            self.context.say(NOTHING)

    def _act(self, action: DueAction, found: DueRow) -> None:
        actions = {
            DueAction.OPEN: self.open_deadline,
            DueAction.DONE: self.mark_done,
            DueAction.SNOOZE: self.snooze,
            DueAction.SHEET: self.show_sheet,
            DueAction.ERASE: self.erase_contact,
        }
        actions[action](found.deadline)

    def open_deadline(self, deadline: Deadline) -> None:
        """Go to the record a deadline belongs to."""
        target = deadline.opens
        self.context.open(PAGE_OF_TABLE[target.table], target.id)

    def show_begun(self) -> None:
        """The agreement that came into force today, or a list of them."""
        from app.ui.overview.begun import BegunDialog  # tables are not needed to show what is due

        begun = self.context.ask(signatures.begun_on, self.context.today())
        if len(begun) == 1:
            self.context.open("agreements", begun[0].id)
        else:
            BegunDialog(self.context, self).open()

    def show_sheet(self, deadline: Deadline) -> None:
        """The sheet for a yearly talk, to print or save."""
        from app.ui.papers.talk_sheet import TalkSheetDialog  # loads Qt's PDF module

        TalkSheetDialog(self.context, deadline.opens.id, self).open()

    def erase_contact(self, deadline: Deadline) -> None:
        """Where the contact stands whose day has come, to erase it."""
        from app.ui.privacy.person_dialog import contact_dialog  # loads Qt's PDF module

        contact_dialog(self.context, deadline.about.id, self, erasing=True)

    def mark_done(self, deadline: Deadline) -> None:
        """Note it as done; undo takes it back."""
        self.columns.take_keyboard()
        self.context.do(f"Erledigt: {deadline.title}", deadlines.mark_done, deadline)

    def snooze(self, deadline: Deadline) -> None:
        """Ask until when it can wait, and why."""
        from app.ui.deadlines.snooze import snooze_dialog  # forms are not needed to show what is due

        today = self.context.today()

        def save(asked: "Snooze") -> None:
            until = asked.until or today
            label = f"Zurückgestellt bis {german(until)}: {deadline.title}"
            self.context.do(label, deadlines.snooze, deadline, until, asked.reason or "", today)

        snooze_dialog(deadline, today, save, self).open()

    def show_marks(self) -> None:
        """What is done or put off, to take up again."""
        from app.ui.deadlines.marks import MarksDialog  # tables neither

        today = self.context.today()

        def take_up(marks: Sequence[MarkedDeadline]) -> None:
            words = marks[0].deadline.title if len(marks) == 1 else f"{len(marks)} Fristen"
            found = [mark.deadline for mark in marks]
            self.context.do(f"Wieder aufgenommen: {words}", deadlines.remove_marks, found)

        MarksDialog(partial(self.context.ask, deadlines.marked, today, DAYS_AHEAD), take_up, self).open()

    def export_calendar(self) -> None:
        """Ask which deadlines, and for a file, and write them into it."""
        from app.ui.deadlines.calendar_choice import LONGEST_MONTHS, CalendarChoice, calendar_dialog

        def ask_where(choice: "CalendarChoice") -> None:
            write = partial(self.write_calendar, choice=choice)
            choose_target(self, "Fristen für den Kalender speichern", CALENDAR, "Fristen.ics", write)

        today = self.context.today()
        longest = CalendarChoice(LONGEST_MONTHS).days(today)
        found = self.context.ask(deadlines.deadlines, today, longest)
        if found:
            calendar_dialog(found, today, ask_where, self).open()
        else:
            ask_where(CalendarChoice())  # perhaps there are entries of earlier files that are due no more

    def write_calendar(self, path: Path, choice: "CalendarChoice | None" = None) -> None:
        """Write the chosen deadlines, by default all of a year, as a calendar file. Raises OutputError."""
        from app.workflows.deadlines.calendar import (  # not at the start of the window
            EVERY_KIND,
            export_calendar,
        )

        today = self.context.today()
        days, kinds = (choice.days(today), choice.kinds) if choice else (DAYS_AHEAD, EVERY_KIND)
        written = export_calendar(self.context.database, path, today, days, kinds)
        if written.is_written:
            self.context.tell_saved(path, written.sentence)
        else:
            self.context.say(written.sentence)


def _sentence(dues: Sequence[DueRow]) -> str:
    """The answer in one line: how much waits, and what comes first."""
    overdue = sum(found.urgency is Urgency.OVERDUE for found in dues)
    soon = sum(found.urgency is Urgency.SOON for found in dues)
    following = next((found for found in dues if found.urgency is not Urgency.OVERDUE), None)
    parts = [
        f"{overdue} überfällig" if overdue else "Nichts überfällig",
        f"{soon} in den nächsten 30 Tagen" if soon else "nichts in den nächsten 30 Tagen",
    ]
    if following is not None:
        parts.append(f"das Nächste am {following.day}")
    return " · ".join(parts)
