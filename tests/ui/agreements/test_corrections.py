"""What is signed stands read-only in every form; it is changed by an amendment, or by a correction with a reason."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.agreements.agreements import GoalState, Stage
from app.services.agreements import (
    agreement_funding,
    agreements,
    amendments,
    corrections,
    instalments,
)
from app.services.agreements.corrections import CorrectionRow
from app.services.papers import attachments
from app.ui.agreements.corrections import UNCHANGED, AgreedLine
from app.ui.agreements.form import open_form
from app.ui.agreements.page import AgreementsPage
from app.ui.agreements.record.changes.tab import ChangesTab
from app.ui.agreements.record.funding.frame import open_frame
from app.ui.agreements.record.funding.instalments_form import InstalmentsBody, open_instalments
from app.ui.agreements.record.goals.forms import open_goal
from app.ui.agreements.record.goals.tab import GoalsTab
from app.ui.agreements.record.signature.signatory_card import SignatoryCard
from app.ui.agreements.record.text.tab import TextTab
from app.ui.context import Context
from app.ui.kit.editors import RowsEditor
from app.ui.kit.form_dialog import FormDialog
from db.models import Agreement
from tests.ui.agreements.conftest import ON, give_reason
from tests.ui.words import enter, field, press, shown, texts

LINE = "Vereinbart – ändern durch Nachtrag oder Korrektur"


@pytest.fixture
def key(context: Context) -> int:
    with context.database.read() as session:
        return session.query(Agreement).filter_by(number="ZV-2025-01").one().id


def mended(context: Context, key: int) -> list[CorrectionRow]:
    return context.ask(corrections.rows, key)


def rows(form: FormDialog[object], name: str) -> RowsEditor:
    editor = form.body[name].editor
    assert isinstance(editor, RowsEditor)
    return editor


def test_the_form_shows_what_is_agreed_and_saves_what_is_free(page: AgreementsPage, key: int) -> None:
    context = page.context
    form = open_form(context, key, page)
    assert LINE in texts(form)
    end = field(form, "Ende")
    assert isinstance(end, QLineEdit)
    assert end.isReadOnly()
    QTest.keyClick(end, Qt.Key.Key_Up)
    QTest.keyClick(end, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert end.text() == "31.08.2026"
    assert not field(form, "Art, erforderlich").isEnabled()
    goals = rows(form, "goals")
    goals.grid.setCurrentIndex(goals.rows_model.index(0, 1))
    QTest.keyClick(goals.grid, Qt.Key.Key_Delete)
    QTest.keyClick(goals.grid, Qt.Key.Key_Insert)
    QTest.keyClick(goals.grid, Qt.Key.Key_Return)
    QTest.keyClicks(goals.grid, "Anders")
    goals.rows_model.enter(0, 1, "Anders", "")
    for block, place in (("9\tNoch eins", (1, 0)), ("1\tA\r\n2\tB\r\n3\tC", (0, 0)), ("Anders", (0, 1))):
        QGuiApplication.clipboard().setText(block)
        goals.grid.setCurrentIndex(goals.rows_model.index(*place))
        QTest.keySequence(goals.grid, QKeySequence(QKeySequence.StandardKey.Paste))
        assert not goals.note.isHidden()
    goals.grid.setCurrentIndex(goals.rows_model.index(1, 1))
    goals.fill_down()
    assert goals.note.text == "Gesperrte Felder lassen sich nicht überschreiben."
    assert [goal.title for goal in goals.value()] == ["Offener Treff", "Sprechstunde"]
    assert not goals.add.isVisibleTo(form)
    goals.rows_model.enter(0, 4, GoalState.REACHED, "")
    enter(form, "Notizen", "Anruf")
    form.save()
    data = context.ask(agreements.load, key)
    assert (data.notes, data.goals[0].state, data.goals[0].title) == (
        "Anruf",
        GoalState.REACHED,
        "Offener Treff",
    )
    assert mended(context, key) == []


def test_a_correction_in_the_form_needs_its_reason_first(page: AgreementsPage, key: int) -> None:
    context = page.context
    form = open_form(context, key, page)
    give_reason(form, "Zahlendreher")
    assert form.body.focusWidget() is form.body["kind"].editor.focusWidget()
    assert "Korrektur: Zahlendreher" in texts(form)
    assert form.findChildren(AgreedLine)[0].correct.isHidden()
    enter(form, "Betrag", "24.100,00")
    form.save()
    (found,) = mended(context, key)
    assert (found.day, found.reason) == (ON, "Zahlendreher")
    assert context.database.undo_label == "Korrektur: Vereinbarung ZV-2025-01 gespeichert"
    assert context.ask(agreements.load, key).amount_cents == 2_410_000


def test_a_correction_that_changes_nothing_says_so(
    page: AgreementsPage, context: Context, key: int, qtbot: QtBot
) -> None:
    form = open_form(context, key, page)
    give_reason(form, "Zahlendreher")
    with qtbot.waitSignal(context.said) as said:
        form.save()
    assert said.args == [UNCHANGED]
    form = open_form(context, key, page)
    give_reason(form, "Zahlendreher")
    enter(form, "Notizen", "Anruf")
    with qtbot.waitSignal(context.said) as said:
        form.save()
    assert said.args == [UNCHANGED]
    assert context.ask(agreements.load, key).notes == "Anruf"
    page.show_record(key, "text")
    press(page.record.tabs["text"], "Klausel korrigieren …")
    enter(shown(FormDialog), "Grund", "Buchstabe fehlte")
    press(shown(FormDialog), "Weiter")
    with qtbot.waitSignal(context.said) as said:
        shown(FormDialog).save()
    assert said.args == [UNCHANGED]
    assert mended(context, key) == []


def test_the_way_to_an_amendment(page: AgreementsPage, key: int) -> None:
    form = open_form(page.context, key, page)
    press(form, "Nachtrag …")
    assert not form.isVisible()
    assert shown(FormDialog).windowTitle() == "Nachtrag zu ZV-2025-01 anlegen"
    shown(FormDialog).reject()


def test_a_draft_stays_as_it_was(page: AgreementsPage, context: Context) -> None:
    with context.database.read() as session:
        draft = session.query(Agreement).filter_by(number="ZV-2026-02").one().id
    form = open_form(context, draft, page)
    assert form.findChildren(AgreedLine) == []
    enter(form, "Betrag", "100")
    form.save()
    assert context.ask(agreements.load, draft).amount_cents == 10_000


def test_the_stage_does_not_go_back(page: AgreementsPage, key: int) -> None:
    form = open_form(page.context, key, page)
    enter(form, "Stand", "Entwurf")
    form.save()
    assert "kann nicht mehr „Entwurf“ sein" in form.body["stage"].problem
    form.body.settle()
    form.reject()
    assert page.context.ask(agreements.load, key).stage is Stage.IN_FORCE


@pytest.mark.parametrize("part", ["goal", "frame", "instalments"])
def test_every_form_of_it_is_held(page: AgreementsPage, context: Context, key: int, part: str) -> None:
    def goal() -> FormDialog[object]:
        with context.database.read() as session:
            first = agreements._goals(session, key)[0].id
        return open_goal(context, key, "ZV-2025-01", first, page, lambda _key: None)  # type: ignore[return-value]

    funding = context.ask(agreement_funding.load, key, ON)
    term = context.ask(agreements.load, key).term
    forms: dict[str, Callable[[], FormDialog[object]]] = {
        "goal": goal,
        "frame": lambda: open_frame(context, funding, page),  # type: ignore[return-value]
        "instalments": lambda: open_instalments(context, funding, term, page),  # type: ignore[return-value]
    }
    form = forms[part]()
    assert LINE in texts(form)
    if isinstance(form.body, InstalmentsBody):
        assert not form.body.spread_button.isEnabled()
        form.body.rows.add_row()
        assert form.body.rows.value() == ()
        give_reason(form, "fehlte")
        form.body.rows.add_row()
        form.save()
        assert [one.amount_cents for one in context.ask(instalments.load, key)] == [2_400_000]
    else:
        title, text = ("Soll", "6 Tage") if part == "goal" else ("Betrag", "1,00")
        line = field(form, title)
        assert isinstance(line, QLineEdit)
        assert line.isReadOnly()
        give_reason(form, "fehlte")
        enter(form, title, text)
        form.save()
    assert [one.reason for one in mended(context, key)] == ["fehlte"]


def test_a_goal_goes_with_a_reason_only(page: AgreementsPage, context: Context, key: int) -> None:
    page.show_record(key, "goals")
    tab = page.record.tabs["goals"]
    assert isinstance(tab, GoalsTab)
    tab.table.setFocus()
    tab.table.remove_requested.emit([tab.table.current()])
    press(shown(FormDialog), "Abbrechen")
    assert len(context.ask(agreements.load, key).goals) == 2
    tab.table.remove_requested.emit([tab.table.current()])
    enter(shown(FormDialog), "Grund", "stand nie im Papier")
    press(shown(FormDialog), "Korrigieren")
    assert len(context.ask(agreements.load, key).goals) == 1
    assert mended(context, key)[0].changes[0].new is None


def test_a_clause_is_mended_in_a_signed_text(page: AgreementsPage, context: Context, key: int) -> None:
    page.show_record(key, "text")
    tab = page.record.tabs["text"]
    assert isinstance(tab, TextTab)
    assert not tab.edit.isEnabled()
    press(tab, "Klausel korrigieren …")
    enter(shown(FormDialog), "Grund", "Buchstabe fehlte")
    press(shown(FormDialog), "Weiter")
    form = shown(FormDialog)
    enter(form, "Überschrift", "Vorspruch")
    form.save()
    (found,) = mended(context, key)
    assert [one.new for one in found.changes] == ["Vorspruch"]


def test_scans_lie_with_the_signatures_of_an_amendment(
    page: AgreementsPage, context: Context, key: int, qtbot: QtBot, tmp_path: Path
) -> None:
    with context.database.write("Nachtrag") as session:
        data = amendments.blank(session, key)
        amendment = amendments.save(session, key, None, data)
    page.show_record(key, "changes")
    tab = page.record.tabs["changes"]
    assert isinstance(tab, ChangesTab)
    (tmp_path / "Nachtrag.pdf").write_bytes(b"%PDF")

    def cards() -> list[SignatoryCard]:
        canvas = tab.pane.widget()
        assert canvas is not None
        return canvas.findChildren(SignatoryCard)

    assert len(cards()) == 3
    cards()[1].dropped.emit([tmp_path / "Nachtrag.pdf"])
    qtbot.waitUntil(lambda: bool(context.ask(attachments.rows, key)))
    (scan,) = context.ask(attachments.rows, key)
    assert (scan.belongs.amendment_id, scan.belongs.is_scan) == (amendment, True)
    assert "Nachtrag 1" in scan.about
    qtbot.waitUntil(lambda: any("Nachtrag.pdf" in one.text() for one in _links(cards()[1])))
    page.show_record(key, "signature")
    assert not any("Nachtrag.pdf" in one.text() for one in _links(page.record.tabs["signature"]))


def _links(root: QWidget) -> list[QPushButton]:
    return root.findChildren(QPushButton)
