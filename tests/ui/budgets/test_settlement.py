"""The dialog in which bookings meet the commitments they settle: by mouse and keyboard, one undo each."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from app.domain.settlement.settlement import SettlementKind, Strength
from app.services.budgets import budgets, commitments
from app.services.budgets.budgets import BudgetSelection
from app.services.budgets.commitments import CommitmentInput
from app.services.settlement import settlement_proposals
from app.ui.budgets.page import COMMITMENTS, SETTLEMENT, UNASSIGNED, BudgetPage
from app.ui.context import Context
from app.ui.kit.form_dialog import FormDialog
from app.ui.settlement.settle_dialog import SettleDialog
from app.ui.settlement.settlement_dialog import SettlementDialog
from app.ui.settlement.settlement_lines import COLUMNS, STRENGTHS, kind_of, remark_of
from tests.ui.budgets.conftest import TODAY, booked
from tests.ui.words import press, texts, tips

KIND = next(position for position, column in enumerate(COLUMNS) if column.key == "kind")


@pytest.fixture
def proposed(context: Context, ids: dict[str, int]) -> dict[str, int]:
    """Sure, likely, overspending; name -> id of the commitment."""
    with context.database.write("Zum Abgleich") as session:
        north = ids["B26-N"]
        made = {
            title: commitments.save(
                session, None, CommitmentInput(north, title, cents, day=date(2026, 2, 1), recipient=who)
            )
            for title, cents, who in (
                ("Tische", 10_000, "Tischlerei Brandt"),
                ("Kurs", 60_000, "Kulturwerk"),
                ("Druck", 5_000, "Druckerei Leine"),
            )
        }
        booked(session, north, 10_000, payee="Tischlerei Brandt GmbH", text="Rechnung")
        booked(session, north, 20_000, payee="Kulturwerk", text="Kurs, 1. Rate")
        booked(session, None, 90_000, payee="Druckerei Leine", text="Druck zu MB26-4", internal_order="5700")
    return made


@pytest.fixture
def dialog(page: BudgetPage, proposed: dict[str, int], qtbot: QtBot) -> SettlementDialog:
    qtbot.mouseClick(page.cards.settle, Qt.MouseButton.LeftButton)
    shown = page.findChild(SettlementDialog)
    assert isinstance(shown, SettlementDialog)
    qtbot.waitExposed(shown)
    return shown


def words(dialog: SettlementDialog) -> list[tuple[str, str, str, str | None]]:
    pills = []
    for line in dialog.table.shown_rows():
        remark = remark_of(line)
        pills.append(
            (line.row.title, STRENGTHS[line.row.strength].text, kind_of(line).text, remark and remark.text)
        )
    return pills


def pick(dialog: SettlementDialog, title: str) -> None:
    position = next(i for i, line in enumerate(dialog.table.shown_rows()) if line.row.title == title)
    dialog.table.select_position(position)


def committed(context: Context, budget_id: int) -> int:
    return context.ask(budgets.figures, BudgetSelection(budget_id=budget_id)).committed_cents


def test_the_card_counts_proposals_when_the_page_stands(
    page: BudgetPage, context: Context, proposed: dict[str, int], qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: page.cards.proposals.accessibleName() == "3 Vorschläge")
    with context.database.write("Alles") as session:
        for row in settlement_proposals.rows(session, 2026):
            commitments.settle(session, row.commitment_id, [row.id], final_on=TODAY)
    qtbot.waitUntil(lambda: page.cards.committed.hint.text() == "Nichts abzugleichen")


def test_each_proposal_says_how_sure_it_is_and_what_it_does(dialog: SettlementDialog) -> None:
    assert words(dialog) == [
        ("Tische", "sicher", "Schlussrechnung", None),
        ("Kurs", "wahrscheinlich", "Teilzahlung", None),
        ("Druck", "wahrscheinlich", "Schlussrechnung", "850,00 € zu viel"),
    ]
    assert "3 Vorschläge, davon 1 sicher" in dialog.sentence.text()
    kurs = dialog.table.shown_rows()[1]
    assert (kurs.balance.before, kurs.balance.after) == (60_000, 40_000)


def test_the_list_fits_a_small_screen_without_scrolling_sideways(
    dialog: SettlementDialog, qtbot: QtBot
) -> None:
    dialog.resize(1178, 700)  # as on a screen of 1280 pixels
    qtbot.waitUntil(lambda: dialog.table.grid.horizontalScrollBar().maximum() == 0)


def test_one_is_accepted_by_keyboard_and_taken_back(
    dialog: SettlementDialog, context: Context, ids: dict[str, int], qtbot: QtBot
) -> None:
    before = committed(context, ids["B26-N"])
    pick(dialog, "Kurs")
    qtbot.keyClick(dialog.table.grid, Qt.Key.Key_S)
    assert words(dialog)[1][2:] == ("Schlussrechnung", "400,00 € frei")
    qtbot.keyClick(dialog.table.grid, Qt.Key.Key_T)
    assert words(dialog)[1][2:] == ("Teilzahlung", None)
    qtbot.keyClick(dialog.table.grid, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [row[0] for row in words(dialog)] == ["Tische", "Druck"]
    assert committed(context, ids["B26-N"]) == before - 20_000
    assert dialog.line.sentence.text() == "Buchung über 200,00 € auf MB26-3 zugeordnet"
    dialog.line.buttons[0].click()
    assert [row[0] for row in words(dialog)] == ["Tische", "Kurs", "Druck"]
    assert committed(context, ids["B26-N"]) == before
    assert dialog.line.buttons[0].isHidden()


def test_a_final_booking_closes_its_commitment(
    dialog: SettlementDialog, context: Context, proposed: dict[str, int], ids: dict[str, int], qtbot: QtBot
) -> None:
    pick(dialog, "Kurs")
    dialog.pane.kinds[SettlementKind.FINAL].click()
    dialog.accept_button.click()
    rows = {row.id: row for row in context.ask(commitments.rows, budget_ids=[ids["B26-N"]])}
    assert (rows[proposed["Kurs"]].closed_on, rows[proposed["Kurs"]].booked_cents) == (TODAY, 20_000)


def test_a_click_on_the_kind_turns_it(dialog: SettlementDialog, qtbot: QtBot) -> None:
    cell = dialog.table.grid.visualRect(dialog.table.model.index(1, KIND))
    qtbot.mouseClick(dialog.table.grid.viewport(), Qt.MouseButton.LeftButton, pos=cell.center())
    assert words(dialog)[1][2] == "Schlussrechnung"


def test_all_that_are_sure_and_nothing_else(
    dialog: SettlementDialog, context: Context, proposed: dict[str, int]
) -> None:
    dialog.sure_button.click()
    assert [row[0] for row in words(dialog)] == ["Kurs", "Druck"]
    assert dialog.sure_button.isHidden()
    assert [row.amount_cents for row in context.ask(commitments.settled_by, proposed["Tische"])] == [10_000]


def test_what_overspends_a_budget_is_said_with_the_amount_and_keeps_its_reason(
    dialog: SettlementDialog, context: Context, ids: dict[str, int]
) -> None:
    pick(dialog, "Tische")
    assert dialog.overspending.note.isHidden()
    pick(dialog, "Druck")
    assert (
        "B26-N um 1.350,00 €" in dialog.overspending.note.text
    )  # 1.000 less 1.450 spent, 900 promised to others
    dialog.overspending.field.editor.set_value("Auflage war höher")
    dialog.accept_button.click()
    assert context.ask(budgets.load, ids["B26-N"]).overspending_reason == "Auflage war höher"
    assert context.ask(settlement_proposals.rows, 2026)[-1].title == "Kurs"


def test_what_is_declined_stays_away_until_she_wants_it_again(dialog: SettlementDialog, qtbot: QtBot) -> None:
    pick(dialog, "Druck")
    qtbot.keyClick(dialog.table.grid, Qt.Key.Key_Delete)
    assert [row[0] for row in words(dialog)] == ["Tische", "Kurs"]
    assert dialog.again.text() == "Abgelehnte wieder vorschlagen (1)"
    dialog.again.click()
    assert [row[0] for row in words(dialog)] == ["Tische", "Kurs", "Druck"]


def test_several_are_accepted_in_one_step(dialog: SettlementDialog, context: Context, qtbot: QtBot) -> None:
    dialog.table.grid.selectAll()
    assert dialog.accept_button.text() == "3 übernehmen"
    dialog.accept_button.click()
    assert words(dialog) == []
    assert context.database.undo_label == "3 Buchungen auf 3 Mittelbindungen zugeordnet"
    qtbot.keyClick(dialog, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(words(dialog)) == 3


def test_enter_shows_the_commitment(dialog: SettlementDialog, qtbot: QtBot) -> None:
    qtbot.keyClick(dialog.table.grid, Qt.Key.Key_Return)
    form = dialog.findChild(FormDialog)
    assert form is not None
    assert form.body["title"].editor.value() == "Tische"
    form.reject()


def test_nothing_to_settle_is_a_pleasant_sight(page: BudgetPage) -> None:
    page.open_part(SETTLEMENT, 2025)
    assert page.year == 2025
    shown = page.findChild(SettlementDialog)
    assert isinstance(shown, SettlementDialog)
    assert "kein Vorschlag offen" in shown.sentence.text()
    assert shown.pane.isHidden()
    assert not shown.accept_button.isEnabled()


def test_another_page_leads_to_what_has_no_budget(page: BudgetPage, qtbot: QtBot) -> None:
    page.show_year(2025)
    page.open_part(UNASSIGNED, 2026)
    assert page.detail.trail.text() == "Nicht zugeordnet 2026"
    assert [row.amount_cents for row in page.detail.bookings.table.selected()] == [5_286]
    assert page.detail.bookings.assign.isEnabled()


def test_another_page_leads_to_what_a_budget_has_promised(page: BudgetPage, ids: dict[str, int]) -> None:
    page.show_year(2025)
    page.open_part(f"{COMMITMENTS}{ids['B26-N']}", 2026)
    assert page.year == 2026
    assert page.detail.tabs.tabText(page.detail.tabs.currentIndex()).startswith("Mittelbindungen")
    assert [row.title for row in page.detail.commitments.table.shown_rows()] == ["Möbel"]


def test_the_words_of_strength_are_never_only_a_colour(dialog: SettlementDialog) -> None:
    assert {STRENGTHS[line.row.strength].icon for line in dialog.table.rows()} == {"success", "half-circle"}
    assert dialog.table.rows()[0].row.strength is Strength.SURE


def test_by_hand_the_last_booking_is_known_by_its_amount_and_too_much_is_said(
    page: BudgetPage, context: Context, ids: dict[str, int], qtbot: QtBot
) -> None:
    (row,) = context.ask(commitments.rows, budget_ids=[ids["B26-N"]])  # 200,00; booked are 300,00 and -50,00
    by_hand = SettleDialog(context, row, page)
    qtbot.addWidget(by_hand)
    by_hand.candidates.select_position(0)
    assert (by_hand.put.text(), by_hand.final.isChecked()) == ("300,00 € zuordnen", True)
    assert "100,00 € mehr" in by_hand.warning.text
    assert not by_hand.warning.isHidden()
    by_hand.candidates.select_position(1)
    assert (by_hand.put.text(), by_hand.final.isChecked()) == ("-50,00 € zuordnen", False)
    assert by_hand.warning.isHidden()


def test_bookings_are_taken_off_again_in_one_step(
    page: BudgetPage, context: Context, ids: dict[str, int], qtbot: QtBot
) -> None:
    (row,) = context.ask(commitments.rows, budget_ids=[ids["B26-N"]])
    by_hand = SettleDialog(context, row, page)
    qtbot.addWidget(by_hand)
    by_hand.show()
    assert not by_hand.take.isEnabled()
    by_hand.candidates.grid.selectAll()
    by_hand.final.setChecked(False)
    by_hand.put.click()
    qtbot.waitUntil(lambda: [one.amount_cents for one in by_hand.settled.rows()] == [30_000, -5_000])
    assert "gebucht 250,00 € · um 50,00 € überschritten" in by_hand.sentence.text()
    assert committed(context, ids["B26-N"]) == 0
    by_hand.settled.grid.selectAll()
    press(by_hand, "Ausgewählte lösen")
    qtbot.waitUntil(lambda: not by_hand.settled.rows())
    assert committed(context, ids["B26-N"]) == 20_000
    assert context.database.undo_label == "Buchungen von MB26-1 gelöst"
    assert len(by_hand.candidates.rows()) == 2
    context.undo()
    assert committed(context, ids["B26-N"]) == 0


def test_a_credit_note_and_a_booking_without_budget_say_what_they_are(
    dialog: SettlementDialog, context: Context, proposed: dict[str, int], ids: dict[str, int], qtbot: QtBot
) -> None:
    def more(session: Session) -> None:
        booked(session, ids["B26-N"], -10_000, payee="Tischlerei Brandt GmbH", text="Gutschrift")
        lamps = CommitmentInput(ids["B26-N"], "Lampen", 7_000, day=date(2026, 2, 1), recipient="Licht Hahn")
        commitments.save(session, None, lamps)
        booked(session, None, 7_000, payee="Licht Hahn", text="Lampen", internal_order="5700")

    pick(dialog, "Tische")
    dialog.accept_button.click()
    context.do("Weitere", more)
    qtbot.waitUntil(lambda: {line.row.title for line in dialog.table.rows()} >= {"Tische", "Lampen"})
    said = {one[0]: one[2:] for one in words(dialog)}
    assert said["Tische"] == ("Gutschrift", None)
    assert said["Lampen"] == ("Schlussrechnung", "ohne Budget")
    pick(dialog, "Tische")
    qtbot.waitUntil(lambda: "Danach offen: 0,00 €" in texts(dialog.pane))  # it is closed and stays so
    assert any("Empfänger stimmt überein" in tip for tip in tips(dialog.table.model))


def test_several_at_once_say_what_becomes_free(dialog: SettlementDialog, qtbot: QtBot) -> None:
    pick(dialog, "Kurs")
    qtbot.keyClick(dialog.table.grid, Qt.Key.Key_S)
    dialog.table.grid.selectAll()
    qtbot.waitUntil(lambda: "3 von 3 Mittelbindungen werden geschlossen" in texts(dialog.pane))
    said = texts(dialog.pane)
    assert "400,00 € werden wieder frei" in said
    assert "850,00 € mehr als zugesagt" in said
