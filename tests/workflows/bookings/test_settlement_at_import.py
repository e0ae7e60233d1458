"""What a booking settles stays settled when finance's file comes again, and follows finance's corrections."""

from datetime import date
from pathlib import Path

from app.domain.settlement.settlement import SettlementKind
from app.services.budgets import budgets, commitments
from app.services.budgets.budgets import BudgetInput, BudgetSelection
from app.services.budgets.commitments import CommitmentInput
from app.services.settlement import settlement_proposals
from app.services.settlement.settlement_proposals import Acceptance
from app.workflows.bookings import import_bookings
from db.database import Database

HEADER = "Buchungsdatum;Belegnummer;Pos.;Innenauftrag;Betrag;Text;Empfänger"


def take(database: Database, path: Path, amount: str) -> None:
    path.write_text(f"{HEADER}\n10.03.2026;19;1;570;{amount};Rechnung MB26-1;Brandt\n", encoding="utf-8")
    import_bookings.apply(database, import_bookings.prepare(database, path))


def state(database: Database, budget_id: int) -> tuple[int, int, int]:
    with database.read() as session:
        figures = budgets.figures(session, BudgetSelection(budget_id=budget_id))
        (row,) = commitments.rows(session, budget_ids=[budget_id])
        return row.booked_cents, figures.committed_cents, figures.available_cents


def test_a_link_survives_the_same_file_and_a_corrected_one(database: Database, tmp_path: Path) -> None:
    with database.write("Test") as session:
        mine = budgets.save(
            session, None, BudgetInput("B26-DOE", "Döhren", 2026, 100_000, internal_order="570")
        )
        commitments.save(session, None, CommitmentInput(mine, "Möbel", 50_000, recipient="Brandt"))
    path = tmp_path / "liste.csv"
    take(database, path, "300,00")
    with database.write("Abgeglichen") as session:
        (row,) = settlement_proposals.rows(session, 2026)
        accepted = [Acceptance(row.id, row.commitment_id, SettlementKind.PARTIAL)]
        settlement_proposals.accept(session, accepted, date(2026, 7, 1))
    assert state(database, mine) == (30_000, 20_000, 50_000)
    take(database, path, "300,00")
    assert state(database, mine) == (30_000, 20_000, 50_000)
    take(database, path, "310,00")
    assert state(database, mine) == (31_000, 19_000, 50_000)
