"""The table as a person uses it: keys, mouse, menus, what it remembers."""

from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QHelpEvent
from PySide6.QtWidgets import QApplication, QToolButton, QToolTip
from pytestqt.qtbot import QtBot

from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.table import RowAction, Table
from app.ui.kit.theme import Theme
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.figures import Bar, OldNew, Pill, Track
from tests.ui.words import entry, open_menu, press


@dataclass(frozen=True, slots=True)
class Row:
    id: int
    name: str
    cents: int = 0


COLUMNS = (
    Column[Row]("name", "Name", lambda r: r.name, strong=True),
    Column[Row]("cents", "Betrag", lambda r: r.cents, Kind.AMOUNT, total=True),
    Column[Row]("state", "Stand", lambda r: Pill("läuft", Tone.SUCCESS, "success"), Kind.PILL),
    Column[Row]("bar", "Bar", lambda r: Bar(1000, r.cents, 300), Kind.BAR),
    Column[Row]("track", "Phase", lambda r: Track(3, 7, "Beteiligung"), Kind.TRACK),
    Column[Row]("change", "Änderung", lambda r: OldNew("alt", "neu")),
    Column[Row]("extra", "Mehr", lambda r: f"mehr {r.id}", hidden=True),
)
ROWS = [Row(1, "Cäsar", 100), Row(2, "Anton", -250), Row(3, "Berta", 5000)]


@pytest.fixture
def table(qtbot: QtBot, theme: Theme) -> Table[Row]:
    made = Table("test", COLUMNS, title="Liste", totals=True)
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.set_rows(ROWS)
    with qtbot.waitExposed(made):
        made.show()
    return made


def names(table: Table[Row]) -> list[str]:
    return [row.name for row in table.shown_rows()]


def test_a_click_on_a_title_sorts_and_a_third_one_no_longer(table: Table[Row], qtbot: QtBot) -> None:
    at = table.header.viewport().rect().topLeft()
    at.setX(table.header.sectionViewportPosition(0) + 20)
    at.setY(10)
    seen = []
    for _ in range(3):
        qtbot.mouseClick(table.header.viewport(), Qt.MouseButton.LeftButton, pos=at)
        seen.append(names(table))
    assert seen == [["Anton", "Berta", "Cäsar"], ["Cäsar", "Berta", "Anton"], ["Cäsar", "Anton", "Berta"]]


def test_columns_grow_with_the_text_and_are_kept_for_normal_text(
    table: Table[Row], theme: Theme, qtbot: QtBot
) -> None:
    table.header.resizeSection(1, 140)
    theme.resize(15)
    qtbot.waitUntil(lambda: table.header.sectionSize(1) == 210)
    table._memory.save()
    again = Table("test", COLUMNS)
    qtbot.addWidget(again)
    again.show()
    assert again.header.sectionSize(1) == 210
    theme.resize(10)
    qtbot.waitUntil(lambda: table.header.sectionSize(1) == again.header.sectionSize(1) == 140)


def test_enter_opens_and_delete_asks_for_removal(table: Table[Row], qtbot: QtBot) -> None:
    table.select(2)
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table.grid, Qt.Key.Key_Return)
    assert opened.args == [ROWS[1]]
    with qtbot.waitSignal(table.remove_requested) as removed:
        qtbot.keyClick(table.grid, Qt.Key.Key_Delete)
    assert removed.args == [[ROWS[1]]]


def test_copying_gives_lines_with_tabs_of_the_columns_shown(table: Table[Row], qtbot: QtBot) -> None:
    table.sort("name")
    table.grid.selectAll()
    qtbot.keyClick(table.grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert [line.split("\t")[:3] for line in lines] == [
        ["Anton", "-2,50", "läuft"],
        ["Berta", "50,00", "läuft"],
        ["Cäsar", "1,00", "läuft"],
    ]
    table.copy(headers=True)
    first = QGuiApplication.clipboard().text().split("\n")[0]
    assert first == "Name\tBetrag\tStand\tBar\tPhase\tÄnderung"


def test_a_refresh_keeps_selection_and_scroll(qtbot: QtBot, theme: Theme) -> None:
    table: Table[Row] = Table("long", COLUMNS)
    qtbot.addWidget(table)
    table.resize(600, 300)
    table.set_rows([Row(i, f"Zeile {i}") for i in range(200)])
    with qtbot.waitExposed(table):
        table.show()
    table.select(120)
    scrolled = table.grid.verticalScrollBar().value()
    assert scrolled > 0
    table.set_rows([Row(i, f"neu {i}", 5) for i in range(200)])
    assert table.current() == Row(120, "neu 120", 5)
    assert table.selected() == [Row(120, "neu 120", 5)]
    assert table.grid.verticalScrollBar().value() == scrolled


def test_the_neighbour_takes_the_place_of_a_row_that_has_gone(table: Table[Row]) -> None:
    table.select(2)
    table.set_rows([ROWS[0], ROWS[2]])
    assert table.current() == ROWS[2]
    table.set_rows([ROWS[0]])
    assert table.current() == ROWS[0]
    table.set_rows([])
    assert table.current() is None


def test_several_selected_rows_stay_selected_when_sorted(table: Table[Row]) -> None:
    table.grid.selectAll()
    table.sort("cents", descending=True)
    assert {row.id for row in table.selected()} == {1, 2, 3}


def test_all_of_many_rows_are_selected_and_kept(qtbot: QtBot, theme: Theme) -> None:
    table: Table[Row] = Table("many", COLUMNS)
    qtbot.addWidget(table)
    table.set_rows([Row(i, f"Zeile {i % 7}") for i in range(20_000)])
    table.grid.selectAll()
    assert len(table.selected()) == 20_000
    table.set_rows([Row(i, f"Zeile {i % 7}", 1) for i in range(20_000)])
    assert len(table.selected()) == 20_000
    table.sort("name")
    table.set_predicate(lambda row: row.id % 2 == 0)
    assert len(table.selected()) == 10_000
    table.set_predicate(None)
    assert table.selected() == [], "torn into too many parts"


def test_the_filter_row_filters_while_typing(table: Table[Row], qtbot: QtBot) -> None:
    table.show_filter_row(True)
    qtbot.keyClicks(table.header.field(0), "an")
    qtbot.waitUntil(lambda: names(table) == ["Anton"])
    qtbot.keyClicks(table.header.field(1), "> 0")
    qtbot.waitUntil(lambda: names(table) == [])
    assert table._nothing.isVisible()
    table._nothing.action.click()
    assert len(names(table)) == 3
    qtbot.keyClicks(table.header.field(1), "> 0")
    qtbot.waitUntil(lambda: names(table) == ["Cäsar", "Berta"])
    table.show_filter_row(False)
    assert len(names(table)) == 3


def test_a_filter_field_emptied_by_the_program_looks_empty(table: Table[Row], qtbot: QtBot) -> None:
    table.show_filter_row(True)
    qtbot.keyClicks(table.header.field(0), "an")
    qtbot.waitUntil(lambda: names(table) == ["Anton"])
    (cross,) = table.header.field(0).findChildren(QToolButton)
    qtbot.waitUntil(cross.isVisible)
    table.clear_value_filters()
    qtbot.waitUntil(lambda: not cross.isVisible())
    assert len(names(table)) == 3


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down])
def test_from_a_filter_field_the_keyboard_goes_on_to_the_rows(
    table: Table[Row], qtbot: QtBot, key: Qt.Key
) -> None:
    opened: list[Row] = []
    table.opened.connect(opened.append)
    table.show_filter_row(True)
    field = table.header.field(1)
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClick(field, key)
    assert table.grid.hasFocus()
    assert not opened, "Enter in a field is about the filter, not about a row"


def test_a_declared_order_is_no_choice_to_keep(theme: Theme, qtbot: QtBot) -> None:
    table: Table[Row] = Table("ordered", COLUMNS)
    qtbot.addWidget(table)
    table.sort("name")
    assert not table._memory._pause.isActive()
    table.header.setSortIndicator(1, Qt.SortOrder.AscendingOrder)
    assert table._memory._pause.isActive()


def test_a_hidden_column_filters_nothing(table: Table[Row], qtbot: QtBot) -> None:
    table.show_filter_row(True)
    qtbot.keyClicks(table.header.field(1), "> 0")
    qtbot.waitUntil(lambda: names(table) == ["Cäsar", "Berta"])
    table.fitting.toggle(1)
    qtbot.waitUntil(lambda: len(names(table)) == 3)
    table.fitting.toggle(1)
    assert table.header.field(1).text() == ""


def test_columns_are_chosen_and_remembered(table: Table[Row], qtbot: QtBot) -> None:
    menu = table.column_menu()
    entries = {action.text(): action for action in menu.actions()}
    assert not entries["Mehr"].isChecked()
    entries["Mehr"].trigger()
    entries["Betrag"].trigger()
    table.header.resizeSection(0, 333)
    table.header.moveSection(table.header.visualIndex(2), 0)
    table.header.setSortIndicator(0, Qt.SortOrder.DescendingOrder)
    table._memory.save()
    again: Table[Row] = Table("test", COLUMNS)
    qtbot.addWidget(again)
    again.set_rows(ROWS)
    again.show()
    assert [column.title for column in again.shown_columns()] == [
        "Stand", "Name", "Bar", "Phase", "Änderung", "Mehr",
    ]  # fmt: skip
    assert again.header.sectionSize(0) == 333
    assert names(again) == ["Cäsar", "Berta", "Anton"]
    again.column_menu().actions()[-1].trigger()  # as at the beginning
    assert [column.key for column in again.shown_columns()] == [c.key for c in COLUMNS if not c.hidden]


def test_several_columns_are_chosen_in_one_go(table: Table[Row], qtbot: QtBot) -> None:
    """A click or the space bar on a column leaves the menu open; what is no check mark closes it."""
    qtbot.addWidget(table.tools)
    table.tools.show()
    press(table.tools, "Spalten auswählen")
    menu = open_menu()
    for title in ("Mehr", "Phase"):
        at = menu.actionGeometry(entry(menu, title)).center()
        qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=at)
        assert menu.isVisible()
    menu.setActiveAction(entry(menu, "Bar"))
    qtbot.keyClick(menu, Qt.Key.Key_Space)
    assert menu.isVisible()
    assert [column.title for column in table.shown_columns()] == [
        "Name",
        "Betrag",
        "Stand",
        "Änderung",
        "Mehr",
    ]
    qtbot.keyClick(menu, Qt.Key.Key_Space)
    assert "Bar" in [column.title for column in table.shown_columns()]
    at = menu.actionGeometry(entry(menu, "Spalten wie am Anfang")).center()
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=at)
    assert not menu.isVisible()
    assert [column.key for column in table.shown_columns()] == [c.key for c in COLUMNS if not c.hidden]


def test_the_last_column_cannot_be_hidden(table: Table[Row]) -> None:
    for choice in table.column_menu().actions()[: len(COLUMNS)]:
        choice.setChecked(False)
    assert len(table.shown_columns()) == 1


def test_totals_are_those_of_the_rows_shown(table: Table[Row]) -> None:
    assert table.footer is not None
    assert table.footer.accessibleName() == "Summe (3), Betrag: 48,50 €"
    table.set_search("berta")
    assert table.footer.accessibleName() == "Summe (1 von 3), Betrag: 50,00 €"


def test_what_is_shown_is_exported(table: Table[Row], tmp_path: Path) -> None:
    table.set_predicate(lambda row: row.cents > 0)
    table.sort("name")
    table.export_to(tmp_path / "liste.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "liste.xlsx", data_only=True)["Liste"]
    values = [[cell.value for cell in row[:3]] for row in sheet.iter_rows()]
    assert values == [
        ["Name", "Betrag", "Stand"],
        ["Berta", 50, "läuft"],
        ["Cäsar", 1, "läuft"],
        [None, 51, None],
    ]


def test_the_context_menu_offers_what_the_page_declares(table: Table[Row], qtbot: QtBot) -> None:
    called: list[list[Row]] = []
    table.set_actions(
        [RowAction("Prüfen", called.append, "check"), RowAction("Nie", print, allowed=lambda rows: False)]
    )
    table.remove_requested.connect(called.append)
    table.select(3)
    shown = table.row_menu()
    texts = [action.text().split("\t")[0] for action in shown.actions() if action.text()]
    assert texts[:5] == ["Öffnen", "Prüfen", "Kopieren", "Mit Überschriften kopieren", "Löschen"]
    assert "Nie" not in texts
    next(action for action in shown.actions() if action.text() == "Prüfen").trigger()
    assert called == [[ROWS[2]]]


def test_the_menu_opens_the_row_it_was_asked_for(table: Table[Row], qtbot: QtBot) -> None:
    """Rows may go or come while the menu is open."""
    opened: list[Row] = []
    table.opened.connect(opened.append)
    table.select(3)
    shown = table.row_menu()
    table.set_rows(())
    next(action for action in shown.actions() if action.text().startswith("Öffnen")).trigger()
    assert opened == [ROWS[2]]


def test_the_menu_opens_the_row_that_is_selected(table: Table[Row], qtbot: QtBot) -> None:
    """With Ctrl the keyboard goes to another row than the one that is selected."""
    opened: list[Row] = []
    table.opened.connect(opened.append)
    table.select(3)
    other = table.model.index(0, 0)
    table.grid.selectionModel().setCurrentIndex(other, QItemSelectionModel.SelectionFlag.NoUpdate)
    next(action for action in table.row_menu().actions() if action.text().startswith("Öffnen")).trigger()
    assert opened == table.selected() == [ROWS[2]]


def test_what_cannot_be_removed_offers_no_removal(table: Table[Row]) -> None:
    table.select(3)
    assert not any(action.text().startswith("Löschen") for action in table.row_menu().actions())


def test_an_empty_list_says_what_to_do(qtbot: QtBot, theme: Theme) -> None:
    table: Table[Row] = Table("none", COLUMNS, empty=EmptyState("actors", "Noch keine Träger.", "Neu", print))
    qtbot.addWidget(table)
    table.show()
    table.set_rows([])
    assert table._empty is not None
    assert table._empty.isVisible()
    table.set_rows(ROWS)
    assert not table._empty.isVisible()


def test_a_screen_reader_hears_every_cell(table: Table[Row]) -> None:
    told = [
        table.model.data(table.model.index(0, column), Qt.ItemDataRole.AccessibleTextRole)
        for column in range(len(COLUMNS))
    ]
    assert told[2:6] == [
        "läuft",
        "Ansatz 10,00 € · Ist 1,00 € · gebunden 3,00 € · verfügbar 6,00 €",
        "Beteiligung (Schritt 3 von 7)",
        "neu (vorher alt)",
    ]
    assert table.grid.accessibleName() == "Liste"


def test_a_cut_text_and_a_drawing_are_read_in_full(table: Table[Row], qtbot: QtBot) -> None:
    table.set_rows([Row(1, "Ein sehr langer Name, der in keine Spalte passt " * 4), Row(2, "kurz", 500)])
    viewport = table.grid.viewport()
    said = []
    for row, column in ((1, 0), (0, 0), (1, 3)):
        at = table.grid.visualRect(table.model.index(row, column)).center()
        QApplication.sendEvent(viewport, QHelpEvent(QEvent.Type.ToolTip, at, viewport.mapToGlobal(at)))
        said.append(QToolTip.text())
    assert said[0] == ""
    assert said[1].startswith("Ein sehr langer Name")
    assert "verfügbar" in said[2]


def test_the_row_under_the_mouse_is_tinted(table: Table[Row], qtbot: QtBot) -> None:
    viewport = table.grid.viewport()
    plain = viewport.grab().toImage()
    at = table.grid.visualRect(table.model.index(1, 0)).center()
    for step in (0, 2):
        qtbot.mouseMove(viewport, at + QPoint(step, 0))
    tinted = viewport.grab().toImage()
    QApplication.sendEvent(table.grid, QEvent(QEvent.Type.Leave))
    assert tinted != plain
    assert viewport.grab().toImage() == plain


def test_what_numbers_the_row_is_read_whole_where_room_is_short(theme: Theme, qtbot: QtBot) -> None:
    numbered = (
        Column[Row]("number", "Nummer", lambda row: f"KV-2026-0{row.id}", width=96, strong=True),
        Column[Row]("name", "Name", lambda row: row.name * 20, width=200, stretch=True),
        Column[Row]("other", "Träger", lambda row: row.name * 20, width=200),
    )
    table: Table[Row] = Table("numbered", numbered)
    qtbot.addWidget(table)
    table.set_rows(ROWS)
    table.resize(330, 200)
    with qtbot.waitExposed(table):
        table.show()
    assert table.header.sectionSize(0) >= table._needed(0)
