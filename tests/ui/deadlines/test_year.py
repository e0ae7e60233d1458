"""The year at a glance: twelve months with their marks, by mouse and keyboard, and the card with money and dates."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from app.domain.budgets.budgets import BudgetFigures
from app.domain.deadlines.calendar_entries import calendar_entries
from app.services.budgets.budgets import BudgetRow, BudgetYear, Unassigned
from app.services.overview.overview import YearFigures
from app.ui.deadlines.due import due
from app.ui.deadlines.year import YearCard
from app.ui.deadlines.year_months import SmallMonth, YearMonths
from app.ui.kit.theme import Theme
from app.ui.kit.widgets.key_figure import KeyFigure
from tests.ui.deadlines.test_calendar import NOTICE, TODAY
from tests.ui.words import texts

GOAL = replace(NOTICE, day=date(2026, 11, 3), title="Ziel 1", sending=None)


@pytest.fixture
def year(qtbot: QtBot, theme: Theme) -> YearMonths:
    """2026 with a goal on November 3rd, and a notice due on the 30th that is to be sent on the 25th."""
    made = YearMonths()
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show_year(date(2026, 1, 1), calendar_entries([NOTICE, GOAL]), TODAY)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def opened(year: YearMonths) -> list[date]:
    days: list[date] = []
    year.opened.connect(days.append)
    return days


def tip(month: SmallMonth, at: QPoint) -> str:
    QToolTip.hideText()
    QApplication.sendEvent(month, QHelpEvent(QEvent.Type.ToolTip, at, month.mapToGlobal(at)))
    return QToolTip.text() if QToolTip.isVisible() else ""


def place(month: SmallMonth, words: str) -> QPoint:
    """Where the mouse must rest to read these words."""
    for y in range(4, month.height(), 10):
        for x in range(4, month.width(), 10):
            if words in tip(month, QPoint(x, y)):
                return QPoint(x, y)
    pytest.fail(f"{words} stands nowhere")


def test_each_month_says_how_much_is_due(year: YearMonths) -> None:
    names = [month.accessibleName() for month in year.months]
    assert names[0] == "Januar 2026: nichts fällig"
    assert names[10] == "November 2026: 3 Fristen"
    year.show_year(date(2027, 1, 31), calendar_entries([NOTICE, GOAL]), TODAY)
    assert {month.accessibleName().split(": ")[1] for month in year.months} == {"nichts fällig"}


def test_the_mouse_reads_and_opens_a_day(year: YearMonths, opened: list[date], qtbot: QtBot) -> None:
    november = year.months[10]
    at = place(november, "Ziel 1")
    assert tip(november, at) == "Dienstag\n03.11.2026\nZiel 1 (ZV-1)"
    qtbot.mouseClick(november, Qt.MouseButton.RightButton, pos=at)
    assert opened == []
    qtbot.mouseClick(november, Qt.MouseButton.LeftButton, pos=at)
    assert opened == [date(2026, 11, 3)]
    assert tip(november, QPoint(1, 1)) == ""
    qtbot.mouseClick(november, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    assert opened[-1] == date(2026, 11, 1)  # beside the days: the month


def test_holidays_are_named(year: YearMonths) -> None:
    place(year.months[9], "Reformationstag")


def test_the_keyboard_goes_from_mark_to_mark(year: YearMonths, opened: list[date], qtbot: QtBot) -> None:
    november = year.months[10]
    november.setFocus()
    said = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        qtbot.keyClick(november, key)
        said.append(november.accessibleDescription().split(", ")[1])
    assert said == ["03.11.2026", "25.11.2026", "30.11.2026", "03.11.2026", "30.11.2026"]
    qtbot.keyClick(november, Qt.Key.Key_Space)
    assert opened == [date(2026, 11, 30)]
    january = year.months[0]
    qtbot.keyClick(january, Qt.Key.Key_Right)  # nothing to go to
    qtbot.keyClick(january, Qt.Key.Key_Return)
    assert opened[-1] == date(2026, 1, 1)


def test_marks_and_focus_are_drawn(year: YearMonths, qtbot: QtBot) -> None:
    november = year.months[10]
    marked = november.grab().toImage()
    november.setFocus()
    qtbot.keyClick(november, Qt.Key.Key_Right)
    chosen = november.grab().toImage()
    year.show_year(date(2026, 1, 1), {}, TODAY)
    assert marked != november.grab().toImage() != chosen


def test_the_card_rounds_money_and_leads_to_its_page(qtbot: QtBot, theme: Theme) -> None:
    card = YearCard()
    qtbot.addWidget(card)
    money = BudgetFigures(1_234_567, 0, 0, 250_049, 979_282)
    of_all = BudgetRow(1, "B1", "Treff", None, None, None, 2026, None, None, None, None, None, figures=money)
    year = BudgetYear(2026, (of_all,), Unassigned(2, 5_286, 0, 0))
    figures = YearFigures(year, (), 3, 1, False)
    card.show_year([due(NOTICE, TODAY), due(GOAL, TODAY)], figures, TODAY)
    card.show()
    said = [one.accessibleName().replace("\N{NO-BREAK SPACE}", " ") for one in card.findChildren(KeyFigure)]
    assert said == [
        "Verfügbar: 0 € von 12.346 €",
        "Ist: 9.846 € gebunden 2.500 €",
        "Nicht zugeordnet: 52,86 € 2 Buchungen",
        "Vereinbarungen: 3 laufend · 1 Quartier",
    ]
    assert "Zahlen für 2026" in texts(card)
    pages: list[str] = []
    card.opened.connect(pages.append)
    for figure in card.findChildren(KeyFigure):
        qtbot.mouseClick(figure, Qt.MouseButton.LeftButton)
    assert pages == ["budget", "budget", "budget", "agreements"]
    keys: list[object] = []
    card.chosen.connect(keys.append)
    card.strip.setFocus()
    qtbot.keyClick(card.strip, Qt.Key.Key_Right)
    qtbot.keyClick(card.strip, Qt.Key.Key_Return)
    assert keys[0] in (due(NOTICE, TODAY).key, due(GOAL, TODAY).key)
    card.show_year(
        [], replace(figures, budgets=BudgetYear(2026, (), Unassigned(0, 0, 0, 0)), quarters=2), TODAY
    )
    said = [one.accessibleName().replace("\N{NO-BREAK SPACE}", " ") for one in card.findChildren(KeyFigure)][
        2:
    ]
    assert said == ["Nicht zugeordnet: 0,00 € alles zugeordnet", "Vereinbarungen: 3 laufend · 2 Quartiere"]
