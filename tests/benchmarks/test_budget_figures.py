"""Figures on ten years with 100.000 bookings, held against counting the same bookings in the same run."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from time import thread_time

import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from sqlalchemy import func, insert, select

from app.domain.budgets.budgets import BookingSource, BudgetFigures
from app.services.budgets import budgets
from app.services.budgets.budgets import BudgetSelection
from app.services.grants.grant_standing import standing
from db.database import Database, open_database
from db.models import Booking, Budget, Commitment, Grant, PlanItem, Quarter
from tests.benchmarks.conftest import Hold

YEARS, QUARTERS, BOOKINGS = range(2017, 2027), 60, 100_000


@pytest.fixture(scope="module")
def ten_years(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    path = tmp_path_factory.mktemp("large") / "large.db"
    shutil.copy(template, path)
    database = open_database(path, writer=True)
    with database.write("Zehn Jahre") as session:
        session.execute(
            insert(Quarter), [{"id": n, "short": f"Q{n}", "name": f"Quartier {n}"} for n in range(1, 61)]
        )
        land = Grant(
            id=1,
            short="LAND",
            funder="Land",
            begin=date(2017, 1, 1),
            end=date(2026, 12, 31),
            granted_cents=10**9,
            rules_as_of=date(2024, 1, 1),
        )
        session.add(land)
        session.flush()
        session.add(PlanItem(id=1, grant_id=1, position="1", title="Alles", planned_cents=10**9))
        session.flush()
        pots = [
            {
                "id": place * QUARTERS * 2 + n,
                "number": f"B{year}-{n}",
                "title": f"Budget {n}",
                "year": year,
                "planned_cents": 1_000_000,
                "quarter_id": (n - 1) % QUARTERS + 1,
                "grant_id": 1 if n % 2 else None,
                "plan_item_id": 1 if n % 2 else None,
            }
            for place, year in enumerate(YEARS)
            for n in range(1, 2 * QUARTERS + 1)
        ]
        session.execute(insert(Budget), pots)
        promised = [
            {"id": n, "number": f"M{n}", "title": "x", "budget_id": pot["id"], "amount_cents": 5_000}
            for n, pot in enumerate(pots, 1)
        ]
        session.execute(insert(Commitment), promised)
        session.execute(
            insert(Booking),
            [
                {
                    "source": BookingSource.FINANCE,
                    "day": date(pot["year"], 1, 1) + timedelta(days=n % 365),
                    "budget_year": pot["year"],
                    "amount_cents": n % 977,
                    "budget_id": pot["id"] if n % 50 else None,
                    "commitment_id": pot["id"] if n % 20 == 1 else None,
                    "is_income": n % 100 == 7,
                    "document_number": str(n),
                }
                for n in range(BOOKINGS)
                for pot in [pots[n % len(pots)]]
            ],
        )
    yield database
    database.close()


def quickest(database: Database, question: object, *args: object) -> float:
    best = 9.9
    for _ in range(5):
        with database.read() as session:
            start = thread_time()
            question(session, *args)  # type: ignore[operator]
            best = min(best, thread_time() - start)
    return best


def test_figures_do_not_load_bookings(benchmark: BenchmarkFixture, hold: Hold, ten_years: Database) -> None:
    def baseline(session: object) -> None:
        session.scalar(select(func.sum(Booking.amount_cents)))  # type: ignore[attr-defined]

    count = quickest(ten_years, baseline)
    questions: tuple[tuple[str, Callable[..., object], tuple[object, ...], int], ...] = (
        ("budgets of a year", budgets.rows, (BudgetSelection(year=2026),), 4),
        ("figures of a year", budgets.figures, (BudgetSelection(year=2026),), 4),
        ("figures of ten years", budgets.figures, (BudgetSelection(),), 20),
        ("unassigned of a year", budgets.unassigned, (2026,), 4),
        ("standing of a grant", standing, (1, date(2026, 6, 30)), 20),
    )
    benchmark.pedantic(quickest, (ten_years, baseline), rounds=1)
    for name, question, args, times in questions:
        took = quickest(ten_years, question, *args)
        hold(name, 1000 * took, 1000 * max(0.03, times * count), "ms")


def test_the_rows_make_the_figures(ten_years: Database) -> None:
    with ten_years.read() as session:
        rows = budgets.rows(session, BudgetSelection(year=2026))
        total = sum((row.figures for row in rows), BudgetFigures())
        assert total == budgets.figures(session, BudgetSelection(year=2026))
