"""Finance's own workbook filled with 50.000 rows, held against a bare XlsxWriter write of the same cells."""

from io import BytesIO
from time import process_time

import pytest
import xlsxwriter
from pytest_benchmark.fixture import BenchmarkFixture

from app.services.finance.finance_layouts import Layout
from app.sheets.finance.rows import BOOKINGS
from app.sheets.layout.fill import fill_layout
from app.sheets.layout.lists import ListRows
from app.sheets.layout.view import LayoutView
from app.sheets.list_writer import Money
from tests.benchmarks.conftest import Hold
from tests.sheets.layout.layout_samples import bookings, finance_book, silent

ROWS = 50_000
AT_MOST = 2.0
"""Times the bare write, formulas and sparklines of each row included."""


@pytest.mark.benchmark(timer=process_time)
def test_filling_50000_rows(benchmark: BenchmarkFixture, hold: Hold) -> None:
    content, rows = finance_book(), bookings(ROWS)
    layout = Layout(None, "v", "v.xlsx", content, LayoutView(content, "v.xlsx").proposed())
    bare = min(bare_write(rows) for _ in range(2))
    made = benchmark.pedantic(fill_layout, (layout, {BOOKINGS: rows}, silent), rounds=2)
    assert len(made) > len(content)
    hold("filling 50.000 rows into a layout", benchmark.stats.stats.min / bare, AT_MOST, "x bare write")


PLACE_AT_MOST = 2.2
"""Times the reading of the workbook; two passes over its rows take three times."""


@pytest.mark.benchmark(timer=process_time)
def test_finding_the_place_of_50000_old_rows(benchmark: BenchmarkFixture, hold: Hold) -> None:
    content = finance_book()
    layout = Layout(None, "v", "v.xlsx", content, LayoutView(content, "v.xlsx").proposed())
    filled = fill_layout(layout, {BOOKINGS: bookings(ROWS)}, silent)
    read = min(reading(filled) for _ in range(2))

    def fresh_view() -> tuple[tuple[LayoutView], dict[str, object]]:
        return (LayoutView(filled, "v.xlsx"),), {}

    place = benchmark.pedantic(lambda view: view.place(layout.mapping[0]), setup=fresh_view, rounds=2)
    assert place.last - place.first + 1 == ROWS
    hold(
        "finding 50.000 old rows in a layout", benchmark.stats.stats.min / read, PLACE_AT_MOST, "x reading it"
    )


def reading(content: bytes) -> float:
    """Seconds to read the workbook."""
    start = process_time()
    LayoutView(content, "v.xlsx")
    return process_time() - start


def bare_write(rows: ListRows) -> float:
    """Seconds for the eight columns of the layout, in constant memory."""
    start = process_time()
    book = xlsxwriter.Workbook(BytesIO(), {"constant_memory": True})
    page = book.add_worksheet()
    for row, values in enumerate(rows.rows):
        filled = [value for value in values if value is not None][:8]
        for column, value in enumerate(filled):
            if isinstance(value, Money):
                page.write_number(row, column, value.cents / 100)
            elif isinstance(value, str):
                page.write_string(row, column, value)
            elif isinstance(value, int):
                page.write_number(row, column, value)
            else:
                page.write_datetime(row, column, value)
    book.close()
    return process_time() - start
