"""Count, sum and mean of selected rows."""

from dataclasses import dataclass
from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.ui.kit.layout import column
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.figures import figures
from app.ui.kit.table.requests import FiguresEvent
from app.ui.kit.table.table import Table
from app.ui.kit.theme import Theme


@dataclass(frozen=True, slots=True)
class Row:
    cents: int | None
    number: int | Decimal | None = None
    third: int = 1


COLUMNS = (
    Column[Row]("name", "Name", lambda row: "x"),
    Column[Row]("cents", "Betrag", lambda row: row.cents, Kind.AMOUNT),
    Column[Row]("number", "Plätze", lambda row: row.number, Kind.NUMBER),
    Column[Row]("third", "Ziele", lambda row: row.third, Kind.NUMBER),
)


@pytest.mark.parametrize(
    ("rows", "first", "short"),
    [
        ([], 0, ""),
        ([Row(1)], 0, ""),
        (
            [Row(100_00, 3), Row(200_01, 4)],
            0,
            "2 ausgewählt · Betrag: Summe 300,01 €, Mittelwert 150,01 € · Plätze: Summe 7, Mittelwert 3,50",
        ),
        ([Row(100_00, 3), Row(200_00, 4)], 3, "2 ausgewählt · Ziele: Summe 2, Mittelwert 1"),
        (
            [Row(-1), Row(None, Decimal("2.5")), Row(-1)],
            0,
            "3 ausgewählt · Betrag: Summe -0,02 €, Mittelwert -0,01 €, Anzahl 2 · "
            "Plätze: Summe 2,50, Mittelwert 2,50, Anzahl 1",
        ),
        ([Row(None), Row(None)], 1, "2 ausgewählt"),
    ],
)
def test_figures_of_a_selection(rows: list[Row], first: int, short: str) -> None:
    assert figures(rows, COLUMNS, COLUMNS[first]).short == short


def test_all_columns_of_figures_are_named_where_there_is_room() -> None:
    found = figures([Row(1, 1), Row(2, 2)], COLUMNS, None)
    assert [line.split(":")[0] for line in found.whole.splitlines()] == [
        "2 ausgewählt",
        "Betrag",
        "Plätze",
        "Ziele",
    ]


def test_columns_of_words_have_no_figures() -> None:
    assert figures([Row(1), Row(2)], COLUMNS[:1], None).short == "2 ausgewählt"


class Window(QWidget):
    """Shows what a list in it says of its selection."""

    said = ""

    def event(self, event: QEvent) -> bool:
        if isinstance(event, FiguresEvent):
            self.said = event.figures.short
            event.accept()
            return True
        return super().event(event)


def test_rows_that_go_while_the_keyboard_is_elsewhere_are_no_longer_counted(
    qtbot: QtBot, theme: Theme
) -> None:
    window, table, field = Window(), Table("figures", COLUMNS, identity=lambda row: row.cents), QLineEdit()
    column(table, field, on=window)
    qtbot.addWidget(window)
    table.set_rows([Row(100_00), Row(200_00), Row(300_00)])
    window.show()
    table.grid.setFocus()
    table.grid.selectAll()
    qtbot.waitUntil(lambda: window.said.startswith("3 ausgewählt"))
    field.setFocus()
    table.set_rows([Row(100_00), Row(200_00)])
    qtbot.waitUntil(lambda: window.said.startswith("2 ausgewählt · Betrag: Summe 300,00 €"))
    table.set_rows([])
    qtbot.waitUntil(lambda: window.said == "")
