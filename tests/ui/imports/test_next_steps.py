"""After an import the way leads on: to what has no budget, to what settles commitments, else to the budgets."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from app.services.budgets import budgets, commitments
from app.services.budgets.budgets import BudgetInput
from app.services.budgets.commitments import CommitmentInput
from app.ui.context import Context
from app.ui.imports.apply_step import Action
from app.ui.imports.next_steps import next_steps
from app.workflows.bookings import import_bookings

HEADER = "Buchungsdatum;Haushaltsjahr;Belegnummer;Innenauftrag;Betrag;Text;Empfänger"
PAID = "10.03.2025;2025;19;570;300,00;Rechnung;Brandt"
LOST = "11.03.2026;2026;20;999;20,00;Druck;Leine"


def after(context: Context, path: Path, *lines: str) -> list[Action]:
    path.write_text("\n".join((HEADER, *lines)), encoding="utf-8")
    with context.database.write("Budget") as session:
        mine = budgets.save(session, None, BudgetInput("B25", "Treff", 2025, 100_000, internal_order="570"))
        commitments.save(session, None, CommitmentInput(mine, "Möbel", 30_000, recipient="Brandt"))
    prepared = import_bookings.prepare(context.database, path)
    result = import_bookings.apply(context.database, prepared)
    return next_steps(context, prepared.decided_plan, result.counts.unassigned)


def test_each_step_leads_to_its_own_year(context: Context, tmp_path: Path, qtbot: QtBot) -> None:
    assign, settle = after(context, tmp_path / "liste.csv", PAID, LOST)
    assert (assign[0], settle[0]) == ("1 Buchung zuordnen", "Mittelbindungen abgleichen (1)")
    with qtbot.waitSignal(context.part_opened) as opened:
        assign[2]()
    assert opened.args == ["budget", "unassigned", 2026]
    with qtbot.waitSignal(context.part_opened) as opened:
        settle[2]()
    assert opened.args == ["budget", "settlement", 2025]


def test_where_nothing_is_to_be_done_the_budgets_are_next(
    context: Context, tmp_path: Path, qtbot: QtBot
) -> None:
    (budget,) = after(context, tmp_path / "liste.csv", PAID.replace("Brandt", "Stadtkasse"))
    with qtbot.waitSignal(context.opened) as opened:
        budget[2]()
    assert (budget[0], opened.args) == ("Zum Budget", ["budget", None])
