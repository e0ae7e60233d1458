"""What cannot be filled without damage is refused in a sentence, and filling can be cancelled."""

import zipfile
from io import BytesIO
from typing import Any

import pytest

from app.domain.errors import Cancelled, UserError
from app.services.finance.finance_layouts import Layout
from app.sheets.finance.rows import BOOKINGS
from app.sheets.layout.fill import fill_layout
from app.sheets.layout.view import LayoutView
from tests.sheets.layout.layout_samples import (
    BOOK,
    SHEET,
    bookings,
    filled,
    members,
    repacked,
    silent,
    simple,
    with_pivot,
)

# What openpyxl cannot read it says so of; that is why layouts are not filled with it.
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")


def test_pivot_tables_follow_their_rows_and_read_them_anew() -> None:
    parts = members(filled(with_pivot(BOOK, "A20:B24"), 5))
    assert b'ref="A23:B27"' in parts["xl/pivotTables/pivotTable1.xml"]
    cache = parts["xl/pivotCache/pivotCacheDefinition1.xml"]
    assert b'<pivotCacheDefinition refreshOnLoad="1">' in cache
    assert b'ref="A5:H10"' in cache
    beside = members(filled(with_pivot(BOOK, "K4:L9"), 5))
    assert b'ref="K4:L9"' in beside["xl/pivotTables/pivotTable1.xml"]


def test_sheet_that_is_gone_is_named() -> None:
    mapping = LayoutView(BOOK, "v").proposed()
    other = simple(lambda book, _page: book.add_worksheet("Sonst"))
    renamed = repacked(
        other,
        lambda name, content: (
            content.replace(b"Buchungen", b"Anders") if name == "xl/workbook.xml" else content
        ),
    )
    with pytest.raises(UserError, match="Buchungen"):
        fill_layout(Layout(None, "v", "v.xlsx", renamed, mapping), {BOOKINGS: bookings(1)}, silent)


def test_rows_that_do_not_fit_are_refused() -> None:
    low = simple(lambda _book, page: page.write("A1048570", "unten"))
    with pytest.raises(UserError, match="kein Platz"):
        filled(low, 20)


def test_pivot_tables_are_not_filled() -> None:
    with pytest.raises(UserError, match="Pivot-Tabelle"):
        filled(with_pivot(BOOK, "A5:F8"), 2)


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content.replace(b"</row>", b"", 1),
        lambda content: content.replace(b'<row r="6"', b'<row r="3"'),
        lambda content: content.replace(b'<row r="6"', b'<row r="99999999"'),
        lambda content: b'<!DOCTYPE x [<!ENTITY a "b">]>' + content.split(b"?>", 1)[1],
        lambda content: content[: len(content) // 2],
        lambda content: b"",
        lambda content: content.replace(b"worksheet", b"html"),
        lambda content: content.replace(b"sheetData", b"data"),
    ],
)
def test_damaged_sheets_are_refused_in_one_sentence(damage: Any) -> None:
    broken = repacked(BOOK, lambda name, content: damage(content) if name == SHEET else content)
    with pytest.raises(UserError, match="beschädigt"):
        LayoutView(broken, "kaputt.xlsx")


def test_a_part_whose_packed_bytes_are_damaged_is_refused() -> None:
    with zipfile.ZipFile(BytesIO(BOOK)) as archive:
        begin = archive.getinfo(SHEET).header_offset
    broken = bytearray(BOOK)
    broken[begin + 100 : begin + 140] = bytes(40)
    with pytest.raises(UserError, match="beschädigt"):
        LayoutView(bytes(broken), "kaputt.xlsx")


def test_filling_can_be_cancelled() -> None:
    def stop(done: int, total: int) -> None:
        if done >= 500:
            raise Cancelled

    mapping = LayoutView(BOOK, "v").proposed()
    with pytest.raises(Cancelled):
        fill_layout(Layout(None, "v", "v.xlsx", BOOK, mapping), {BOOKINGS: bookings(2000)}, stop)
