"""Finance's own workbook, filled: rows under its headers, everything else byte for byte."""

import io
import re
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from tests.sheets.layout.layout_samples import (
    BOOK,
    MACROS,
    SHEET,
    cells,
    changed,
    filled,
    members,
    part,
    prefixed,
    repacked,
    with_macros,
)

# What openpyxl cannot read it says so of; that is why layouts are not filled with it.
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")


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
    assert openpyxl.load_workbook(io.BytesIO(after))["Buchungen"]["A9"].value == "B26-0"


def test_workbook_without_settings_of_calculation_gets_them_in_their_place() -> None:
    def bare(name: str, content: bytes) -> bytes:
        return re.sub(rb"<calcPr[^>]*/>", b"", content) if name == "xl/workbook.xml" else content

    xml = part(filled(repacked(BOOK, bare), 1), "xl/workbook.xml")
    assert '</definedNames><calcPr fullCalcOnLoad="1"/>' in xml


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
