"""What the menu of a line of the budget page does, entry by entry."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.services.budgets import budgets
from app.services.budgets.budgets import BudgetSelection
from app.sheets.reading.read import read_workbook
from app.ui.budgets.matrix import POSITION
from app.ui.budgets.page import BudgetPage
from app.ui.context import Context
from app.ui.kit.form_dialog import FormDialog
from db.models import Budget, Commitment, Transfer
from tests.ui.words import enter, entries, entry, open_menu, pick, press, sentences, shown, texts, value


def menu(page: BudgetPage, key: str) -> QMenu:
    """The menu of a line, as the right button opens it."""
    page.matrix.select(key)
    index = page.matrix.grid.currentIndex()
    at = page.matrix.grid.visualRect(index).center()
    page.matrix.grid.customContextMenuRequested.emit(at)
    return open_menu()


def names(page: BudgetPage) -> list[str]:
    return [line.name for line in page.matrix.model.shown_rows()]


def words(found: QMenu) -> list[str]:
    return [words for words in entries(found) if words]


@pytest.fixture
def north(ids: dict[str, int]) -> str:
    return f"budget:{ids['B26-N']}"


def test_a_group_offers_what_is_behind_it_and_no_editing(page: BudgetPage) -> None:
    found = menu(page, "quarter:Nord")
    assert words(found)[:3] == ["Buchungen", "Mittelbindungen", "Umschichtungen"]
    assert "Bearbeiten …" not in words(found)
    assert "Löschen" not in words(found)
    pick("Umschichtungen")
    assert [row.number for row in page.detail.transfers.table.rows()] == ["UM26-1"]


@pytest.mark.parametrize(
    ("chosen", "title", "tab"),
    [
        ("Buchungen", "Buchungen (2)", 0),
        ("Mittelbindungen", "Mittelbindungen (1)", 1),
        ("Umschichtungen", "Umschichtungen (0)", 2),
    ],
)
def test_it_leads_to_what_a_figure_is_made_of(
    page: BudgetPage, north: str, chosen: str, title: str, tab: int
) -> None:
    menu(page, north)
    pick(chosen)
    assert page.detail.isVisible()
    assert (page.detail.tabs.currentIndex(), page.detail.tabs.tabText(tab)) == (tab, title)
    press(page.detail, "Einzelheiten schließen")
    assert not page.detail.isVisible()


def test_a_budget_is_changed(
    page: BudgetPage, context: Context, north: str, ids: dict[str, int], qtbot: QtBot
) -> None:
    menu(page, north)
    pick("Bearbeiten …")
    form = shown(FormDialog)
    assert (value(form, "Nummer"), value(form, "Ansatz")) == ("B26-N", "1.000,00")
    enter(form, "Ansatz", "449,99")
    assert "B26-N ist damit um 0,01 € überzogen" in texts(form)
    enter(form, "Ansatz", "1.250,75")
    assert "überzogen" not in texts(form)
    press(form, "Speichern")
    figures = context.ask(budgets.figures, BudgetSelection(budget_id=ids["B26-N"]))
    assert (figures.planned_cents, figures.available_cents) == (125_075, 80_075)
    qtbot.waitUntil(lambda: "2.057,89" in page.header.sentence or "verfügbar" in page.header.sentence)
    context.undo()
    assert context.ask(budgets.figures, BudgetSelection(budget_id=ids["B26-N"])).planned_cents == 100_000


def test_money_is_moved_from_the_line(
    page: BudgetPage, context: Context, north: str, ids: dict[str, int]
) -> None:
    menu(page, north)
    pick("Umschichten …")
    form = shown(FormDialog)
    assert "B26-N" in value(form, "Von Budget")
    enter(form, "Nach Budget", "B26-P ·")
    enter(form, "Betrag", "50")
    press(form, "Speichern")
    with context.database.read() as session:
        made = session.scalars(select(Transfer).where(Transfer.amount_cents == 5_000)).one()
        assert (made.from_budget_id, made.to_budget_id) == (ids["B26-N"], ids["B26-P"])


def test_money_is_promised_from_the_line(
    page: BudgetPage, context: Context, north: str, ids: dict[str, int], qtbot: QtBot
) -> None:
    menu(page, north)
    pick("Mittelbindung anlegen …")
    form = shown(FormDialog)
    enter(form, "Bezeichnung", "Bänke")
    enter(form, "Betrag", "99,90")
    press(form, "Speichern")
    with context.database.read() as session:
        made = session.scalars(select(Commitment).where(Commitment.title == "Bänke")).one()
        assert (made.amount_cents, made.budget_id) == (9_990, ids["B26-N"])
    context.undo()
    with context.database.read() as session:
        assert session.scalars(select(Commitment.title)).all() == ["Möbel"]


def test_a_budget_is_deleted_with_undo(page: BudgetPage, context: Context, qtbot: QtBot) -> None:
    with context.database.write("Leeres Budget") as session:
        made = budgets.save(session, None, budgets.BudgetInput("B26-X", "Leer", 2026, 4_200))
    qtbot.waitUntil(lambda: "B26-X" in names(page))
    menu(page, f"budget:{made}")
    pick("Löschen")
    qtbot.waitUntil(lambda: "B26-X" not in names(page))
    context.undo()
    qtbot.waitUntil(lambda: "B26-X" in names(page))
    with context.database.read() as session:
        assert session.get_one(Budget, made).planned_cents == 4_200


def test_lines_are_copied_with_and_without_their_header(page: BudgetPage, north: str) -> None:
    menu(page, north)
    pick("Kopieren")
    [line] = QApplication.clipboard().text().splitlines()
    assert line.startswith("B26-N\t")
    assert "550,00" in line.split("\t")
    menu(page, north)
    pick("Mit Überschriften kopieren")
    head, line = QApplication.clipboard().text().splitlines()
    assert head.startswith("Budget\t")
    assert len(head.split("\t")) == len(line.split("\t"))


def test_what_is_shown_is_saved_as_a_workbook(
    page: BudgetPage, context: Context, north: str, tmp_path: Path, qtbot: QtBot
) -> None:
    said = sentences(context)
    menu(page, north)
    pick("Angezeigtes als Excel speichern …")
    asking = page.window().findChild(QFileDialog)
    assert isinstance(asking, QFileDialog)
    target = tmp_path / "Budgets.xlsx"
    asking.selectFile(str(target))
    asking.accept()
    qtbot.waitUntil(lambda: said == [f"Gespeichert: {target}"])
    cells = [str(cell) for row in read_workbook(target).sheets[0].rows for cell in row]
    assert "B26-N" in cells
    assert "550" in cells or "550.0" in cells


def test_columns_are_hidden_and_shown_again(page: BudgetPage, north: str) -> None:
    columns = entry(menu(page, north), "Spalten").menu()
    assert isinstance(columns, QMenu)
    hide = entry(columns, "Bezeichnung")
    before = page.matrix.grid.model().columnCount()
    assert hide.isChecked()
    hide.trigger()
    assert any(page.matrix.header.isSectionHidden(place) for place in range(before))
    hide.trigger()
    assert not page.matrix.header.isSectionHidden(1)
    open_menu().close()


def test_below_the_lines_there_is_the_menu_of_every_table(page: BudgetPage) -> None:
    page.matrix.grid.clearSelection()
    page.matrix.grid.customContextMenuRequested.emit(QPoint(5, page.matrix.grid.viewport().height() - 1))
    found = open_menu()
    assert words(found)[0] == "Angezeigtes als Excel speichern …"
    assert "Löschen" not in words(found)
    found.close()


def test_enter_and_delete_do_the_same_by_keyboard(
    page: BudgetPage, context: Context, north: str, ids: dict[str, int], qtbot: QtBot
) -> None:
    page.matrix.select(north)
    qtbot.keyClick(page.matrix.grid, Qt.Key.Key_Return)
    form = shown(FormDialog)
    assert value(form, "Nummer") == "B26-N"
    form.reject()
    with context.database.write("Leeres Budget") as session:
        made = budgets.save(session, None, budgets.BudgetInput("B26-X", "Leer", 2026, 4_200))
    qtbot.waitUntil(lambda: "B26-X" in names(page))
    page.matrix.select(f"budget:{made}")
    qtbot.keyClick(page.matrix.grid, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: "B26-X" not in names(page))
    before = names(page)
    page.matrix.select("quarter:Nord")
    qtbot.keyClick(page.matrix.grid, Qt.Key.Key_Delete)  # a group is nothing to delete
    assert names(page) == before
    qtbot.keyClick(page.matrix.grid, Qt.Key.Key_Return)
    assert names(page)[:2] == ["Nord (2)", "Süd (1)"]


def test_the_mouse_shows_which_figures_lead_on(page: BudgetPage, north: str, qtbot: QtBot) -> None:
    page.matrix.select(north)
    index = page.matrix.grid.currentIndex()
    shapes = []
    for column in (POSITION["name"], POSITION["actual"]):
        rect = page.matrix.grid.visualRect(index.siblingAtColumn(column))
        viewport = page.matrix.grid.viewport()
        for step in (0, 3):
            qtbot.mouseMove(viewport, rect.center() + QPoint(step, 0))
        shapes.append(viewport.cursor().shape())
    assert shapes == [Qt.CursorShape.ArrowCursor, Qt.CursorShape.PointingHandCursor]
