from datetime import date
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QDialog
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.domain.budgets.budgets import BudgetFigures
from app.domain.money import euro
from app.services.budgets import budgets
from app.services.budgets.budgets import BudgetSelection
from app.ui.bookings.assign_dialog import AssignDialog
from app.ui.bookings.bookings_list import received, spent
from app.ui.budgets.lines import BudgetLine, Grouping
from app.ui.budgets.matrix import POSITION
from app.ui.budgets.page import BudgetPage
from app.ui.budgets.year_dialogs import CarryOverDialog, NextYearDialog
from app.ui.context import Context
from app.ui.kit.form_dialog import FormDialog
from app.ui.settlement.settle_dialog import SettleDialog
from db.database import Database
from db.models import AssignmentRule, Booking, Budget
from tests.ui.budgets.conftest import booked
from tests.ui.words import texts

D = TypeVar("D", bound=QDialog)


def lines(page: BudgetPage) -> list[BudgetLine]:
    return page.matrix.model.shown_rows()


def names(page: BudgetPage) -> list[str]:
    return [line.name for line in lines(page)]


def click(page: BudgetPage, qtbot: QtBot, name: str, column: str) -> None:
    position = names(page).index(name)
    rect = page.matrix.grid.visualRect(page.matrix.model.index(position, POSITION[column]))
    qtbot.mouseClick(page.matrix.grid.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())


def dialog(page: BudgetPage, kind: type[D]) -> D:
    return next(found for found in page.findChildren(kind) if found.isVisible())


def choose(page: BudgetPage, text: str) -> None:
    """Choose an entry of a menu in the head of the page."""
    next(action for action in page.header.findChildren(QAction) if action.text() == text).trigger()


def test_groups_with_sums_and_totals_that_leave_nothing_out(page: BudgetPage) -> None:
    assert names(page) == ["Nord (2)", "B26-N", "B26-NQ", "Süd (1)", "B26-S", "Ohne Quartier (1)", "B26-P"]
    assert lines(page)[0].figures == BudgetFigures(200_000, 0, 1_000, 20_000, 25_000)
    assert page.header.title == "Budget 2026"
    assert "überzogen: B26-S" in page.header.sentence
    assert page.cards.unassigned.figure.text() == "52,86 €"
    assert page.cards.income.figure.text() == "70,00 €"
    assert "1.402,86" in page.matrix.footer.accessibleName()  # 25.000 + 110.000 + 5.286 cents


def test_the_bar_leaves_the_available_money_its_room(page: BudgetPage, qtbot: QtBot) -> None:
    card = page.cards.available
    card.figure.setText("-31.511,59 €")
    card.resize(230, card.height())  # as in a window of 900 pixels
    qtbot.waitUntil(lambda: card.figure.geometry().right() < page.cards.bar.x())
    assert card.figure.width() >= card.figure.sizeHint().width()


def test_one_click_leads_from_a_figure_to_what_it_is_made_of(page: BudgetPage, qtbot: QtBot) -> None:
    click(page, qtbot, "B26-N", "actual")
    assert page.detail.isVisible()
    assert page.detail.trail.text() == "Nord › B26-N"
    assert [row.amount_cents for row in page.detail.bookings.table.rows()] == [-5_000, 30_000]
    click(page, qtbot, "B26-N", "committed")
    assert page.detail.tabs.currentIndex() == 1
    assert [row.title for row in page.detail.commitments.table.rows()] == ["Möbel"]
    click(page, qtbot, "Nord (2)", "transfers")
    assert page.detail.tabs.currentIndex() == 2
    assert [row.number for row in page.detail.transfers.table.rows()] == ["UM26-1"]


def test_income_is_shown_apart_with_and_without_a_budget(
    page: BudgetPage, database: Database, qtbot: QtBot
) -> None:
    with database.write("Einnahmen ohne Budget") as session:
        booked(session, None, -1_234, is_income=True, day=date(2026, 2, 1))
        booked(session, None, -999, is_income=True, budget_year=2025)
    page.refresh()
    qtbot.mouseClick(page.cards.see_income, Qt.MouseButton.LeftButton)
    rows = page.detail.bookings.table.rows()
    assert [(spent(row), received(row)) for row in rows] == [(None, 7_000), (None, 1_234)]
    assert page.cards.income.figure.text() == euro(7_000 + 1_234)


def test_groups_close_by_keyboard_and_stay_closed(page: BudgetPage, context: Context, qtbot: QtBot) -> None:
    page.matrix.select("quarter:Nord")
    qtbot.keyClick(page.matrix.grid, Qt.Key.Key_Left)
    assert names(page)[:2] == ["Nord (2)", "Süd (1)"]
    again = BudgetPage(context)
    qtbot.addWidget(again)
    again.refresh()
    assert names(again)[:2] == ["Nord (2)", "Süd (1)"]


def test_grouping_by_kind_or_not_at_all(page: BudgetPage) -> None:
    page.filters.chip.choose(frozenset({Grouping.KIND.value}))
    page.filters.chip.changed.emit()
    assert names(page)[0] == "Personal (1)"
    page.filters.chip.choose(frozenset({Grouping.NONE.value}))
    page.filters.chip.changed.emit()
    assert names(page) == ["B26-N", "B26-NQ", "B26-P", "B26-S"]


def test_filters_narrow_lines_and_sums(page: BudgetPage) -> None:
    page.filters.choose("state", "overspent")
    assert names(page) == ["Süd (1)", "B26-S"]
    assert page.matrix.footer.accessibleName().startswith("Summe (1 von 4 Budgets), Ansatz: ")


def test_years_lead_to_their_budgets(page: BudgetPage, ids: dict[str, int]) -> None:
    page.years.back.click()
    assert (page.header.title, names(page)) == ("Budget 2025", ["Nord (1)", "B25-N"])
    page.open_record(ids["B26-S"])
    assert page.year == 2026
    current = page.matrix.current()
    assert current is not None
    assert current.name == "B26-S"


def test_a_record_of_a_closed_group_or_behind_a_filter_is_found(
    page: BudgetPage, ids: dict[str, int]
) -> None:
    page.filters.choose("kind", "Personal")
    page.open_record(ids["B26-N"])
    current = page.matrix.current()
    assert current is not None
    assert current.name == "B26-N"


def test_several_bookings_are_assigned_at_once_and_always_for_their_order(
    page: BudgetPage, context: Context, ids: dict[str, int], qtbot: QtBot
) -> None:
    qtbot.mouseClick(page.cards.assign, Qt.MouseButton.LeftButton)
    asking = dialog(page, AssignDialog)
    asking.budget.editor.set_value(ids["B26-NQ"])
    asking.always.setChecked(True)
    asking.assign_button.click()
    with context.database.read() as session:
        assert session.scalars(select(Booking.budget_id).where(Booking.amount_cents == 5_286)).all() == [
            ids["B26-NQ"]
        ]
        assert session.scalars(select(AssignmentRule.internal_order)).all() == ["9999"]
    qtbot.waitUntil(lambda: page.cards.unassigned.figure.text() == "0,00 €")
    assert page.cards.assign.isHidden()
    context.undo()
    qtbot.waitUntil(lambda: page.cards.unassigned.figure.text() == "52,86 €")


def test_assigning_without_a_budget_says_so(page: BudgetPage) -> None:
    page.open_assign()
    asking = dialog(page, AssignDialog)
    asking.assign()
    assert asking.budget.problem == "Bitte ausfüllen."
    asking.reject()


def test_overspending_is_said_while_typing_and_its_reason_kept(
    page: BudgetPage, context: Context, ids: dict[str, int], qtbot: QtBot
) -> None:
    page.detail.commitments.show_budgets([ids["B26-N"]])
    page.detail.commitments.add()
    form = dialog(page, FormDialog)
    form.body["title"].editor.set_value("Umbau")
    qtbot.keyClicks(form.body["amount_cents"].editor.line, "1.000")
    form.body["amount_cents"].editor.line.setText("1.000,00")
    form.body["amount_cents"].editor.changed.emit()
    warning = form.body.overspending
    assert "B26-N ist damit um 450,00 € überzogen" in warning.note.text
    assert warning.field.isVisible()
    warning.field.editor.set_value("Beschluss vom 1. Juli")
    form.save()
    with context.database.read() as session:
        assert session.get_one(Budget, ids["B26-N"]).overspending_reason == "Beschluss vom 1. Juli"
        assert budgets.figures(session, BudgetSelection(budget_id=ids["B26-N"])).overspent_cents == 45_000


def test_a_new_budget_finds_the_bookings_that_waited_for_its_order(
    page: BudgetPage, context: Context, qtbot: QtBot
) -> None:
    assert page.header.primary is not None
    page.header.primary.click()
    form = dialog(page, FormDialog)
    for name, value in (("number", "B26-X"), ("title", "Extra"), ("internal_order", "9999")):
        form.body[name].editor.set_value(value)
    form.save()
    qtbot.waitUntil(lambda: "B26-X" in names(page))
    assert page.cards.unassigned.figure.text() == "0,00 €"


def test_a_taken_number_is_said_at_its_field(page: BudgetPage) -> None:
    assert page.header.primary is not None
    page.header.primary.click()
    form = dialog(page, FormDialog)
    form.body["number"].editor.set_value("B26-N")
    form.body["title"].editor.set_value("Doppelt")
    form.save()
    assert "hat schon ein anderes Budget" in form.body["number"].problem
    form.body.settle()
    form.reject()


def test_a_commitment_is_settled_finally(
    page: BudgetPage, context: Context, ids: dict[str, int], qtbot: QtBot
) -> None:
    click(page, qtbot, "B26-N", "committed")
    page.detail.commitments.table.select_position(0)
    page.detail.commitments.settle.click()
    settling = dialog(page, SettleDialog)
    settling.candidates.grid.selectAll()
    assert settling.put.text() == "250,00 € zuordnen"
    settling.final.setChecked(True)
    settling.put.click()
    [row] = page.detail.commitments.table.rows()
    qtbot.waitUntil(lambda: page.detail.commitments.table.rows()[0].closed_on is not None)
    [row] = page.detail.commitments.table.rows()
    assert (row.booked_cents, row.open_cents) == (25_000, 0)


def test_the_turn_of_the_year(page: BudgetPage, context: Context, ids: dict[str, int], qtbot: QtBot) -> None:
    choose(page, "Folgejahr anlegen …")
    making = dialog(page, NextYearDialog)
    assert making.total.text() == "4 gewählt · 4.000,00 €"
    making.do_button.click()
    choose(page, "Reste übertragen …")
    carrying = dialog(page, CarryOverDialog)
    assert carrying.total.text() == "3 gewählt · 2.550,00 €"  # without the overspent one
    carrying.do_button.click()
    with context.database.read() as session:
        after = {row.number: row.figures for row in budgets.rows(session, BudgetSelection(year=2027))}
        assert after["B27-N"].disposable_cents == 155_000
        assert after["B27-S"].disposable_cents == 100_000
        assert budgets.figures(session, BudgetSelection(budget_id=ids["B26-N"])).available_cents == 0


def test_what_is_not_ticked_has_no_next_year_and_amounts_can_be_changed(
    page: BudgetPage, context: Context
) -> None:
    choose(page, "Folgejahr anlegen …")
    making = dialog(page, NextYearDialog)
    boxes = {box.text().split(" · ")[0]: box for box in making.findChildren(QCheckBox)}
    boxes["B26-S"].setChecked(False)
    assert making.total.text() == "3 gewählt · 3.000,00 €"
    [editor] = [one for choice, _, one in making._lines if choice.name.startswith("B26-N ·")]
    editor.line.setText("1.234,5x")
    editor.changed.emit()
    making.do_button.click()
    assert making.isVisible()
    assert "B26-N" in making.note.text
    assert context.ask(budgets.years) == [2026, 2025]
    editor.line.setText("1.234,56")
    editor.changed.emit()
    assert making.note.isHidden()
    assert making.total.text() == "3 gewählt · 3.234,56 €"
    making.do_button.click()
    made = {
        row.number: row.figures.planned_cents for row in context.ask(budgets.rows, BudgetSelection(year=2027))
    }
    assert made == {"B27-N": 123_456, "B27-NQ": 100_000, "B27-P": 100_000}
    assert context.database.undo_label == "Folgejahr 2027 angelegt"
    choose(page, "Folgejahr anlegen …")
    again = dialog(page, NextYearDialog)
    open_to_choose = [box.text().split(" · ")[0] for box in again.findChildren(QCheckBox) if box.isEnabled()]
    assert open_to_choose == ["B26-S"]
    assert "B27-N gibt es schon" in texts(again)
    again.reject()


def test_without_anything_ticked_nothing_can_be_done(page: BudgetPage) -> None:
    choose(page, "Folgejahr anlegen …")
    making = dialog(page, NextYearDialog)
    for box in making.findChildren(QCheckBox):
        box.setChecked(False)
    assert making.total.text() == "0 gewählt · 0,00 €"
    assert not making.do_button.isEnabled()
    making.reject()


def test_carrying_over_more_than_there_is_is_refused_in_the_dialog(page: BudgetPage) -> None:
    page.context.do("Folgejahr", _next_year)
    choose(page, "Reste übertragen …")
    carrying = dialog(page, CarryOverDialog)
    carrying._lines[0][2].set_value(999_999)
    carrying.do_button.click()
    assert "hat nur noch" in carrying.note.text
    carrying.reject()


def _next_year(session: object) -> None:
    from app.services.budgets import next_year

    planned = {row.budget_id: row.planned_cents for row in next_year.proposals(session, 2026)}  # type: ignore[arg-type]
    next_year.create(session, 2026, planned)  # type: ignore[arg-type]


def test_an_empty_year_says_what_to_do(context: Context, qtbot: QtBot) -> None:
    page = BudgetPage(context)
    qtbot.addWidget(page)
    page.show()
    assert page._nothing.isVisible()
    assert page.header.sentence == ""
