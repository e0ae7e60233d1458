"""The tab "Text": clauses beside their template, reworded, moved, left out, added, and what the template changed."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.agreements.agreements import AgreementKind
from app.domain.agreements.clauses import ClauseCondition
from app.services.agreements import agreement_text, clauses
from app.services.agreements.clauses import ClauseInput
from app.ui.agreements.clauses.choose import ClausePicker
from app.ui.agreements.clauses.form import ClauseBody
from app.ui.agreements.clauses.placeholders import PlaceholderPicker
from app.ui.agreements.page import AgreementsPage
from app.ui.agreements.record.text.changes import QUESTION, TemplateChangesDialog
from app.ui.agreements.record.text.list import ClauseLine
from app.ui.agreements.record.text.tab import TextTab
from app.ui.context import Context
from app.ui.kit.form_dialog import FormDialog
from tests.ui.words import pick, press, shown


def opened(page: AgreementsPage, number: str) -> TextTab:
    row = next(row for row in page.register.table.rows() if row.number == number)
    page.show_record(row.id, "text")
    tab = page.record.tabs["text"]
    assert isinstance(tab, TextTab)
    return tab


@pytest.fixture
def tab(page: AgreementsPage) -> TextTab:
    """Of a draft without goals, term or amount."""
    return opened(page, "ZV-2026-02")


def line(tab: TextTab, key: str) -> ClauseLine:
    return next(line for line in tab.table.shown_rows() if line.clause.key == key)


def choose(tab: TextTab, key: str) -> None:
    chosen = line(tab, key)
    tab.table.select(chosen.clause.id or -chosen.position)


def texts(tab: TextTab) -> list[str]:
    return [line.clause.title for line in tab.table.shown_rows()]


def test_numbers_are_those_of_the_paper(tab: TextTab) -> None:
    assert line(tab, "zv_preamble").number == "–"
    assert line(tab, "zv_subject").name == "§ 1 Gegenstand und Zweck"
    unfunded = line(tab, "zv_no_funding")
    assert (unfunded.number, unfunded.pills[0].text) == ("–", "mit Förderung")
    assert "[Quartier fehlt]" in tab.clause.paper.toPlainText().replace("\xa0", " ")
    assert "§ 1  Gegenstand und Zweck" in tab.clause.paper.toPlainText().replace("\xa0", " ")


def test_rewording_shows_the_paper_and_the_difference(tab: TextTab, context: Context, qtbot: QtBot) -> None:
    choose(tab, "zv_city_duties")
    qtbot.keyClick(tab.table.grid, Qt.Key.Key_Return)
    form = shown(FormDialog)
    body = form.body
    assert isinstance(body, ClauseBody)
    body.text.edit.setPlainText("Die Stadt hilft beim Vorhaben „{Titel}“.\n\nSie zahlt {Betrg}.")
    qtbot.waitUntil(lambda: "Gemeint ist vielleicht {Betrag}" in body["text"].problem)
    assert "„Idee“" in body.view.paper.toPlainText()
    assert "[Betrg fehlt]" in body.view.paper.toPlainText().replace("\xa0", " ")
    body.text.edit.setPlainText("Die Stadt hilft beim Vorhaben „{Titel}“.")
    form.save()
    qtbot.waitUntil(lambda: line(tab, "zv_city_duties").pills[0].text == "umformuliert")
    assert context.database.undo_label == "ZV-2026-02: „Aufgaben der Stadt“ umformuliert"
    assert tab.table.current().clause.key == "zv_city_duties"  # type: ignore[union-attr]
    tab.clause.show_part(1)
    assert "line-through" in tab.clause.difference.toHtml()
    assert "underline" in tab.clause.difference.toHtml()
    context.undo()
    qtbot.waitUntil(lambda: line(tab, "zv_city_duties").pills[0].text == "wie Vorlage")
    assert "Wortgleich" in tab.clause.difference.toPlainText()


def test_placeholders_are_picked_from_a_list_with_their_values(tab: TextTab, qtbot: QtBot) -> None:
    choose(tab, "zv_city_duties")
    tab.edit.click()
    form = shown(FormDialog)
    body = form.body
    assert isinstance(body, ClauseBody)
    body.text.edit.clear()
    qtbot.keyClicks(body.text.edit, "Ab ")
    body.text.pick()
    picker = shown(PlaceholderPicker)
    said = {choice.name: choice.shown for choice in picker.table.rows()}
    assert (said["Nummer"], said["Beginn"], said["§zv_subject"]) == ("ZV-2026-02", "fehlt noch", "§\xa01")
    qtbot.keyClicks(picker.search, "Namen der Partner")
    qtbot.keyClick(picker.search, Qt.Key.Key_Return)
    assert body.text.value() == "Ab {Träger}"
    body.text.make_list()
    assert body.text.value() == "- Ab {Träger}"
    body.text.edit.selectAll()
    body.text.make_bold()
    assert body.text.value() == "**- Ab {Träger}**"
    form.body.settle()
    form.reject()


def test_moving_by_keys_leaving_out_and_taking_in(tab: TextTab, context: Context, qtbot: QtBot) -> None:
    tab.window().activateWindow()
    qtbot.waitUntil(tab.window().isActiveWindow)  # as shortcuts need it
    choose(tab, "zv_goals")
    grid = tab.table.grid
    grid.setFocus()
    qtbot.keyClick(grid, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: texts(tab)[1] == "Ziele")
    assert tab.table.current().clause.title == "Ziele"  # type: ignore[union-attr]
    qtbot.keyClick(grid, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: texts(tab)[2] == "Ziele")
    qtbot.keyClick(grid, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: line(tab, "zv_goals").pills[0].text == "Pflicht, weggelassen")
    assert tab.duties.isVisible()
    assert tab.duties.text == "1 Pflichtklausel ist weggelassen: Ziele."
    assert line(tab, "zv_actor_duties").number == "§ 2"
    assert tab.leave.text() == "Aufnehmen"
    tab.leave.click()
    qtbot.waitUntil(lambda: line(tab, "zv_goals").number == "§ 2")
    assert not tab.duties.isVisible()


def test_own_clauses_and_those_of_the_library(tab: TextTab, context: Context, qtbot: QtBot) -> None:
    context.do("x", clauses.save, None, ClauseInput("Klima", "Man schont es."), context.today())
    choose(tab, "zv_subject")
    tab.commands.add_own()
    form = shown(FormDialog)
    form.save()
    assert form.body["title"].problem
    form.body["title"].editor.set_value("Hund")
    form.body["text"].editor.set_value("Der Hund darf mit.")
    form.save()
    qtbot.waitUntil(lambda: texts(tab)[2] == "Hund")
    current = tab.table.current()
    assert current is not None
    assert (current.name, current.pills[0].text) == ("§ 2 Hund", "eigene")
    assert not tab.clause.chips.button(1).isEnabled()
    tab.commands.add_from_library()
    picker = shown(ClausePicker)
    assert [row.title for row in picker.table.rows()] == ["Klima"]
    picker.take()
    qtbot.waitUntil(lambda: texts(tab)[3] == "Klima")
    tab.commands.remove(current)
    qtbot.waitUntil(lambda: "Hund" not in texts(tab))


def test_what_the_template_changed_is_taken_over(tab: TextTab, context: Context, qtbot: QtBot) -> None:
    row = next(row for row in context.ask(clauses.rows) if row.key == "zv_subject")
    data = ClauseInput(row.title, "Neuer Zweck.", row.kind, None, True)
    context.do("x", clauses.save, row.id, data, context.today())
    qtbot.waitUntil(tab.news.isVisible)
    assert tab.news.text.endswith("geändert: 1 Klausel.")
    assert line(tab, "zv_subject").pills[0].text == "Vorlage geändert"
    tab.show_changes()
    changes = shown(TemplateChangesDialog)
    assert [(one.title, one.pill.text) for one in changes.table.rows()] == [(row.title, "neu gefasst")]
    assert "Neuer Zweck." in changes.difference.toPlainText()
    changes.take()
    qtbot.waitUntil(lambda: not tab.news.isVisible())
    assert not changes.table.rows()
    assert "Neuer Zweck." in tab.clause.paper.toPlainText()
    changes.reject()


def test_another_condition_is_a_change_of_the_template_and_not_of_the_agreement(
    tab: TextTab, context: Context, qtbot: QtBot
) -> None:
    numbers = [line.number for line in tab.table.rows()]
    row = next(row for row in context.ask(clauses.rows) if row.key == "zv_privacy")
    data = replace(context.ask(clauses.load, row.id), condition=ClauseCondition.UNFUNDED)
    context.do("x", clauses.save, row.id, data, context.today())
    qtbot.waitUntil(tab.news.isVisible)
    assert [line.number for line in tab.table.rows()] == numbers
    assert "Datenschutz" in tab.clause.paper.toPlainText()
    tab.show_changes()
    changes = shown(TemplateChangesDialog)
    said = changes.difference.toPlainText()
    assert "Gilt:" in said
    assert "nur ohne Förderung" in said
    changes.take()
    qtbot.waitUntil(lambda: not tab.news.isVisible())
    assert line(tab, "zv_privacy").number == "–"
    changes.reject()


def test_a_signed_agreement_shows_what_changed_but_takes_nothing(
    page: AgreementsPage, context: Context, qtbot: QtBot
) -> None:
    tab = opened(page, "ZV-2025-01")
    row = next(row for row in context.ask(clauses.rows) if row.key == "zv_subject")
    data = replace(context.ask(clauses.load, row.id), text="Neuer Zweck.")
    context.do("x", clauses.save, row.id, data, context.today())
    tab.template.click()
    pick(QUESTION)
    changes = shown(TemplateChangesDialog)
    assert "Neuer Zweck." in changes.difference.toPlainText()
    assert "Nachtrag" in changes.lock_note.text
    assert not changes.take_button.isEnabled()
    assert not changes.all_button.isEnabled()
    qtbot.keyClick(changes.table.grid, Qt.Key.Key_Return)
    changes.reject()
    assert line(tab, "zv_subject").clause.text != "Neuer Zweck."


def test_all_changes_of_the_template_are_taken_but_her_own_words_stay(
    tab: TextTab, context: Context, qtbot: QtBot
) -> None:
    found = {row.key: row for row in context.ask(clauses.rows)}
    choose(tab, "zv_city_duties")
    qtbot.keyClick(tab.table.grid, Qt.Key.Key_Return)
    form = shown(FormDialog)
    assert isinstance(form.body, ClauseBody)
    form.body.text.edit.setPlainText("Meine eigenen Worte.")
    form.save()
    qtbot.waitUntil(lambda: line(tab, "zv_city_duties").pills[0].text == "umformuliert")
    for key in ("zv_subject", "zv_city_duties"):
        row = found[key]
        data = ClauseInput(row.title, f"Neu in der Vorlage: {key}.", row.kind, row.condition, True)
        context.do("x", clauses.save, row.id, data, context.today())
    qtbot.waitUntil(tab.news.isVisible)
    tab.show_changes()
    changes = shown(TemplateChangesDialog)
    here = next(column for column in changes.table.model.columns if column.key == "here")
    assert [here.text(one) for one in changes.table.rows()] == ["", "umformuliert"]
    press(changes, "Alle übernehmen")
    qtbot.waitUntil(lambda: len(changes.table.rows()) == 1)
    assert not changes.all_button.isEnabled()  # what is left would undo her words
    changes.reject()
    qtbot.waitUntil(lambda: line(tab, "zv_subject").clause.text == "Neu in der Vorlage: zv_subject.")
    assert line(tab, "zv_city_duties").clause.text == "Meine eigenen Worte."
    choose(tab, "zv_city_duties")
    tab.more.click()
    pick("Zurück zur Vorlage")
    qtbot.waitUntil(lambda: line(tab, "zv_city_duties").clause.text != "Meine eigenen Worte.")
    context.undo()
    qtbot.waitUntil(lambda: line(tab, "zv_city_duties").clause.text == "Meine eigenen Worte.")


def test_what_is_signed_is_read_only_and_says_why(page: AgreementsPage) -> None:
    tab = opened(page, "ZV-2025-01")
    assert tab.lock_note.isVisible()
    assert "Nachtrag" in tab.lock_note.text
    for control in (tab.edit, tab.leave, tab.insert, tab.up, tab.down):
        assert not control.isEnabled()
    before = texts(tab)
    tab.commands.toggle()
    tab.commands.shift(1)
    tab.commands.reword()
    assert texts(tab) == before


def test_the_whole_text_after_another_template(tab: TextTab, context: Context, qtbot: QtBot) -> None:
    short = clauses.TemplateInput("Kurz", AgreementKind.TARGET, (1, 2))
    made = context.do("x", clauses.save_template, None, short, context.today())
    choose(tab, "zv_goals")
    tab.commands.shift(1)
    tab.commands.use_template(made, "Kurz")
    qtbot.waitUntil(lambda: texts(tab) == ["Präambel", "Gegenstand und Zweck"])
    text = context.ask(agreement_text.text, 3)
    assert text.template_name == "Kurz"
