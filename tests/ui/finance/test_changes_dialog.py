"""The window of changes since the last exchange: both lists, their filters, and the way to a booking."""

import csv
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.services.budgets import budgets
from app.services.budgets.budgets import BudgetInput
from app.services.finance import finance_exports
from app.ui.bookings.assign_dialog import AssignDialog
from app.ui.context import Context
from app.ui.finance.changes_dialog import OURS, THEIRS, FinanceChangesDialog
from app.ui.finance.finance_dialog import FinanceDialog
from app.workflows.bookings import import_bookings
from app.workflows.finance.export_finance import export_finance, mark_as_sent

HEADER = ["Buchungsdatum", "Belegnummer", "Pos.", "Innenauftrag", "Betrag", "Text"]
LINES = [
    ["10.03.2026", "19", "1", "570", "10,00", "Miete"],
    ["11.03.2026", "19", "2", "571", "20,00", "Druck"],
]


@pytest.fixture
def window(qtbot: QtBot, context: Context, tmp_path: Path) -> QWidget:
    """Sent once; then finance delivered two bookings, and one of them was corrected."""
    with context.database.write("Budgets") as session:
        for number, order in (("B1", "570"), ("B2", "571")):
            budgets.save(session, None, BudgetInput(number, "Treff", 2026, 100_000, internal_order=order))
    sent = export_finance(context.database, tmp_path / "f.xlsx", 2026)
    assert sent.export_id is not None
    mark_as_sent(context.database, sent.export_id)
    deliver(context, tmp_path / "a.csv", LINES)
    deliver(context, tmp_path / "b.csv", [[*LINES[0][:4], "15,00", "Miete"], LINES[1]])
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


def deliver(context: Context, path: Path, lines: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([HEADER, *lines])
    import_bookings.apply(context.database, import_bookings.prepare(context.database, path))


def opened(qtbot: QtBot, context: Context, window: QWidget, tab: int) -> FinanceChangesDialog:
    dialog = FinanceChangesDialog(context, window, 2026, tab=tab).shown()
    qtbot.waitUntil(lambda: not context.jobs.running)
    return dialog


def test_her_changes_are_those_of_the_workbook(qtbot: QtBot, context: Context, window: QWidget) -> None:
    dialog = opened(qtbot, context, window, OURS)
    lines, _ = context.ask(finance_exports.changes, 2026)
    assert dialog.ours.table.rows() == lines
    assert dialog.tabs.tabText(OURS) == "Hier seit der letzten Übergabe (2)"
    assert "„f.xlsx“" in dialog.ours.sentence.text()
    dialog.ours.filters.choose("budget", "B2")
    assert [row.label for row in dialog.ours.table.shown_rows()] == ["19/2"]


def test_finances_changes_since_a_delivery_filtered_and_saved(
    qtbot: QtBot, context: Context, window: QWidget, tmp_path: Path
) -> None:
    dialog = opened(qtbot, context, window, THEIRS)
    theirs = dialog.theirs
    assert [(row.what, row.old_cents, row.new_cents) for row in theirs.table.rows()] == [
        ("geändert", 1_000, 1_500)
    ]
    theirs.since.set_value(1)
    theirs.refresh()
    qtbot.waitUntil(lambda: not context.jobs.running)
    assert theirs.sentence.text() == "2 neu, 1 geändert, 0 gelöscht"
    theirs.filters.choose("order", "571")
    theirs.table.export_to(tmp_path / "anders.xlsx")
    rows = list(openpyxl.load_workbook(tmp_path / "anders.xlsx").worksheets[0].iter_rows(values_only=True))
    assert [row[2] for row in rows[1:]] == ["19/2"]


def test_a_booking_is_opened_and_the_lists_follow(qtbot: QtBot, context: Context, window: QWidget) -> None:
    dialog = opened(qtbot, context, window, THEIRS)
    dialog.theirs.table.opened.emit(dialog.theirs.table.rows()[0])
    assign = dialog.findChild(AssignDialog)
    assert assign is not None
    b2 = next(row.id for row in context.ask(budgets.rows) if row.number == "B2")
    assign.budget.editor.set_value(b2)
    assign.assign()
    qtbot.waitUntil(lambda: [row.budget for row in dialog.theirs.table.rows()] == ["B2"])


def test_the_list_can_be_seen_before_the_export(qtbot: QtBot, context: Context, window: QWidget) -> None:
    finance = FinanceDialog(context, window, 2026).shown()
    finance.changes_button.click()
    qtbot.waitUntil(lambda: not context.jobs.running)
    dialog = finance.findChild(FinanceChangesDialog)
    assert dialog is not None
    assert len(dialog.ours.table.rows()) == 2
    finance.reject()
