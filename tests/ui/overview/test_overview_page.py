"""The overview on a real file: columns, keys, done, put off, calendar."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.domain.agreements.agreements import AgreementKind, GoalState, Stage
from app.domain.deadlines.deadlines import DeadlineKind
from app.services.deadlines import deadlines
from app.ui.context import Context
from app.ui.deadlines.due import Urgency
from app.ui.deadlines.marks import MarksDialog
from app.ui.kit.form_dialog import FormDialog
from app.ui.kit.theme import Theme
from app.ui.kit.widgets.bars import BudgetBar
from app.ui.overview.page import OverviewPage
from db.database import Database
from db.models import Actor, Agreement, Budget, Goal, Offer, Party, Quarter
from tests.ui.words import answer, pick, press, shown, texts

TODAY = date(2026, 11, 24)
GOALS = {"Vor einer Woche": -7, "Gestern": -1, "Heute": 0, "In zwei Wochen": 14, "In hundert Tagen": 100}


def fill(session: Session) -> None:
    """One agreement with goals around today, one offer to confirm, one overspent budget."""
    session.execute(insert(Quarter).values(id=1, short="SAH", name="Sahlkamp"))
    session.execute(insert(Actor).values(id=1, short="AWO", name="AWO Region Hannover"))
    session.execute(
        insert(Agreement).values(
            id=1, number="ZV-1", kind=AgreementKind.TARGET, title="Treff", stage=Stage.IN_FORCE,
            begin=date(2026, 10, 1), quarter_id=1,
        )
    )  # fmt: skip
    session.execute(insert(Party).values(agreement_id=1, actor_id=1, position=1))
    for nr, (title, days) in enumerate(GOALS.items(), start=1):
        session.execute(
            insert(Goal).values(
                id=nr,
                agreement_id=1,
                nr=str(nr),
                title=title,
                due=TODAY + timedelta(days=days),
                state=GoalState.OPEN,
            )
        )
    session.execute(
        insert(Offer).values(
            id=1, quarter_id=1, actor_id=1, title="Mittagstisch", confirmed_on=date(2025, 12, 1)
        )
    )
    session.execute(insert(Budget).values(number="B-1", title="Starterbudget", year=2026, planned_cents=-500))


@pytest.fixture
def context(database: Database, theme: Theme) -> Iterator[Context]:
    opened = Context(database, clock=lambda: TODAY)
    yield opened
    opened.jobs.close()


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> OverviewPage:
    context.do("Anfang", fill)
    made = OverviewPage(context)
    qtbot.addWidget(made)
    made.resize(1080, 740)
    with qtbot.waitExposed(made):
        made.show()
    return made


def titles(page: OverviewPage, urgency: Urgency) -> list[str]:
    return [found.deadline.title for found in page.columns.columns[urgency].list.dues.dues]


def test_three_columns_and_the_answer_in_one_sentence(page: OverviewPage) -> None:
    assert ["woche" in title or "Gestern" in title for title in titles(page, Urgency.OVERDUE)] == [
        False,
        True,
    ] or (len(titles(page, Urgency.OVERDUE)) == 2)
    assert len(titles(page, Urgency.SOON)) == 3
    assert any("Mittagstisch" in title for title in titles(page, Urgency.SOON))
    assert any("In hundert Tagen" in title for title in titles(page, Urgency.LATER))
    assert page.header.sentence.startswith(
        "2 überfällig · 3 in den nächsten 30 Tagen · das Nächste am 24.11.2026"
    )


def test_e_is_done_and_undo_brings_it_back(qtbot: QtBot, page: OverviewPage, context: Context) -> None:
    overdue = page.columns.columns[Urgency.OVERDUE].list
    overdue.setFocus()
    first = overdue.current()
    assert first is not None
    qtbot.keyClick(overdue, Qt.Key.Key_E)
    qtbot.waitUntil(lambda: len(overdue.dues.dues) == 1)
    assert overdue.current() is not None, "its neighbour is chosen"
    assert context.database.undo_label == f"Erledigt: {first.deadline.title}"
    context.undo()
    qtbot.waitUntil(lambda: len(overdue.dues.dues) == 2)


def test_z_asks_until_when_and_why(qtbot: QtBot, page: OverviewPage, context: Context) -> None:
    soon = page.columns.columns[Urgency.SOON].list
    soon.setFocus()
    qtbot.keyClick(soon, Qt.Key.Key_Z)
    dialog = page.findChild(FormDialog)
    assert dialog is not None
    dialog.save()
    assert dialog.body["reason"].problem
    dialog.body["until"].editor.set_value(TODAY)
    dialog.body["reason"].editor.set_value("Träger ist im Urlaub")
    dialog.save()
    assert "nach dem 24.11.2026" in dialog.body["until"].problem
    dialog.body["until"].editor.set_value(date(2026, 12, 15))
    dialog.save()
    qtbot.waitUntil(lambda: len(soon.dues.dues) == 2)
    marks = context.ask(deadlines.marked, TODAY)
    assert [(mark.until, mark.reason) for mark in marks] == [(date(2026, 12, 15), "Träger ist im Urlaub")]


def test_a_button_that_was_pressed_gives_the_keyboard_back_to_the_list(
    qtbot: QtBot, page: OverviewPage
) -> None:
    overdue = page.columns.columns[Urgency.OVERDUE].list
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    overdue.setFocus()
    [done] = [
        one for one in page.columns.findChildren(QPushButton) if one.text() == "Erledigt" and one.isVisible()
    ]
    qtbot.mouseClick(done, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(overdue.dues.dues) == 1)
    assert overdue.hasFocus()
    assert overdue.current() is not None


def test_several_are_taken_up_again_in_one_step(qtbot: QtBot, page: OverviewPage, context: Context) -> None:
    overdue = page.columns.columns[Urgency.OVERDUE].list
    overdue.setFocus()
    qtbot.keyClick(overdue, Qt.Key.Key_E)
    qtbot.waitUntil(lambda: len(overdue.dues.dues) == 1)
    qtbot.keyClick(overdue, Qt.Key.Key_E)
    page.show_marks()
    dialog = page.findChild(MarksDialog)
    assert dialog is not None
    dialog.table.grid.selectAll()
    qtbot.keyClick(dialog.table.grid, Qt.Key.Key_Delete)
    assert dialog.table.rows() == []
    context.undo()
    assert len(context.ask(deadlines.marked, TODAY)) == 2


def test_what_was_noted_can_be_taken_up_again(qtbot: QtBot, page: OverviewPage) -> None:
    overdue = page.columns.columns[Urgency.OVERDUE].list
    overdue.setFocus()
    qtbot.keyClick(overdue, Qt.Key.Key_E)
    page.show_marks()
    dialog = page.findChild(MarksDialog)
    assert dialog is not None
    assert [column.text(dialog.table.rows()[0]) for column in dialog.table.shown_columns()][3] == "erledigt"
    dialog.table.select_position(0)
    dialog._again.click()
    assert dialog.table.rows() == []
    qtbot.waitUntil(lambda: len(overdue.dues.dues) == 2)


def test_enter_opens_the_record(qtbot: QtBot, page: OverviewPage, context: Context) -> None:
    overdue = page.columns.columns[Urgency.OVERDUE].list
    overdue.setFocus()
    with qtbot.waitSignal(context.opened) as opened:
        qtbot.keyClick(overdue, Qt.Key.Key_Return)
    assert opened.args == ["agreements", 1]


def test_an_offer_is_opened_on_its_page(qtbot: QtBot, page: OverviewPage, context: Context) -> None:
    soon = page.columns.columns[Urgency.SOON].list
    offer = next(found for found in soon.dues.dues if found.deadline.opens.table == "offer")
    with qtbot.waitSignal(context.opened) as opened:
        page.open_deadline(offer.deadline)
    assert opened.args == ["offers", 1]


def test_the_arrows_go_from_column_to_column_and_one_row_is_chosen(qtbot: QtBot, page: OverviewPage) -> None:
    lists = {urgency: column.list for urgency, column in page.columns.columns.items()}
    page.activateWindow()
    lists[Urgency.OVERDUE].setFocus(Qt.FocusReason.TabFocusReason)
    assert lists[Urgency.OVERDUE].current() is not None
    qtbot.keyClick(lists[Urgency.OVERDUE], Qt.Key.Key_Right)
    assert QApplication.focusWidget() is lists[Urgency.SOON]
    assert lists[Urgency.SOON].current() is not None
    assert lists[Urgency.OVERDUE].current() is None


def test_the_rule_of_the_chosen_row_stands_below_the_columns(page: OverviewPage) -> None:
    overdue = page.columns.columns[Urgency.OVERDUE].list
    rule = overdue.dues.dues[0].deadline.rule
    assert overdue.choose(overdue.dues.dues[0].key)
    assert rule in texts(page.columns.detail)
    assert rule in overdue.dues.data(overdue.dues.index(0), Qt.ItemDataRole.ToolTipRole)


def test_a_yearly_talk_offers_its_sheet(qtbot: QtBot, page: OverviewPage, context: Context) -> None:
    from app.ui.papers.talk_sheet import TalkSheetDialog

    lists = [column.list for column in page.columns.columns.values()]
    wanted = [
        (shown, due)
        for shown in lists
        for due in shown.dues.dues
        if due.deadline.kind is DeadlineKind.YEARLY_TALK
    ]
    shown, due = wanted[0]
    assert shown.choose(due.key)
    press(page.columns.detail, "Bogen drucken …")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, TalkSheetDialog)
    assert dialog.pdf.startswith(b"%PDF")
    dialog.close()


def test_a_mark_of_the_year_leads_to_its_row(qtbot: QtBot, page: OverviewPage) -> None:
    later = page.columns.columns[Urgency.LATER].list
    wanted = later.dues.dues[0]
    page.year.chosen.emit(wanted.key)
    assert later.current() == wanted


def test_figures_and_tightest_budgets(page: OverviewPage) -> None:
    texts = {
        name: figure.accessibleName().replace("\N{NO-BREAK SPACE}", " ")
        for name, figure in page.year.figures.items()
    }
    assert texts == {
        "available": "Verfügbar: -5 € von -5 €",
        "actual": "Ist: 0 € gebunden 0 €",
        "unassigned": "Nicht zugeordnet: 0,00 € alles zugeordnet",
        "agreements": "Vereinbarungen: 1 laufend · 1 Quartier",
    }
    bar = page.budgets.findChildren(BudgetBar)[0]
    assert "überzogen um 5,00 €" in bar.accessibleDescription()


def test_the_calendar_file_holds_what_is_due(page: OverviewPage, tmp_path: Path) -> None:
    page.write_calendar(tmp_path / "fristen.ics")
    text = (tmp_path / "fristen.ics").read_text("utf-8")
    assert text.count("BEGIN:VEVENT") == sum(len(titles(page, urgency)) for urgency in Urgency)


def test_the_calendar_file_is_asked_for(page: OverviewPage, context: Context, tmp_path: Path) -> None:
    """First which kinds and how far ahead, then where; the choice is remembered."""
    saved: list[tuple[str, Path]] = []
    context.saved.connect(lambda sentence, path: saved.append((sentence, path)))
    press(page, "In den Kalender …")
    form = shown(FormDialog)
    boxes = form.body["kinds"].editor.boxes
    assert DeadlineKind.GOAL in boxes
    assert DeadlineKind.DECISION not in boxes  # there is none
    boxes[DeadlineKind.GOAL].click()
    form.body["months"].editor.set_value(24)
    form.save()
    assert Path(shown(QFileDialog).selectedFiles()[0]).name == "Fristen.ics"
    answer(tmp_path / "fristen.ics")
    text = (tmp_path / "fristen.ics").read_text("utf-8")
    assert "CATEGORIES:Ziel" not in text
    due = text.count("BEGIN:VEVENT")
    assert saved == [(f"{due} Fristen in „fristen.ics“ gespeichert", tmp_path / "fristen.ics")]
    press(page, "In den Kalender …")
    again = page.window().findChildren(FormDialog)[-1]
    assert not again.body["kinds"].editor.boxes[DeadlineKind.GOAL].isChecked()
    assert again.body["months"].editor.value() == 24
    again.reject()


def test_a_calendar_without_any_kind_is_refused(page: OverviewPage) -> None:
    press(page, "In den Kalender …")
    form = shown(FormDialog)
    form.body["kinds"].editor.set_value(())
    form.save()
    assert form.isVisible()
    assert form.body["kinds"].problem == "Bitte mindestens eine Art wählen."


def test_an_empty_calendar_is_said_and_not_written(qtbot: QtBot, context: Context, tmp_path: Path) -> None:
    page = OverviewPage(context)
    qtbot.addWidget(page)
    said: list[str] = []
    context.said.connect(said.append)
    press(page, "In den Kalender …")
    answer(tmp_path / "fristen.ics")
    assert said == ["Es ist nichts fällig. Deshalb wurde keine Kalenderdatei gespeichert."]
    assert not (tmp_path / "fristen.ics").exists()


def test_an_empty_file_says_where_deadlines_come_from(qtbot: QtBot, context: Context) -> None:
    page = OverviewPage(context)
    qtbot.addWidget(page)
    page.show()
    shown = page.columns._stack.currentWidget()
    assert shown is page.columns._clear[False]
    assert page.header.sentence == "Nichts überfällig · nichts in den nächsten 30 Tagen"


def test_nothing_due_is_a_pleasant_sight(qtbot: QtBot, context: Context) -> None:
    context.do(
        "Anfang", lambda session: session.execute(insert(Quarter).values(short="SAH", name="Sahlkamp"))
    )
    page = OverviewPage(context)
    qtbot.addWidget(page)
    page.show()
    assert page.columns._stack.currentWidget() is page.columns._clear[True]


def test_the_menu_of_a_date_does_what_its_keys_do(qtbot: QtBot, page: OverviewPage, context: Context) -> None:
    overdue = page.columns.columns[Urgency.OVERDUE].list
    overdue.setFocus()
    first = overdue.current()
    assert first is not None

    def menu(words: str) -> None:
        overdue.customContextMenuRequested.emit(overdue.visualRect(overdue.dues.index(0)).center())
        pick(words)

    with qtbot.waitSignal(context.opened) as opened:
        menu("Öffnen")
    assert opened.args[0] == "agreements"
    menu("Zurückstellen …")
    form = page.findChildren(FormDialog)[-1]
    assert form.isVisible()
    form.reject()
    menu("Erledigt")
    qtbot.waitUntil(lambda: len(overdue.dues.dues) == 1)
    assert context.database.undo_label == f"Erledigt: {first.deadline.title}"


def test_leaving_the_choice_for_the_calendar_asks_nothing(qtbot: QtBot, page: OverviewPage) -> None:
    press(page, "In den Kalender …")
    dialog = shown(FormDialog)
    dialog.body["kinds"].editor.boxes[DeadlineKind.GOAL].click()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not page.window().findChildren(FormDialog))
