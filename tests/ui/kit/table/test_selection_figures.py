"""Count, sum and mean of selected rows."""

from dataclasses import dataclass
from decimal import Decimal

import pytest

from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.figures import figures


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
