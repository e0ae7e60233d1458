"""Moving money between budgets by hand: cents in the database, what both have left in the window, undo."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.budgets.budgets import TransferKind
from app.services.budgets import budgets, transfers
from app.services.budgets.budgets import BudgetSelection
from app.services.budgets.transfers import TransferRow
from app.ui.budgets.page import BudgetPage
from app.ui.context import Context
from app.ui.kit.form_dialog import FormDialog
from app.ui.kit.table.table import Table
from db.models import Budget
from tests.ui.budgets.conftest import TODAY
from tests.ui.words import enter, press, shown, spoken, texts, value


def available(context: Context, budget_id: int) -> int:
    return context.ask(budgets.figures, BudgetSelection(budget_id=budget_id)).available_cents


def moved(context: Context) -> list[tuple[str, str, str, int]]:
    return [
        (row.number, row.from_number, row.to_number, row.amount_cents)
        for row in reversed(context.ask(transfers.rows))
    ]


FIRST = ("UM26-1", "B26-NQ", "B26-P", 1_000)


@pytest.fixture
def table(page: BudgetPage, ids: dict[str, int]) -> Table[TransferRow]:
    """The transfers of B26-NQ, which has given 10,00 € away."""
    page.open_record(ids["B26-NQ"], "transfers")
    return page.detail.transfers.table


def test_money_moves_from_one_budget_to_another_and_back(
    page: BudgetPage, table: Table[TransferRow], context: Context, ids: dict[str, int], qtbot: QtBot
) -> None:
    assert (available(context, ids["B26-NQ"]), available(context, ids["B26-N"])) == (99_000, 55_000)
    press(page.detail, "Umschichten")
    form = shown(FormDialog)
    assert "B26-NQ" in value(form, "Von Budget")
    enter(form, "Nach Budget", "B26-N ·")
    assert "verfügbar 990,00 €" in texts(form)
    assert "verfügbar 550,00 €" in texts(form)
    enter(form, "Betrag", "123,45")
    enter(form, "Grund", "Mehr Kurse")
    press(form, "Speichern")
    assert moved(context) == [FIRST, ("UM26-2", "B26-NQ", "B26-N", 12_345)]
    assert (available(context, ids["B26-NQ"]), available(context, ids["B26-N"])) == (86_655, 67_345)
    qtbot.waitUntil(lambda: len(table.rows()) == 2)
    [made] = [row for row in table.rows() if row.amount_cents == 12_345]
    assert (made.kind, made.day, made.reason) == (TransferKind.SHIFT, TODAY, "Mehr Kurse")
    assert "-133,45" in spoken(table)  # what both transfers took from the budget shown
    context.undo()
    qtbot.waitUntil(lambda: len(table.rows()) == 1)
    assert moved(context) == [FIRST]
    assert available(context, ids["B26-NQ"]) == 99_000


def test_money_of_the_next_year_is_carried_over(
    page: BudgetPage, context: Context, ids: dict[str, int], qtbot: QtBot
) -> None:
    page.open_record(ids["B25-N"], "transfers")
    press(page.detail.transfers, "Umschichten")  # an empty list offers it, too
    form = shown(FormDialog)
    enter(form, "Nach Budget", "B26-N ·")
    enter(form, "Betrag", "1.000")
    press(form, "Speichern")
    [row] = [one for one in context.ask(transfers.rows) if one.from_number == "B25-N"]
    assert (row.number, row.kind, row.origin_year) == ("UE25-1", TransferKind.CARRY_OVER, 2025)
    assert (available(context, ids["B25-N"]), available(context, ids["B26-N"])) == (0, 155_000)
    qtbot.waitUntil(lambda: len(page.detail.transfers.table.rows()) == 1)


def test_what_cannot_be_is_said_at_its_field(
    page: BudgetPage, table: Table[TransferRow], context: Context
) -> None:
    press(page.detail, "Umschichten")
    form = shown(FormDialog)

    def problems() -> dict[str, str]:
        press(form, "Speichern")
        return {name: one.problem for name, one in form.body.fields.items() if one.problem}

    assert problems() == {"to_budget_id": "Bitte ausfüllen."}
    enter(form, "Nach Budget", "B26-NQ ·")
    enter(form, "Betrag", "-5")
    assert "nicht negativ" in problems()["amount_cents"]
    enter(form, "Betrag", "0,00")
    enter(form, "Nummer", "UM26-1")
    assert problems() == {
        "to_budget_id": "Bitte zwei verschiedene Budgets wählen.",
        "amount_cents": "Bitte einen Betrag über 0,00 € eintragen.",
        "number": "Die Nummer UM26-1 hat schon eine andere Umschichtung.",
    }
    enter(form, "Nach Budget", "B25-N ·")
    assert "früheres Haushaltsjahr" in problems()["to_budget_id"]
    press(form, "Abbrechen")
    press(form, "Weiter bearbeiten")
    enter(form, "Nach Budget", "B26-P ·")
    enter(form, "Betrag", "1")
    enter(form, "Nummer", "")
    press(form, "Speichern")
    assert moved(context) == [FIRST, ("UM26-2", "B26-NQ", "B26-P", 100)]


def test_giving_more_than_there_is_is_said_and_its_reason_kept(
    page: BudgetPage, table: Table[TransferRow], context: Context, ids: dict[str, int], qtbot: QtBot
) -> None:
    press(page.detail, "Umschichten")
    form = shown(FormDialog)
    enter(form, "Nach Budget", "B26-S ·")
    enter(form, "Betrag", "990")
    assert "überzogen" not in texts(form)
    enter(form, "Betrag", "990,01")
    assert "B26-NQ ist damit um 0,01 € überzogen" in texts(form)
    enter(form, "Grund für die Überziehung", "Beschluss vom 1. Juli")
    press(form, "Speichern")
    with context.database.read() as session:
        assert session.get_one(Budget, ids["B26-NQ"]).overspending_reason == "Beschluss vom 1. Juli"
    assert (available(context, ids["B26-NQ"]), available(context, ids["B26-S"])) == (-1, 89_001)


def test_a_transfer_is_changed_and_its_own_money_not_counted_twice(
    table: Table[TransferRow], context: Context, ids: dict[str, int], qtbot: QtBot
) -> None:
    table.select_position(0)
    QTest.keyClick(table.grid, Qt.Key.Key_Return)
    form = shown(FormDialog)
    assert form.windowTitle() == "Umschichtung UM26-1"
    assert (value(form, "Betrag"), value(form, "Datum")) == ("10,00", "01.07.2026")
    enter(form, "Betrag", "1.000,01")
    assert "B26-NQ ist damit um 0,01 € überzogen" in texts(form)
    enter(form, "Betrag", "1.000,00")
    assert "überzogen" not in texts(form)
    enter(form, "Datum", "30.6.26")
    press(form, "Speichern")
    [row] = context.ask(transfers.rows)
    assert (row.number, row.amount_cents, row.day) == ("UM26-1", 100_000, date(2026, 6, 30))
    assert available(context, ids["B26-NQ"]) == 0
    qtbot.waitUntil(lambda: [one.amount_cents for one in table.rows()] == [100_000])
    context.undo()
    qtbot.waitUntil(lambda: [one.amount_cents for one in table.rows()] == [1_000])
    assert moved(context) == [FIRST]


def test_a_deleted_transfer_gives_the_money_back(
    table: Table[TransferRow], context: Context, ids: dict[str, int], qtbot: QtBot
) -> None:
    table.select_position(0)
    QTest.keyClick(table.grid, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: table.rows() == [])
    assert available(context, ids["B26-NQ"]) == 100_000
    context.undo()
    qtbot.waitUntil(lambda: len(table.rows()) == 1)
    assert available(context, ids["B26-NQ"]) == 99_000


def test_a_group_proposes_no_giver(page: BudgetPage, ids: dict[str, int], qtbot: QtBot) -> None:
    page.matrix.select("quarter:Nord")
    line = page.matrix.current()
    assert line is not None
    page.matrix.figure_opened.emit(line, "transfers")
    press(page.detail, "Umschichten")
    form = shown(FormDialog)
    assert value(form, "Von Budget") == ""
    press(form, "Abbrechen")
    assert not form.isVisible()
