"""Web pages and Excel's XML of 2003, mostly named .xls: what stands in their tables, and what they must not do."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from app.domain.errors import UserError
from app.sheets.reading.cells import NO_RESULT, CellError, Workbook
from app.sheets.reading.html_tables import HtmlTables, TooManyCellsError
from app.sheets.reading.read import read_workbook


def html(text: str, max_cells: int = 1000) -> list[tuple[str, list[list[Any]]]]:
    page = HtmlTables(max_cells)
    list(page.parsed(text))
    return [(table.name, table.rows) for table in page.joined()]


def only(text: str) -> list[list[Any]]:
    ((_, rows),) = html(text)
    return rows


def read(tmp_path: Path, content: bytes) -> Workbook:
    path = tmp_path / "liste.xls"
    path.write_bytes(content)
    return read_workbook(path)


# --- web pages -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_a_page_named_xls(tmp_path: Path, encoding: str) -> None:
    page = (
        "<html><head><style>td {color: red}</style><title>T</title></head><body><h1>Bericht</h1>"
        "<table border=1><caption>Einzel&shy;posten</caption><tr><th>Betrag<th>Empf&auml;nger</tr>"
        "<tr><td align=right nowrap>&nbsp;1.234,56&nbsp;</td><td><b>Müller</b> &amp;\n Söhne<br>Hannover</td></tr>"
        "</table></body></html>"
    )
    book = read(tmp_path, page.encode(encoding))
    assert book.sheets[0].name == "Einzel\u00adposten"
    assert book.sheets[0].rows == [["Betrag", "Empfänger"], ["1.234,56", "Müller & Söhne\nHannover"]]
    assert book.notices == []


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ("<tr><td>a<td>b<tr><td>1<td>2", [["a", "b"], ["1", "2"]]),
        ("<tr><td colspan=2>a</td><td>b</td></tr>", [["a", None, "b"]]),
        ("<tr><td rowspan=2>a<td>b<tr><td>c<tr><td>d<td>e", [["a", "b"], [None, "c"], ["d", "e"]]),
        (
            "<tr><td rowspan=2 colspan=2>a<td>b<tr><td>c<tr><td>d",
            [["a", None, "b"], [None, None, "c"], ["d"]],
        ),
        ("<tr><td>b<td rowspan=3>a<tr><td>c<tr><td>d", [["b", "a"], ["c"], ["d"]]),
        ("<tr style='display:none'><td>a", [["a"]]),
        ("<td>a<td>b", [["a", "b"]]),
        ("<tr><td><script>alert('<td>x')</script>a", [["a"]]),
        ("<tr><td><!-- <td>x --> a", [["a"]]),
        ("<tr><td>&lt;b&gt;&#8722;5&euro; &unknown;", [["<b>\u22125€ &unknown;"]]),
        ("<tr><td colspan=x>a<td colspan=-1>b<td colspan=0>c", [["a", "b", "c"]]),
        ("<tr><td x:num='46037.5'>1.234<td x:num>2<td x:num='46037'>15.01.2026", [[46037.5, "2", "15.01.2026"]]),
        ("<tr><td sdval='97.32' sdnum='1031;'>97,3<td sdval='nan'>7<td sdval='x'>8", [[97.32, "7", "8"]]),
        ("<thead><tr><th>a</thead><tbody><tr><td>1</tbody><tfoot><tr><td>2</tfoot>", [["a"], ["1"], ["2"]]),
    ],
)  # fmt: skip
def test_cells_of_a_page(table: str, rows: list[list[Any]]) -> None:
    assert only(f"<table>{table}</table>") == rows


def test_several_tables_are_several_sheets() -> None:
    assert html("<table><tr><td>a</table><p>x<table><caption>Zwei</caption><tr><td>b</table>") == [
        ("", [["a"]]),
        ("Zwei", [["b"]]),
    ]


def test_a_table_within_a_table_is_one_of_its_own() -> None:
    page = "<table><tr><td>Titel<table><tr><td>a<td>b</table></td><td>rechts</table>"
    assert [rows for _, rows in html(page)] == [[["Titel", "rechts"]], [["a", "b"]]]


def test_a_list_cut_into_pages_is_one_again() -> None:
    head, one, two = (
        "<tr><th>Datum<th>Betrag",
        "<tr><td>15.01.2026<td>1,00",
        "<tr><td>16.01.2026<td>2,00",
    )
    rows = only(f"<table>{head}{one}</table><table>{head}{two}</table><table>{one}</table>")
    assert [row[0] for row in rows] == ["Datum", "15.01.2026", "Datum", "16.01.2026", "15.01.2026"]
    assert len(html(f"<table>{head}{one}</table><table><tr><th>Auftrag<th>Ansatz</table>")) == 2


def test_limits_of_a_page() -> None:
    with pytest.raises(TooManyCellsError):
        html("<table>" + "<tr><td>1" * 600 + "</table>")
    with pytest.raises(TooManyCellsError):
        html("<table><tr>" + "<td colspan=999999>1" * 2 + "</table>")
    with pytest.raises(TooManyCellsError):
        html("<table>" * 60)


def test_a_page_that_ends_early_says_so(tmp_path: Path) -> None:
    book = read(tmp_path, b"<table><tr><td>15.01.2026</td><td>12,")
    assert book.sheets[0].rows == [["15.01.2026", "12,"]]
    assert "mitten in einer Tabelle" in book.notices[0]


# --- the XML of Excel 2003 -------------------------------------------------------------------------------------

XML = """<?xml version="1.0" encoding="ENCODING"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:o="urn:schemas-microsoft-com:office:office"
 xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:html="http://www.w3.org/TR/REC-html40">
 <x:ExcelWorkbook><x:Date1904/></x:ExcelWorkbook>
 <ss:Worksheet ss:Name="Übersicht"><ss:Table ss:ExpandedColumnCount="9999999">
  <ss:Row ss:Index="2"><ss:Cell ss:MergeAcross="1"><ss:Data ss:Type="String">Titel</ss:Data></ss:Cell>
   <ss:Cell><ss:Data ss:Type="String">b</ss:Data></ss:Cell></ss:Row>
  <ss:Row><ss:Cell ss:Index="3"><ss:Data ss:Type="Number">12.5</ss:Data></ss:Cell>
   <ss:Cell><ss:Data ss:Type="DateTime">2026-01-15T00:00:00.000</ss:Data></ss:Cell>
   <ss:Cell><ss:Data ss:Type="DateTime">2026-01-15T10:30:00.000</ss:Data></ss:Cell>
   <ss:Cell><ss:Data ss:Type="Boolean">1</ss:Data></ss:Cell>
   <ss:Cell ss:Formula="=1/0"><ss:Data ss:Type="Error">#DIV/0!</ss:Data></ss:Cell>
   <ss:Cell ss:Formula="=1+1"></ss:Cell><ss:Cell/></ss:Row>
  <ss:Row><ss:Cell><ss:Data ss:Type="String"><html:B>Fett</html:B> &amp; gut</ss:Data></ss:Cell></ss:Row>
 </ss:Table><x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></ss:Worksheet>
 <ss:Worksheet ss:Name="Leer"><ss:Table/></ss:Worksheet>
</Workbook>"""


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252", "utf-16"])
def test_a_workbook_of_excel_2003(tmp_path: Path, encoding: str) -> None:
    book = read(tmp_path, XML.replace("ENCODING", encoding).encode(encoding))
    assert book.base_1904
    assert [(sheet.name, sheet.visible) for sheet in book.sheets] == [("Übersicht", False), ("Leer", True)]
    assert book.sheets[0].rows == [
        [],
        ["Titel", None, "b"],
        [
            None,
            None,
            12.5,
            date(2026, 1, 15),
            datetime(2026, 1, 15, 10, 30),
            True,
            CellError("#DIV/0!"),
            NO_RESULT,
        ],
        ["Fett & gut"],
    ]


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (("ss:Index=\"2\"", "ss:Index=\"99999999\""), "zu groß"),
        (("ss:Index=\"3\"", "ss:Index=\"99999999\""), "zu groß"),
        (("MergeAcross=\"1\"", "MergeAcross=\"99999999\""), "zu groß"),
        (("</Workbook>", ""), "beschädigt"),
        (("?>\n", "?><!DOCTYPE x [<!ENTITY a \"aaaa\">]>\n"), "beschädigt"),
        (("ENCODING", "erfunden"), "beschädigt"),
    ],
)  # fmt: skip
def test_hostile_xml(tmp_path: Path, change: tuple[str, str], word: str) -> None:
    content = XML.replace(*change).replace("ENCODING", "utf-8").encode()
    with pytest.raises(UserError, match=word) as caught:
        read(tmp_path, content)
    assert "Bitte" in caught.value.sentence


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (
            b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n<html><table>",
            "MHTML",
        ),
        (b"<?xml version='1.0'?><office:document/>", "XML-Datei"),
        (b"<html><body><p>Ihre Sitzung ist abgelaufen</p></body></html>", "Webseite ohne Tabelle"),
        (b"ID;PWXL;N;E\r\nP;PGeneral\r\n", "SYLK"),
        (b"\x09\x08\x08\x00\x00\x05\x10\x00", "sehr alten Excel"),
        (b"TABLE\r\n0,1\r\n", "DIF"),
        (b"TABLE\n0,1\n", "DIF"),
    ],
)
def test_what_is_refused(tmp_path: Path, content: bytes, word: str) -> None:
    with pytest.raises(UserError, match=word) as caught:
        read(tmp_path, content)
    assert "Bitte" in caught.value.sentence
