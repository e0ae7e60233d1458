"""One field of several agreements or goals: changed in one step, and who does not allow it is named."""

from datetime import date

from pytestqt.qtbot import QtBot

from app.services.agreements import agreement_register, agreements, goals
from app.ui.agreements.goals_overview import GoalsView
from app.ui.agreements.page import AgreementsPage
from app.ui.agreements.views import VIEWS
from app.ui.context import Context
from tests.ui.agreements.conftest import ON
from tests.ui.changing import choose, field_titles, open_for, saved
from tests.ui.words import enter


def quarters(context: Context) -> dict[str, str | None]:
    return {row.number: row.quarter for row in context.ask(agreement_register.rows, ON)}


def ends(context: Context) -> dict[str, date | None]:
    rows = context.ask(agreement_register.rows, ON)
    return {row.number: context.ask(agreements.load, row.id).end for row in rows}


def positions(page: AgreementsPage, *numbers: str) -> list[int]:
    shown = [row.number for row in page.register.table.shown_rows()]
    return [shown.index(number) for number in numbers]


def test_drafts_get_a_quarter(page: AgreementsPage, context: Context, qtbot: QtBot) -> None:
    dialog = open_for(page.register.table, *positions(page, "KV-2026-01", "ZV-2026-02"))
    assert field_titles(dialog)[:3] == ["Quartier", "Gehört zu", "Beginn"]
    choose(dialog, "Quartier")
    enter(dialog, "Quartier", "Döhren")
    saved(qtbot, dialog)
    assert set(quarters(context).values()) == {"Döhren"}
    context.undo()
    assert quarters(context)["ZV-2026-02"] in (None, "")


def test_who_refuses_is_named_and_the_others_are_changed_without_it(
    page: AgreementsPage, context: Context, qtbot: QtBot
) -> None:
    before = ends(context)
    dialog = open_for(page.register.table, *positions(page, "KV-2026-01", "ZV-2026-02"))
    choose(dialog, "Ende")
    enter(dialog, "Ende", "30.11.2025")
    dialog.save_button.click()
    qtbot.waitUntil(dialog.note.isVisible)
    first, second = dialog.note.text.splitlines()
    assert first == "Nichts geändert. 1 von 2 Vereinbarungen lassen es nicht zu:"
    assert second.startswith("KV-2026-01: ")
    assert ends(context) == before
    with qtbot.waitSignal(dialog.accepted):
        dialog.note.action.click()
    assert ends(context) == before | {"ZV-2026-02": date(2025, 11, 30)}


def test_goals_get_a_due_day(page: AgreementsPage, context: Context, qtbot: QtBot) -> None:
    page.bar.setCurrentIndex([spec.id for spec in VIEWS].index("goals"))
    view = page.views["goals"]
    assert isinstance(view, GoalsView)
    qtbot.waitUntil(lambda: len(view.table.shown_rows()) == 2)
    dialog = open_for(view.table, 0, 1)
    assert field_titles(dialog)[0] == "Frist"
    choose(dialog, "Verantwortlich")
    enter(dialog, "Verantwortlich", "Frau Muster")
    dialog.save_button.click()
    qtbot.waitUntil(lambda: dialog.note.isVisible() or not dialog.isVisible())
    rows = context.ask(goals.rows, ON)
    changed = {line.goal.responsible for line in rows}
    # agreed goals may refuse; then each is named and none is changed
    assert changed == ({None} if dialog.isVisible() else {"Frau Muster"})
