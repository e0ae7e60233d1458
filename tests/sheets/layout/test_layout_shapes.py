"""Lists as other programs and other people build them are filled as well as finance's own."""

import io
import re
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from app.services.finance.finance_layouts import Layout
from app.sheets.finance.rows import BOOKINGS, OVERVIEW
from app.sheets.layout.fill import fill_layout
from app.sheets.layout.lists import FIELDS, ListRows
from app.sheets.layout.view import LayoutView
from app.sheets.list_writer import Money
from tests.sheets.layout.layout_samples import (
    BOOK,
    SHEET,
    bookings,
    cells,
    changed,
    filled,
    part,
    prefixed,
    repacked,
    simple,
)

# What openpyxl cannot read it says so of; that is why layouts are not filled with it.
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")


# --- sheets as other programs write them -------------------------------------------------------------------


def test_namespace_prefixes_are_kept() -> None:
    made = filled(prefixed(BOOK), 5)
    xml = part(made)
    assert re.search(r"<(?!x:|/|\?|x14|xm|mc)", xml) is None
    assert '<x:c r="F11" s="2"><x:f>SUM(F6:F10)</x:f><x:v>500.75</x:v></x:c>' in xml
    assert cells(made) == cells(filled(BOOK, 5))


def test_rows_and_cells_without_places_are_counted() -> None:
    def bare(name: str, content: bytes) -> bytes:
        if name != SHEET:
            return content
        head, data, tail = re.split(rb"(<sheetData>.*</sheetData>)", content, flags=re.DOTALL)
        data = re.sub(rb'<row r="2".*?</row>', lambda found: found[0] + b"<row/><row/>", data)
        data = re.sub(rb'<row r="8".*?</row>', lambda found: found[0] + b"<row/>", data)
        data = data.replace(b'<c r="F8"', b'<c r="F8" keep=""')
        data = re.sub(rb'<c r="(?!F8)[A-Z]+\d+"', b"<c", data)
        data = re.sub(rb'<row r="\d+"', b"<row", data).replace(b' keep=""', b"")
        return re.sub(rb"<dimension[^>]*/>", b"", head) + data + tail

    made = filled(repacked(BOOK, bare), 5)
    assert "<dimension" not in part(made)
    rows = cells(made)
    assert rows[9][5:8] == (100.29, "=ROUND(F10*1.19,2)", "=F10/$F$11")
    assert rows[10][0] == "Summe"
    assert rows[10][5] == "=SUM(F6:F10)"
    assert rows[12][0] == "Bemerkung: bitte bis Monatsende"


def test_utf16_and_comments_and_alternate_content_are_read() -> None:
    extra = (
        b'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice '
        b'Requires="x14"><controls><control shapeId="1" r:id="rId9"><controlPr><anchor moveWithCells="1"><from>'
        b"<xdr:row>9</xdr:row></from><to><xdr:row>11</xdr:row></to></anchor></controlPr></control></controls>"
        b"</mc:Choice></mc:AlternateContent>"
    ).replace(b"<xdr:row>", b'<xdr:row xmlns:xdr="urn:x">')

    def wide(name: str, content: bytes) -> bytes:
        if name != SHEET:
            return content
        content = content.replace(b"<sheetData>", b"<sheetData><!-- <row r='1'> -->")
        content = content.replace(b"<drawing ", extra + b"<drawing ", 1)
        return content.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")

    xml = part(filled(repacked(BOOK, wide), 5))
    assert 'encoding="UTF-8"' in xml
    assert re.findall(r'<xdr:row xmlns:xdr="urn:x">(\d+)<', xml) == ["12", "14"]
    assert "SUM(F6:F10)" in xml


def test_shared_formulas_are_written_out() -> None:
    def shared(name: str, content: bytes) -> bytes:
        if name != SHEET:
            return content
        content = content.replace(b"<f>ROUND(F6*1.19,2)</f>", b'<f t="shared" ref="G6:G8" si="0">F6*1.19</f>')
        content = content.replace(b"<f>ROUND(F7*1.19,2)</f>", b'<f t="shared" si="0"/>')
        return content.replace(b"<f>SUBTOTAL(9,G6:G7)</f>", b'<f t="shared" si="0"/>')

    made = filled(repacked(BOOK, shared), 3)
    rows = cells(made)
    assert [row[6] for row in rows[5:9]] == ["=F6*1.19", "=F7*1.19", "=F8*1.19", "=F9*1.19"]
    assert "shared" not in part(made)


# --- lists as people build them ----------------------------------------------------------------------------


def test_headers_alone_are_enough() -> None:
    made = filled(simple(lambda _book, _page: None), 3)
    page = openpyxl.load_workbook(io.BytesIO(made))["Buchungen"]
    assert [cell.value for cell in page[4]][0::2] == ["B26-2", 100.15]
    assert page["B2"].is_date, "without a sample a date gets a format of its own"
    assert page["C2"].number_format == "#,##0.00"
    again = filled(made, 3)
    assert changed(again, made) == set()


def test_format_of_the_column_counts_where_there_is_no_sample() -> None:
    def write(book: Any, page: Any) -> None:
        page.set_column("B:B", 12, book.add_format({"num_format": "d. mmm yyyy"}))
        page.set_column("C:C", 12, book.add_format({"num_format": '0.00" EUR"'}))

    made = filled(simple(write), 2)
    page = openpyxl.load_workbook(io.BytesIO(made))["Buchungen"]
    assert page["B3"].number_format.startswith("d")
    assert "mmm" in page["B3"].number_format
    assert "EUR" in page["C3"].number_format
    assert "xl/styles.xml" not in changed(made, simple(write))


def test_total_right_below_the_header_moves_down() -> None:
    def write(_book: Any, page: Any) -> None:
        page.write("A3", "Summe")
        page.write_formula("C3", "=SUM(C2:C2)")
        page.write("A5", "Ende")

    rows = cells(filled(simple(write), 3))
    assert [row[0] for row in rows] == ["Budget", "B26-0", "B26-1", "B26-2", "Summe", None, "Ende"]
    assert rows[4][2] == "=SUM(C2:C4)"


def test_empty_rows_made_ready_are_used_up() -> None:
    def write(book: Any, page: Any) -> None:
        framed = book.add_format({"border": 1})
        for row in range(1, 9):
            for column in range(3):
                page.write_blank(row, column, None, framed)
        page.write("A10", "Summe")
        page.write_formula("C10", "=SUM(C2:C9)")

    few = cells(filled(simple(write), 2))
    assert [row[0] for row in few] == ["Budget", "B26-0", "B26-1", "Summe"]
    many = cells(filled(simple(write), 12))
    assert many[13][2] == "=SUM(C2:C13)"


def test_sub_totals_of_old_data_go_with_it() -> None:
    def write(_book: Any, page: Any) -> None:
        for row, text in enumerate(("a", "b", "Zwischensumme", "c", "d", "Gesamtsumme"), 1):
            page.write(row, 0, text)
            page.write(row, 2, row)
            if "summe" not in text:
                page.write(row, 1, 46000)
        page.write("A9", "Unterschrift")

    rows = cells(filled(simple(write), 1))
    assert [row[0] for row in rows] == ["Budget", "B26-0", "Gesamtsumme", None, "Unterschrift"]


def test_remark_right_below_the_list_is_no_row_of_it() -> None:
    def write(_book: Any, page: Any) -> None:
        for row in (1, 2):
            page.write_row(row, 0, ["alt", 46000, 5])
        page.write("A4", "Stand: gestern")

    made = filled(simple(write), 1)
    assert [row[0] for row in cells(made)] == ["Budget", "B26-0", "Stand: gestern"]
    emptied = filled(made, 0)
    assert [row[0] for row in cells(filled(emptied, 2))] == ["Budget", "B26-0", "B26-1", "Stand: gestern"]


def test_what_stands_beside_the_list_stays_in_its_row() -> None:
    def write(_book: Any, page: Any) -> None:
        page.write_row(1, 0, ["alt", 46000, 5])
        page.write("F2", "Legende")
        page.write_formula("G2", "=SUM(C2:C2)")

    rows = cells(filled(simple(write), 3))
    assert rows[1][5:] == ("Legende", "=SUM(C2:C4)")
    assert rows[2][5:] == (None, None)


def test_looks_of_sample_rows_alternate_and_the_last_row_closes() -> None:
    def write(book: Any, page: Any) -> None:
        looks = {
            name: book.add_format({"bg_color": name, "num_format": "dd.mm.yyyy"})
            for name in ("#111111", "#222222")
        }
        for row in range(1, 5):
            for column in range(3):
                page.write(row, column, 46000, looks["#111111" if row % 2 else "#222222"])

    page = openpyxl.load_workbook(io.BytesIO(filled(simple(write), 7)))["Buchungen"]
    colours = [page.cell(row, 1).fill.fgColor.rgb[-6:] for row in range(2, 9)]
    assert colours == ["111111", "222222"] * 3 + ["111111"]


def test_running_balance_begins_with_its_own_formula() -> None:
    def write(_book: Any, page: Any) -> None:
        page.write_row(1, 0, ["alt", 46000, 5])
        page.write_formula("D2", "=C2")
        page.write_row(2, 0, ["alt", 46000, 5])
        page.write_formula("D3", "=D2+C3")

    heads = ("Budget", "Datum", "Betrag", "Stand")
    assert [row[3] for row in cells(filled(simple(write, heads), 4))] == [
        "Stand",
        "=C2",
        "=D2+C3",
        "=D3+C4",
        "=D4+C5",
    ]


def test_excel_table_with_totals_row() -> None:
    def write(_book: Any, page: Any) -> None:
        page.add_table("A3:D6", {
            "name": "Liste", "total_row": True, "data": [["alt", 46000, 5], ["alt", 46000, 6]],
            "columns": [
                {"header": "Budget", "total_string": "Summe"}, {"header": "Datum"},
                {"header": "Betrag", "total_function": "sum"},
                {"header": "Brutto", "formula": "=[@Betrag]*1.19"},
            ],
        })  # fmt: skip
        page.write("A8", "Ende")
        page.write_formula("F1", "=SUM(Liste[Betrag])", None, 11)
        page.write_formula("F2", "=COUNTA(Liste[[#All],[Budget]])", None, 4)

    made = filled(simple(write, ("Titel",)), 5)
    table = part(made, "xl/tables/table1.xml")
    assert 'ref="A3:D9"' in table
    assert '<autoFilter ref="A3:D8"/>' in table
    rows = cells(made)
    assert [row[0] for row in rows[3:11]] == [
        "B26-0",
        "B26-1",
        "B26-2",
        "B26-0",
        "B26-1",
        "Summe",
        None,
        "Ende",
    ]
    assert rows[7][3] == "=[[#This Row],Betrag]*1.19"
    assert [row[5] for row in cells(made, results=True)[:2]] == [None, None]
    assert changed(filled(made, 5), made) == set()


def test_header_merged_over_two_rows_and_columns() -> None:
    def write(_book: Any, page: Any) -> None:
        for column, head in enumerate(("Budget", "Datum")):
            page.merge_range(2, column, 3, column, head)
        page.merge_range(2, 2, 3, 3, "Betrag")
        page.write_row(4, 0, ["alt", 46000, 5])
        page.merge_range("C5:D5", 5)
        page.write("A6", "Summe")
        page.write_formula("C6", "=SUM(C5)")

    made = filled(simple(write, ("Titel",)), 3)
    page = openpyxl.load_workbook(io.BytesIO(made))["Buchungen"]
    assert [page.cell(row, 3).value for row in (3, 5, 6, 7, 8)] == [
        "Betrag",
        100.01,
        100.08,
        100.15,
        "=SUM(C5:C7)",
    ]
    merged = {str(one) for one in page.merged_cells.ranges}
    assert merged == {"A3:A4", "B3:B4", "C3:D4", "C5:D5", "C6:D6", "C7:D7"}


def test_active_filter_is_cleared_and_hidden_rows_are_shown() -> None:
    def write(_book: Any, page: Any) -> None:
        page.write_row(1, 0, ["alt", 46000, 5])
        page.write_row(2, 0, ["neu", 46000, 5])
        page.autofilter("A1:C3")
        page.filter_column("A", "x == neu")
        page.set_row(1, options={"hidden": True})

    made = filled(simple(write), 3)
    assert '<autoFilter ref="A1:C4"></autoFilter>' in part(made)
    assert "hidden" not in part(made)


def test_dates_of_1904() -> None:
    made = filled(simple(lambda _book, page: page.write_row(1, 0, ["alt", 40000, 5]), date_1904=True), 1)
    value = openpyxl.load_workbook(io.BytesIO(made))["Buchungen"]["B2"].value
    assert (value.year, value.month, value.day) == (2026, 1, 1)


def with_areas(*areas: str) -> bytes:
    """Three old rows 2 to 4, a total in 6, and a conditional format for each of these ranges."""

    def write(_book: Any, page: Any) -> None:
        for row in (1, 2, 3):
            page.write_row(row, 0, ["alt", 46000, 5])
        page.write("A6", "Summe")
        for place in range(len(areas)):
            page.conditional_format(f"H{place + 50}", {"type": "blanks"})

    def name_areas(name: str, content: bytes) -> bytes:
        if name == SHEET:
            for place, area in enumerate(areas):
                content = content.replace(b'sqref="H%d"' % (place + 50), f'sqref="{area}"'.encode())
        return content

    return repacked(simple(write), name_areas)


def areas_after(count: int, *areas: str) -> list[str]:
    """What these ranges are once so many bookings are filled in."""
    return re.findall(r'conditionalFormatting sqref="([^"]*)"', part(filled(with_areas(*areas), count)))


def test_ranges_of_whole_columns_stay_and_those_of_whole_rows_go_along() -> None:
    """Excel names them without corners where somebody has marked a whole column or row."""
    assert areas_after(5, "C:C", "A:B D:D") == ["C:C", "A:B D:D"]
    assert areas_after(5, "1:1", "6:6", "8:9") == ["1:1", "8:8", "10:11"]
    assert areas_after(5, "2:4") == ["2:6"]
    assert areas_after(1, "$6:$6") == ["4:4"]


def test_a_range_of_rows_that_are_gone_goes_with_them() -> None:
    assert areas_after(1, "3:3", "C3", "6:6 3:3", "C6") == ["4:4", "C4"]


def test_links_and_merged_cells_of_old_rows_leave_nothing_behind() -> None:
    def write(_book: Any, page: Any) -> None:
        for row in (1, 2, 3):
            page.write_row(row, 0, ["alt", 46000, 5])
            page.write_url(row, 0, f"https://example.org/{row}", string="alt")
        page.merge_range("B3:C3", 5)

    xml = part(filled(simple(write), 5))
    assert "hyperlink" not in xml
    assert "mergeCell" not in xml


def test_array_formulas() -> None:
    def write(_book: Any, page: Any) -> None:
        page.write_row(1, 0, ["alt", 46000, 5])
        page.write_array_formula("D2:D2", "{=SUM(C2*{1,2})}")
        page.write("A4", "Summe")
        page.write_array_formula("C4:C4", "{=SUM(C2:C2*1)}", None, 5)

    xml = part(filled(simple(write, ("Budget", "Datum", "Betrag", "Feld")), 3))
    assert '<f t="array" ref="D4">SUM(C4*{1,2})</f>' in xml
    assert '<c r="C6"><f t="array" ref="C6">SUM(C2:C4*1)</f></c>' in xml


def test_several_sheets_and_figures_between_them() -> None:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    pots, lines = book.add_worksheet("Budgets"), book.add_worksheet("Einzelposten")
    pots.write_row(0, 0, ["Nummer", "Bezeichnung", "Ansatz", "Gebucht laut Liste"])
    pots.write_row(1, 0, ["alt", "alt", 1])
    pots.write_formula("D2", "=SUMIF(Einzelposten!A$2:A$2,A2,Einzelposten!C$2:C$2)", None, 1)
    lines.write_row(0, 0, ["Budget", "Buchungsdatum", "Betrag"])
    lines.write_row(1, 0, ["alt", 46000, 1])
    book.close()
    fields = FIELDS[OVERVIEW]
    rows = [
        [{"Nummer": f"B26-{n}", "Bezeichnung": "x", "Ansatz": Money(n)}.get(field) for field in fields]
        for n in range(3)
    ]
    lists = {OVERVIEW: ListRows(fields, rows), BOOKINGS: bookings(6)}
    made = filled(buffer.getvalue(), 0, lists=lists)
    assert [row[3] for row in cells(made, "Budgets")[1:]] == [
        f"=SUMIF(Einzelposten!A$2:A$7,A{row},Einzelposten!C$2:C$7)" for row in (2, 3, 4)
    ]  # fmt: skip


def test_very_many_rows_are_written_without_a_seam() -> None:
    count = 1203
    seen: list[tuple[int, int]] = []
    content = simple(lambda _book, page: (page.write("A3", "Summe"), page.write_formula("C3", "=SUM(C2:C2)")))
    mapping = LayoutView(content, "vorlage.xlsx").proposed()
    layout = Layout(None, "Kämmerei", "vorlage.xlsx", content, mapping)
    rows = bookings(count)
    made = fill_layout(layout, {BOOKINGS: rows}, lambda done, total: seen.append((done, total)))
    found = cells(made)
    assert [row[2] for row in found[1:-1]] == [(100_01 + number * 7) / 100 for number in range(count)]
    assert found[-1][0] == "Summe"
    assert found[-1][2] == f"=SUM(C2:C{count + 1})"
    assert cells(made, results=True)[-1][2] == pytest.approx(sum(100_01 + n * 7 for n in range(count)) / 100)
    assert (count, count) in seen
    assert any(0 < done < count == total for done, total in seen)


def test_first_last_and_the_rows_between_have_their_own_looks() -> None:
    def write(book: Any, page: Any) -> None:
        for row, colour in enumerate(("#111111", "#222222", "#222222", "#333333"), 1):
            look = book.add_format({"bg_color": colour, "num_format": "dd.mm.yyyy"})
            for column in range(3):
                page.write(row, column, 46000, look)

    page = openpyxl.load_workbook(io.BytesIO(filled(simple(write), 6)))["Buchungen"]
    colours = [page.cell(row, 1).fill.fgColor.rgb[-6:] for row in range(2, 8)]
    assert colours == ["111111", *["222222"] * 4, "333333"]


def test_a_running_balance_that_begins_with_a_value_goes_on_with_its_formula() -> None:
    def write(_book: Any, page: Any) -> None:
        page.write_row(1, 0, ["alt", 46000, 5, 100])
        page.write_row(2, 0, ["alt", 46000, 5])
        page.write_formula("D3", "=D2+C3")

    heads = ("Budget", "Datum", "Betrag", "Stand")
    rows = cells(filled(simple(write, heads), 3))
    assert [row[3] for row in rows[2:]] == ["=D2+C3", "=D3+C4"]
