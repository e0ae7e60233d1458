"""A column of what is due: the chosen row unfolds."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from app.ui.deadlines.due import due
from app.ui.deadlines.due_detail import DueDetail
from app.ui.deadlines.due_list import DueList
from app.ui.kit.theme import Theme
from tests.ui.deadlines.test_calendar import NOTICE, TODAY


@pytest.fixture
def column(qtbot: QtBot, theme: Theme) -> DueList:
    view = DueList("Bald")
    qtbot.addWidget(view)
    view.resize(400, 600)
    view.set_dues([due(replace(NOTICE, day=date(2026, 12, day)), TODAY) for day in range(1, 9)])
    view.show()
    return view


def unfolded(view: DueList) -> list[int]:
    """The rows in which the view keeps a detail."""
    return [row for row in range(len(view.dues.dues)) if view.indexWidget(view.dues.index(row)) is not None]


def test_only_the_chosen_row_is_unfolded_also_for_the_view_itself(column: DueList) -> None:
    """A view that still knew a detail that is gone would move it with its next layout, and the program would end."""
    for row in (3, 5, 1):
        column.setCurrentIndex(column.dues.index(row))
        assert unfolded(column) == [row]
    column.forget_choice()
    assert unfolded(column) == []
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert column.viewport().findChildren(DueDetail) == []


def test_the_chosen_row_stays_unfolded_when_the_rows_are_read_again(column: DueList) -> None:
    column.setCurrentIndex(column.dues.index(3))
    column.set_dues(column.dues.dues[1:])
    assert unfolded(column) == [2]
