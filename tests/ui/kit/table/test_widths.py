"""How the room of a table is shared, and how a person changes it with the mouse."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.table import Table
from app.ui.kit.table.widths import Wish, shared
from app.ui.kit.theme import Theme

NAME = Wish(least=60, start=100, needed=200, stretch=True)
KIND = Wish(least=50, start=100, needed=150)
SUM = Wish(least=80, start=90, needed=80)


@pytest.mark.parametrize(
    ("wishes", "room", "expected"),
    [
        ((NAME, KIND, SUM), 150, [60, 50, 80]),  # nobody gets less; the table is scrolled
        (
            (NAME, KIND, SUM),
            235,
            [80, 75, 80],
        ),  # 45 for the 40 and 50 that they lack of their declared widths
        ((NAME, KIND, SUM), 280, [100, 100, 80]),
        ((NAME, KIND, SUM), 355, [150, 125, 80]),  # in proportion to what each lacks
        ((NAME, KIND, SUM), 430, [200, 150, 80]),
        ((NAME, KIND, SUM), 440, [200, 150, 90]),  # nobody is cut, so the figures get room around them
        ((NAME, KIND, SUM), 540, [300, 150, 90]),  # what nobody needs
        ((KIND, SUM), 540, [150, 90]),
        ((NAME, Wish(30, 30, 30, fixed=True)), 180, [150, 30]),  # dragged: stays
        ((Wish(300, 300, 300, fixed=True), KIND), 100, [300, 50]),
        ((Wish(50, 100, 2000), KIND), 400, [250, 150]),  # one very long name takes nothing from the others
    ],
)
def test_room_is_shared(wishes: tuple[Wish, ...], room: int, expected: list[int]) -> None:
    assert shared(wishes, room) == expected


@dataclass(frozen=True, slots=True)
class Row:
    id: int
    name: str
    place: str
    cents: int


COLUMNS = (
    Column[Row]("name", "Name", lambda row: row.name, strong=True, stretch=True),
    Column[Row]("place", "Ort", lambda row: row.place, width=170),
    Column[Row]("cents", "Betrag", lambda row: row.cents, Kind.AMOUNT),
    Column[Row]("more", "Straße", lambda row: row.place, hidden=True, roomy=True),
)
ROWS = [
    Row(1, "Nachbarschaft", "Gemeindehaus am Markt, großer Saal", 123_456_789),
    Row(2, "Treff", "Laden", 5),
]


@pytest.fixture
def table(qtbot: QtBot, theme: Theme) -> Table[Row]:
    made = Table("widths", COLUMNS)
    qtbot.addWidget(made)
    made.resize(480, 200)
    made.set_rows(ROWS)
    with qtbot.waitExposed(made):
        made.show()
    return made


def sizes(table: Table[Row]) -> list[int]:
    return [table.header.sectionSize(place) for place in range(3)]


def drag(table: Table[Row], column: int, by: int) -> None:
    """The right border of a column, with the mouse."""
    header, place = table.header, table.header.viewport()
    at = QPoint(header.sectionViewportPosition(column) + header.sectionSize(column) - 1, 10)
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    for kind, button, buttons, shift in (
        (QEvent.Type.MouseMove, none, none, 0),
        (QEvent.Type.MouseButtonPress, left, left, 0),
        (QEvent.Type.MouseMove, none, left, by),
        (QEvent.Type.MouseButtonRelease, left, none, by),
    ):
        there = QPointF(at + QPoint(shift, 0))
        glob = QPointF(place.mapToGlobal(there))
        QApplication.sendEvent(
            place, QMouseEvent(kind, there, glob, button, buttons, Qt.KeyboardModifier.NoModifier)
        )


def test_what_is_cut_gets_the_room_that_others_do_not_need(table: Table[Row]) -> None:
    name, place, cents = sizes(table)
    needed = table.fitting._need(1)[0]
    assert place == needed > 200
    assert cents >= table.fitting._need(2)[0]
    assert name + place + cents == table.header.viewport().width()
    assert table.grid.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("column", [0, 1, 2])
@pytest.mark.parametrize("by", [-20, 30])
def test_any_border_can_be_dragged_and_stays(table: Table[Row], qtbot: QtBot, column: int, by: int) -> None:
    wanted = sizes(table)[column] + by
    drag(table, column, by)
    assert sizes(table)[column] == wanted
    table.resize(560, 200)
    table.set_rows([*ROWS, Row(3, "Noch ein viel längerer Name als die anderen", "x", 1)])
    qtbot.wait(20)
    assert sizes(table)[column] == wanted
    table._memory.save()
    again = Table("widths", COLUMNS)
    qtbot.addWidget(again)
    again.set_rows(ROWS)
    again.show()
    assert sizes(again)[column] == wanted
    table._memory.reset()
    qtbot.wait(20)
    assert table.grid.horizontalScrollBar().maximum() == 0


def test_two_clicks_on_a_border_show_the_longest_words(table: Table[Row], qtbot: QtBot) -> None:
    drag(table, 1, -150)
    qtbot.wait(20)
    place = table.header.viewport()
    at = QPoint(table.header.sectionViewportPosition(1) + table.header.sectionSize(1) - 1, 10)
    qtbot.mouseMove(place, at)
    qtbot.mouseClick(place, Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseDClick(place, Qt.MouseButton.LeftButton, pos=at)
    qtbot.waitUntil(lambda: abs(sizes(table)[1] - table.cells.needed(1, ROWS, table.grid.font())) <= 1)


def test_a_column_comes_with_the_room_unless_she_has_decided(table: Table[Row], qtbot: QtBot) -> None:
    def shown() -> bool:
        return "Straße" in [column.title for column in table.shown_columns()]

    assert not shown()
    table.resize(900, 200)
    qtbot.waitUntil(shown)
    table.fitting.toggle(3)
    assert not shown()
    table.resize(1200, 200)
    qtbot.wait(20)
    assert not shown()


def test_figures_and_states_are_never_cut(table: Table[Row], qtbot: QtBot) -> None:
    table.resize(200, 200)
    qtbot.wait(20)
    assert sizes(table)[2] >= table.cells.needed(2, ROWS, table.grid.font())


@pytest.mark.parametrize("whole_end", [True, False])
def test_the_end_of_a_long_name_of_a_file_is_seen(whole_end: bool, theme: Theme, qtbot: QtBot) -> None:
    """Cut at its end, a program looks like a paper."""
    long = "Satzung.pdf, beschlossen von der Mitgliederversammlung am 3. März, mit allen Anlagen"
    name = Column[Row]("name", "Name", lambda row: row.name, width=160, whole_end=whole_end)
    table = Table("files", (name,))
    qtbot.addWidget(table)
    table.resize(200, 200)
    pictures = []
    for ending in (".pdf", ".exe"):
        table.set_rows([Row(1, long + ending, "", 0)])
        with qtbot.waitExposed(table):
            table.show()
        pictures.append(table.grid.viewport().grab().toImage())
    assert (pictures[0] != pictures[1]) is whole_end
