"""The matrix is taken out as every table is: copied, exported as it is seen, its columns chosen and remembered."""

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.domain.list_sheet import ListSheet
from app.services.budgets import transfers
from app.ui.budgets.matrix import POSITION
from app.ui.budgets.page import BudgetPage
from app.ui.context import Context
from app.ui.kit.table.requests import PrintEvent
from app.ui.kit.theme import BASE_POINTS, Theme
from app.ui.kit.tokens import ROW_HEIGHT


def hide(page: BudgetPage, key: str) -> None:
    page.matrix.column_menu().actions()[POSITION[key]].setChecked(False)


def entries(page: BudgetPage) -> list[str]:
    """What the context menu says about the current line, without what it says about the whole list."""
    texts = [action.text().split("\t")[0] for action in page.matrix.row_menu().actions() if action.text()]
    return texts[: texts.index("Angezeigtes als Excel speichern …")]


def test_lines_are_copied_as_they_are_seen(page: BudgetPage, qtbot: QtBot) -> None:
    hide(page, "bar")
    page.matrix.select("quarter:Süd")
    qtbot.keyClick(page.matrix.grid, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(page.matrix.grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().splitlines() == [
        "Süd (1)\t\t\t1.000,00\t\t\t1.100,00\t-100,00",
        "B26-S\tStarterbudget B26-S\tStarterbudget\t1.000,00\t\t\t1.100,00\t-100,00",
    ]


def test_what_is_seen_is_exported_with_its_totals(
    page: BudgetPage, context: Context, tmp_path: Path, qtbot: QtBot
) -> None:
    page.filters.choose("state", "overspent")
    hide(page, "title")
    with qtbot.waitSignal(context.saved) as said:
        page.matrix.export_to(tmp_path / "budgets.xlsx")
    assert "budgets.xlsx" in said.args[0]
    sheet = openpyxl.load_workbook(tmp_path / "budgets.xlsx").active
    assert sheet is not None
    rows = [list(row)[:4] for row in sheet.iter_rows(values_only=True)]
    assert rows[-3:] == [
        ["Süd (1)", None, 1000, None],
        ["B26-S", "Starterbudget", 1000, None],
        ["Summe (1 von 4 Budgets)", None, 1000, None],
    ]


def test_columns_are_remembered_but_the_name_always_stays(
    page: BudgetPage, context: Context, qtbot: QtBot
) -> None:
    hide(page, "transfers")
    assert not page.matrix.column_menu().actions()[POSITION["name"]].isEnabled()
    page.matrix._memory.save()
    again = BudgetPage(context)
    qtbot.addWidget(again)
    assert again.matrix.header.isSectionHidden(POSITION["transfers"])
    again.matrix.column_menu().actions()[-1].trigger()  # as at the beginning
    assert not again.matrix.header.isSectionHidden(POSITION["transfers"])


@pytest.mark.parametrize("name", ["quarter:Nord", "quarter:Süd"])
def test_a_group_without_its_neighbours_keeps_its_name(page: BudgetPage, name: str) -> None:
    for key in ("title", "side"):
        hide(page, key)
    line = page.matrix.line(name)
    assert line is not None
    assert page.matrix.grid.columnSpan(page.matrix.model.shown_rows().index(line), POSITION["name"]) == 3


def test_larger_text_leaves_room_for_lines(page: BudgetPage, theme: Theme, qtbot: QtBot) -> None:
    page.resize(1080, 740)
    try:
        theme.resize(15)
        qtbot.waitUntil(lambda: page.matrix.grid.rowHeight(0) > ROW_HEIGHT)
        page.matrix.figure_opened.emit(page.matrix.model.shown_rows()[1], "actual")
        qtbot.waitUntil(page.cards.isHidden)
        height = page.matrix.grid.viewport().height()
        assert height >= 3 * page.matrix.grid.rowHeight(0) - 1
    finally:
        theme.resize(BASE_POINTS)
    qtbot.waitUntil(page.cards.isVisible)


def test_the_context_menu_offers_what_a_line_allows(page: BudgetPage) -> None:
    page.matrix.select("quarter:Nord")
    behind = ["Buchungen", "Mittelbindungen", "Umschichtungen"]
    assert entries(page) == [*behind, "Kopieren", "Mit Überschriften kopieren"]
    page.matrix.select("budget:1")
    doing = ["Bearbeiten …", "Umschichten …", "Mittelbindung anlegen …", "Feld ändern …"]
    assert entries(page) == [*behind, *doing, "Kopieren", "Mit Überschriften kopieren", "Löschen"]


def test_budgets_are_removed_by_key_and_groups_are_not(
    page: BudgetPage, context: Context, ids: dict[str, int], qtbot: QtBot
) -> None:
    context.do("Leer", lambda session: transfers.remove(session, 1))
    page.matrix.select("quarter:Nord")
    qtbot.keyClick(page.matrix.grid, Qt.Key.Key_Delete)
    assert page.matrix.line(f"budget:{ids['B26-NQ']}") is not None
    page.matrix.select(f"budget:{ids['B26-NQ']}")
    qtbot.keyClick(page.matrix.grid, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: page.matrix.line(f"budget:{ids['B26-NQ']}") is None)
    context.undo()
    qtbot.waitUntil(lambda: page.matrix.line(f"budget:{ids['B26-NQ']}") is not None)


class Printer(QObject):
    """Takes the list that is to be printed, as the window does."""

    sheet: ListSheet | None = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, PrintEvent):
            self.sheet = event.sheet
            event.accept()
            return True
        return False


def test_sums_of_groups_are_printed_as_sums_and_are_no_rows(page: BudgetPage) -> None:
    printer = Printer()
    page.installEventFilter(printer)
    page.matrix.print_shown()
    lines = page.matrix.shown_rows()
    budgets = [line for line in lines if not line.is_group]
    assert printer.sheet is not None
    assert printer.sheet.count == f"{len(budgets)} Zeilen"
    groups = {place for place, line in enumerate(lines) if line.is_group}
    assert printer.sheet.sums == groups | {len(lines)}  # and the total below them
