"""Sorting and filtering of tables, on rows like those of the program."""

from dataclasses import dataclass
from datetime import date

import pytest
from PySide6.QtCore import Qt

from app.ui.kit.table.columns import Column, Kind, written
from app.ui.kit.table.conditions import value_test
from app.ui.kit.table.folding import folded, natural
from app.ui.kit.table.model import TableModel
from app.ui.kit.widgets.figures import Bar, Pill


@dataclass(frozen=True, slots=True)
class Line:
    id: int
    name: str | None
    day: date | None = None
    cents: int | None = None


COLUMNS = (
    Column[Line]("name", "Name", lambda r: r.name),
    Column[Line]("day", "Datum", lambda r: r.day, Kind.DATE),
    Column[Line]("cents", "Betrag", lambda r: r.cents, Kind.AMOUNT, total=True),
)
UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


def model(*rows: Line) -> TableModel[Line]:
    result = TableModel(COLUMNS)
    result.set_rows(rows)
    return result


def ids(shown: TableModel[Line]) -> list[int]:
    return [row.id for row in shown.shown_rows()]


def test_umlauts_sort_with_their_letters_and_numbers_by_value() -> None:
    names = ["Zoo", "Ärzte", "Azur", "ZV-10", "ZV-2", "Straße", "Strand", "Ahlem"]
    shown = model(*(Line(i, name) for i, name in enumerate(names)))
    shown.sort(0, UP)
    assert [row.name for row in shown.shown_rows()] == [
        "Ahlem", "Ärzte", "Azur", "Strand", "Straße", "Zoo", "ZV-2", "ZV-10",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("column", "order", "expected"),
    [
        (1, UP, [3, 1, 2]),
        (1, DOWN, [1, 3, 2]),
        (2, UP, [1, 3, 2]),
        (2, DOWN, [3, 1, 2]),
    ],
)
def test_empty_values_come_last_either_way(column: int, order: Qt.SortOrder, expected: list[int]) -> None:
    shown = model(
        Line(1, "a", date(2026, 10, 1), -500), Line(2, "b"), Line(3, "c", date(2026, 2, 28), 100_000)
    )
    shown.sort(column, order)
    assert ids(shown) == expected


def test_without_sorting_rows_stay_as_given() -> None:
    shown = model(Line(2, "b"), Line(1, "a"))
    shown.sort(0, UP)
    shown.sort(-1)
    assert ids(shown) == [2, 1]


def test_search_wants_every_word_somewhere_in_the_row() -> None:
    shown = model(
        Line(1, "Müller, Süd", cents=123_456), Line(2, "Mueller"), Line(3, "Süd", date(2026, 12, 31))
    )
    shown.set_search("SÜD müller")
    assert ids(shown) == [1]
    shown.set_search("1.234,56")
    assert ids(shown) == [1]
    shown.set_search("31.12.2026")
    assert ids(shown) == [3]
    shown.set_search("")
    assert ids(shown) == [1, 2, 3]


@pytest.mark.parametrize(
    ("column", "entry", "expected"),
    [
        (0, "strasse", [1]),
        (0, "leer", [3]),
        (0, "nicht leer", [1, 2]),
        (1, ">= 01.07.2026", [2]),
        (1, "01.01.2026 .. 30.06.2026", [1]),
        (1, "> 2026", [1, 2]),
        (1, "06.2026", [1]),
        (2, "> 1.000", [2]),
        (2, "<=1000", [1]),
        (2, "= 1000,00", [1]),
        (2, "500 bis 1500", [1]),
        (2, "12.800", [2]),
        (2, "> abc", []),
    ],
)
def test_filter_row(column: int, entry: str, expected: list[int]) -> None:
    shown = model(
        Line(1, "Lange Straße", date(2026, 6, 30), 100_000),
        Line(2, "Platz", date(2026, 7, 1), 1_280_000),
        Line(3, None),
    )
    shown.set_entry(column, entry)
    assert ids(shown) == expected
    shown.clear_filters()
    assert ids(shown) == [1, 2, 3]


def test_filters_add_up_and_totals_follow() -> None:
    shown = model(Line(1, "a", cents=3333), Line(2, "a", cents=1), Line(3, "b", cents=50))
    assert shown.totals() == {2: "33,84"}
    shown.set_search("a")
    shown.set_predicate(lambda row: row.id > 1)
    assert ids(shown) == [2]
    assert shown.totals() == {2: "0,01"}
    assert shown.filtered


def test_what_qt_is_told() -> None:
    shown = model(Line(1, "a", date(2026, 1, 2), -1250))
    texts = [shown.data(shown.index(0, column)) for column in range(3)]
    assert texts == ["a", "02.01.2026", "-12,50"]
    assert shown.data(shown.index(0, 2), Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert shown.headerData(2, Qt.Orientation.Horizontal) == "Betrag"


@pytest.mark.parametrize(
    ("value", "kind", "expected"),
    [
        (None, Kind.AMOUNT, ""),
        (1, Kind.NUMBER, "1"),
        (100, Kind.AMOUNT, "1,00"),
        (True, Kind.CHECK, "ja"),
        (Pill("offen"), Kind.PILL, "offen"),
        (Bar(100, 150), Kind.BAR, "Ansatz 1,00 € · Ist 1,50 € · überzogen um 0,50 €"),
        (Bar(1000, 150, 50), Kind.BAR, "Ansatz 10,00 € · Ist 1,50 € · gebunden 0,50 € · verfügbar 8,00 €"),
    ],
)
def test_values_in_words(value: object, kind: Kind, expected: str) -> None:
    assert written(value, kind) == expected


def test_pills_sort_by_their_rank_and_bars_by_their_use() -> None:
    column = Column[Line]("s", "Stand", lambda r: Pill(str(r.name), rank=r.cents), Kind.PILL)
    bars = Column[Line]("b", "Bar", lambda r: Bar(r.cents or 0, 100), Kind.BAR)
    shown = TableModel([column, bars])
    shown.set_rows(
        [Line(1, "in Kraft", cents=2), Line(2, "Entwurf", cents=5), Line(3, "unterzeichnet", cents=1)]
    )
    shown.sort(0, UP)
    assert [row.id for row in shown.shown_rows()] == [3, 1, 2]
    shown.sort(1, UP)
    assert [row.id for row in shown.shown_rows()] == [2, 1, 3]


def test_words_are_only_compared_where_they_can_be() -> None:
    assert value_test("> 5", Kind.TEXT) is None
    assert value_test("5", Kind.AMOUNT) is None


def test_folding() -> None:
    assert folded("Größe ÉCOLE") == "grosse ecole"
    assert natural("I51001") < natural("I510010")


def test_a_hundred_thousand_rows_are_filtered(qapp: object) -> None:
    rows = [
        Line(i, f"Beleg {i % 997} Miete Treff", date(2016 + i % 10, 1 + i % 12, 1), i * 7)
        for i in range(100_000)
    ]
    shown = model(*rows)
    while shown._worked_out._all_texts is None:  # what happens while the window is idle
        shown._work_ahead()
    shown.set_search("miete 996")
    assert all("996" in f"{row.name} {written(row.cents, Kind.AMOUNT)}" for row in shown.shown_rows())
    assert ids(shown)
