"""Bookings she enters herself, and what the list of bookings offers: cents in the database, figures in the window."""

from dataclasses import dataclass
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.budgets.budgets import AssignedBy, BookingSource
from app.services.bookings import manual_bookings
from app.services.bookings.budget_bookings import BudgetBooking
from app.services.bookings.manual_bookings import ManualBookingInput
from app.services.budgets import budgets
from app.services.budgets.budgets import BudgetSelection
from app.services.grants import grants
from app.services.grants.grants import GrantInput, PlanItemInput
from app.ui.bookings.assign_dialog import AssignDialog
from app.ui.budgets.page import BudgetPage
from app.ui.context import Context
from app.ui.kit.form_dialog import FormDialog
from app.ui.kit.table.table import Table
from db.models import AssignmentRule, Booking, Budget, DrawDown, Grant
from tests.ui.budgets.conftest import TODAY
from tests.ui.words import (
    ask_for_menu,
    enter,
    entries,
    open_menu,
    pick,
    press,
    shown,
    spoken,
    texts,
    tips,
    value,
)

BY_HAND = "Buchung von Hand"


@dataclass
class Bookings:
    """The list below the figures, with the budget it shows."""

    page: BudgetPage
    context: Context
    budget_id: int

    @property
    def table(self) -> Table[BudgetBooking]:
        return self.page.detail.bookings.table

    @property
    def cents(self) -> list[int]:
        return sorted(row.amount_cents for row in self.table.rows())

    @property
    def spent(self) -> int:
        """Of the budget, in cents, as the figures above the list are made of."""
        return self.context.ask(budgets.figures, BudgetSelection(budget_id=self.budget_id)).actual_cents

    def press(self, words: str) -> None:
        press(self.page.detail, words)

    def choose(self, *cents: int) -> None:
        """Select the bookings of these amounts."""
        self.table.grid.clearSelection()
        rows = self.table.shown_rows()
        self.table.select_position(next(i for i, row in enumerate(rows) if row.amount_cents in cents))
        if len(cents) > 1:
            assert len(cents) == len(rows)
            self.table.grid.selectAll()
        assert sorted(row.amount_cents for row in self.table.selected()) == sorted(cents)

    def menu(self) -> None:
        ask_for_menu(self.table.grid)

    def stored(self, cents: int) -> Booking:
        with self.context.database.read() as session:
            return session.scalars(select(Booking).where(Booking.amount_cents == cents)).one()

    def none_of(self, cents: int) -> bool:
        with self.context.database.read() as session:
            return session.scalars(select(Booking).where(Booking.amount_cents == cents)).one_or_none() is None


@pytest.fixture
def bookings(page: BudgetPage, context: Context, ids: dict[str, int]) -> Bookings:
    page.open_record(ids["B26-N"])
    return Bookings(page, context, ids["B26-N"])


@pytest.fixture
def entered(context: Context, ids: dict[str, int], bookings: Bookings, qtbot: QtBot) -> int:
    """A booking by hand over 12,34 €."""
    values = ManualBookingInput(date(2026, 6, 1), 1_234, ids["B26-N"], text="Porto", payee="Post")
    made = context.do("Eingetragen", manual_bookings.save, None, values)
    qtbot.waitUntil(lambda: bookings.cents == [-5_000, 1_234, 30_000])
    return made


def test_a_booking_by_hand_counts_at_once_and_undo_takes_it_back(bookings: Bookings, qtbot: QtBot) -> None:
    assert (bookings.cents, bookings.spent) == ([-5_000, 30_000], 25_000)
    bookings.press(BY_HAND)
    form = shown(FormDialog)
    assert value(form, "Buchungsdatum") == "01.07.2026"
    assert "B26-N" in value(form, "Budget")
    enter(form, "Betrag", "1234,5")
    assert value(form, "Betrag") == "1.234,50"
    for title, text in (
        ("Buchungstext", "Raummiete"),
        ("Empfänger", "Kulturwerk"),
        ("Belegnummer", "R-17"),
        ("Sachkonto", "445100"),
        ("Notiz", "Bar ausgelegt"),
    ):
        enter(form, title, text)
    press(form, "Speichern")
    made = bookings.stored(123_450)
    assert (made.source, made.assigned_by, made.day) == (BookingSource.MANUAL, AssignedBy.HAND, TODAY)
    assert (made.budget_id, made.budget_year, made.internal_order) == (bookings.budget_id, 2026, "5700")
    assert (made.text, made.payee, made.document_number) == ("Raummiete", "Kulturwerk", "R-17")
    assert (made.account, made.note, made.is_income) == ("445100", "Bar ausgelegt", False)
    qtbot.waitUntil(lambda: bookings.cents == [-5_000, 30_000, 123_450])
    assert bookings.spent == 148_450
    assert "1.484,50" in spoken(bookings.table)
    bookings.context.undo()
    qtbot.waitUntil(lambda: bookings.cents == [-5_000, 30_000])
    assert bookings.none_of(123_450)
    assert bookings.spent == 25_000


def test_what_is_missing_or_unreadable_is_said_at_its_field_and_nothing_is_stored(bookings: Bookings) -> None:
    bookings.press(BY_HAND)
    form = shown(FormDialog)
    for title in ("Buchungsdatum", "Budget"):
        enter(form, title, "")
    enter(form, "Betrag", "zwölf")
    press(form, "Speichern")
    assert form.isVisible()
    assert form.body["day"].problem == "Bitte ausfüllen."
    assert form.body["budget_id"].problem == "Bitte ausfüllen."
    assert "zwölf" in form.body["amount_cents"].problem
    enter(form, "Buchungsdatum", "1.7.26")
    enter(form, "Budget", "B26-N · ")
    enter(form, "Betrag", "0")
    press(form, "Speichern")
    assert "Bitte einen Betrag eintragen" in form.body["amount_cents"].problem
    enter(form, "Buchungstext", "Miete")
    press(form, "Abbrechen")
    assert "ungespeicherte Änderungen" in texts(form)
    press(form, "Verwerfen")
    assert bookings.spent == 25_000


def test_a_booking_that_settles_a_promise_overspends_only_by_what_goes_beyond_it(
    bookings: Bookings, qtbot: QtBot
) -> None:
    """1.000,00 € are planned, 250,00 € spent and 200,00 € promised: 550,00 € are free."""
    bookings.press(BY_HAND)
    form = shown(FormDialog)
    enter(form, "Betrag", "750,00")
    assert "B26-N ist damit um 200,00 € überzogen" in texts(form)
    enter(form, "Mittelbindung", "Möbel (offen 200,00 €)")
    assert "überzogen" not in texts(form)
    enter(form, "Betrag", "760,00")
    assert "B26-N ist damit um 10,00 € überzogen" in texts(form)
    enter(form, "Grund für die Überziehung", "Preise stiegen")
    press(form, "Speichern")
    with bookings.context.database.read() as session:
        made = session.scalars(select(Booking).where(Booking.amount_cents == 76_000)).one()
        assert made.commitment_id is not None
        assert session.get_one(Budget, bookings.budget_id).overspending_reason == "Preise stiegen"
        figures = budgets.figures(session, BudgetSelection(budget_id=bookings.budget_id))
        assert (figures.actual_cents, figures.committed_cents) == (101_000, 0)
        assert figures.overspent_cents == 1_000
    qtbot.waitUntil(lambda: "Grund für die Überziehung: Preise stiegen" in texts(bookings.page))


def test_another_budget_offers_its_own_promises(bookings: Bookings, ids: dict[str, int]) -> None:
    bookings.press(BY_HAND)
    form = shown(FormDialog)
    enter(form, "Mittelbindung", "Möbel")
    enter(form, "Budget", "B26-P")
    assert value(form, "Mittelbindung") == "keine"
    enter(form, "Betrag", "-20,00")
    press(form, "Speichern")
    made = bookings.stored(-2_000)
    assert (made.budget_id, made.commitment_id) == (ids["B26-P"], None)


def test_income_does_not_count_as_spent(bookings: Bookings) -> None:
    bookings.press(BY_HAND)
    form = shown(FormDialog)
    enter(form, "Betrag", "-40,00")
    enter(form, "Mittelbindung", "Möbel")
    enter(form, "Einnahme (zählt nicht zum Ist)", "ja")
    press(form, "Speichern")
    assert form.body["commitment_id"].problem == "Einnahmen können keine Mittelbindung erfüllen."
    enter(form, "Mittelbindung", "keine")
    press(form, "Speichern")
    assert bookings.stored(-4_000).is_income
    assert bookings.spent == 25_000


def test_enter_changes_a_booking_by_hand(bookings: Bookings, entered: int, qtbot: QtBot) -> None:
    bookings.choose(1_234)
    QTest.keyClick(bookings.table.grid, Qt.Key.Key_Return)
    form = shown(FormDialog)
    assert (value(form, "Betrag"), value(form, "Buchungstext")) == ("12,34", "Porto")
    enter(form, "Betrag", "560,00")
    assert "B26-N ist damit um 10,00 € überzogen" in texts(form)  # its own 12,34 € are not counted twice
    enter(form, "Betrag", "550,00")
    assert "überzogen" not in texts(form)
    press(form, "Speichern")
    assert bookings.stored(55_000).id == entered
    qtbot.waitUntil(lambda: bookings.cents == [-5_000, 30_000, 55_000])
    assert bookings.spent == 80_000
    bookings.context.undo()
    qtbot.waitUntil(lambda: bookings.cents == [-5_000, 1_234, 30_000])
    assert bookings.spent == 26_234


def test_the_menu_changes_one_booking_by_hand_and_none_of_finance(bookings: Bookings, entered: int) -> None:
    bookings.choose(30_000)
    bookings.menu()
    assert "Buchung von Hand ändern …" not in entries(open_menu())
    open_menu().close()
    bookings.choose(1_234)
    bookings.menu()
    pick("Buchung von Hand ändern …")
    form = shown(FormDialog)
    enter(form, "Betrag", "15,00")
    press(form, "Speichern")
    assert bookings.spent == 26_500


def test_delete_takes_away_only_what_was_entered_by_hand(
    bookings: Bookings, entered: int, qtbot: QtBot
) -> None:
    bookings.choose(1_234)
    QTest.keyClick(bookings.table.grid, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: bookings.cents == [-5_000, 30_000])
    assert bookings.none_of(1_234)
    bookings.context.undo()
    qtbot.waitUntil(lambda: bookings.cents == [-5_000, 1_234, 30_000])
    assert bookings.spent == 26_234


def test_bookings_go_to_another_budget(bookings: Bookings, ids: dict[str, int], qtbot: QtBot) -> None:
    bookings.choose(-5_000, 30_000)
    bookings.press("Zuordnen …")
    dialog = shown(AssignDialog)
    enter(dialog, "Budget", "B26-NQ")
    dialog.assign_button.click()
    qtbot.waitUntil(lambda: bookings.cents == [])
    assert bookings.spent == 0
    assert {bookings.stored(cents).budget_id for cents in (-5_000, 30_000)} == {ids["B26-NQ"]}
    bookings.context.undo()
    qtbot.waitUntil(lambda: bookings.cents == [-5_000, 30_000])
    assert bookings.spent == 25_000


@pytest.mark.parametrize("cents", [(30_000,), (-5_000, 30_000)], ids=["one", "two"])
def test_enter_on_bookings_of_finance_asks_for_their_budget(
    bookings: Bookings, ids: dict[str, int], cents: tuple[int, ...], qtbot: QtBot
) -> None:
    bookings.choose(*cents)
    QTest.keyClick(bookings.table.grid, Qt.Key.Key_Return)
    dialog = shown(AssignDialog)
    enter(dialog, "Budget", "B26-S")
    dialog.assign_button.click()
    qtbot.waitUntil(lambda: bookings.cents == sorted({-5_000, 30_000} - set(cents)))
    assert {bookings.stored(one).budget_id for one in cents} == {ids["B26-S"]}


def test_a_rule_is_made_from_a_booking(bookings: Bookings, ids: dict[str, int]) -> None:
    bookings.choose(30_000)
    bookings.menu()
    pick("Regel daraus machen …")
    form = shown(FormDialog)
    enter(form, "Text oder Empfänger", "Honorar")
    enter(form, "Budget", "B26-S ·")
    press(form, "Speichern")
    with bookings.context.database.read() as session:
        [rule] = session.scalars(select(AssignmentRule)).all()
        assert (rule.text, rule.budget_id) == ("Honorar", ids["B26-S"])
    bookings.context.undo()
    with bookings.context.database.read() as session:
        assert session.scalars(select(AssignmentRule)).all() == []


def test_a_booking_loses_its_budget(bookings: Bookings, qtbot: QtBot) -> None:
    bookings.choose(30_000)
    bookings.press("Zuordnen …")
    press(shown(AssignDialog), "Budget wegnehmen")
    qtbot.waitUntil(lambda: bookings.cents == [-5_000])
    assert bookings.stored(30_000).budget_id is None
    assert bookings.spent == -5_000
    bookings.context.undo()
    qtbot.waitUntil(lambda: bookings.cents == [-5_000, 30_000])


def test_the_position_says_where_it_comes_from(bookings: Bookings, ids: dict[str, int], qtbot: QtBot) -> None:
    def plan(session: Session) -> None:
        item = PlanItemInput(None, "1", "Honorare", 100_000)
        first, last = date(2026, 1, 1), date(2026, 12, 31)
        made = grants.save(
            session, None, GrantInput("LAND", "Landesamt", first, last, 7_200_000, items=(item,))
        )
        budget = session.get_one(Budget, ids["B26-N"])
        budget.grant_id, budget.plan_item_id = made, grants.load(session, made).items[0].id
        session.scalars(
            select(Booking).where(Booking.amount_cents == 30_000)
        ).one().plan_item_id = budget.plan_item_id

    bookings.context.do("Förderung", plan)
    qtbot.waitUntil(lambda: any(row.plan_item for row in bookings.table.rows()))
    found = tips(bookings.table.model)
    assert {tip.split("\n")[1] for tip in found if "\n" in tip} == {"für diese Buchung gewählt", "vom Budget"}


# ---- income of a grant ----


@pytest.fixture
def income(page: BudgetPage, context: Context, ids: dict[str, int], qtbot: QtBot) -> Bookings:
    """70,00 € of income on a budget of the grant."""

    def give(session: Session) -> None:
        made = grants.save(
            session,
            None,
            GrantInput("LAND", "Landesamt", date(2026, 1, 1), date(2026, 12, 31), 7_200_000),
        )
        session.get_one(Budget, ids["B26-P"]).grant_id = made

    context.do("Förderung", give)
    page.open_record(ids["B26-P"])
    found = Bookings(page, context, ids["B26-P"])
    found.choose(-7_000)
    return found


def test_income_becomes_a_payout_of_the_grant(income: Bookings, context: Context, qtbot: QtBot) -> None:
    income.menu()
    pick("Als Mittelabruf der Förderung übernehmen")
    with context.database.read() as session:
        [draw_down] = session.scalars(select(DrawDown)).all()
        assert (draw_down.nr, draw_down.received_cents, draw_down.received_on) == (1, 7_000, date(2026, 3, 1))
    note = "Übernommen: Mittelabruf 1 der Förderung LAND"
    qtbot.waitUntil(lambda: [row.note for row in income.table.rows()] == [note])
    context.undo()
    with context.database.read() as session:
        assert session.scalars(select(DrawDown)).all() == []
    qtbot.waitUntil(lambda: [row.note for row in income.table.rows()] == [None])


def test_income_adds_to_what_the_plan_did_not_know(income: Bookings, context: Context) -> None:
    income.menu()
    pick("Als sonstige Einnahme der Förderung")
    with context.database.read() as session:
        assert session.scalars(select(Grant.other_income_cents)).all() == [7_000]
    context.undo()
    with context.database.read() as session:
        assert session.scalars(select(Grant.other_income_cents)).all() == [None]
