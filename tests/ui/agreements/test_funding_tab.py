"""The tab "Geld" through the real page: frame, instalments, the offer to commit, what is paid."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.budgets.budgets import BookingSource
from app.services.agreements import agreement_funding, agreements, corrections, instalments, signatures
from app.services.budgets import commitments
from app.ui.agreements.page import AgreementsPage
from app.ui.agreements.record.funding.tab import FundingTab
from app.ui.agreements.record.summary import SummaryTab
from app.ui.context import Context
from app.ui.kit.form_dialog import FormDialog
from app.ui.kit.widgets.entry import PressableEntry
from app.ui.kit.widgets.note import Note
from db.models import Booking, Budget
from tests.ui.agreements.conftest import give_reason

ON = date(2026, 7, 1)


@pytest.fixture
def budget(context: Context) -> int:
    with context.database.write("Budget") as session:
        pot = Budget(
            number="B26-DOE", title="Döhren", year=2026, planned_cents=1_000_000, internal_order="4711"
        )
        session.add(pot)
        session.flush()
        return pot.id


def key_of(page: AgreementsPage, number: str) -> int:
    return next(row.id for row in page.register.table.rows() if row.number == number)


def tab(page: AgreementsPage, number: str = "ZV-2025-01") -> FundingTab:
    page.show_record(key_of(page, number), "funding")
    found = page.record.tabs["funding"]
    assert isinstance(found, FundingTab)
    return found


def press_action(shown: FundingTab, words: str) -> None:
    """Press the link beside the title of a section."""
    next(one for one in shown.findChildren(QPushButton) if one.text() == words).click()


def words(widget: Any) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def notes(widget: Any) -> list[str]:
    return [note.text for note in widget.findChildren(Note) if note.isVisibleTo(widget)]


def offers(widget: Any) -> list[Note]:
    """The notes that offer a commitment."""
    return [
        note
        for note in widget.findChildren(Note)
        if note.isVisibleTo(widget) and note.action.text().startswith("Mittelbindung")
    ]


def dialog(page: AgreementsPage) -> FormDialog[Any]:
    (found,) = [child for child in page.findChildren(FormDialog) if child.isVisible()]
    return found


def test_the_frame_says_what_the_budget_has_left(
    page: AgreementsPage, context: Context, budget: int, qtbot: QtBot
) -> None:
    shown = tab(page)
    press_action(shown, "Bearbeiten …")
    form = dialog(page)
    form.body["budget_id"].editor.set_value(budget)
    form.body["budget_id"].editor.changed.emit()
    assert "Verfügbar 10.000,00 €; nach dieser Vereinbarung um 14.000,00 € überzogen." in words(form)
    form.body["decision"].editor.set_value("Beirat, TOP 3")
    form.save()
    qtbot.waitUntil(lambda: "Beirat, TOP 3" in words(shown))
    assert "10.000,00 €; wenn alles gebunden ist, um 14.000,00 € überzogen" in words(shown)


def test_instalments_are_spread_and_their_sum_is_held_against_the_amount(
    page: AgreementsPage, context: Context, qtbot: QtBot
) -> None:
    shown = tab(page)
    press_action(shown, "Raten bearbeiten …")
    give_reason(dialog(page))
    body = dialog(page).body
    body["count"].editor.set_value(7)
    body["months"].editor.set_value(3)
    body["first"].editor.set_value(date(2025, 6, 30))
    body.spread()
    rows = body["instalments"].editor.value()
    assert [row.amount_cents for row in rows] == [342_857] * 6 + [342_858]
    assert [row.due for row in rows[:3]] == [date(2025, 6, 30), date(2025, 9, 30), date(2025, 12, 30)]
    assert "genau den Betrag von 24.000,00 €" in body.sum.text
    body.rows.rows_model.enter(0, 1, 300_000, "")
    assert body.sum.text.endswith("das sind 428,57 € weniger als der Betrag von 24.000,00 €.")
    dialog(page).save()
    qtbot.waitUntil(lambda: shown.table is not None)
    stored = context.ask(instalments.load, key_of(page, "ZV-2025-01"))
    assert (len(stored), stored[0].amount_cents) == (7, 300_000)
    qtbot.waitUntil(lambda: any("428,57 € weniger" in words for words in notes(shown)))
    assert any(words.startswith("5 Raten sind überfällig") for words in notes(shown))
    context.undo()
    qtbot.waitUntil(lambda: shown.table is None)


def test_spreading_asks_for_the_number(page: AgreementsPage) -> None:
    shown = tab(page)
    press_action(shown, "Raten bearbeiten …")
    body = dialog(page).body
    body.spread()
    assert body["count"].problem == "Bitte die Anzahl der Raten eintragen."
    assert body["instalments"].editor.value() == ()


def test_what_was_signed_is_offered_and_committed(
    page: AgreementsPage, context: Context, budget: int, qtbot: QtBot
) -> None:
    shown = tab(page)
    offered = "24.000,00 € sind vereinbart, aber noch in keinem Budget gebunden."
    qtbot.waitUntil(lambda: notes(shown)[:1] == [offered])
    page.record.show_tab("summary")
    summary = page.record.tabs["summary"]
    assert isinstance(summary, SummaryTab)
    qtbot.waitUntil(lambda: len(offers(summary)) == 1)
    (note,) = offers(summary)
    note.action.click()
    form = dialog(page)
    line = form.body.lines.rows_model.rows[0]
    assert (line.amount_cents, line.until_year) == (2_400_000, None)
    form.body.lines.rows_model.enter(0, 1, budget, "")
    assert form.body.overspending.note.isVisible()
    assert "B26-DOE ist damit um 14.000,00 € überzogen" in form.body.overspending.note.text
    form.body["overspending_reason"].editor.set_value("Rest im Nachtrag")
    form.save()
    (row,) = context.ask(commitments.rows, agreement_id=key_of(page, "ZV-2025-01"))
    assert (row.number, row.amount_cents, row.recipient) == (
        "MB26-1",
        2_400_000,
        "Nachbarschaft Nord e.V.; Küche & Söhne",
    )
    qtbot.waitUntil(lambda: not offers(summary))


def test_paid_from_the_bookings_of_the_commitment(
    page: AgreementsPage, context: Context, budget: int, qtbot: QtBot
) -> None:
    key = key_of(page, "ZV-2025-01")
    with context.database.write("bezahlt") as session:
        values = commitments.CommitmentInput(budget, "Treff", 2_400_000, agreement_id=key)
        made = commitments.save(session, None, values)
        session.add(
            Booking(
                day=date(2026, 6, 2),
                budget_year=2026,
                amount_cents=600_000,
                text="Rate 1",
                source=BookingSource.MANUAL,
                budget_id=budget,
                commitment_id=made,
            )
        )
    shown = tab(page)
    qtbot.waitUntil(lambda: "Rate 1" in words(shown))
    assert "25 % des Betrags" in words(shown)
    entry = shown.findChildren(PressableEntry)[0]
    with qtbot.waitSignal(context.part_opened) as told:
        entry.clicked.emit()
    assert told.args == ["budget", f"commitments:{budget}", 2026]


def test_a_signature_says_in_the_status_bar_what_is_not_committed(
    page: AgreementsPage, context: Context, qtbot: QtBot
) -> None:
    key = key_of(page, "KV-2026-01")
    frame = agreement_funding.FrameInput(500_000)
    context.do("Betrag", agreement_funding.save_frame, key, frame)
    with qtbot.waitSignal(context.said) as told:
        context.do("unterzeichnet", signatures.sign_all, key, ON, ON)
    assert told.args == [
        "KV-2026-01 ist unterzeichnet, aber 5.000,00 € sind noch nicht gebunden: siehe dort unter „Geld“."
    ]
    context.undo()
    with qtbot.assertNotEmitted(context.said):
        context.redo()


def test_more_than_agreed_and_nothing_yet_are_said(
    page: AgreementsPage, context: Context, budget: int, qtbot: QtBot
) -> None:
    key = key_of(page, "ZV-2025-01")
    with context.database.write("bezahlt") as session:
        made = [
            commitments.save(
                session, None, commitments.CommitmentInput(budget, title, cents, agreement_id=key)
            )
            for title, cents in (("Treff", 1_000_000), ("Kurse", 1_400_000))
        ]
        session.add(
            Booking(
                day=date(2026, 6, 2), budget_year=2026, amount_cents=2_400_050, text="Alles",
                source=BookingSource.MANUAL, budget_id=budget, commitment_id=made[0],
            )
        )  # fmt: skip
    shown = tab(page)
    qtbot.waitUntil(lambda: "Es ist 0,50 € mehr gebucht als vereinbart." in notes(shown))
    assert words(shown).count("Noch nichts gebucht.") == 1


def test_the_tab_itself_offers_to_commit(
    page: AgreementsPage, context: Context, budget: int, qtbot: QtBot
) -> None:
    shown = tab(page)
    qtbot.waitUntil(lambda: len(offers(shown)) == 1)
    offers(shown)[0].action.click()
    form = dialog(page)
    assert [line.amount_cents for line in form.body.lines.rows_model.rows] == [2_400_000]
    form.body.settle()
    form.reject()
    assert context.ask(commitments.rows, agreement_id=key_of(page, "ZV-2025-01")) == []


@pytest.mark.parametrize(
    ("dues", "months"),
    [
        ((date(2026, 1, 31), date(2026, 2, 28)), 1),
        ((date(2026, 1, 1), date(2026, 7, 1)), 6),
        ((date(2026, 1, 1), date(2026, 6, 1)), 3),  # no rhythm that is offered
        ((date(2026, 1, 1),), 3),
    ],
)
def test_instalments_open_with_the_rhythm_they_have(
    page: AgreementsPage, context: Context, dues: tuple[date, ...], months: int
) -> None:
    rates = tuple(instalments.InstalmentInput(due, 100) for due in dues)
    key = key_of(page, "ZV-2025-01")
    context.do("Raten", corrections.correct, key, "fehlten", ON, instalments.save, key, rates)
    press_action(tab(page), "Raten bearbeiten …")
    body = dialog(page).body
    assert (body["months"].editor.value(), body["count"].editor.value()) == (months, len(dues))
    assert body["first"].editor.value() == dues[0]
    dialog(page).reject()


def test_instalments_begin_with_the_term_as_it_is_now(
    page: AgreementsPage, context: Context, qtbot: QtBot
) -> None:
    shown = tab(page)
    key = key_of(page, "ZV-2025-01")
    later = replace(context.ask(agreements.load, key), begin=date(2025, 3, 15))
    context.do("Beginn", corrections.correct, key, "verschrieben", ON, agreements.save, key, later)
    qtbot.waitUntil(lambda: page.record.tabs["funding"].row.term.begin == date(2025, 3, 15))
    press_action(shown, "Raten bearbeiten …")
    assert dialog(page).body["first"].editor.value() == date(2025, 3, 15)
