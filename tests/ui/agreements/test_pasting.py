"""Rows of a spreadsheet pasted into the lists of real forms, saved, and taken back in one step."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from app.domain.agreements.agreements import GoalAction, GoalState
from app.services.agreements import agreement_funding, agreement_register, agreements, instalments
from app.services.agreements.agreements import GoalInput
from app.services.agreements.instalments import InstalmentInput
from app.ui.agreements.form import open_form
from app.ui.agreements.goals import GoalsEditor
from app.ui.agreements.life.amendment_form import open_amendment
from app.ui.agreements.page import AgreementsPage
from app.ui.agreements.record.funding.instalments_form import open_instalments
from app.ui.context import Context
from app.ui.kit.editors import RowsEditor
from tests.ui.agreements.conftest import ON
from tests.ui.words import press


def number(context: Context, wanted: str) -> int:
    return next(row.id for row in context.ask(agreement_register.rows, ON) if row.number == wanted)


def paste(editor: RowsEditor, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    editor.grid.setFocus()
    QTest.keyClick(editor.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def test_three_rows_become_three_goals_of_a_draft(page: AgreementsPage, context: Context) -> None:
    draft = number(context, "ZV-2026-02")
    form = open_form(context, draft, page)
    editor = form.body["goals"].editor
    assert isinstance(editor, GoalsEditor)
    paste(
        editor,
        "Nr.\tZiel\tFrist\tStand\tVerantwortlich\tSoll\r\n"
        "1\tOffener Treff\t31.12.2026\tläuft\tAda Muster\t2 Tage\r\n"
        '2\t"Sprechstunde\nim Treff"\t46419\t\t\t\r\n'
        "3\tMittagstisch\t\t\t\t20 Plätze\r\n",
    )
    press(form, "Speichern")
    goals = context.ask(agreements.load, draft).goals
    assert goals == (
        GoalInput(
            "1", "Offener Treff", target="2 Tage", due=date(2026, 12, 31), responsible="Ada Muster",
            state=GoalState.RUNNING,
        ),
        GoalInput("2", "Sprechstunde im Treff", due=date(2027, 2, 1)),
        GoalInput("3", "Mittagstisch", target="20 Plätze"),
    )  # fmt: skip
    context.undo()
    assert context.ask(agreements.load, draft).goals == ()


def test_a_list_of_words_becomes_goals_with_these_titles(page: AgreementsPage, context: Context) -> None:
    draft = number(context, "ZV-2026-02")
    form = open_form(context, draft, page)
    editor = form.body["goals"].editor
    assert isinstance(editor, GoalsEditor)
    paste(editor, "Offener Treff\r\nSprechstunde\r\nMittagstisch\r\n")
    press(form, "Speichern")
    goals = [(goal.nr, goal.title) for goal in context.ask(agreements.load, draft).goals]
    assert goals == [("1", "Offener Treff"), ("2", "Sprechstunde"), ("3", "Mittagstisch")]


def test_partners_are_found_by_their_names(page: AgreementsPage, context: Context) -> None:
    draft = number(context, "ZV-2026-02")
    form = open_form(context, draft, page)
    editor = form.body["parties"].editor
    assert isinstance(editor, RowsEditor)
    editor.grid.setCurrentIndex(editor.rows_model.index(0, 0))
    paste(editor, "Küche & Söhne\nNachbarschaft Nord e.V.\n")
    press(form, "Speichern")
    found = context.ask(agreements.load, draft).parties
    assert [party.represented_by for party in found] == [None, "Ada Muster"]


def test_instalments_come_from_a_list(page: AgreementsPage, context: Context) -> None:
    draft = number(context, "ZV-2026-02")
    funding = context.ask(agreement_funding.load, draft, ON)
    form = open_instalments(context, funding, context.ask(agreements.load, draft).term, page)
    editor = form.body["instalments"].editor
    assert isinstance(editor, RowsEditor)
    paste(editor, "Fällig am\tBetrag\n01.03.26\t12.000,00 €\n1. September 2026\t12000\n")
    press(form, "Speichern")
    assert tuple(context.ask(instalments.load, draft)) == (
        InstalmentInput(date(2026, 3, 1), 1_200_000),
        InstalmentInput(date(2026, 9, 1), 1_200_000),
    )


def test_an_amendment_takes_pasted_goals_by_their_numbers(page: AgreementsPage, context: Context) -> None:
    form = open_amendment(context, number(context, "ZV-2025-01"), None, page)
    editor = form.body["goals"].editor
    assert isinstance(editor, GoalsEditor)
    paste(editor, "Nr.\tFrist\n2\t30.06.2027\n7\t31.12.2027\n")
    changed, added = editor.rows_model.rows
    assert (changed.action, changed.title, changed.due) == (
        GoalAction.CHANGE, "Sprechstunde", date(2027, 6, 30),
    )  # fmt: skip
    assert (added.action, added.nr, added.due) == (GoalAction.ADD, "7", date(2027, 12, 31))
