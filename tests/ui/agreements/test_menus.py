"""What the menus, tables and small buttons of agreements offer beside the main way."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDragMoveEvent
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.agreements.agreements import AgreementKind
from app.services import office
from app.services.agreements import agreements, amendment_register, amendments, clauses, instalments
from app.services.agreements.agreements import AgreementInput, PartyInput
from app.services.agreements.clauses import ClauseInput
from app.services.budgets import commitments
from app.services.office import OfficeInput, Signatory
from app.services.papers import papers
from app.ui.agreements.clauses.choose import ClausePicker
from app.ui.agreements.clauses.form import ClauseBody
from app.ui.agreements.life.paper_dialog import AmendmentDialog
from app.ui.agreements.page import AgreementsPage
from app.ui.agreements.views import VIEWS
from app.ui.context import Context
from app.ui.kit.form_dialog import FormDialog
from app.ui.papers.preview import AgreementPaperDialog
from db.models import Actor, Budget
from tests.ui.agreements.conftest import give_reason
from tests.ui.agreements.test_agreement_text import choose, line, opened, texts
from tests.ui.words import (
    answer,
    ask_for_menu,
    enter,
    entries,
    entry,
    open_menu,
    pick,
    press,
    sentences,
    shown,
    tips,
)
from tests.ui.words import texts as read


def key_of(page: AgreementsPage, number: str) -> int:
    return next(row.id for row in page.register.table.rows() if row.number == number)


def menu_of(root: object, words: str) -> list[str]:
    """Open the menu of a button; its entries."""
    [found] = [one for one in root.findChildren(QPushButton) if one.text() == words]  # type: ignore[attr-defined]
    menu = found.menu()
    menu.aboutToShow.emit()
    return [words for words in entries(menu) if words]


def choose_in(root: object, words: str, text: str) -> None:
    """Choose an entry in the menu of a button."""
    [found] = [one for one in root.findChildren(QPushButton) if one.text() == words]  # type: ignore[attr-defined]
    found.menu().aboutToShow.emit()
    action = entry(found.menu(), text)
    assert action.isEnabled(), text
    action.trigger()


def view(page: AgreementsPage, name: str) -> object:
    page.bar.setCurrentIndex([spec.id for spec in VIEWS].index(name))
    return page.view


# --- the text --------------------------------------------------------------------------------------------------


def test_a_clause_takes_the_newer_words_of_the_library(
    page: AgreementsPage, context: Context, qtbot: QtBot
) -> None:
    tab = opened(page, "ZV-2026-02")
    row = next(row for row in context.ask(clauses.rows) if row.key == "zv_subject")
    newer = ClauseInput(row.title, "Neuer Zweck.", row.kind, None, True)
    context.do("Bibliothek", clauses.save, row.id, newer, context.today())
    qtbot.waitUntil(lambda: line(tab, "zv_subject").pills[0].text == "Vorlage geändert")
    choose(tab, "zv_subject")
    assert "Zurück zur Vorlage" in menu_of(tab, "Mehr")
    choose_in(tab, "Mehr", "Neue Fassung übernehmen")
    qtbot.waitUntil(lambda: line(tab, "zv_subject").pills[0].text == "wie Vorlage")
    assert "Neuer Zweck." in tab.clause.paper.toPlainText()
    context.undo()
    qtbot.waitUntil(lambda: line(tab, "zv_subject").pills[0].text == "Vorlage geändert")


def test_the_whole_text_follows_another_template_by_its_menu(
    page: AgreementsPage, context: Context, qtbot: QtBot
) -> None:
    tab = opened(page, "ZV-2026-02")
    short = clauses.TemplateInput("Kurz & gut", AgreementKind.TARGET, (1, 2))
    context.do("Vorlage", clauses.save_template, None, short, context.today())
    choose_in(tab, "Vorlage", "Ganzen Text nach „Kurz && gut“")
    qtbot.waitUntil(lambda: texts(tab) == ["Präambel", "Gegenstand und Zweck"])
    context.undo()
    qtbot.waitUntil(lambda: len(texts(tab)) > 2)


@pytest.mark.parametrize(
    ("before", "at", "after"),
    [
        ("", 0, "{Tabelle: Ziele}"),
        ("Vor.Nach.", 4, "Vor.\n\n{Tabelle: Ziele}\n\nNach."),
        ("Vor.\n\n", 6, "Vor.\n\n{Tabelle: Ziele}"),
        ("\n\nNach.", 0, "{Tabelle: Ziele}\n\nNach."),
    ],
)
def test_a_table_stands_alone_in_the_text(page: AgreementsPage, before: str, at: int, after: str) -> None:
    tab = opened(page, "ZV-2026-02")
    choose(tab, "zv_city_duties")
    tab.edit.click()
    form = shown(FormDialog)
    body = form.body
    assert isinstance(body, ClauseBody)
    body.text.edit.setPlainText(before)
    cursor = body.text.edit.textCursor()
    cursor.setPosition(at)
    body.text.edit.setTextCursor(cursor)
    choose_in(body, "Tabelle", "Tabelle der Ziele")
    assert body.text.value() == after.strip()
    body.settle()
    form.reject()


def test_a_clause_of_the_library_is_found_by_typing(
    page: AgreementsPage, context: Context, qtbot: QtBot
) -> None:
    tab = opened(page, "ZV-2026-02")
    for title in ("Klima", "Hunde"):
        context.do(
            "Bibliothek", clauses.save, None, ClauseInput(title, "Man achtet darauf."), context.today()
        )
    choose_in(tab, "Einfügen", "Aus der Bibliothek …")
    picker = shown(ClausePicker)
    qtbot.keyClicks(picker.search, "hund")
    assert [row.title for row in picker.table.shown_rows()] == ["Hunde"]
    qtbot.keyClick(picker.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Hunde" in texts(tab))


# --- templates -------------------------------------------------------------------------------------------------


def test_a_template_is_renamed_and_loses_a_clause(
    page: AgreementsPage, context: Context, qtbot: QtBot
) -> None:
    templates = view(page, "templates")
    templates.show_template(1)  # type: ignore[attr-defined]
    templates.template_pane.edit()  # type: ignore[attr-defined]
    form = shown(FormDialog)
    enter(form, "Name", "Zielvereinbarung (neu)")
    press(form, "Speichern")
    assert "Zielvereinbarung (neu)" in [row.name for row in context.ask(clauses.templates)]
    pane = templates.template_pane  # type: ignore[attr-defined]
    before = [row.title for row in pane.clauses.rows()]
    pane.clauses.select_position(1)
    pane.out.click()
    qtbot.waitUntil(lambda: len(pane.clauses.rows()) == len(before) - 1)
    assert f"entfallen: {before[1]}" in tips(pane.steps.model)
    assert "erste Fassung" in tips(pane.steps.model) | {
        column.text(row) for column in pane.steps.shown_columns() for row in pane.steps.rows()
    }
    context.undo()
    qtbot.waitUntil(lambda: [row.title for row in pane.clauses.rows()] == before)


def test_a_clause_is_copied(page: AgreementsPage, context: Context) -> None:
    templates = view(page, "templates")
    row = next(row for row in context.ask(clauses.rows) if row.key == "zv_contacts")
    templates.show_clause(row.id)  # type: ignore[attr-defined]
    templates.clause_pane.duplicate()  # type: ignore[attr-defined]
    form = shown(FormDialog)
    press(form, "Speichern")
    assert f"{row.title} (Kopie)" in [one.title for one in context.ask(clauses.rows)]


def test_the_sample_of_the_paper_is_chosen(page: AgreementsPage) -> None:
    templates = view(page, "templates")
    templates.show_template(1)  # type: ignore[attr-defined]
    pane = templates.template_pane  # type: ignore[attr-defined]
    enter(page, "Beispiel für die Vorschau", "ZV-2025-01")
    assert "Quartierszentrum Döhren" in pane.paper.toPlainText()
    enter(page, "Beispiel für die Vorschau", "ohne Beispiel")
    assert "Quartierszentrum Döhren" not in pane.paper.toPlainText()


# --- papers ----------------------------------------------------------------------------------------------------


def test_an_amendment_is_made_ready_printed_and_withdrawn(
    page: AgreementsPage, context: Context, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    key = key_of(page, "ZV-2025-01")

    def write(session: Session) -> int:
        start = amendments.blank(session, key)
        longer = replace(
            start,
            title="Längere Laufzeit",
            changes_term=True,
            end=date(2027, 12, 31),
            effective_from=date(2026, 8, 1),
        )
        return amendments.save(session, key, None, longer)

    def addresses(session: Session) -> None:
        office.save(
            session,
            OfficeInput(
                "Alter im Quartier",
                "Landeshauptstadt Hannover",
                street="Weg 1",
                postcode="30159",
                city="Hannover",
                signatories=(Signatory("Ada Stadt", "Leiterin"),),
            ),
        )
        for actor in session.scalars(select(Actor)):
            actor.street, actor.postcode, actor.city = "Weg 2", "30159", "Hannover"
            actor.represented_by, actor.function = "Ada Muster", "Vorstand"

    context.do("Anschriften", addresses)
    made = context.do("Nachtrag", write)
    dialog = AmendmentDialog(context, made, "Nachtrag 1", page).shown()
    printed: list[object] = []
    monkeypatch.setattr(dialog, "print", lambda: printed.append(dialog.kept))  # the printer
    press(dialog, "Unterschriftsreif")
    assert "unterschriftsreif" in context.database.undo_label  # type: ignore[operator]
    press(dialog, "Zurück in den Entwurf")
    press(dialog, "Unterschriftsreif")
    press(dialog, "Für Unterschrift drucken")
    assert [paper is not None for paper in printed] == [True]
    [row] = context.ask(amendment_register.rows, key)
    assert dialog.kept is not None
    press(dialog, "Zurückziehen")
    question = shown(QMessageBox)
    assert question.text().startswith(f"{dialog.kept.file_name} zurückziehen?")
    press(question, "Zurückziehen")
    assert dialog.kept is None
    assert row.id == made
    dialog.close()


def test_a_copy_of_a_kept_paper_is_saved(
    page: AgreementsPage, context: Context, tmp_path: Path, qtbot: QtBot
) -> None:
    said = sentences(context)
    key = key_of(page, "KV-2026-01")
    with context.database.write("gedruckt", undoable=False) as session:
        papers.keep(session, key, "KV-2026-01.pdf", b"%PDF-Fassung", context.now())
    page.show_record(key, "signature")
    signature = page.record.tabs["signature"]
    [copy] = [one for one in signature.findChildren(QPushButton) if one.text() == "Kopie …"]
    copy.click()
    answer(tmp_path / "kopie.pdf")
    assert (tmp_path / "kopie.pdf").read_bytes() == b"%PDF-Fassung"
    assert said == [f"Gespeichert: {tmp_path / 'kopie.pdf'}"]


def test_the_paper_of_a_record_is_shown(page: AgreementsPage) -> None:
    page.show_record(key_of(page, "ZV-2025-01"), "summary")
    press(page.record, "Drucken")
    preview = shown(AgreementPaperDialog)
    assert "ZV-2025-01" in preview.windowTitle() + read(preview)
    preview.close()


# --- money -----------------------------------------------------------------------------------------------------


def test_the_next_instalment_takes_what_is_left(page: AgreementsPage, context: Context, qtbot: QtBot) -> None:
    key = key_of(page, "ZV-2025-01")
    page.show_record(key, "funding")
    tab = page.record.tabs["funding"]
    qtbot.waitUntil(lambda: "Raten" in read(tab))
    press(tab, "Raten bearbeiten …")
    form = shown(FormDialog)
    give_reason(form)
    press(form, "Rate anlegen")
    rows = form.body["instalments"].editor.rows_model
    assert (rows.rows[0].due, rows.rows[0].amount_cents) == (None, 2_400_000)
    rows.enter(0, 0, date(2026, 1, 31), "")
    rows.enter(0, 1, 900_000, "")
    form.body["months"].editor.set_value(1)
    press(form, "Rate anlegen")
    assert (rows.rows[1].due, rows.rows[1].amount_cents) == (date(2026, 2, 28), 1_500_000)
    press(form, "Speichern")
    stored = context.ask(instalments.load, key)
    assert [one.amount_cents for one in stored] == [900_000, 1_500_000]


def test_a_commitment_is_offered_year_by_year(page: AgreementsPage, context: Context, qtbot: QtBot) -> None:
    key = key_of(page, "ZV-2025-01")

    def prepare(session: Session) -> None:
        for year in (2025, 2026):
            session.add(Budget(number=f"B{year}", title="Döhren", year=year, planned_cents=5_000_000))  # type: ignore[attr-defined]

    context.do("Budgets", prepare)
    page.show_record(key, "funding")
    tab = page.record.tabs["funding"]
    words = [one for one in tab.findChildren(QPushButton) if one.text().startswith("Mittelbindung")]
    words[0].click()
    form = shown(FormDialog)
    lines = form.body.lines.rows_model  # type: ignore[attr-defined]
    whole = [one.amount_cents for one in lines.rows]
    assert whole == [2_400_000]
    way = form.body.way  # type: ignore[attr-defined]
    yearly = way.combo.count() - 1
    way.combo.setCurrentIndex(yearly)
    way.combo.activated.emit(yearly)
    assert sum(one.amount_cents or 0 for one in lines.rows) <= 2_400_000
    way.combo.setCurrentIndex(0)
    way.combo.activated.emit(0)
    assert [one.amount_cents for one in lines.rows] == whole
    form.body.settle()
    form.reject()
    assert context.ask(commitments.rows, agreement_id=key) == []


# --- cooperation, goals, register ------------------------------------------------------------------------------


def test_the_matrix_explains_roles_and_what_is_missing(page: AgreementsPage, context: Context) -> None:
    def second(session: Session) -> None:
        row = agreements.load(session, key_of(page, "ZV-2025-01"))
        again = AgreementInput(
            "ZV-2025-02",
            AgreementKind.TARGET,
            "Zweites Zentrum",
            (PartyInput(row.parties[0].actor_id),),
            quarter_id=row.quarter_id,
            stage=row.stage,
            begin=row.begin,
        )
        agreements.save(session, None, again)

    context.do("Zweite Zielvereinbarung", second)
    found = tips(view(page, "cooperation").partners.table.model)  # type: ignore[attr-defined]
    assert any("ist Partner in mehreren Zielvereinbarungen: ZV-2025-01, ZV-2025-02." in tip for tip in found)
    assert any(tip.startswith("Küche & Söhne: nicht beteiligt\n") for tip in found)
    assert any(tip.startswith("Nachbarschaft Nord e.V.: Hauptpartner\n") for tip in found)


def test_a_closed_branch_stays_closed_and_no_place_is_offered_for_what_cannot_hang(
    page: AgreementsPage, context: Context, qtbot: QtBot
) -> None:
    tree = view(page, "cooperation").tree  # type: ignore[attr-defined]
    tree.topLevelItem(0).setExpanded(False)
    context.do("Umbenannt", lambda session: None)
    page.mark_stale()
    page.refresh_if_stale()
    assert not tree.topLevelItem(0).isExpanded()
    tree.topLevelItem(0).setExpanded(True)
    tree.select(key_of(page, "ZV-2026-02"))
    at = tree.visualItemRect(tree.topLevelItem(0)).center()
    event = QDragMoveEvent(
        QPointF(at),
        Qt.DropAction.MoveAction,
        QMimeData(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    tree.dragMoveEvent(event)
    assert not event.isAccepted()


def test_pressing_a_building_block_shows_only_its_goals(page: AgreementsPage, qtbot: QtBot) -> None:
    goals = view(page, "goals")
    qtbot.waitUntil(lambda: bool(goals.blocks.bars))  # type: ignore[attr-defined]
    everything = len(goals.table.shown_rows())  # type: ignore[attr-defined]
    name = next(iter(goals.blocks.bars))  # type: ignore[attr-defined]
    goals.blocks.chosen.emit(name)  # type: ignore[attr-defined]
    goals.blocks.chosen.emit(name)  # type: ignore[attr-defined]
    assert len(goals.table.shown_rows()) == everything  # type: ignore[attr-defined]


def test_the_register_says_what_a_date_is_for(page: AgreementsPage) -> None:
    found = tips(page.register.table.model)
    assert any("sonst verlängert sich die Vereinbarung" in tip for tip in found)


def test_the_menu_of_the_register_is_a_menu(page: AgreementsPage) -> None:
    page.register.table.select(key_of(page, "ZV-2026-02"))
    ask_for_menu(page.register.table.grid)
    pick("Kopieren")


def test_the_menu_of_a_row_stays_while_the_detail_follows(page: AgreementsPage, qtbot: QtBot) -> None:
    """A right click goes to the row: its detail is made anew below the open menu."""
    table = page.register.table
    place = next(at for at, row in enumerate(table.shown_rows()) if row.number == "ZV-2025-01")
    at = table.grid.visualRect(table.model.index(place, 0)).center()
    qtbot.mouseClick(table.grid.viewport(), Qt.MouseButton.RightButton, pos=at)
    table.grid.customContextMenuRequested.emit(at)
    menu = open_menu()
    qtbot.waitUntil(lambda: "ZV-2025-01" in read(page.register.detail))
    assert open_menu() is menu
    menu.close()
