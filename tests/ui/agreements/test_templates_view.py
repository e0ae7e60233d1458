"""The view "Vorlagen": the library and the templates made of it, edited with the paper in view."""

from dataclasses import replace
from datetime import date
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from app.domain.agreements.agreements import AgreementKind
from app.domain.errors import UserError
from app.services.agreements import agreement_text, agreements, clauses
from app.services.agreements.agreements import PartyInput
from app.services.agreements.clauses import ClauseInput
from app.ui.agreements.clauses.choose import ClausePicker
from app.ui.agreements.clauses.form import LibraryBody
from app.ui.agreements.form import AgreementBody
from app.ui.agreements.page import AgreementsPage
from app.ui.agreements.templates.standard import StandardTextsDialog
from app.ui.agreements.templates.view import TemplatesView
from app.ui.agreements.views import VIEWS
from app.ui.context import Context
from app.ui.kit.form_dialog import FormDialog
from db.models import Clause, ClauseVersion
from db.seed import standard_clauses

D = TypeVar("D", bound=QDialog)


@pytest.fixture
def view(page: AgreementsPage) -> TemplatesView:
    page.bar.setCurrentIndex([spec.id for spec in VIEWS].index("templates"))
    assert isinstance(page.view, TemplatesView)
    return page.view


def dialog(kind: type[D]) -> D:
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
    assert len(found) == 1
    return found[0]


def members(view: TemplatesView) -> list[str]:
    return [row.title for row in view.template_pane.clauses.shown_rows()]


def clause_id(view: TemplatesView, key: str) -> int:
    return next(row.id for row in view.clauses.rows() if row.key == key)


def test_both_kinds_have_their_template(page: AgreementsPage, view: TemplatesView) -> None:
    assert [row.name for row in view.templates.rows()] == [
        "Zielvereinbarung (Standard)",
        "Kooperationsvereinbarung (Standard)",
    ]
    count = sum(len(standard_clauses(kind)) for kind in AgreementKind)
    assert page.header.sentence.startswith(f"2 Vorlagen aus {count} Klauseln der Bibliothek")
    assert page.header.primary is not None
    assert page.header.primary.text() == "Klausel anlegen"


def test_a_clause_is_edited_with_its_paper_and_becomes_a_version(
    view: TemplatesView, context: Context, qtbot: QtBot
) -> None:
    view.show_clause(clause_id(view, "zv_contacts"))
    assert "Ansprechpersonen" in view.clause_pane.paper.toPlainText()
    view.clause_pane.edit()
    form = dialog(FormDialog)
    body = form.body
    assert isinstance(body, LibraryBody)
    qtbot.keyClicks(body.text.edit, "{Quatier} ")
    qtbot.waitUntil(lambda: "Gemeint ist vielleicht {Quartier}" in body["text"].problem)
    body.text.edit.setPlainText("Für {Titel} sind da:\n\n{Tabelle: Ansprechpersonen}")
    body["condition"].editor.combo.setCurrentIndex(2)  # type: ignore[attr-defined]
    body.show_paper()
    assert "Für Idee sind da:" in body.view.paper.toPlainText()
    assert body.view.note.isVisibleTo(body.view)  # without funding it would not print
    body.view.sample.set_value(None)
    body.view.sample.changed.emit()
    assert "[Titel fehlt]" in body.view.paper.toPlainText().replace("\xa0", " ")
    body["condition"].editor.set_value(None)
    form.save()
    qtbot.waitUntil(lambda: len(view.clause_pane.versions.rows()) == 2)
    assert context.database.undo_label == "Klausel „Ansprechpersonen“ gespeichert"
    view.clause_pane.show_part(1)
    assert "line-through" in view.clause_pane.difference.toHtml()
    view.clause_pane.versions.select_position(1)
    assert view.clause_pane.difference.toPlainText().startswith("Erste Fassung.")


def test_a_new_clause_is_taken_into_a_template_and_moved(
    view: TemplatesView, context: Context, qtbot: QtBot
) -> None:
    view.clause_pane.add()
    form = dialog(FormDialog)
    form.body["title"].editor.set_value("Klima")
    form.body["text"].editor.set_value("Man schont es.")
    form.save()
    assert view.clause_pane.title.text() == "Klima"
    view.show_template(1)
    view.template_pane.clauses.select_position(0)
    view.template_pane.take_in.click()
    picker = dialog(ClausePicker)
    assert [row.title for row in picker.table.rows()] == ["Klima"]
    qtbot.keyClick(picker.table.grid, Qt.Key.Key_Return)
    assert members(view)[:3] == ["Präambel", "Klima", "Gegenstand und Zweck"]
    view.window().activateWindow()
    grid = view.template_pane.clauses.grid
    qtbot.waitUntil(grid.hasFocus)
    qtbot.keyClick(grid, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert members(view)[:3] == ["Präambel", "Gegenstand und Zweck", "Klima"]
    assert "§ 2  Klima" in view.template_pane.paper.toPlainText().replace("\xa0", " ")
    newest = view.template_pane.steps.rows()[0]
    assert (newest.number, newest.added) == (2, ("Klima",))
    view.template_pane.clauses.remove_requested.emit(view.template_pane.clauses.selected())
    qtbot.waitUntil(lambda: "Klima" not in members(view))
    context.undo()
    qtbot.waitUntil(lambda: members(view)[2] == "Klima")


def test_templates_are_duplicated_made_default_and_removed(
    view: TemplatesView, context: Context, qtbot: QtBot
) -> None:
    view.show_template(1)
    with pytest.raises(UserError, match="letzte Vorlage"):
        view.template_pane.remove()
    view.template_pane.duplicate()
    assert view.template_pane.title.text() == "Zielvereinbarung (Standard) (Kopie)"
    view.template_pane.default_button.click()
    default = context.ask(clauses.default_template, AgreementKind.TARGET)
    assert default is not None
    assert default.name == "Zielvereinbarung (Standard) (Kopie)"
    view.show_template(1)
    view.template_pane.remove()
    qtbot.waitUntil(lambda: len(view.templates.rows()) == 2)
    context.undo()
    qtbot.waitUntil(lambda: len(view.templates.rows()) == 3)


def test_newer_standard_texts_are_offered_and_taken_over(
    view: TemplatesView, context: Context, qtbot: QtBot
) -> None:
    assert not view.standard.isVisible()
    context.do("x", older, "zv_subject", "zv_privacy")
    own = replace(context.ask(clauses.load, clause_id(view, "zv_privacy")), text="Eigene Worte.")
    context.do("x", clauses.save, clause_id(view, "zv_privacy"), own, context.today())
    qtbot.waitUntil(view.standard.isVisible)
    assert view.standard.text() == "Neue Standardtexte (2)"
    view.standard.click()
    offered = dialog(StandardTextsDialog)
    assert [one.title for one in offered.table.rows()] == ["ZV · Gegenstand und Zweck", "ZV · Datenschutz"]
    assert "Vor einem Jahr." in offered.difference.toPlainText()
    offered.all_button.click()
    qtbot.waitUntil(lambda: [one.title for one in offered.table.rows()] == ["ZV · Datenschutz"])
    assert "eigene Formulierung" in offered.note.text
    assert not offered.all_button.isEnabled()
    assert context.ask(clauses.load, clause_id(view, "zv_privacy")).text == "Eigene Worte."
    offered.take_button.click()
    qtbot.waitUntil(lambda: not view.standard.isVisible())
    offered.reject()
    context.undo()
    qtbot.waitUntil(view.standard.isVisible)


def older(session: Session, *keys: str) -> None:
    """The library as it was with older standard texts."""
    for version in session.query(ClauseVersion).join(Clause, Clause.id == ClauseVersion.clause_id):
        if session.get_one(Clause, version.clause_id).key in keys:
            version.text, version.standard_as_of = "Vor einem Jahr.", date(2025, 12, 1)


def test_a_new_template_begins_with_the_duties(view: TemplatesView, qtbot: QtBot) -> None:
    view.add_template()
    form = dialog(FormDialog)
    form.save()
    assert form.body["name"].problem
    form.body["name"].editor.set_value("Kurz")
    form.save()
    qtbot.waitUntil(lambda: view.template_pane.title.text() == "Kurz")
    assert "Datenschutz" in members(view)
    assert "Präambel" not in members(view)


def test_a_clause_leads_to_where_it_is_used(view: TemplatesView, page: AgreementsPage, qtbot: QtBot) -> None:
    key = clause_id(view, "zv_subject")
    with pytest.raises(UserError, match="steht noch in"):
        view.show_clause(key)
        view.clause_pane.remove()
    assert next(row.used for row in view.clauses.rows() if row.id == key) == 2
    view.record_wanted.emit(3)
    assert page.record.isVisible()


def test_a_new_agreement_is_made_from_the_chosen_template(
    view: TemplatesView, page: AgreementsPage, context: Context, qtbot: QtBot
) -> None:
    data = clauses.TemplateInput("Kurz", AgreementKind.TARGET, (1, 2))
    short = context.do("x", clauses.save_template, None, data, date(2026, 7, 1))
    page.register.commands.add()
    form = dialog(FormDialog)
    body = form.body
    assert isinstance(body, AgreementBody)
    field = body.template
    assert field.isVisibleTo(body)
    assert body.template.template_id == 1  # the default
    body["kind"].editor.set_value(AgreementKind.COOPERATION)
    body["kind"].editor.changed.emit()
    assert not field.isVisibleTo(body)
    assert body.template.template_id is None
    body["kind"].editor.set_value(AgreementKind.TARGET)
    body["kind"].editor.changed.emit()
    field.editor.set_value(short)
    line = body["title"].editor.findChild(QLineEdit)
    assert line is not None
    qtbot.keyClicks(line, "Neu")
    body["parties"].editor.set_value((PartyInput(1),))
    with qtbot.waitSignal(form.saved) as told:
        form.save()
    text = context.ask(agreement_text.text, told.args[0])
    assert (text.template_name, len(text.clauses)) == ("Kurz", 2)
    assert context.ask(agreements.load, told.args[0]).title == "Neu"


def test_a_clause_of_no_template_is_shown_too(view: TemplatesView, context: Context, qtbot: QtBot) -> None:
    made = context.do("x", clauses.save, None, ClauseInput("Klima", "Man schont {Titel}."), date(2026, 7, 1))
    qtbot.waitUntil(lambda: made in [row.id for row in view.clauses.rows()])
    view.show_clause(made)
    assert "Man schont Idee." in view.clause_pane.paper.toPlainText()
    view.clause_pane.remove()
    qtbot.waitUntil(lambda: made not in [row.id for row in view.clauses.rows()])


def test_delete_takes_all_selected_clauses_out_in_one_step(
    view: TemplatesView, context: Context, qtbot: QtBot
) -> None:
    view.templates.select_position(0)
    qtbot.waitUntil(lambda: len(members(view)) > 3)
    table, before = view.template_pane.clauses, members(view)
    table.select_position(1)
    shift = Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(table.grid, Qt.Key.Key_Down, shift)
    qtbot.keyClick(table.grid, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: members(view) == [before[0], *before[3:]])
    context.undo()
    qtbot.waitUntil(lambda: members(view) == before)
