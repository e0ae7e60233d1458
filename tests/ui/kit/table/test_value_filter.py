"""Columns filtered by their values as in a spreadsheet: with the mouse, by keyboard, in words, and taken back."""

from dataclasses import dataclass
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.ui.kit.filter_bar import Filter, FilterBar
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.filtering import filter_by
from app.ui.kit.table.table import Table
from app.ui.kit.table.value_popup import ValuePopup
from app.ui.kit.theme import Theme
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.figures import Bar, Pill
from tests.ui.words import entry, press


@dataclass(frozen=True, slots=True)
class Row:
    id: int
    name: str | None
    day: date | None = None
    cents: int | None = None


COLUMNS = (
    Column[Row]("name", "Name", lambda r: r.name, strong=True),
    Column[Row]("day", "Datum", lambda r: r.day, Kind.DATE),
    Column[Row]("cents", "Betrag", lambda r: r.cents, Kind.AMOUNT),
    Column[Row]("state", "Stand", lambda r: Pill("läuft" if r.id < 4 else "beendet", Tone.INFO), Kind.PILL),
    Column[Row]("bar", "Balken", lambda r: Bar(1000, r.cents or 0), Kind.BAR),
)
ROWS = [
    Row(1, "Treff", date(2026, 3, 5), 100_00),
    Row(2, "Treff", date(2026, 3, 9), 1_234_50),
    Row(3, "Ämtertag", date(2025, 12, 1), 5_00),
    Row(4, None, None, None),
    Row(5, "Zirkel 10", date(2026, 4, 1), 50_00),
    Row(6, "Zirkel 9", date(2026, 4, 2), 60_00),
]


@pytest.fixture
def bar(theme: Theme, qtbot: QtBot) -> FilterBar:
    made = FilterBar("test", "Suchen …", [Filter[Row]("name", "Name", lambda row: row.name)])
    qtbot.addWidget(made)
    return made


@pytest.fixture
def table(qtbot: QtBot, theme: Theme, bar: FilterBar) -> Table[Row]:
    made = Table("test", COLUMNS, title="Liste")
    qtbot.addWidget(made)
    filter_by(bar, made)
    made.resize(900, 400)
    made.set_rows(ROWS)
    with qtbot.waitExposed(made), qtbot.waitExposed(bar):
        made.show()
        bar.show()
    return made


def ids(table: Table[Row]) -> list[int]:
    return [row.id for row in table.shown_rows()]


def open_at(table: Table[Row], key: str) -> ValuePopup:
    popup = table.open_filter([column.key for column in COLUMNS].index(key))
    assert isinstance(popup, ValuePopup)
    return popup


def lines(popup: ValuePopup) -> list[tuple[str, str]]:
    model = popup.values
    return [
        (model.index(row, 0).data().strip(), model.index(row, 1).data()) for row in range(model.rowCount())
    ]


def click(qtbot: QtBot, popup: ValuePopup, words: str) -> None:
    row = [line[0] for line in lines(popup)].index(words)
    at = popup.list.visualRect(popup.values.index(row, 0)).center()
    qtbot.mouseClick(popup.list.viewport(), Qt.MouseButton.LeftButton, pos=at)


def test_the_list_has_each_value_with_its_count_in_order(table: Table[Row]) -> None:
    assert lines(open_at(table, "name")) == [
        ("(Alle)", "6"), ("Ämtertag", "1"), ("Treff", "2"), ("Zirkel 9", "1"), ("Zirkel 10", "1"), ("(leer)", "1"),
    ]  # fmt: skip


def test_dates_are_listed_by_year_and_month(table: Table[Row], qtbot: QtBot) -> None:
    popup = open_at(table, "day")
    assert lines(popup) == [
        ("(Alle)", "6"), ("2025", "1"), ("Dezember 2025", "1"), ("2026", "4"), ("März 2026", "2"),
        ("April 2026", "2"), ("(leer)", "1"),
    ]  # fmt: skip
    click(qtbot, popup, "(Alle)")
    click(qtbot, popup, "2026")
    assert popup.values.state(0) is Qt.CheckState.PartiallyChecked
    click(qtbot, popup, "April 2026")
    popup.apply()
    assert ids(table) == [1, 2]


def test_a_screen_reader_hears_what_is_chosen(table: Table[Row], qtbot: QtBot) -> None:
    popup = open_at(table, "day")
    click(qtbot, popup, "März 2026")
    role = Qt.ItemDataRole.AccessibleTextRole
    spoken = [popup.values.index(row, 0).data(role) for row in range(1, 5)]
    assert spoken == [
        "2025, 1 Zeile, gewählt",
        "Dezember 2025, 1 Zeile, gewählt",
        "2026, 4 Zeilen, zum Teil gewählt",
        "März 2026, 2 Zeilen, nicht gewählt",
    ]


def test_a_click_on_the_title_s_button_opens_and_what_is_cleared_goes(
    table: Table[Row], qtbot: QtBot
) -> None:
    place = table.header.filter_button(0).center()
    qtbot.mouseClick(table.header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, ValuePopup)
    assert table.model.sorted_by is None
    click(qtbot, popup, "Treff")
    press(popup, "Anwenden")
    assert ids(table) == [3, 4, 5, 6]


def test_the_keyboard_opens_searches_and_applies(table: Table[Row], qtbot: QtBot) -> None:
    table.grid.setFocus()
    table.grid.setCurrentIndex(table.model.index(0, 0))
    qtbot.keyClick(table.grid, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, ValuePopup)
    qtbot.keyClicks(popup.search, "zirk")
    assert lines(popup) == [("(Alle gefundenen)", "2"), ("Zirkel 9", "1"), ("Zirkel 10", "1")]
    qtbot.keyClick(popup.search, Qt.Key.Key_Down)
    qtbot.keyClick(popup.list, Qt.Key.Key_Down)
    qtbot.keyClick(popup.list, Qt.Key.Key_Space)
    qtbot.keyClick(popup.list, Qt.Key.Key_Return)
    assert ids(table) == [5]


def test_escape_leaves_everything_as_it_was(table: Table[Row], qtbot: QtBot) -> None:
    popup = open_at(table, "name")
    click(qtbot, popup, "Treff")
    qtbot.keyClick(popup, Qt.Key.Key_Escape)
    assert ids(table) == [1, 2, 3, 4, 5, 6]


def test_nothing_chosen_cannot_be_applied(table: Table[Row], qtbot: QtBot) -> None:
    popup = open_at(table, "name")
    click(qtbot, popup, "(Alle)")
    assert not popup.apply_button.isEnabled()


@pytest.mark.parametrize(
    ("key", "least", "most", "found"),
    [
        ("cents", "50", "1.234,50", [1, 2, 5, 6]),
        ("cents", "", "50", [3, 5]),
        ("day", "2026", "", [1, 2, 5, 6]),
        ("day", "", "2025", [3]),
        ("day", "9.3.26", "01.04.2026", [2, 5]),
    ],
)
def test_figures_and_dates_between_two_bounds(
    table: Table[Row], key: str, least: str, most: str, found: list[int]
) -> None:
    popup = open_at(table, key)
    popup.least.setText(least)
    popup.most.setText(most)
    popup.apply()
    assert ids(table) == found


def test_a_bound_that_cannot_be_read_is_said_and_changes_nothing(table: Table[Row]) -> None:
    popup = open_at(table, "day")
    popup.least.setText("31.02.2026")
    popup.apply()
    assert popup.isVisible()
    assert popup.problem.text() == "„31.02.2026“ ist kein Datum."
    assert len(ids(table)) == 6


def test_filters_of_columns_add_up_and_a_list_offers_what_the_others_leave(
    table: Table[Row], qtbot: QtBot
) -> None:
    popup = open_at(table, "name")
    click(qtbot, popup, "(Alle)")
    click(qtbot, popup, "Treff")
    popup.apply()
    assert [words for words, _ in lines(open_at(table, "cents"))] == ["(Alle)", "100,00", "1.234,50"]
    assert [words for words, _ in lines(open_at(table, "name"))][1:3] == ["Ämtertag", "Treff"]


def test_what_is_filtered_is_seen_in_words_and_reset_with_the_page(
    table: Table[Row], bar: FilterBar, qtbot: QtBot
) -> None:
    reset = next(one for one in bar.findChildren(QPushButton) if one.text() == "zurücksetzen")
    assert not reset.isVisible()
    popup = open_at(table, "name")
    click(qtbot, popup, "(Alle)")
    click(qtbot, popup, "Treff")
    click(qtbot, popup, "(leer)")
    popup.apply()
    assert table._filtered.isVisible()
    assert table._filtered.text == "Name: (leer), Treff"
    title = table.model.headerData(0, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole)
    assert title == "Name, gefiltert: (leer), Treff"
    assert table._count.text() == "3 von 6"
    assert table.filter_words() == "Name: (leer), Treff"
    assert reset.isVisible()
    reset.click()
    assert ids(table) == [1, 2, 3, 4, 5, 6]
    assert not table._filtered.isVisible()
    assert not table._count.isVisible()
    assert not reset.isVisible()


def test_the_words_say_what_is_searched_and_chosen_too(table: Table[Row], bar: FilterBar) -> None:
    bar.offer(ROWS)
    bar.search.setText("treff")
    bar.choose("name", "Treff")
    popup = open_at(table, "cents")
    popup.least.setText("200")
    popup.apply()
    assert table.filter_words() == "Suche: treff · Name: Treff · Betrag: von 200"
    assert ids(table) == [2]


def test_a_drawing_of_bars_has_no_list(table: Table[Row]) -> None:
    assert table.header.filter_button(4).isEmpty()


def test_a_filter_outlives_a_refresh(table: Table[Row], qtbot: QtBot) -> None:
    popup = open_at(table, "state")
    click(qtbot, popup, "läuft")
    popup.apply()
    table.set_rows([*ROWS, Row(7, "neu")])
    assert ids(table) == [4, 5, 6, 7]


def test_the_list_of_many_values_is_on_the_screen(table: Table[Row]) -> None:
    table.set_rows([Row(number, f"Name {number}", cents=number) for number in range(5000)])
    popup = open_at(table, "cents")
    assert popup.values.rowCount() == 5001
    assert popup.screen().availableGeometry().contains(popup.geometry().topLeft() + QPoint(1, 1))


def test_a_table_whose_tools_stand_nowhere_counts_above_its_rows(theme: Theme, qtbot: QtBot) -> None:
    alone = Table("alone", COLUMNS)
    qtbot.addWidget(alone)
    alone.set_rows(ROWS)
    popup = open_at(alone, "cents")
    popup.least.setText("1000")
    popup.apply()
    assert alone._filtered.text == "Betrag: von 1000 · 1 von 6"


def test_the_menu_of_a_drawn_column_offers_one_with_values(table: Table[Row]) -> None:
    table.grid.setCurrentIndex(table.model.index(0, 4))
    assert entry(table.row_menu(), "Nach Werten filtern: Name …").isEnabled()


def test_in_a_filter_field_the_values_of_its_own_column_are_wanted(table: Table[Row], qtbot: QtBot) -> None:
    table.select(1)
    table.show_filter_row(True)
    table.activateWindow()
    field = table.header.field(3)
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClick(field, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    (popup,) = table.findChildren(ValuePopup)
    assert popup.accessibleName() == "Filter für Stand"
