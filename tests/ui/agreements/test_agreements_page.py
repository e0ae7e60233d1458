"""The register in the window: list, filters, detail, steps of an agreement's life."""

from datetime import date

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QLabel, QMenu, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from app.domain.agreements.agreements import Stage
from app.domain.errors import UserError
from app.services.agreements import agreements
from app.services.agreements.agreements import PartyInput
from app.ui.agreements.detail import DetailView
from app.ui.agreements.goal_state import GoalStateButton
from app.ui.agreements.page import AgreementsPage
from app.ui.agreements.pills import few_names
from app.ui.context import Context
from app.ui.kit.form_dialog import FormDialog
from app.ui.kit.widgets.pills import PillLabel
from db.models import Agreement, Budget, Commitment


def numbers(page: AgreementsPage) -> list[str]:
    return [row.number for row in page.register.table.shown_rows()]


def words(detail: DetailView) -> str:
    return "\n".join(label.text() for label in detail.findChildren(QLabel) if label.isVisibleTo(detail))


def pills(detail: DetailView) -> list[str]:
    return [pill.accessibleName() for pill in detail.findChildren(PillLabel)]


def choose(page: AgreementsPage, qtbot: QtBot, number: str) -> None:
    row = next(row for row in page.register.table.rows() if row.number == number)
    page.register.table.select(row.id)
    qtbot.waitUntil(lambda: number in words(page.register.detail))


def entry(page: AgreementsPage, text: str) -> None:
    """Choose an entry of the detail's menu."""
    actions = [action for menu in page.register.detail.findChildren(QMenu) for action in menu.actions()]
    next(action for action in actions if action.text().startswith(text)).trigger()


def dialog(page: AgreementsPage) -> FormDialog[object]:
    found = [child for child in page.findChildren(FormDialog) if child.isVisible()]
    assert len(found) == 1
    return found[0]


def test_the_list_answers_and_the_first_is_shown(page: AgreementsPage, qtbot: QtBot) -> None:
    assert numbers(page) == ["KV-2026-01", "ZV-2025-01", "ZV-2026-02"]
    assert page.header.sentence == "1 laufend · in den nächsten 90 Tagen ist nichts zu entscheiden"
    qtbot.waitUntil(lambda: "Raumnutzung" in words(page.register.detail))


def test_the_detail_says_what_follows_and_why(page: AgreementsPage, qtbot: QtBot) -> None:
    choose(page, qtbot, "ZV-2025-01")
    shown = words(page.register.detail)
    assert "Ein Ende am 31.08.2026 ist nicht mehr möglich; läuft jetzt mindestens bis 28.02.2027." in shown
    assert "Es zählt der Zugang" in shown
    assert "Ziele (0 von 2 abgeschlossen)" in shown
    assert "24.000,00 €" in shown
    assert "Partner Nachbarschaft Nord e.V. hinzugefügt" in shown
    assert "vertreten durch Ada Muster, Vorstand" in shown  # as the actor's record says


def test_filters_and_search(page: AgreementsPage) -> None:
    page.register.filters.choose("kind", "target")
    assert numbers(page) == ["ZV-2025-01", "ZV-2026-02"]
    page.register.filters.choose("stage", "draft")
    assert numbers(page) == ["ZV-2026-02"]
    page.register.filters.reset()
    actor = next(row for row in page.register.table.rows() if row.number == "ZV-2025-01")
    page.register.filters.choose("quarter", actor.quarter_id)
    assert numbers(page) == ["ZV-2025-01"]
    page.register.filters.reset()
    page.register.filters.choose("actor", 2)
    assert numbers(page) == ["KV-2026-01", "ZV-2025-01"]
    page.register.filters.reset()
    page.register.filters.choose("due", 365)
    assert numbers(page) == ["ZV-2025-01"]
    page.register.filters.reset()
    page.register.table.set_search("raum")
    assert numbers(page) == ["KV-2026-01"]


def test_a_record_is_shown_although_a_filter_hid_it(page: AgreementsPage, qtbot: QtBot) -> None:
    page.register.filters.choose("kind", "cooperation")
    row = next(row for row in page.register.table.rows() if row.number == "ZV-2026-02")
    page.open_record(row.id)
    assert page.register.table.current() == row
    qtbot.waitUntil(lambda: "Idee" in words(page.register.detail))


def test_enter_opens_the_record_and_the_way_back_leads_to_the_list(
    page: AgreementsPage, qtbot: QtBot
) -> None:
    choose(page, qtbot, "ZV-2025-01")
    qtbot.keyClick(page.register.table.grid, Qt.Key.Key_Return)
    assert page.record.isVisible()
    assert not page.header.isVisible()
    assert "ZV-2025-01" in words(page.record)
    assert page.record.bar.tabText(0) == "Überblick"
    page.record.back.click()
    assert page.register.isVisible()
    assert page.header.isVisible()
    assert numbers(page)


def test_the_record_leads_to_the_form(page: AgreementsPage, qtbot: QtBot) -> None:
    choose(page, qtbot, "ZV-2025-01")
    qtbot.keyClick(page.register.table.grid, Qt.Key.Key_Return)
    page.record.edit.click()
    opened = dialog(page)
    assert opened.windowTitle() == "Zielvereinbarung ZV-2025-01"
    qtbot.keyClick(opened, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not page.findChildren(FormDialog))


def test_the_record_of_what_was_deleted_closes(page: AgreementsPage, qtbot: QtBot, context: Context) -> None:
    choose(page, qtbot, "ZV-2026-02")
    qtbot.keyClick(page.register.table.grid, Qt.Key.Key_Return)
    shown = page.record.agreement_id
    assert shown is not None
    with context.database.write("x") as session:
        session.delete(session.get_one(Agreement, shown))
    qtbot.waitUntil(page.register.isVisible)


def test_the_last_signature_puts_it_in_force(page: AgreementsPage, qtbot: QtBot, context: Context) -> None:
    choose(page, qtbot, "KV-2026-01")
    entry(page, "Unterschrift von Stadt")
    dialog(page).save()
    entry(page, "Unterschrift von Küche && Söhne")
    dialog(page).save()
    row = next(row for row in page.register.table.rows() if row.number == "KV-2026-01")
    loaded = context.ask(agreements.load, row.id)
    assert (loaded.stage, loaded.signed_on) == (Stage.IN_FORCE, date(2026, 7, 1))
    assert context.database.undo_label == "KV-2026-01: Unterschrift von Küche & Söhne eingetragen"


def test_a_termination_proposes_the_next_possible_end(
    page: AgreementsPage, qtbot: QtBot, context: Context
) -> None:
    choose(page, qtbot, "ZV-2025-01")
    entry(page, "Kündigung eintragen")
    opened = dialog(page)
    assert opened.body["arrived_on"].editor.value() == date(2026, 7, 1)
    opened.save()
    qtbot.waitUntil(lambda: "Gekündigt zum 28.02.2027." in words(page.register.detail))
    row = next(row for row in page.register.table.rows() if row.number == "ZV-2025-01")
    assert row.stage is Stage.TERMINATED
    assert context.database.undo_label == "ZV-2025-01 gekündigt zum 28.02.2027"


def test_a_goal_is_reached_in_the_detail(page: AgreementsPage, qtbot: QtBot, context: Context) -> None:
    choose(page, qtbot, "ZV-2025-01")
    button = page.register.detail.findChildren(GoalStateButton)[0]
    assert button.accessibleName() == "Ziel 1: läuft"
    next(action for action in button.menu().actions() if action.text() == "erreicht").trigger()
    qtbot.waitUntil(lambda: "Ziele (1 von 2 abgeschlossen)" in words(page.register.detail))
    assert context.database.undo_label == "ZV-2025-01, Ziel 1: erreicht"


def test_stages_by_menu(page: AgreementsPage, qtbot: QtBot) -> None:
    choose(page, qtbot, "ZV-2026-02")
    entry(page, "In Abstimmung geben")
    qtbot.waitUntil(
        lambda: (
            page.register.table.current() is not None
            and page.register.table.current().stage is Stage.NEGOTIATION
        )
    )


def test_deleting_asks_nothing_and_can_be_undone(
    page: AgreementsPage, qtbot: QtBot, context: Context
) -> None:
    choose(page, qtbot, "ZV-2026-02")
    qtbot.keyClick(page.register.table.grid, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: numbers(page) == ["KV-2026-01", "ZV-2025-01"])
    context.undo()
    qtbot.waitUntil(lambda: numbers(page) == ["KV-2026-01", "ZV-2025-01", "ZV-2026-02"])


def test_what_money_hangs_on_stays(page: AgreementsPage, context: Context) -> None:
    row = next(row for row in page.register.table.rows() if row.number == "ZV-2026-02")
    with context.database.write("Mittelbindung") as session:
        budget = Budget(number="B", title="B", year=2026, planned_cents=0)
        session.add(budget)
        session.flush()
        session.add(
            Commitment(number="M", budget_id=budget.id, title="M", amount_cents=1, agreement_id=row.id)
        )
    with pytest.raises(UserError, match="1 Mittelbindung"):
        page.register.commands.remove(row)


def test_a_cooperation_agreement_hangs_on_its_target(page: AgreementsPage, qtbot: QtBot) -> None:
    choose(page, qtbot, "ZV-2025-01")
    entry(page, "Kooperationsvereinbarung anhängen")
    opened = dialog(page)
    row = page.register.table.current()
    assert row is not None
    assert opened.body["belongs_to_id"].editor.value() == row.id
    assert opened.body["number"].editor.value() == "KV-2026-02"


def test_an_empty_register_offers_the_import(page: AgreementsPage, context: Context, qtbot: QtBot) -> None:
    def empty(session: Session) -> None:
        session.execute(update(Agreement).values(belongs_to_id=None))
        for of in (Commitment, Agreement):
            session.execute(delete(of))

    context.do("Neue Datei", empty)
    qtbot.waitUntil(lambda: not page.register.table.rows())
    with qtbot.waitSignal(context.opened) as told:
        buttons = page.register.table.findChildren(QPushButton)
        next(button for button in buttons if button.text() == "Liste aus Excel übernehmen").click()
    assert told.args == ["imports", None]


def test_what_was_just_made_is_chosen_even_where_filters_would_hide_it(
    page: AgreementsPage, qtbot: QtBot
) -> None:
    page.register.filters.choose("kind", "cooperation")
    page.register.commands.add()
    form = dialog(page)
    form.body["title"].editor.set_value("Neuer Treff")
    form.body["parties"].editor.set_value((PartyInput(1),))
    form.save()
    qtbot.waitUntil(lambda: "Neuer Treff" in words(page.register.detail))
    assert len(numbers(page)) == 4
    assert page.window().focusWidget() is page.register.table.grid


def test_the_search_leads_the_list(page: AgreementsPage, qtbot: QtBot) -> None:
    opened: list[int] = []
    page.register.table.opened.disconnect()
    page.register.table.opened.connect(lambda row: opened.append(row.number))
    search = page.register.filters.search
    qtbot.keyClick(search, Qt.Key.Key_Down)
    qtbot.keyClick(search, Qt.Key.Key_Down)
    qtbot.keyClick(search, Qt.Key.Key_Down)
    assert page.register.table.current().number == "ZV-2026-02"  # and not beyond the last
    qtbot.keyClick(search, Qt.Key.Key_Up)
    qtbot.keyClick(search, Qt.Key.Key_Return)
    qtbot.keyClicks(search, "raum")
    qtbot.keyClick(search, Qt.Key.Key_Return)  # before the pause in typing is over
    assert opened == ["ZV-2025-01", "KV-2026-01"]


def test_the_keys_of_sheets_go_from_tab_to_tab(page: AgreementsPage, qtbot: QtBot) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.show_record(page.register.table.rows()[0].id, "text")
    qtbot.keyClick(page.record.bar, Qt.Key.Key_PageDown, control)
    assert page.record.bar.tabText(page.record.bar.currentIndex()) == "Abstimmung"
    page.record.left.emit()
    qtbot.keyClick(page.register.table.grid, Qt.Key.Key_PageUp, control)
    assert page.bar.tabText(page.bar.currentIndex()) == "Vorlagen"


def test_thirty_names_do_not_fill_the_page() -> None:
    assert few_names(["A"]) == "A"
    assert few_names(["A", "B", "C"]) == "A, B, C"
    assert few_names(["A", "B", "C", "D"], "; ") == "A; B und 2 weitere"


def test_delete_takes_the_whole_selection_in_one_step(
    page: AgreementsPage, qtbot: QtBot, context: Context
) -> None:
    before = numbers(page)
    choose(page, qtbot, "KV-2026-01")
    table = page.register.table
    drafts = [at for at, row in enumerate(table.shown_rows()) if row.number in ("KV-2026-01", "ZV-2026-02")]
    for at in drafts:
        flag = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        table.grid.selectionModel().select(table.model.index(at, 0), flag)
    qtbot.keyClick(table.grid, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: numbers(page) == ["ZV-2025-01"])
    assert context.database.undo_label == "2 Vereinbarungen gelöscht"
    context.undo()
    qtbot.waitUntil(lambda: numbers(page) == before)


def test_a_long_state_takes_no_width_from_the_list(
    page: AgreementsPage, context: Context, qtbot: QtBot
) -> None:
    choose(page, qtbot, "ZV-2025-01")
    before = page.register.detail.minimumSizeHint().width()
    row = page.register.table.current()
    assert row is not None
    notice = update(Agreement).where(Agreement.id == row.id)
    values = {"stage": Stage.TERMINATED, "terminated_to": date(2027, 2, 28)}
    context.do("Gekündigt", lambda session: session.execute(notice.values(values)))
    qtbot.waitUntil(lambda: "gekündigt zum 28.02.2027" in pills(page.register.detail))
    assert page.register.detail.minimumSizeHint().width() == before
