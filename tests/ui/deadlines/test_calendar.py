"""The calendar on the overview: days, months, years, keyboard, and the way to the record."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.dates import EARLIEST_DAY, LATEST_DAY
from app.domain.deadlines.deadlines import Deadline, DeadlineKind, RecordKey
from app.ui.deadlines.calendar import CalendarView
from app.ui.kit.theme import Theme
from app.ui.kit.widgets.entry import PressableEntry

TODAY = date(2026, 11, 24)
NOTICE = Deadline(
    date(2026, 11, 30),
    DeadlineKind.NOTICE,
    "Kündigungsfrist endet: Treff",
    "Diakonie",
    "3 Monate zum Laufzeitende.",
    "Vereinbarung ZV-1",
    RecordKey("agreement", 1),
    RecordKey("agreement", 1),
    "ZV-1",
    sending=date(2026, 11, 25),
    reminders=(7,),
)
LATER = replace(NOTICE, day=date(2027, 5, 3), kind=DeadlineKind.GOAL, title="Ziel 1", sending=None)


@pytest.fixture
def calendar(qtbot: QtBot, theme: Theme) -> CalendarView:
    asked: list[date] = []

    def ask(until: date) -> Sequence[Deadline]:
        asked.append(until)
        return [one for one in (NOTICE, LATER) if one.day <= until]

    view = CalendarView(ask)
    qtbot.addWidget(view)
    view.resize(1000, 600)
    view.show()
    view.refresh(TODAY)
    return view


def titles(view: CalendarView) -> list[str]:
    return [entry.title for entry in view.pane.findChildren(PressableEntry)]


def test_the_month_of_today_is_shown_and_today_is_chosen(calendar: CalendarView) -> None:
    assert calendar._title.text() == "November 2026"
    assert calendar.month.current_day() == TODAY
    assert titles(calendar) == []


def test_arrow_keys_go_from_day_to_day_and_into_the_next_month(calendar: CalendarView, qtbot: QtBot) -> None:
    qtbot.keyClick(calendar.month, Qt.Key.Key_Right)
    assert titles(calendar) == ["Kündigungsfrist endet: Treff"]  # to be sent on the 25th
    qtbot.keyClick(calendar.month, Qt.Key.Key_Down)
    assert calendar.month.current_day() == date(2026, 12, 2)
    assert calendar._title.text() == "Dezember 2026"
    qtbot.keyClick(calendar.month, Qt.Key.Key_PageUp)
    assert calendar.month.current_day() == date(2026, 11, 2)


def test_enter_opens_what_is_due(calendar: CalendarView, qtbot: QtBot) -> None:
    calendar.go(date(2026, 11, 30))
    with qtbot.waitSignal(calendar.opened) as opened:
        qtbot.keyClick(calendar.month, Qt.Key.Key_Return)
    assert opened.args == [NOTICE]


def test_a_day_says_what_stands_on_it(calendar: CalendarView) -> None:
    place = calendar.month.days.place(date(2026, 11, 30))
    spoken = calendar.month.days.data(place, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Montag, 30.11.2026, Kündigungsfrist endet: Treff (ZV-1)"
    reformation = calendar.month.days.place(date(2026, 10, 31))
    assert "Reformationstag" in calendar.month.days.data(reformation, Qt.ItemDataRole.AccessibleTextRole)


def test_reminders_are_shown_on_wish(calendar: CalendarView) -> None:
    calendar.go(date(2026, 11, 23))
    assert titles(calendar) == []
    calendar.reminders.setChecked(True)
    assert titles(calendar) == ["Kündigungsfrist endet: Treff"]


def test_the_year_leads_to_the_month(calendar: CalendarView, qtbot: QtBot) -> None:
    calendar.month_wanted.connect(lambda: calendar.show_view(year=False))
    calendar.show_view(year=True)
    assert calendar._title.text() == "November 2026 bis Oktober 2027"  # it begins with the present month
    calendar.turn(1)
    assert calendar._title.text() == "November 2027 bis Oktober 2028"
    calendar.turn(-1)
    may = calendar.year.months[6]
    assert may.accessibleName() == "Mai 2027: 1 Frist"
    may.setFocus()
    qtbot.keyClick(may, Qt.Key.Key_Right)
    qtbot.keyClick(may, Qt.Key.Key_Return)
    assert not calendar.shows_year
    assert calendar.month.current_day() == LATER.day
    assert titles(calendar) == ["Ziel 1"]
    calendar.to_today.click()
    assert calendar.month.current_day() == TODAY


def test_it_cannot_be_leafed_beyond_the_days_that_can_be_entered(calendar: CalendarView) -> None:
    calendar.show_view(year=True)
    for last, step in ((LATEST_DAY, 1), (EARLIEST_DAY, -1)):
        calendar.go(last)
        calendar.turn(step)
        assert str(last.year) in calendar._title.text()
