"""One field of several budgets, commitments or bookings by hand is changed in one step."""

from datetime import date

from pytestqt.qtbot import QtBot

from app.services.bookings import budget_bookings, manual_bookings
from app.services.bookings.manual_bookings import ManualBookingInput
from app.services.budgets import budgets, commitments
from app.services.budgets.budgets import BudgetSelection
from app.services.budgets.commitments import CommitmentInput
from app.ui.budgets.page import BudgetPage
from app.ui.context import Context
from tests.ui.budgets.test_line_menu import menu
from tests.ui.changing import choose, field_titles, open_for, saved
from tests.ui.words import enter, pick


def test_several_budgets_get_another_kind(
    page: BudgetPage, context: Context, ids: dict[str, int], qtbot: QtBot
) -> None:
    lines = page.matrix.shown_rows()
    places = [
        place for place, line in enumerate(lines) if line.row is not None and line.row.number != "B26-P"
    ]
    dialog = open_for(page.matrix, *places)
    assert field_titles(dialog) == ["Art", "Quartier", "Kostenstelle", "Innenauftrag", "Notiz"]
    choose(dialog, "Art")
    enter(dialog, "Art", "Sachmittel")
    saved(qtbot, dialog)
    kinds = {row.number: row.kind for row in context.ask(budgets.rows, BudgetSelection(year=2026))}
    assert kinds == {
        "B26-N": "Sachmittel",
        "B26-NQ": "Sachmittel",
        "B26-S": "Sachmittel",
        "B26-P": "Personal",
    }
    context.undo()
    kinds = {row.number: row.kind for row in context.ask(budgets.rows, BudgetSelection(year=2026))}
    assert "Sachmittel" not in kinds.values()


def test_several_commitments_get_a_recipient(
    page: BudgetPage, context: Context, ids: dict[str, int], qtbot: QtBot
) -> None:
    context.do("Stühle", commitments.save, None, CommitmentInput(ids["B26-N"], "Stühle", 100))
    menu(page, f"budget:{ids['B26-N']}")
    pick("Mittelbindungen")
    table = page.detail.commitments.table
    dialog = open_for(table, 0, 1)
    assert field_titles(dialog)[0] == "Empfänger"
    choose(dialog, "Empfänger")
    enter(dialog, "Empfänger", "Möbelhaus")
    saved(qtbot, dialog)
    assert {row.recipient for row in context.ask(commitments.rows, year=2026)} == {"Möbelhaus"}


def test_bookings_by_hand_are_changed_and_those_of_finance_not_offered(
    page: BudgetPage, context: Context, ids: dict[str, int], qtbot: QtBot
) -> None:
    for cents in (1_001, 1_002):
        values = ManualBookingInput(date(2026, 6, 1), cents, ids["B26-N"], text="Porto")
        context.do("Eingetragen", manual_bookings.save, None, values)
    page.open_record(ids["B26-N"])
    table = page.detail.bookings.table
    qtbot.waitUntil(lambda: len(table.rows()) == 4)
    by_hand = [place for place, row in enumerate(table.shown_rows()) if row.text == "Porto"]
    dialog = open_for(table, *by_hand)
    assert field_titles(dialog)[0] == "Buchungstext"
    choose(dialog, "Empfänger")
    enter(dialog, "Empfänger", "Post")
    saved(qtbot, dialog)
    rows = context.ask(budget_bookings.rows, budget_ids=[ids["B26-N"]])
    assert [row.payee for row in rows if row.text == "Porto"] == ["Post", "Post"]
    table.grid.selectAll()
    assert "Feld ändern …" not in [action.text() for action in table.row_menu().actions()]


def test_groups_and_their_budgets_are_not_summed_up_twice(page: BudgetPage) -> None:
    every = page.matrix.shown_rows()
    counted = page.matrix.to_sum_up(every)
    assert sum(line.figures.planned_cents for line in counted) == 400_000
    groups = [line for line in every if line.is_group]
    assert page.matrix.to_sum_up(groups) == groups
