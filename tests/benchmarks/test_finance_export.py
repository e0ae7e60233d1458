"""The workbook for finance on ten years, held against writing the same cells without a thought."""

import io
from datetime import date
from pathlib import Path
from time import perf_counter

import xlsxwriter
from pytest_benchmark.fixture import BenchmarkFixture

from app.workflows.export_finance import export_finance
from db.database import open_database
from tests.benchmarks.big_database import build_big

DAY = date(2026, 7, 1)


def test_export_of_one_of_ten_years(tmp_path: Path, benchmark: BenchmarkFixture) -> None:
    database = open_database(build_big(tmp_path / "big.db", DAY), writer=True)
    try:
        result = benchmark.pedantic(export_finance, (database, tmp_path / "f.xlsx", 2025), rounds=1)
    finally:
        database.close()
    assert 9_000 < result.bookings < 11_000
    baseline = plain_writing(2 * result.bookings, 17)  # once as bookings, once as changes
    assert benchmark.stats.stats.min < 4 * baseline


def plain_writing(rows: int, columns: int) -> float:
    """Seconds for a workbook of that size with nothing but text and numbers."""
    start = perf_counter()
    book = xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True})
    page = book.add_worksheet()
    for row in range(rows):
        for place in range(columns):
            page.write_number(row, place, row) if place % 2 else page.write_string(row, place, f"Text {row}")
    book.close()
    return perf_counter() - start
