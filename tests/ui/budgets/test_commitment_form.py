"""A commitment is changed in its form, which says what is booked on it and what it would overspend its budget by."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.services.budgets import commitments
from app.services.budgets.commitments import CommitmentInput, CommitmentRow
from app.ui.budgets.page import BudgetPage
from app.ui.context import Context
from app.ui.kit.form_dialog import FormDialog
from db.models import Budget, Commitment
from tests.ui.budgets.conftest import booked
from tests.ui.budgets.test_line_menu import menu
from tests.ui.words import enter, pick, press, shown, texts, value

Form = FormDialog[CommitmentInput]


@pytest.fixture
def form(page: BudgetPage, context: Context, ids: dict[str, int], qtbot: QtBot) -> Form:
    """Of 200,00 € for furniture 80,00 € are booked; its budget has 550,00 € left."""

    def book(session: Session) -> None:
        commitment_id = session.scalars(select(Commitment.id)).one()
        booked(session, ids["B26-N"], 8_000, commitment_id=commitment_id)

    context.do("Teilrechnung", book)
    commitments_list = page.detail.commitments
    menu(page, f"budget:{ids['B26-N']}")
    pick("Mittelbindungen")
    commitments_list.table.select_position(0)
    qtbot.keyClick(commitments_list.table.grid, Qt.Key.Key_Return)
    return shown(FormDialog)


def row(context: Context) -> CommitmentRow:
    [found] = context.ask(commitments.rows)
    return found


def test_it_says_what_is_booked_and_keeps_what_is_not_touched(form: Form, context: Context) -> None:
    assert form.windowTitle() == "Mittelbindung MB26-1"
    assert (value(form, "Bezeichnung"), value(form, "Betrag")) == ("Möbel", "200,00")
    assert "davon gebucht 80,00 €" in texts(form)
    before = row(context)
    enter(form, "Empfänger", "Tischlerei Brandt")
    enter(form, "Reicht bis Haushaltsjahr", "2028")
    press(form, "Speichern")
    after = row(context)
    assert (after.recipient, after.until_year) == ("Tischlerei Brandt", 2028)
    assert (after.number, after.amount_cents, after.open_cents) == (before.number, 20_000, 12_000)
    assert context.database.undo_label == "Mittelbindung „Möbel“ gespeichert"
    context.undo()
    assert row(context) == before


def test_only_what_is_still_open_can_overspend(form: Form) -> None:
    enter(form, "Betrag", "750,00")  # 670,00 € open instead of 120,00 €: just what is left
    assert "überzogen" not in texts(form)
    enter(form, "Betrag", "750,01")
    assert "B26-N ist damit um 0,01 € überzogen" in texts(form)
    enter(form, "Geschlossen am", "30.06.2026")
    assert "überzogen" not in texts(form)
    form.body.settle()
    form.reject()


def test_in_another_budget_all_that_is_open_counts(form: Form, context: Context, ids: dict[str, int]) -> None:
    enter(form, "Budget", "B26-S ·")  # it has spent 100,00 € too much already
    assert "B26-S ist damit um 220,00 € überzogen" in texts(form)
    enter(form, "Grund für die Überziehung", "Beschluss vom 1. Juli")
    press(form, "Speichern")
    assert row(context).budget_id == ids["B26-S"]
    with context.database.read() as session:
        assert session.get_one(Budget, ids["B26-S"]).overspending_reason == "Beschluss vom 1. Juli"
        assert session.get_one(Budget, ids["B26-N"]).overspending_reason is None


def test_closing_it_frees_the_rest(form: Form, context: Context) -> None:
    enter(form, "Geschlossen am", "30.06.2026")
    press(form, "Speichern")
    assert (row(context).closed_on, row(context).open_cents) == (date(2026, 6, 30), 0)


def test_without_budget_or_amount_nothing_is_saved(form: Form, context: Context) -> None:
    enter(form, "Betrag", "")
    enter(form, "Budget", "")
    press(form, "Speichern")
    assert form.isVisible()
    assert texts(form).count("Bitte ausfüllen.") == 2
    assert (row(context).budget_number, row(context).amount_cents) == ("B26-N", 20_000)
    form.body.settle()
    form.reject()
