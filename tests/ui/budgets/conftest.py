"""A year of budgets with everything the page shows: bookings, commitments, transfers, income, nothing assigned."""

from datetime import date

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from app.domain.budgets.budgets import AssignedBy, BookingSource
from app.services.budgets import budgets, commitments, transfers
from app.services.budgets.budgets import BudgetInput
from app.services.budgets.commitments import CommitmentInput
from app.services.budgets.transfers import TransferInput
from app.ui.budgets.page import BudgetPage
from app.ui.context import Context
from app.ui.kit.theme import Theme
from db.database import Database
from db.models import Booking, Quarter

TODAY = date(2026, 7, 1)


def booked(session: Session, budget_id: int | None, cents: int, **more: object) -> None:
    values: dict[str, object] = {
        "source": BookingSource.FINANCE,
        "day": date(2026, 3, 1),
        "budget_year": 2026,
        "text": "Honorar",
        "assigned_by": AssignedBy.ORDER if budget_id else None,
    }
    session.add(Booking(budget_id=budget_id, amount_cents=cents, **(values | more)))
    session.flush()


@pytest.fixture
def ids(database: Database) -> dict[str, int]:
    """Budget number -> id."""
    with database.write("Budgets eines Jahres") as session:
        north, south = Quarter(short="N", name="Nord"), Quarter(short="S", name="Süd")
        session.add_all([north, south])
        session.flush()
        made = {
            number: budgets.save(
                session,
                None,
                BudgetInput(number, f"Starterbudget {number}", year, 100_000, quarter, kind, order),
            )
            for number, year, quarter, kind, order in (
                ("B26-N", 2026, north.id, "Starterbudget", "5700"),
                ("B26-NQ", 2026, north.id, "Quartiersbudget", "5701"),
                ("B26-S", 2026, south.id, "Starterbudget", "5702"),
                ("B26-P", 2026, None, "Personal", None),
                ("B25-N", 2025, north.id, "Starterbudget", "5700"),
            )
        }
        booked(session, made["B26-N"], 30_000)
        booked(session, made["B26-N"], -5_000, text="Gutschrift")
        booked(session, made["B26-S"], 110_000)
        booked(session, made["B26-P"], -7_000, is_income=True)
        booked(session, None, 5_286, internal_order="9999")
        commitments.save(session, None, CommitmentInput(made["B26-N"], "Möbel", 20_000))
        transfers.save(session, None, TransferInput(made["B26-NQ"], made["B26-P"], 1_000, TODAY))
    return made


@pytest.fixture
def context(database: Database, theme: Theme) -> Context:
    return Context(database, clock=lambda: TODAY)


@pytest.fixture
def page(context: Context, ids: dict[str, int], qtbot: QtBot) -> BudgetPage:
    shown = BudgetPage(context)
    qtbot.addWidget(shown)
    shown.resize(1080, 760)
    shown.show()
    qtbot.waitExposed(shown)
    return shown
