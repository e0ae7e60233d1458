"""The commitments behind a figure: closed, opened again and deleted, one or several in one step of undo."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from app.domain.agreements.agreements import AgreementKind
from app.services.budgets import budgets, commitments
from app.services.budgets.budgets import BudgetSelection
from app.services.budgets.commitments import CommitmentInput, CommitmentRow
from app.ui.budgets.page import BudgetPage
from app.ui.context import Context
from app.ui.kit.table.table import Table
from app.ui.settlement.settle_dialog import SettleDialog
from app.ui.shell.errors import ErrorReporter
from db.models import Agreement
from tests.ui.budgets.conftest import TODAY, booked
from tests.ui.budgets.test_line_menu import menu
from tests.ui.words import ask_for_menu, entries, open_menu, pick, press, shown

CLOSE, REOPEN, SETTLE = "Schließen (Rest freigeben)", "Wieder öffnen", "Buchungen zuordnen …"


@pytest.fixture
def made(context: Context, ids: dict[str, int]) -> dict[str, int]:
    """Beside the furniture of the budget: chairs that are paid, a lease into later years with its agreement."""

    def make(session: Session) -> dict[str, int]:
        agreement = Agreement(number="ZV-1", kind=AgreementKind.TARGET, title="Treff")
        session.add(agreement)
        session.flush()
        chairs = CommitmentInput(ids["B26-N"], "Stühle", 3_000)
        lease = CommitmentInput(
            ids["B26-N"], "Miete", 12_000, until_year=2028, agreement_id=agreement.id, decision="Rat 7/26"
        )
        found = {one.title: commitments.save(session, None, one) for one in (chairs, lease)}
        booked(session, ids["B26-N"], 3_000, commitment_id=found["Stühle"])
        return found | {"ZV-1": agreement.id}

    return context.do("Mittelbindungen", make)


@pytest.fixture
def table(page: BudgetPage, made: dict[str, int], ids: dict[str, int]) -> Table[CommitmentRow]:
    menu(page, f"budget:{ids['B26-N']}")
    pick("Mittelbindungen")
    return page.detail.commitments.table


def states(table: Table[CommitmentRow]) -> dict[str, str]:
    state = next(column for column in table.model.columns if column.key == "state")
    return {row.title: state.text(row) for row in table.rows()}


def choose(table: Table[CommitmentRow], *titles: str) -> None:
    table.grid.clearSelection()
    if len(titles) == len(table.rows()):
        table.grid.selectAll()
    else:
        [title] = titles
        table.select(next(row.id for row in table.rows() if row.title == title))
    assert {row.title for row in table.selected()} == set(titles)


def row_menu(table: Table[CommitmentRow]) -> list[str]:
    ask_for_menu(table.grid)
    return entries(open_menu())


def bound(context: Context, ids: dict[str, int]) -> int:
    """What is bound in the budget, in cents."""
    return context.ask(budgets.figures, BudgetSelection(budget_id=ids["B26-N"])).committed_cents


def test_each_says_how_it_stands(table: Table[CommitmentRow]) -> None:
    assert states(table) == {"Möbel": "offen", "Stühle": "ausgeschöpft", "Miete": "offen bis 2028"}


def test_closing_frees_what_is_left_and_opening_binds_it_again(
    page: BudgetPage, table: Table[CommitmentRow], context: Context, ids: dict[str, int], qtbot: QtBot
) -> None:
    assert bound(context, ids) == 32_000
    choose(table, "Möbel")
    assert REOPEN not in row_menu(table)
    open_menu().close()
    press(page.detail, CLOSE)
    assert bound(context, ids) == 12_000
    assert context.database.undo_label == "Mittelbindung MB26-1 geschlossen"
    qtbot.waitUntil(lambda: states(table)["Möbel"] == "geschlossen")
    assert table.rows()[0].closed_on == TODAY
    choose(table, "Möbel")
    assert CLOSE not in row_menu(table)
    pick(REOPEN)
    assert bound(context, ids) == 32_000
    assert context.database.undo_label == "Mittelbindung MB26-1 wieder geöffnet"
    qtbot.waitUntil(lambda: states(table)["Möbel"] == "offen")


def test_several_are_closed_in_one_step(
    table: Table[CommitmentRow], context: Context, ids: dict[str, int], qtbot: QtBot
) -> None:
    choose(table, "Möbel", "Stühle", "Miete")
    assert SETTLE not in row_menu(table)  # bookings are put on one at a time
    pick(CLOSE)
    assert bound(context, ids) == 0
    assert context.database.undo_label == "3 Mittelbindungen geschlossen"
    qtbot.waitUntil(lambda: set(states(table).values()) == {"geschlossen"})
    context.undo()
    assert bound(context, ids) == 32_000


def test_deleting_is_undone_and_refused_once_something_is_booked(
    table: Table[CommitmentRow], context: Context, ids: dict[str, int], qtbot: QtBot, reporter: ErrorReporter
) -> None:
    choose(table, "Möbel")
    qtbot.keyClick(table.grid, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: set(states(table)) == {"Stühle", "Miete"})
    assert context.database.undo_label == "Mittelbindung MB26-1 gelöscht"
    context.undo()
    qtbot.waitUntil(lambda: "Möbel" in states(table))
    reporter.install()
    choose(table, "Möbel", "Stühle", "Miete")
    qtbot.keyClick(table.grid, Qt.Key.Key_Delete)
    assert ["Auf der Mittelbindung MB26-2 liegen Buchungen" in one.text for one in reporter.shown] == [True]
    assert set(states(table)) == {"Möbel", "Stühle", "Miete"}  # none is gone
    assert bound(context, ids) == 32_000


def test_it_leads_to_its_agreement_and_to_its_bookings(
    page: BudgetPage, table: Table[CommitmentRow], made: dict[str, int], qtbot: QtBot
) -> None:
    choose(table, "Möbel")
    assert "Vereinbarung öffnen" not in row_menu(table)
    pick(SETTLE)
    shown(SettleDialog).reject()
    choose(table, "Miete")
    assert "Vereinbarung öffnen" in row_menu(table)
    with qtbot.waitSignal(page.context.opened) as told:
        pick("Vereinbarung öffnen")
    assert told.args == ["agreements", made["ZV-1"]]
