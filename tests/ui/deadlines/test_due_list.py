"""A column of what is due, and what is told below about the chosen row."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.domain.deadlines.deadlines import DeadlineKind
from app.ui.deadlines.columns import DueColumns
from app.ui.deadlines.due import DueAction, DueRow, Urgency, due
from app.ui.deadlines.due_detail import NOTHING
from app.ui.deadlines.due_list import DueList
from app.ui.kit.theme import BASE_POINTS, Theme
from app.ui.kit.widgets.empty import EmptyState
from tests.ui.deadlines.test_calendar import NOTICE, TODAY
from tests.ui.words import press, texts

DAYS = [date(2026, 11, day) for day in (2, 3, 4)] + [date(2026, 12, day) for day in (1, 2, 3)]
DAYS += [date(2027, month, 1) for month in (3, 4, 5)]


@pytest.fixture
def columns(qtbot: QtBot, theme: Theme) -> DueColumns:
    """Three deadlines in each column, the very first with a title that no column has room for."""
    made = DueColumns(lambda _begun: EmptyState("success", "Nichts fällig"))
    qtbot.addWidget(made)
    made.resize(1000, 460)
    first, *others = [due(replace(NOTICE, day=day), TODAY) for day in DAYS]
    long = replace(first.deadline, title="Ein Titel, der länger ist " * 5, kind=DeadlineKind.YEARLY_TALK)
    made.set_dues([due(long, TODAY), *others])
    with qtbot.waitExposed(made):
        made.show()
    return made


def click(view: DueList, place: int) -> None:
    """A click of the mouse into the middle of a row."""
    at = view.visualRect(view.dues.index(place)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)


def test_one_row_is_chosen_over_all_columns_and_told_about_below(columns: DueColumns) -> None:
    lists = {urgency: one.list for urgency, one in columns.columns.items()}
    for urgency in (Urgency.OVERDUE, Urgency.SOON, Urgency.LATER, Urgency.OVERDUE):
        click(lists[urgency], 1)
        assert [one.current() is not None for one in lists.values()] == [one == urgency for one in lists]
        assert columns.detail.due == lists[urgency].current()
        assert NOTICE.rule in texts(columns.detail)
        assert NOTICE.source in texts(columns.detail)


def test_the_title_is_told_again_only_where_its_row_cuts_it(columns: DueColumns, qtbot: QtBot) -> None:
    overdue = columns.columns[Urgency.OVERDUE].list
    click(overdue, 1)
    assert NOTICE.title not in texts(columns.detail)
    click(overdue, 0)
    assert overdue.dues.dues[0].deadline.title in texts(columns.detail)
    columns.resize(4000, 460)
    qtbot.waitUntil(lambda: overdue.dues.dues[0].deadline.title not in texts(columns.detail))


def test_the_detail_does_what_its_buttons_say(columns: DueColumns, qtbot: QtBot) -> None:
    done: list[tuple[DueAction, DueRow]] = []
    columns.acted.connect(lambda action, found: done.append((action, found)))
    overdue = columns.columns[Urgency.OVERDUE].list
    click(overdue, 0)
    for words in ("Öffnen", "Erledigt", "Zurückstellen …", "Bogen drucken …"):
        press(columns.detail, words)
    expected = [action for action in DueAction if action is not DueAction.ERASE]
    assert done == [(action, overdue.dues.dues[0]) for action in expected]
    click(overdue, 1)
    offered = [one.text() for one in columns.detail.findChildren(QPushButton) if one.isVisible()]
    assert offered == ["Öffnen", "Erledigt", "Zurückstellen …"], "only a yearly talk has a sheet"


def test_a_contact_past_its_day_is_erased_not_ticked_off(columns: DueColumns) -> None:
    done: list[tuple[DueAction, DueRow]] = []
    columns.acted.connect(lambda action, found: done.append((action, found)))
    contact = due(replace(NOTICE, day=DAYS[0], kind=DeadlineKind.CONTACT_DELETION), TODAY)
    columns.set_dues([contact])
    overdue = columns.columns[Urgency.OVERDUE].list
    click(overdue, 0)
    offered = [one.text() for one in columns.detail.findChildren(QPushButton) if one.isVisible()]
    assert offered == ["Öffnen", "Löschen …", "Zurückstellen …"]
    assert [one.text().split("\t")[0] for one in overdue._menu().actions()] == offered
    for key in (Qt.Key.Key_E, Qt.Key.Key_Delete):
        QTest.keyClick(overdue, key)
    assert done == [(DueAction.ERASE, contact)]


def test_what_is_chosen_stays_so_when_the_rows_are_read_again(columns: DueColumns) -> None:
    overdue = columns.columns[Urgency.OVERDUE].list
    click(overdue, 2)
    wanted = overdue.current()
    rows = [found for one in columns.columns.values() for found in one.list.dues.dues]
    columns.set_dues(rows[1:])
    assert columns.detail.due == overdue.current() == wanted
    columns.set_dues(rows[3:])
    assert columns.detail.due is None
    assert NOTHING in texts(columns.detail)
    assert not any(one.isVisible() for one in columns.detail.findChildren(QPushButton))


def test_rows_keep_their_place_under_the_mouse(columns: DueColumns) -> None:
    """Between the two clicks of a double click no row may grow or shrink."""
    overdue = columns.columns[Urgency.OVERDUE].list
    before = [overdue.visualRect(overdue.dues.index(place)) for place in range(3)]
    for place in (2, 0, 1):
        click(overdue, place)
        columns.grab()
        assert [overdue.visualRect(overdue.dues.index(place)) for place in range(3)] == before


def test_rows_follow_larger_text(columns: DueColumns, theme: Theme, qtbot: QtBot) -> None:
    overdue = columns.columns[Urgency.OVERDUE].list
    click(overdue, 1)
    try:
        theme.resize(15)
        height = overdue.row_height()
        qtbot.waitUntil(lambda: overdue.visualRect(overdue.dues.index(0)).height() == height)
    finally:
        theme.resize(BASE_POINTS)


def test_a_click_below_the_rows_harms_nothing(columns: DueColumns) -> None:
    overdue = columns.columns[Urgency.OVERDUE].list
    click(overdue, 0)
    below = QPoint(10, overdue.viewport().height() - 2)
    QTest.mouseClick(overdue.viewport(), Qt.MouseButton.LeftButton, pos=below)
    assert columns.detail.due == overdue.current()
