"""The form: computed dates while typing, problems at their fields, one save for parties and goals."""

from dataclasses import dataclass
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.domain.agreements.agreements import AgreementKind, GoalState
from app.services.agreements import agreements
from app.services.agreements.agreements import AgreementInput, GoalInput, PartyInput
from app.ui.agreements.findings import TermPanel
from app.ui.agreements.form import open_form
from app.ui.agreements.goals import GoalsEditor
from app.ui.context import Context
from app.ui.kit.editors import DateEditor, RowsEditor
from app.ui.kit.form_dialog import FormDialog
from db.models import Agreement
from tests.ui.agreements.conftest import give_reason


@dataclass
class Host:
    """Opens the form above a window that lives as long as the test."""

    context: Context
    window: QWidget

    def open(self, agreement_id: int | None = None) -> FormDialog[AgreementInput]:
        return open_form(self.context, agreement_id, self.window, lambda _saved: None)


@pytest.fixture
def host(context: Context, qtbot: QtBot) -> Host:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return Host(context, window)


def write(dialog: FormDialog[AgreementInput], qtbot: QtBot, name: str, text: str) -> None:
    """Type into a field as a person does."""
    editor = dialog.body[name].editor
    line = editor.findChild(QLineEdit)
    assert line is not None
    line.selectAll()
    qtbot.keyClicks(line, text)


def panel_words(dialog: FormDialog[AgreementInput]) -> str:
    QApplication.processEvents()  # new lines are shown in the next turn of the event loop
    panel = dialog.findChild(TermPanel)
    assert panel is not None
    return "\n".join(label.text() for label in panel.findChildren(QLabel) if label.isVisibleTo(panel))


def test_dates_follow_while_typing(host: Host, context: Context, qtbot: QtBot) -> None:
    dialog = host.open()
    assert "Sobald Beginn, Ende oder Kündigungsfrist" in panel_words(dialog)
    write(dialog, qtbot, "begin", "01.06.2025")
    write(dialog, qtbot, "end", "31.08.2026")
    assert "Endet an diesem Tag" in panel_words(dialog)
    write(dialog, qtbot, "renewal_months", "6")
    write(dialog, qtbot, "notice", "2")
    shown = panel_words(dialog)
    assert "Letzter Tag für den Zugang" in shown
    assert "31.12.2026" in shown
    assert "28.12.2026" in shown
    assert "Noch nicht bindend" in shown
    write(dialog, qtbot, "end", "31.05.2025")
    assert "Das Ende liegt vor dem Beginn." in panel_words(dialog)
    write(dialog, qtbot, "end", "31.05.")
    assert "Das Ende liegt vor dem Beginn." not in panel_words(dialog)


def test_problems_stand_at_their_fields(host: Host, context: Context, qtbot: QtBot) -> None:
    dialog = host.open()
    dialog.save()
    assert dialog.isVisible()
    assert dialog.body["title"].problem
    assert dialog.body["parties"].problem
    write(dialog, qtbot, "title", "Neu")
    dialog.body["parties"].editor.set_value((PartyInput(1),))
    write(dialog, qtbot, "begin", "01.06.2026")
    write(dialog, qtbot, "end", "01.05.2026")
    write(dialog, qtbot, "number", "ZV-2025-01")
    dialog.save()
    assert dialog.body["end"].problem == "Das Ende liegt vor dem Beginn."
    assert dialog.body["number"].problem == "Die Nummer ZV-2025-01 gibt es schon."


def test_a_new_agreement_with_partner_and_goal(host: Host, context: Context, qtbot: QtBot) -> None:
    dialog = host.open()
    assert dialog.body["number"].editor.value() == "ZV-2026-03"
    write(dialog, qtbot, "title", "Treff Sahlkamp")
    parties = dialog.body["parties"].editor
    assert isinstance(parties, RowsEditor)
    parties.add_row()
    parties.rows_model.enter(0, 0, 1, "")
    assert parties.value() == (PartyInput(1, "Ada Muster", "Vorstand"),)
    goals = dialog.body["goals"].editor
    assert isinstance(goals, GoalsEditor)
    goals.add_row()
    goals.rows_model.enter(0, 1, "Besuchsdienst", "")
    measure = goals.more["measure"].editor.findChild(QLineEdit)
    assert measure is not None
    qtbot.keyClicks(measure, "Ehrenamtliche werben")
    write(dialog, qtbot, "amount_cents", "12.000")
    with qtbot.waitSignal(dialog.saved) as told:
        dialog.save()
    loaded = context.ask(agreements.load, told.args[0])
    assert loaded.parties == (PartyInput(1, "Ada Muster", "Vorstand"),)
    assert loaded.goals == (GoalInput("1", "Besuchsdienst", measure="Ehrenamtliche werben"),)
    assert (loaded.title, loaded.amount_cents) == ("Treff Sahlkamp", 1_200_000)
    assert context.database.undo_label == "Vereinbarung ZV-2026-03 gespeichert"


def test_the_number_follows_the_kind_until_it_is_written(host: Host, context: Context, qtbot: QtBot) -> None:
    dialog = host.open()
    kind = dialog.body["kind"].editor
    kind.set_value(AgreementKind.COOPERATION)
    kind.changed.emit()
    assert dialog.body["number"].editor.value() == "KV-2026-02"
    write(dialog, qtbot, "number", "EIGEN-1")
    kind.set_value(AgreementKind.TARGET)
    kind.changed.emit()
    assert dialog.body["number"].editor.value() == "EIGEN-1"


def test_what_belongs_to_a_goal_follows_the_chosen_row(host: Host, context: Context, qtbot: QtBot) -> None:
    dialog = host.open(1)
    give_reason(dialog)
    goals = dialog.body["goals"].editor
    assert isinstance(goals, GoalsEditor)
    for place, text in ((0, "Tage je Woche"), (1, "Termine")):
        goals.grid.setCurrentIndex(goals.rows_model.index(place, 0))
        line = goals.more["indicator"].editor.findChild(QLineEdit)
        assert line is not None
        assert line.text() == ""
        qtbot.keyClicks(line, text)
        goals.grid.setFocus()
    assert [goal.indicator for goal in goals.value()] == ["Tage je Woche", "Termine"]
    goals.grid.setCurrentIndex(goals.rows_model.index(0, 0))
    assert goals.more["indicator"].editor.value() == "Tage je Woche"
    assert goals.value()[0].state is GoalState.RUNNING


def test_reminders_and_unchanged_save(host: Host, context: Context, qtbot: QtBot) -> None:
    before = context.ask(agreements.load, 1)
    dialog = host.open(1)
    assert not dialog.body.dirty
    write(dialog, qtbot, "reminders", "7; viel")
    dialog.save()
    assert "viel" in dialog.body["reminders"].problem
    write(dialog, qtbot, "reminders", "7, 60")
    dialog.save()
    after = context.ask(agreements.load, 1)
    assert after.reminders == (60, 7)
    assert after.goals == before.goals
    assert after.begin == date(2025, 6, 1)


def test_a_signature_date_is_a_cell(host: Host, context: Context, qtbot: QtBot) -> None:
    dialog = host.open(1)
    parties = dialog.body["parties"].editor
    assert isinstance(parties, RowsEditor)
    assert isinstance(parties.rows_model.columns[3].editor(), DateEditor)
    parties.rows_model.enter(1, 3, date(2026, 6, 1), "")
    dialog.save()
    assert context.ask(agreements.load, 1).parties[1].signed_on == date(2026, 6, 1)


def test_an_empty_representation_says_who_signs(host: Host, context: Context, qtbot: QtBot) -> None:
    with context.database.read() as session:
        key = session.query(Agreement).filter_by(number="ZV-2025-01").one().id
    editor = host.open(key).body["parties"].editor
    assert isinstance(editor, RowsEditor)
    model = editor.rows_model

    def heard(row: int) -> list[str]:
        said = Qt.ItemDataRole.AccessibleTextRole
        return [model.index(row, column).data(said) for column in (1, 2)]

    assert heard(0) == ["Ada Muster", "Vorstand"]
    assert heard(1) == ["fehlt noch", ""]
    assert [party.represented_by for party in editor.value()] == [None, None]
    model.enter(0, 1, "Uwe Beispiel", "")
    assert heard(0) == ["Uwe Beispiel", ""]
