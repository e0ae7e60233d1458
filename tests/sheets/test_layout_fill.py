"""Finance's own workbook, filled: rows under its headers, everything else byte for byte."""

import io
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from app.domain.errors import Cancelled, UserError
from app.services.finance_layouts import Layout
from app.sheets.finance_rows import BOOKINGS, OVERVIEW, Money
from app.sheets.layout_fill import fill_layout
from app.sheets.layout_lists import FIELDS, ListRows
from app.sheets.layout_view import LayoutView
from tests.sheets.layout_samples import (
    MACROS,
    bookings,
    filled,
    finance_book,
    members,
    prefixed,
    repacked,
    silent,
    with_macros,
)

# What openpyxl cannot read it says so of; that is why layouts are not filled with it.
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")

BOOK = finance_book()
SHEET = "xl/worksheets/sheet1.xml"


def cells(content: bytes, sheet: str = "Buchungen", *, results: bool = False) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=results)
    return list(book[sheet].iter_rows(values_only=True))


def part(content: bytes, name: str = SHEET) -> str:
    return members(content)[name].decode()


def changed(content: bytes, before: bytes = BOOK) -> set[str]:
    old, new = members(before), members(content)
    return {name for name in new if old[name] != new[name]}


# --- rows --------------------------------------------------------------------------------------------------


def test_rows_go_under_the_headers_and_what_is_below_moves_down() -> None:
    rows = cells(filled(BOOK, 5))
    assert [row[0] for row in rows] == [
        "Mittelnachweis", "Summe oben", None, None, "Budget", *("B26-0", "B26-1", "B26-2", "B26-0", "B26-1"),
        "Summe", None, "Bemerkung: bitte bis Monatsende", "zur Auswertung",
    ]  # fmt: skip
    assert rows[9][5:8] == (100.29, "=ROUND(F10*1.19,2)", "=F10/$F$11")
    assert rows[10][5:7] == ("=SUM(F6:F10)", "=SUBTOTAL(9,G6:G10)")
    assert rows[1][1] == "=SUM(F6:F10)"


def test_everything_else_stays_byte_for_byte() -> None:
    made = filled(BOOK, 5)
    assert changed(made) == {
        SHEET, "xl/worksheets/sheet2.xml", "xl/workbook.xml", "xl/charts/chart1.xml", "xl/charts/chart2.xml",
        "xl/drawings/drawing1.xml", "xl/drawings/vmlDrawing1.vml", "xl/comments1.xml",
    }  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(BOOK)) as old, zipfile.ZipFile(io.BytesIO(made)) as new:
        kept = [(m.filename, m.date_time, m.compress_type, m.external_attr) for m in old.infolist()]
        assert [(m.filename, m.date_time, m.compress_type, m.external_attr) for m in new.infolist()] == kept


def test_as_many_rows_as_there_were_change_rows_and_figures_only() -> None:
    assert changed(filled(BOOK, 2)) == {
        SHEET, "xl/worksheets/sheet2.xml", "xl/charts/chart1.xml", "xl/charts/chart2.xml",
    }  # fmt: skip


@pytest.mark.parametrize("count", [0, 1, 2, 5, 40])
def test_filling_the_filled_one_again_changes_nothing(count: int) -> None:
    once = filled(BOOK, count)
    assert changed(filled(once, count), once) == set()
    back = filled(filled(once, 3), count)
    assert cells(back) == cells(once)


def test_no_rows_leave_one_empty_row_with_look_and_formulas() -> None:
    made = filled(BOOK, 0)
    rows = cells(made)
    assert rows[5][:6] == (None,) * 6
    assert rows[5][6] == "=ROUND(F6*1.19,2)"
    assert rows[6][0] == "Summe"
    assert rows[6][5] == "=SUM(F6:F6)"


def test_text_stays_text_and_dates_and_numbers_are_such() -> None:
    page = openpyxl.load_workbook(io.BytesIO(filled(BOOK, 10)))["Buchungen"]
    texts = [page.cell(row, 5) for row in range(6, 16)]
    assert {cell.data_type for cell in texts} == {"s"}
    assert [cell.value for cell in texts[:8]] == [
        "Stühle", "=SUMME(A1)", "+49 511", "@x", "-1", "a<b&c>", ' "q" ', "zwei\nZeilen",
    ]  # fmt: skip
    assert page["B6"].is_date
    assert page["B6"].number_format == "dd.mm.yyyy"
    assert page["F6"].data_type == "n"
    assert page["C6"].value == 5100000000, "finance keeps numbers here"
    assert page["D7"].value == "0012", "finance keeps text here"
    by_calamine = CalamineWorkbook.from_filelike(io.BytesIO(filled(BOOK, 10))).get_sheet_by_name("Buchungen")
    assert by_calamine.to_python()[6][4] == "=SUMME(A1)"


def test_stale_figures_are_gone_and_simple_ones_are_there() -> None:
    made = filled(BOOK, 3)
    total = round(100.01 + 100.08 + 100.15, 2)
    rows = cells(made, results=True)
    assert rows[1][1] == rows[8][5] == total
    assert rows[8][6] is None
    assert [row[0] for row in cells(made, "Auswertung", results=True)] == [
        total, total, None, None, None, 2, 4, None,
    ]  # fmt: skip
    assert 'fullCalcOnLoad="1"' in part(made, "xl/workbook.xml")
    assert "numCache" not in part(made, "xl/charts/chart1.xml")


# --- what hangs on the rows --------------------------------------------------------------------------------


def test_ranges_follow_the_rows() -> None:
    made = filled(BOOK, 5)
    page = openpyxl.load_workbook(io.BytesIO(made))["Buchungen"]
    assert page.auto_filter.ref == "A5:H10"
    assert page.print_area == "'Buchungen'!$A$1:$H$13"
    assert page.print_title_rows == "$5:$5"
    assert sorted(str(one) for one in page.merged_cells.ranges) == ["A13:H13", "A1:H1"]
    assert [brk.id for brk in page.row_breaks.brk] == [11]
    assert page["F11"].comment is not None
    assert {str(one.sqref) for one in page.data_validations.dataValidation} == {"D6:D10"}
    formats = {str(one.sqref): [rule.formula for rule in one.rules] for one in page.conditional_formatting}
    assert formats["F6:F10"] == [["$B$2/2"]]
    assert formats["A15:B16"] == [["$A15>$F$11"]]
    assert page.row_dimensions[10].height == page.row_dimensions[6].height == 24
    assert page.column_dimensions["C"].hidden
    assert page.protection.sheet
    assert page["A14"].hyperlink.location == "Auswertung!A1"
    xml = part(made)
    assert "<xm:f>Buchungen!F6:F10</xm:f><xm:sqref>B3</xm:sqref>" in xml
    assert "<xm:f>Buchungen!F10:G10</xm:f><xm:sqref>I10</xm:sqref>" in xml
    assert "<xm:sqref>G6:G10</xm:sqref>" in xml
    names = part(made, "xl/workbook.xml")
    assert ">Buchungen!$F$6:$F$10<" in names
    assert ">Buchungen!$F$11<" in names
    assert "Buchungen!$A$6:$A$10" in part(made, "xl/charts/chart1.xml")
    assert "Buchungen!$F$5<" in part(made, "xl/charts/chart1.xml")
    assert "Buchungen!$G$6:$G$10" in part(made, "xl/charts/chart2.xml")
    anchors = re.findall(r"<xdr:row>(\d+)</xdr:row>", part(made, "xl/drawings/drawing1.xml"))
    assert anchors == ["17", "17", "22", "36", "1", "6"]
    assert "<x:Row>10</x:Row>" in part(made, "xl/drawings/vmlDrawing1.vml")


def test_macros_stay_and_the_calculation_chain_goes() -> None:
    def chain(name: str, content: bytes) -> bytes:
        if name == "[Content_Types].xml":
            kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
            override = b'<Override PartName="/xl/calcChain.xml" ContentType="%s"/></Types>' % kind
            return content.replace(b"</Types>", override)
        if name == "xl/_rels/workbook.xml.rels":
            kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
            relation = b'<Relationship Id="rIdC" Type="%s" Target="calcChain.xml"/></Relationships>' % kind
            return content.replace(b"</Relationships>", relation)
        return content

    before = repacked(
        with_macros(BOOK), chain, {"xl/calcChain.xml": b'<calcChain><c r="F8" i="1"/></calcChain>'}
    )
    after = filled(before, 4, "vorlage.xlsm")
    parts = members(after)
    assert parts["xl/vbaProject.bin"] == MACROS
    assert "xl/calcChain.xml" not in parts
    assert b"calcChain" not in parts["[Content_Types].xml"] + parts["xl/_rels/workbook.xml.rels"]
    assert b"macroEnabled" in parts["[Content_Types].xml"]
    assert openpyxl.load_workbook(io.BytesIO(after), keep_vba=True)["Buchungen"]["A9"].value == "B26-0"


def test_workbook_without_settings_of_calculation_gets_them_in_their_place() -> None:
    def bare(name: str, content: bytes) -> bytes:
        return re.sub(rb"<calcPr[^>]*/>", b"", content) if name == "xl/workbook.xml" else content

    xml = part(filled(repacked(BOOK, bare), 1), "xl/workbook.xml")
    assert '</definedNames><calcPr fullCalcOnLoad="1"/>' in xml


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


def simple(
    write: Any, heads: tuple[str, ...] = ("Budget", "Datum", "Betrag"), row: int = 0, **options: Any
) -> bytes:
    """A workbook with one sheet "Buchungen": headers in a row, the rest by `write(book, page)`."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, **options})
    page = book.add_worksheet("Buchungen")
    for place, head in enumerate(heads):
        page.write(row, place, head)
    write(book, page)
    book.close()
    return buffer.getvalue()


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


def with_pivot(content: bytes, area: str) -> bytes:
    """The workbook with the outline of a pivot table over "Buchungen" on that sheet."""

    def change(name: str, part: bytes) -> bytes:
        if name != "xl/worksheets/_rels/sheet1.xml.rels":
            return part
        kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/pivotTable"
        relation = (
            b'<Relationship Id="rIdP" Type="%s" Target="../pivotTables/pivotTable1.xml"/></Relationships>'
            % kind
        )
        return part.replace(b"</Relationships>", relation)

    source = b'<cacheSource type="worksheet"><worksheetSource ref="A5:H7" sheet="Buchungen"/></cacheSource>'
    added = {
        "xl/pivotTables/pivotTable1.xml": b'<pivotTableDefinition><location ref="%s"/></pivotTableDefinition>'
        % area.encode(),
        "xl/pivotCache/pivotCacheDefinition1.xml": b"<pivotCacheDefinition>%s</pivotCacheDefinition>"
        % source,
    }
    return repacked(content, change, added)


def test_pivot_tables_follow_their_rows_and_read_them_anew() -> None:
    parts = members(filled(with_pivot(BOOK, "A20:B24"), 5))
    assert b'ref="A23:B27"' in parts["xl/pivotTables/pivotTable1.xml"]
    cache = parts["xl/pivotCache/pivotCacheDefinition1.xml"]
    assert b'<pivotCacheDefinition refreshOnLoad="1">' in cache
    assert b'ref="A5:H10"' in cache
    beside = members(filled(with_pivot(BOOK, "K4:L9"), 5))
    assert b'ref="K4:L9"' in beside["xl/pivotTables/pivotTable1.xml"]


# --- refusals ----------------------------------------------------------------------------------------------


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


def test_filling_can_be_cancelled() -> None:
    def stop(done: int, total: int) -> None:
        if done >= 500:
            raise Cancelled

    mapping = LayoutView(BOOK, "v").proposed()
    with pytest.raises(Cancelled):
        fill_layout(Layout(None, "v", "v.xlsx", BOOK, mapping), {BOOKINGS: bookings(2000)}, stop)


# --- LibreOffice -------------------------------------------------------------------------------------------


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it_and_calculates_the_same(tmp_path: Path) -> None:
    from tests.sheets.libreoffice import recalculated

    path = tmp_path / "gefüllt.xlsx"
    path.write_bytes(filled(prefixed(with_macros(BOOK)), 7, "v.xlsm"))
    content = recalculated(path, tmp_path / "calculated").read_bytes()
    rows = cells(content, results=True)
    amounts = [round(100.01 + place * 0.07, 2) for place in range(7)]
    total = round(sum(amounts), 2)
    assert [row[5] for row in rows[5:13]] == pytest.approx([*amounts, total])
    assert [row[6] for row in rows[5:12]] == pytest.approx([round(one * 1.19, 2) for one in amounts])
    assert [row[7] for row in rows[5:12]] == pytest.approx([one / total for one in amounts])
    assert rows[1][1] == pytest.approx(total)
    assert rows[6][4] == "=SUMME(A1)"
    calculated = [row[0] for row in cells(content, "Auswertung", results=True)]
    first = round(sum(amounts[0::3]), 2)
    assert calculated[:7] == pytest.approx([total, total, first, 2 * total, 2 * total, 2, 4])
