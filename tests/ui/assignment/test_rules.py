"""Rules in their list and form, and made from a manual assignment."""

import threading
from datetime import date
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.budgets.budgets import AssignedBy, BookingSource
from app.services.assignment import assignment_rules, booking_assignment
from app.services.assignment.assignment_rules import RuleInput
from app.services.budgets import budgets
from app.services.budgets.budgets import BudgetInput
from app.services.grants import grants
from app.services.grants.grants import GrantInput, PlanItemInput
from app.ui.assignment.dialog import RulesDialog
from app.ui.assignment.form import open_rule_form
from app.ui.assignment.list import RulesList
from app.ui.assignment.probe_view import budget_of
from app.ui.bookings.assign_dialog import AssignDialog
from app.ui.budgets.page import BudgetPage
from app.ui.context import Context
from app.ui.kit.form_dialog import FormDialog
from app.ui.kit.jobs import JobDialog
from app.ui.kit.theme import Theme
from app.ui.kit.widgets.figures import OldNew
from app.ui.settings.page import SettingsPage
from db.database import Database
from db.models import Booking, PlanItem
from tests.ui import words
from tests.ui.conftest import PATIENCE_MS
from tests.ui.words import press, tips

D = TypeVar("D", bound=QDialog)


@pytest.fixture
def context(database: Database, theme: Theme) -> Context:
    return Context(database, clock=lambda: date(2026, 7, 1))


@pytest.fixture
def ids(database: Database) -> dict[str, int]:
    """Budgets by number (B26-G of a grant), items, and bookings: waiting, automatic, by hand, and one of power."""
    with database.write("Daten") as session:
        items = (PlanItemInput(None, "1", "Personal", 1), PlanItemInput(None, "2", "Sachkosten", 1))
        period = date(2026, 1, 1), date(2026, 12, 31)
        grant = grants.save(session, None, GrantInput("LAND", "Land", *period, 100_000, items=items))
        made = {f"item {item.position}": item.id for item in session.scalars(select(PlanItem))}
        for values in (
            BudgetInput("B26-N", "Nord", 2026, 100_000, internal_order="570"),
            BudgetInput("B26-G", "Förderung", 2026, 100_000, grant_id=grant, plan_item_id=made["item 1"]),
        ):
            made[values.number] = budgets.save(session, None, values)
        made["waiting"] = booked(session)
        made["automatic"] = booked(session, budget_id=made["B26-N"], assigned_by=AssignedBy.ORDER)
        made["by hand"] = booked(session, budget_id=made["B26-N"], assigned_by=AssignedBy.HAND)
        made["power"] = booked(session, text="Strom", payee="Stadtwerke", account="7320000")
    return made


def booked(session: Session, **values: Any) -> int:
    plain: dict[str, Any] = {
        "source": BookingSource.FINANCE, "day": date(2026, 3, 1), "budget_year": 2026, "amount_cents": 1_000,
        "account": "7319001", "text": "Miete März", "payee": "Müller GmbH",
    }  # fmt: skip
    booking = Booking(**(plain | values))
    session.add(booking)
    session.flush()
    return booking.id


def keep(context: Context, *rules: RuleInput) -> list[int]:
    def save(session: Session) -> list[int]:
        return [assignment_rules.save(session, None, rule) for rule in rules]

    return context.do("Regeln", save)


def where(context: Context, booking_id: int) -> tuple[int | None, AssignedBy | None, int | None]:
    with context.database.read() as session:
        booking = session.get_one(Booking, booking_id)
        return booking.budget_id, booking.assigned_by, booking.plan_item_id


def names(rules: RulesList) -> list[str]:
    return [row.name for row in rules.table.rows()]


def dialog(parent: QWidget, kind: type[D]) -> D:
    return next(found for found in parent.findChildren(kind) if found.isVisible())


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def shown(context: Context, ids: dict[str, int], window: QWidget, qtbot: QtBot) -> RulesDialog:
    keep(
        context,
        RuleInput("Miete", text="miete", budget_id=ids["B26-N"]),
        RuleInput("Konto", account="73*", budget_id=ids["B26-G"]),
        RuleInput("Nie", account="7319*", always_ask=True, year=2026),
    )
    made = RulesDialog(context, window, 2026)
    made.open()
    qtbot.waitExposed(made)
    return made


# --- the list --------------------------------------------------------------------------------------------------


def test_the_keyboard_moves_switches_and_deletes(shown: RulesDialog, context: Context, qtbot: QtBot) -> None:
    grid = shown.rules.table.grid
    qtbot.keyClick(grid, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert names(shown.rules) == ["Konto", "Miete", "Nie"]
    current = shown.rules.table.current()
    assert current is not None
    assert (current.name, current.number) == ("Miete", 2)
    qtbot.keyClick(grid, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(grid, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)  # it is the first already
    assert names(shown.rules) == ["Miete", "Konto", "Nie"]
    qtbot.keyClick(grid, Qt.Key.Key_Space)
    assert not shown.rules.table.rows()[0].is_active
    assert shown.line.sentence.text() == "Regel „Miete“ ausgeschaltet"
    assert shown.rules.switch.text() == "Einschalten"
    qtbot.keyClick(grid, Qt.Key.Key_Delete)
    assert names(shown.rules) == ["Konto", "Nie"]
    qtbot.mouseClick(shown.line.buttons[0], Qt.MouseButton.LeftButton)
    assert names(shown.rules) == ["Miete", "Konto", "Nie"]


def test_what_can_never_happen_is_marked(shown: RulesDialog) -> None:
    states = next(column for column in shown.rules.table.model.columns if column.key == "state")
    assert [states.text(row) for row in shown.rules.table.rows()] == ["aktiv", "aktiv", "nie, Regel 2 zuvor"]
    assert states.tip is not None
    assert states.tip(shown.rules.table.rows()[2]).startswith("Regel 2 steht davor")


def test_a_copy_stands_behind_its_original(shown: RulesDialog, qtbot: QtBot) -> None:
    shown.rules.table.select_position(0)
    shown.rules.copy.click()
    form = dialog(shown, FormDialog)
    assert form.body["title"].editor.value() == "Miete (Kopie)"
    form.save()
    qtbot.waitUntil(lambda: names(shown.rules) == ["Miete", "Miete (Kopie)", "Konto", "Nie"])


def test_rules_are_applied(shown: RulesDialog, context: Context, ids: dict[str, int], qtbot: QtBot) -> None:
    shown.rules.apply_rules(None)
    qtbot.waitUntil(lambda: shown.line.sentence.text() == "Regeln angewendet: 2 zugeordnet")
    assert where(context, ids["waiting"]) == (ids["B26-N"], AssignedBy.RULE, None)
    assert where(context, ids["power"]) == (ids["B26-G"], AssignedBy.RULE, None)
    shown.rules.apply_rules(2026)
    qtbot.waitUntil(lambda: shown.line.sentence.text() == "Alle Buchungen liegen schon richtig")
    context.do("Umgestellt", assignment_rules.move, shown.rules.table.rows()[1].id, 1)
    shown.rules.apply_rules(2026)
    qtbot.waitUntil(lambda: shown.line.sentence.text() == "Regeln angewendet: 2 anders zugeordnet")
    assert where(context, ids["automatic"])[0] == ids["B26-G"]
    assert where(context, ids["by hand"])[0] == ids["B26-N"]


def test_applying_rules_can_be_cancelled(
    shown: RulesDialog, context: Context, ids: dict[str, int], qtbot: QtBot
) -> None:
    said: list[str] = []
    context.said.connect(said.append)
    turn = threading.Event()
    for _ in range(2):  # both workers are busy: what is begun now waits its turn
        context.jobs.start("", lambda _progress: turn.wait(PATIENCE_MS / 1000), lambda _: None)
    shown.rules.apply_rules(None)
    qtbot.waitUntil(lambda: bool(context.jobs.running[-1].dialog))
    press(words.shown(JobDialog), "Abbrechen")
    turn.set()
    qtbot.waitUntil(lambda: not context.jobs.running)
    assert said == ["Regeln anwenden: abgebrochen, nichts geändert"]
    assert where(context, ids["waiting"]) == (None, None, None)
    assert context.database.undo_label == "Regeln"


def test_rules_stand_in_the_settings(context: Context, ids: dict[str, int], qtbot: QtBot) -> None:
    page = SettingsPage(context)
    qtbot.addWidget(page)
    page.show()
    page.show_section("rules")
    page._main.click()
    form = dialog(page, FormDialog)
    form.body["text"].editor.set_value("miete")
    form.body["budget_id"].editor.set_value(ids["B26-N"])
    form.save()
    section = page.section.findChildren(RulesList)[0]
    qtbot.waitUntil(lambda: names(section) == ["Text oder Empfänger: miete"])


# --- the form --------------------------------------------------------------------------------------------------


@pytest.fixture
def form(context: Context, ids: dict[str, int], window: QWidget) -> FormDialog[RuleInput]:
    return open_rule_form(context, window)


def test_the_probe_follows_the_typing(form: FormDialog[RuleInput], ids: dict[str, int], qtbot: QtBot) -> None:
    view = form.body.view  # type: ignore[attr-defined]
    assert "Sobald eine Bedingung" in view.empty.sentence.text()
    qtbot.keyClicks(form.body["text"].editor.line, "MUELLER")  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: view.count.text() == "3 Buchungen passen")
    assert not view.apply_now.isVisible()
    form.body["budget_id"].editor.set_value(ids["B26-G"])
    form.body["budget_id"].editor.changed.emit()
    qtbot.waitUntil(lambda: view.to_apply == 1)
    assert (
        view.parts.text()
        == "1 jetzt nicht zugeordnet · 1 anders zugeordnet · 1 von Hand zugeordnet – bleiben"
    )
    hits = {hit.id: hit for hit in view.table.rows()}
    assert budget_of(hits[ids["waiting"]]) == OldNew("ohne", "B26-G")
    assert budget_of(hits[ids["automatic"]]) == OldNew("B26-N", "B26-G")
    assert budget_of(hits[ids["by hand"]]) == "B26-N"
    qtbot.keyClicks(form.body["account"].editor.line, "9*")  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: view.count.text() == "0 Buchungen passen")
    assert view.empty.sentence.text() == "Keine vorhandene Buchung passt"


def test_the_probe_says_why_a_booking_stays_where_it_is(
    form: FormDialog[RuleInput], context: Context, ids: dict[str, int], qtbot: QtBot
) -> None:
    view = form.body.view  # type: ignore[attr-defined]
    keep(context, RuleInput("Strom", text="Stadtwerke", budget_id=ids["B26-N"]))
    form.body["budget_id"].editor.set_value(ids["B26-G"])
    form.body["budget_id"].editor.changed.emit()
    qtbot.keyClicks(form.body["account"].editor.line, "73*")  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: view.count.text() == "3 Buchungen passen")
    found = tips(view.table.model)
    assert "Es entscheidet die frühere Regel „Strom“." in found
    assert "Von Hand zugeordnet; das bleibt so." in found
    assert "Automatisch anders zugeordnet." in found
    form.body["budget_id"].editor.set_value(ids["B26-N"])
    form.body["budget_id"].editor.changed.emit()
    qtbot.waitUntil(lambda: "Liegt schon dort, wo die Regel sie haben will." in tips(view.table.model))


def test_saving_assigns_what_has_no_budget(
    form: FormDialog[RuleInput], context: Context, ids: dict[str, int]
) -> None:
    form.body["text"].editor.set_value("miete")
    form.body["budget_id"].editor.set_value(ids["B26-G"])
    form.body["budget_id"].editor.changed.emit()
    assert form.body["plan_item_id"].isVisible()
    form.body["plan_item_id"].editor.set_value(ids["item 2"])
    form.save()
    assert where(context, ids["waiting"]) == (ids["B26-G"], AssignedBy.RULE, ids["item 2"])
    assert where(context, ids["automatic"])[0] == ids["B26-N"]
    assert context.database.undo_label == "Regel „Text oder Empfänger: miete“ angelegt, 1 Buchung zugeordnet"
    context.undo()
    assert where(context, ids["waiting"]) == (None, None, None)
    assert context.ask(assignment_rules.rows) == []


def test_saving_without_assigning(form: FormDialog[RuleInput], context: Context, ids: dict[str, int]) -> None:
    form.body["text"].editor.set_value("miete")
    form.body["budget_id"].editor.set_value(ids["B26-G"])
    form.body.view.apply_now.setChecked(False)  # type: ignore[attr-defined]
    form.save()
    assert where(context, ids["waiting"]) == (None, None, None)
    assert len(context.ask(assignment_rules.rows)) == 1


def test_always_ask_needs_no_budget(form: FormDialog[RuleInput], context: Context) -> None:
    form.body["text"].editor.set_value("miete")
    form.body["always_ask"].editor.set_value(True)
    form.body["always_ask"].editor.changed.emit()
    assert not form.body["budget_id"].isVisible()
    form.save()
    assert [row.budget_number for row in context.ask(assignment_rules.rows)] == [None]


def test_what_is_wrong_stands_at_its_field(form: FormDialog[RuleInput]) -> None:
    form.save()
    assert "mindestens eine Bedingung" in form.body["internal_order"].problem
    assert "Budget wählen" in form.body["budget_id"].problem
    form.body["account"].editor.set_value("*73")
    form.save()
    assert "nur am Ende" in form.body["account"].problem
    assert form.isVisible()
    form.body.settle()
    form.reject()


def test_an_earlier_rule_is_named(context: Context, ids: dict[str, int], window: QWidget) -> None:
    keep(context, RuleInput("Alle Mieten", text="miete", budget_id=ids["B26-N"]))
    form = open_rule_form(context, window, None, RuleInput(account="7319*", budget_id=ids["B26-G"]))
    view = form.body.view  # type: ignore[attr-defined]
    assert "nie zum Zug" in view.note.text
    assert "„Alle Mieten“" in view.note.text
    again = open_rule_form(context, window, None, RuleInput(account="73*", budget_id=ids["B26-G"]))
    assert again.body.view.note.text.startswith("Über 3 weitere entscheidet schon")  # type: ignore[attr-defined]


# --- made from a manual assignment -----------------------------------------------------------------------------


@pytest.fixture
def page(context: Context, ids: dict[str, int], qtbot: QtBot) -> BudgetPage:
    made = BudgetPage(context)
    qtbot.addWidget(made)
    made.resize(1080, 760)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_one_click_makes_a_rule_of_an_assignment(
    page: BudgetPage, context: Context, ids: dict[str, int], qtbot: QtBot
) -> None:
    another = context.do("Buchung", booked, text="Miete April")
    page.open_assign([ids["waiting"]])
    asking = dialog(page, AssignDialog)
    asking.budget.editor.set_value(ids["B26-G"])
    asking.budget.editor.changed.emit()
    asking.item.editor.set_value(ids["item 2"])
    qtbot.mouseClick(asking.rule_button, Qt.MouseButton.LeftButton)
    assert where(context, ids["waiting"]) == (ids["B26-G"], AssignedBy.HAND, ids["item 2"])
    form = dialog(page, FormDialog)
    assert form.body["text"].editor.value() == "Müller GmbH"
    assert form.body["account"].editor.value() == "7319001"
    assert form.body["plan_item_id"].editor.value() == ids["item 2"]
    form.save()
    assert where(context, another) == (ids["B26-G"], AssignedBy.RULE, ids["item 2"])


def test_the_dialog_goes_on_with_what_the_rule_left(
    page: BudgetPage, context: Context, ids: dict[str, int], qtbot: QtBot
) -> None:
    page.open_assign()
    asking = dialog(page, AssignDialog)
    asking.table.select(ids["waiting"])
    asking.budget.editor.set_value(ids["B26-N"])
    asking.assign_and_make_rule()
    dialog(asking, FormDialog).save()
    qtbot.waitUntil(lambda: [row.id for row in asking.table.rows()] == [ids["power"]])
    qtbot.mouseClick(asking.rules_button, Qt.MouseButton.LeftButton)
    rules = dialog(asking, RulesDialog)
    assert names(rules.rules) == ["Müller GmbH"]
    rules.reject()
    asking.reject()


def test_a_position_is_asked_for_only_where_there_is_one(page: BudgetPage, ids: dict[str, int]) -> None:
    page.open_assign([ids["waiting"]])
    asking = dialog(page, AssignDialog)
    assert not asking.item.isVisible()
    for budget, visible in (("B26-G", True), ("B26-N", False)):
        asking.budget.editor.set_value(ids[budget])
        asking.budget.editor.changed.emit()
        assert asking.item.isVisible() is visible
    asking.reject()


def test_a_rule_from_the_list_of_bookings(
    page: BudgetPage, context: Context, ids: dict[str, int], qtbot: QtBot
) -> None:
    context.do(
        "Zugeordnet", booking_assignment.assign, [ids["power"]], ids["B26-G"], plan_item_id=ids["item 2"]
    )
    page.open_record(ids["B26-G"])
    table = page.detail.bookings.table
    table.select(ids["power"])
    menu = table.row_menu()
    next(action for action in menu.actions() if action.text() == "Regel daraus machen …").trigger()
    form = dialog(page, FormDialog)
    assert form.body["text"].editor.value() == "Stadtwerke"
    assert form.body["budget_id"].editor.value() == ids["B26-G"]
    assert form.body["plan_item_id"].editor.value() == ids["item 2"]
    form.reject()
    item = next(column for column in table.model.columns if column.key == "item")
    assert (item.hidden, item.text(table.rows()[0])) == (True, "2 · Sachkosten")


def choose(page: BudgetPage, text: str) -> None:
    """Choose an entry of a menu in the head of the page."""
    next(action for action in page.header.findChildren(QAction) if action.text() == text).trigger()


def test_the_menu_of_the_budget_page_leads_to_the_rules(page: BudgetPage) -> None:
    choose(page, "Zuordnungsregeln …")
    rules = dialog(page, RulesDialog)
    assert rules.rules.table.isVisible()
    assert rules.rules.mapTo(rules, QPoint(0, 0)).y() > 0
    rules.reject()


def test_a_rule_says_where_it_holds(shown: RulesDialog) -> None:
    found = tips(shown.rules.table.model)
    assert "Gilt für 2026" in found
    assert "Die Buchung bleibt ohne Budget, bis sie von Hand zugeordnet wird." in found


def test_a_rule_is_changed_from_its_row(
    shown: RulesDialog, context: Context, ids: dict[str, int], qtbot: QtBot
) -> None:
    shown.rules.table.select_position(1)
    qtbot.keyClick(shown.rules.table.grid, Qt.Key.Key_Return)
    form = dialog(shown.rules.window(), FormDialog)
    assert form.body["title"].editor.value() == "Konto"
    form.body["account"].editor.set_value("7320*")
    form.body["year"].editor.set_value(2025)
    form.save()
    qtbot.waitUntil(lambda: shown.rules.table.rows()[1].years is not None)
    states = next(column for column in shown.rules.table.model.columns if column.key == "state")
    assert states.text(shown.rules.table.rows()[1]) == "nur bis 2025"
    [rule] = [row for row in context.ask(assignment_rules.rows) if row.name == "Konto"]
    assert context.ask(assignment_rules.load, rule.id).account == "7320*"
