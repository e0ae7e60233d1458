"""How a deadline is worded on the overview, and how a row unfolds."""

from datetime import date

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.domain.deadlines.deadlines import Deadline, DeadlineKind, RecordKey
from app.ui.deadlines.due import Urgency, dates_beside, days_left, due
from app.ui.deadlines.due_detail import DueDetail
from app.ui.deadlines.due_list import DueList
from app.ui.kit.theme import BASE_POINTS, Theme
from app.ui.kit.tokens import Tone

TODAY = date(2026, 11, 24)


def deadline(day: date, **more: date) -> Deadline:
    record = RecordKey("agreement", 1)
    return Deadline(
        day, DeadlineKind.NOTICE, "Letzter Tag", "AWO", "Regel", "Quelle", record, record, "ZV-1", **more
    )


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "heute"), (1, "morgen"), (2, "in 2 Tagen"), (-1, "seit gestern"), (-12, "seit 12 Tagen"),
    ],
)  # fmt: skip
def test_days_left_in_words(days: int, words: str) -> None:
    assert days_left(days) == words


@pytest.mark.parametrize(
    ("day", "urgency", "tone"),
    [
        (date(2026, 11, 23), Urgency.OVERDUE, Tone.DANGER),
        (date(2026, 11, 24), Urgency.SOON, Tone.WARNING),
        (date(2026, 12, 24), Urgency.SOON, Tone.WARNING),
        (date(2026, 12, 25), Urgency.LATER, Tone.NEUTRAL),
    ],
)
def test_which_column_a_deadline_belongs_to(day: date, urgency: Urgency, tone: Tone) -> None:
    found = due(deadline(day), TODAY)
    assert (found.urgency, found.pill.tone) == (urgency, tone)
    assert found.about == "ZV-1 · AWO"


def test_sending_day_and_next_working_day_are_said() -> None:
    found = deadline(date(2026, 11, 28), sending=date(2026, 11, 25), next_working_day=date(2026, 11, 30))
    assert dates_beside(due(found, TODAY)) == [
        "Spätestens am 25.11.2026 absenden.",
        "Erinnerung seit 21.11.2026.",
        "Nächster Arbeitstag: 30.11.2026.",
    ]
    assert dates_beside(due(deadline(date(2027, 11, 1)), TODAY)) == []


def test_a_screen_reader_hears_the_whole_row() -> None:
    assert due(deadline(date(2026, 11, 30)), TODAY).spoken == (
        "30.11.2026, in 6 Tagen: Letzter Tag, ZV-1 · AWO"
    )


@pytest.fixture
def column(qtbot: QtBot, theme: Theme) -> DueList:
    """A column of six, the first unfolded."""
    shown = DueList("Überfällig")
    qtbot.addWidget(shown)
    shown.set_dues([due(deadline(date(2026, 11, day)), TODAY) for day in range(1, 7)])
    shown.resize(320, 300)
    shown.show()
    qtbot.waitExposed(shown)
    shown.setCurrentIndex(shown.dues.index(0))
    return shown


def test_the_text_may_change_its_size_while_rows_unfold_and_fold(column: DueList, theme: Theme) -> None:
    """What was folded is unknown to Qt's list at once: it laid it out once more, and the program was gone."""
    for place, points in ((1, 15), (2, 9), (3, 14), (0, BASE_POINTS)):
        column.setCurrentIndex(column.dues.index(place))
        theme.resize(points)
    assert [one.isHidden() for one in column.findChildren(DueDetail)].count(False) == 1


def test_an_unfolded_row_keeps_its_room_in_larger_text(column: DueList, theme: Theme, qtbot: QtBot) -> None:
    theme.resize(15)
    [detail] = column.findChildren(DueDetail)
    rule = next(one for one in detail.findChildren(QLabel) if one.text() == "Regel")
    try:
        qtbot.waitUntil(lambda: rule.y() >= column.row_height() - 2)
    finally:
        theme.resize(BASE_POINTS)
