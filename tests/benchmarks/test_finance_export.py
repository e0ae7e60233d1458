"""The workbook for finance with 50.000 bookings, held against a bare XlsxWriter write of the same cells."""

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from time import process_time

import pytest
import xlsxwriter
from pytest_benchmark.fixture import BenchmarkFixture
from sqlalchemy import insert, select

from app.services.finance import finance_exports
from app.sheets.finance.rows import Rows
from app.sheets.list_writer import Cell, Money
from app.workflows.finance.export_finance import export_finance
from db.database import Database, open_database
from db.models import Booking, Budget
from tests.benchmarks.big_database import build_big
from tests.benchmarks.conftest import Hold

DAY = date(2026, 7, 1)
YEAR = 2025
BOOKINGS = 50_000
AT_MOST = 1.5
"""Issue 3, Speed: times the bare write, in constant memory."""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten years, one of them with 50.000 bookings."""
    path = build_big(tmp_path_factory.mktemp("finance") / "big.db", DAY, 1000)
    database = open_database(path, writer=True)
    try:
        with database.write("50.000", undoable=False) as session:
            budgets = session.execute(
                select(Budget.id, Budget.internal_order).where(Budget.year == YEAR)
            ).all()
            lines = (budgets[n % len(budgets)] for n in range(BOOKINGS))
            session.execute(
                insert(Booking),
                [
                    {
                        "source": "finance", "day": date(YEAR, n % 12 + 1, n % 28 + 1),
                        "document_date": date(YEAR, 1, 1), "budget_year": YEAR, "document_number": f"18{n:08d}",
                        "line": str(n % 3 + 1), "occurrence": 1,
                        "internal_order": order, "cost_centre": "57001", "account": "4271000",
                        "account_name": "Besondere Verwaltungsaufwendungen", "amount_cents": n * 7919 % 50_000 + 1,
                        "text": f"Sachkosten Mittagstisch {n}", "payee": f"Träger Nummer {n % 200} e.V.",
                        "is_income": False, "budget_id": budget_id,
                    }
                    for n, (budget_id, order) in enumerate(lines)
                ],
            )  # fmt: skip
    finally:
        database.close()
    return path


@pytest.mark.benchmark(timer=process_time)
def test_export_of_50000_bookings(
    path: Path, tmp_path: Path, benchmark: BenchmarkFixture, hold: Hold
) -> None:
    database = open_database(path, writer=True)
    try:
        cells = all_cells(database)
        bare = min(bare_write(cells) for _ in range(2))
        result = benchmark.pedantic(
            export_finance, (database, tmp_path / "f.xlsx", YEAR, lambda done, total: None), rounds=2
        )
    finally:
        database.close()
    assert result.bookings >= BOOKINGS
    hold("workbook of 50.000 bookings for finance", benchmark.stats.stats.min / bare, AT_MOST, "x bare write")


def all_cells(database: Database) -> list[list[Sequence[Cell]]]:
    """What stands in the lists of the workbook."""
    with database.read() as session:
        rows = Rows(finance_exports.gather(session, YEAR, datetime(2026, 7, 1)))
    return [
        list(some)
        for some in (rows.overview(), rows.bookings(), rows.commitments(), rows.transfers(), rows.changes())
    ]


def bare_write(lists: list[list[Sequence[Cell]]]) -> float:
    """Seconds for the same cells without headers, formats, formulas, filters and a database."""
    start = process_time()
    book = xlsxwriter.Workbook(BytesIO(), {"constant_memory": True})
    for rows in lists:
        page = book.add_worksheet()
        for row, cells in enumerate(rows):
            for place, cell in enumerate(cells):
                if isinstance(cell, str):
                    page.write_string(row, place, cell)
                elif isinstance(cell, Money):
                    page.write_number(row, place, cell.cents / 100)
                elif isinstance(cell, int):
                    page.write_number(row, place, cell)
                elif cell is not None:
                    page.write_datetime(row, place, cell)
    book.close()
    return process_time() - start
