"""The tab "Ziele" and the view of all goals: reports, lights, filters, and the way between them."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.agreements.agreements import GoalState
from app.domain.agreements.goal_light import GoalLight
from app.services.agreements import goal_reports, goals
from app.services.agreements.goal_reports import ReportInput
from app.services.papers import attachments
from app.ui.agreements.goals_overview import GoalsView
from app.ui.agreements.page import AgreementsPage
from app.ui.agreements.record.goals.tab import GoalsTab
from app.ui.agreements.views import VIEWS
from app.ui.context import Context
from app.ui.kit.form_dialog import FormDialog
from db.models import Goal
from tests.ui.agreements.conftest import ON, give_reason
from tests.ui.words import answer, enter, press


@pytest.fixture
def tab(page: AgreementsPage, context: Context) -> GoalsTab:
    page.show_record(context.ask(goals.rows, ON)[0].agreement.id, "goals")
    found = page.record.tabs["goals"]
    assert isinstance(found, GoalsTab)
    return found


@pytest.fixture
def view(page: AgreementsPage, qtbot: QtBot) -> GoalsView:
    page.bar.setCurrentIndex([spec.id for spec in VIEWS].index("goals"))
    found = page.views["goals"]
    assert isinstance(found, GoalsView)
    qtbot.waitUntil(lambda: bool(found.blocks.bars))
    return found


def dialog() -> FormDialog[object]:
    found = QApplication.activeModalWidget()
    assert isinstance(found, FormDialog)
    return found


def titles(tab: GoalsTab) -> list[str]:
    return [line.goal.title for line in tab.table.shown_rows()]


def test_a_report_is_noted_by_keyboard(tab: GoalsTab, context: Context, qtbot: QtBot) -> None:
    assert tab.sentence.text() == "0 von 2 Zielen erreicht, 1 überfällig, 1 ohne Bericht"
    tab.table.select_position(1)
    with qtbot.waitActive(tab):
        tab.window().activateWindow()
    tab.table.grid.setFocus()
    qtbot.keyClick(tab.table.grid, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    form = dialog()
    assert form.body["state"].editor.value() is GoalState.RUNNING
    form.body["figure"].editor.set_value(Decimal(7))
    form.body["text"].editor.set_value("Zwölf Beratungen im Monat.")
    form.save()
    qtbot.waitUntil(lambda: tab.sentence.text() == "0 von 2 Zielen erreicht, 1 überfällig")
    line = tab.table.current()
    assert line is not None
    assert (line.goal.nr, line.goal.state, line.reports) == ("2", GoalState.RUNNING, 1)
    assert tab.detail.text.text() == "Zwölf Beratungen im Monat."
    assert [one.value for one in tab.detail.chart.figures] == [Decimal(7)]
    context.undo()
    qtbot.waitUntil(lambda: tab.sentence.text().endswith("1 ohne Bericht"))


def test_a_report_to_come_is_refused_at_its_field(tab: GoalsTab) -> None:
    tab.detail.add_report()
    form = dialog()
    form.body["day"].editor.set_value(date(2026, 7, 2))
    form.save()
    assert form.body["day"].problem == "Der Tag liegt in der Zukunft."
    form.body["day"].editor.set_value(ON)
    form.save()


def test_a_report_is_changed_and_deleted(tab: GoalsTab, context: Context, qtbot: QtBot) -> None:
    line = tab.table.rows()[0]
    said = ReportInput(ON, GoalState.REACHED, author="Herr Koch")
    context.do("Bericht", goal_reports.save, line.id, None, said, ON)
    qtbot.waitUntil(lambda: "1 von 2" in tab.sentence.text())
    assert tab.detail.author.text() == "Bericht vom 01.07.2026 von Herrn Koch"
    tab.detail.edit_report(tab.detail.reports.rows()[0])
    form = dialog()
    form.body["state"].editor.set_value(GoalState.PARTLY)
    form.save()
    qtbot.waitUntil(lambda: tab.table.rows()[0].verdict.light is GoalLight.PARTLY)
    tab.detail.reports.remove_requested.emit(tab.detail.reports.selected())
    qtbot.waitUntil(lambda: tab.table.rows()[0].reports == 0)


def test_goals_are_added_changed_and_deleted(tab: GoalsTab, context: Context, qtbot: QtBot) -> None:
    tab.add_goal()
    form = dialog()
    give_reason(form)
    form.body["title"].editor.set_value("Mittagstisch")
    form.body["target_value"].editor.set_value(Decimal(60))
    form.body["unit"].editor.set_value("Essen")
    form.save()
    assert titles(tab) == ["Offener Treff", "Sprechstunde", "Mittagstisch"]
    tab.edit_goal()
    form = dialog()
    give_reason(form)
    form.body["nr"].editor.set_value("1")
    form.save()
    assert "Die Nummer 1" in form.body["nr"].problem
    form.body["nr"].editor.set_value("1a")
    form.save()
    assert titles(tab) == ["Offener Treff", "Mittagstisch", "Sprechstunde"]
    tab.table.remove_requested.emit(tab.table.selected())
    enter(dialog(), "Grund", "doppelt")
    press(dialog(), "Korrigieren")
    qtbot.waitUntil(lambda: len(titles(tab)) == 2)


def test_a_file_lies_with_a_report_as_evidence(
    tab: GoalsTab, context: Context, qtbot: QtBot, tmp_path: Path
) -> None:
    line = tab.table.rows()[0]
    report = context.do("Bericht", goal_reports.save, line.id, None, ReportInput(ON), ON)
    qtbot.waitUntil(lambda: tab.detail.reports.current() is not None)
    file = tmp_path / "Strichliste.pdf"
    file.write_bytes(b"%PDF-1.4 Strichliste")
    tab.detail.evidence.dropped.emit([file])
    qtbot.waitUntil(lambda: bool(context.ask(attachments.of_report, report)))
    qtbot.waitUntil(lambda: tab.detail.reports.rows()[0].files == 1)


def test_evidence_is_asked_for_with_its_button(
    tab: GoalsTab, context: Context, qtbot: QtBot, tmp_path: Path
) -> None:
    line = tab.table.rows()[0]
    report = context.do("Bericht", goal_reports.save, line.id, None, ReportInput(ON), ON)
    qtbot.waitUntil(lambda: tab.detail.reports.current() is not None)
    (tmp_path / "Strichliste.pdf").write_bytes(b"%PDF-1.4 Strichliste")
    press(tab, "Nachweis anhängen …")
    answer(tmp_path / "Strichliste.pdf")
    qtbot.waitUntil(lambda: len(context.ask(attachments.of_report, report)) == 1)


def test_the_sheet_for_the_talk_is_shown_and_saved(tab: GoalsTab, tmp_path: Path) -> None:
    from app.ui.papers.talk_sheet import TalkSheetDialog

    tab.show_sheet()
    shown = QApplication.activeModalWidget()
    assert isinstance(shown, TalkSheetDialog)
    with_fields = shown.pdf
    assert not shown.note.isVisible()
    shown.signatures.setChecked(False)
    assert shown.pdf != with_fields
    shown.save_to(tmp_path / "bogen.pdf")
    assert (tmp_path / "bogen.pdf").read_bytes().startswith(b"%PDF")
    shown.close()


def test_the_sheet_for_the_talk_names_what_will_not_print(tab: GoalsTab, context: Context) -> None:
    from app.ui.papers.talk_sheet import TalkSheetDialog

    with context.database.write("Ziel") as session:
        session.query(Goal).update({"measure": "Gespräche 😀"})
    tab.show_sheet()
    shown = QApplication.activeModalWidget()
    assert isinstance(shown, TalkSheetDialog)
    assert shown.note.text.startswith("Auf dem Papier steht ▯ statt „😀“ (U+1F600) in „Ziele, Ziel 1“")
    shown.close()


def test_all_goals_answer_in_one_sentence(view: GoalsView, page: AgreementsPage) -> None:
    said = page.header.sentence
    assert (
        said
        == "0 von 2 Zielen laufender Vereinbarungen erreicht, 1 überfällig, 2 ohne Bericht seit 6 Monaten"
    )
    assert [bar.words for bar in view.blocks.bars] == ["1 noch kein Bericht, 1 überfällig"]


@pytest.mark.parametrize(
    ("chip", "value", "shown"),
    [
        ("light", "overdue", ["1"]),
        ("light", "unreported", ["2"]),
        ("due", "overdue", ["1"]),
        ("due", 90, []),
        ("due", "year", ["1", "2"]),
        ("due", "none", []),
        ("of", "running", ["1", "2"]),
        ("of", "ended", []),
    ],
)
def test_goals_are_filtered(view: GoalsView, chip: str, value: str | int, shown: list[str]) -> None:
    view.filters.choose(chip, value)
    assert sorted(line.goal.nr for line in view.table.shown_rows()) == shown


def test_a_goal_leads_to_its_record(view: GoalsView, page: AgreementsPage) -> None:
    view.table.opened.emit(view.table.rows()[0])
    assert page.stack.currentWidget() is page.record
    assert isinstance(page.record.stack.currentWidget(), GoalsTab)


def test_what_is_shown_is_exported(view: GoalsView, tmp_path: Path) -> None:
    view.filters.choose("light", "overdue")
    view.table.export_to(tmp_path / "Ziele.xlsx")
    from openpyxl import load_workbook

    rows = list(load_workbook(tmp_path / "Ziele.xlsx").active.iter_rows(values_only=True))
    assert any("überfällig" in row for row in rows)
    assert not any("noch kein Bericht" in row for row in rows)


def test_delete_takes_all_selected_goals_in_one_step(tab: GoalsTab, context: Context, qtbot: QtBot) -> None:
    before = titles(tab)
    tab.table.grid.selectAll()
    qtbot.keyClick(tab.table.grid, Qt.Key.Key_Delete)
    asked = tab.findChildren(FormDialog)[-1]  # the agreement is signed: a correction
    asked.body["reason"].editor.set_value("doppelt eingetragen")
    asked.save()
    qtbot.waitUntil(lambda: titles(tab) == [])
    assert context.database.undo_label == "Korrektur: ZV-2025-01, Ziele 1, 2 gelöscht"
    context.undo()
    qtbot.waitUntil(lambda: titles(tab) == before)
