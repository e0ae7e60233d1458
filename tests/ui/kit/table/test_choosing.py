"""What is chosen in a list when the keyboard or a menu comes to it."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.kit.table.columns import Column
from app.ui.kit.table.table import Table
from app.ui.kit.theme import Theme
from app.ui.kit.window_keys import WindowKeys
from tests.ui.words import entries, open_menu


@dataclass(frozen=True, slots=True)
class Row:
    id: int


@pytest.fixture
def table(qtbot: QtBot, theme: Theme) -> Table[Row]:
    """In a window, below a field that has the keyboard."""
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    made: Table[Row] = Table("choosing", [Column("id", "Nr.", lambda row: str(row.id))], title="Liste")
    made.set_rows([Row(number) for number in range(1, 60)])
    made.remove_requested.connect(lambda _rows: None)
    field = QLineEdit()
    layout.addWidget(field)
    layout.addWidget(made)
    window.resize(400, 300)
    WindowKeys(window)
    with qtbot.waitActive(window):
        window.show()
    field.setFocus()
    return made


def chosen(table: Table[Row]) -> list[int]:
    return [row.id for row in table.selected()]


def menu_at(table: Table[Row], at: QPoint) -> QMenu:
    """A right click without the press before it, as some systems send it."""
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, table.grid.viewport().mapToGlobal(at))
    QApplication.sendEvent(table.grid.viewport(), event)
    return open_menu()


def place(table: Table[Row], position: int) -> QPoint:
    return table.grid.visualRect(table.model.index(position, 0)).center()


def test_the_keyboard_chooses_the_first_row(table: Table[Row], qtbot: QtBot) -> None:
    assert chosen(table) == []
    qtbot.keyClick(table.window().focusWidget(), Qt.Key.Key_Tab)
    assert table.grid.hasFocus()
    assert chosen(table) == [1]


def test_a_click_chooses_what_it_meets(table: Table[Row], qtbot: QtBot) -> None:
    qtbot.mouseClick(table.grid.viewport(), Qt.MouseButton.LeftButton, pos=place(table, 2))
    assert chosen(table) == [3]


def test_rows_that_come_while_it_has_the_keyboard_are_chosen_from(table: Table[Row]) -> None:
    table.set_rows([])
    table.grid.setFocus()
    table.set_rows([Row(7), Row(8)])
    assert chosen(table) == [7]


def test_a_menu_is_about_the_row_under_the_mouse(table: Table[Row]) -> None:
    table.select(1)
    menu = menu_at(table, place(table, 3))
    assert chosen(table) == [4]
    assert "Löschen" in entries(menu)
    menu.close()


def test_a_menu_on_the_selection_leaves_it(table: Table[Row], qtbot: QtBot) -> None:
    table.select(2)
    shift = Qt.KeyboardModifier.ShiftModifier
    qtbot.mouseClick(table.grid.viewport(), Qt.MouseButton.LeftButton, shift, place(table, 3))
    menu_at(table, place(table, 2)).close()
    assert chosen(table) == [2, 3, 4]


def test_the_menu_is_asked_for_by_key_at_the_current_row(table: Table[Row], qtbot: QtBot) -> None:
    table.grid.setFocus()
    table.select(50)
    table.grid.verticalScrollBar().setValue(0)  # where the current row cannot be seen
    qtbot.keyClick(table.grid, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    menu = open_menu()
    assert chosen(table) == [50]
    row = table.grid.visualRect(table.grid.currentIndex())
    assert table.grid.viewport().rect().contains(row)
    menu.close()


def test_several_that_are_removed_leave_the_cursor_where_it_was(table: Table[Row]) -> None:
    table.grid.setFocus()
    table.select(1)
    table.grid.selectAll()
    table.set_rows([Row(number) for number in range(100, 103)])
    assert chosen(table) == [100]


def test_the_menu_of_the_titles_is_about_no_row(table: Table[Row]) -> None:
    """Also where the point lies in the row of filters below the titles."""
    table.select(5)
    table.show_filter_row(True)
    header = table.header
    at = QPoint(10, header.viewport().height() + 5)
    QApplication.sendEvent(
        header.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, header.mapToGlobal(at))
    )
    assert any("Spalte" in entry or "Breite" in entry for entry in entries(open_menu()))
    assert chosen(table) == [5]
