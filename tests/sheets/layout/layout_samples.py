"""Workbooks as a finance department might have them, made with XlsxWriter, and our rows to fill them with."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import xlsxwriter

from app.services.finance.finance_layouts import Layout
from app.sheets.finance.rows import BOOKINGS
from app.sheets.layout.fill import fill_layout
from app.sheets.layout.lists import FIELDS, ListRows
from app.sheets.layout.view import LayoutView
from app.sheets.list_writer import Cell, Money

MACROS = b"\xd0\xcf\x11\xe0 no real macros, but nobody may change a byte \x00\x01\x02"
LOGO = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63606060600000"
    "00050001a5f645400000000049454e44ae426082"
)


def silent(_done: int, _total: int) -> None:
    """No progress to show."""


def bookings(count: int) -> ListRows:
    """So many bookings, all of them different, with text that must stay text."""
    fields = FIELDS[BOOKINGS]
    texts = (
        "Stühle",
        "=SUMME(A1)",
        "+49 511",
        "@x",
        "-1",
        "a<b&c>",
        ' "q" ',
        "zwei\nZeilen",
        "_x0041_",
        "\x07",
    )
    rows = []
    for number in range(count):
        values: dict[str, Cell] = {
            "Budget": f"B26-{number % 3}",
            "Buchungsdatum": date(2026, 1 + number % 12, 1 + number % 28),
            "Belegnummer": f"{5100000000 + number}",
            "Innenauftrag": "0012" if number % 2 else "500123",
            "Text": texts[number % len(texts)],
            "Empfänger": None if number % 5 == 4 else f"Firma {number}",
            "Betrag": Money(100_01 + number * 7),
            "Haushaltsjahr": 2026,
            "Laufende Nummer": number + 1,
        }
        rows.append([values.get(field) for field in fields])
    return ListRows(fields, rows)


def filled(
    content: bytes, count: int, name: str = "vorlage.xlsx", lists: dict[str, ListRows] | None = None
) -> bytes:
    """The workbook with so many bookings, mapped as proposed."""
    mapping = LayoutView(content, name).proposed()
    return fill_layout(
        Layout(None, "Kämmerei", name, content, mapping), lists or {BOOKINGS: bookings(count)}, silent
    )


def members(content: bytes) -> dict[str, bytes]:
    """The parts of a workbook in their order."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def repacked(
    content: bytes, change: Callable[[str, bytes], bytes], added: dict[str, bytes] | None = None
) -> bytes:
    """The workbook with parts changed by hand, as other programs would have written them."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in members(content).items():
            made.writestr(name, change(name, part))
        for name, part in (added or {}).items():
            made.writestr(name, part)
    return buffer.getvalue()


def with_macros(content: bytes) -> bytes:
    """The workbook as .xlsm with a macro part."""

    def change(name: str, part: bytes) -> bytes:
        if name == "[Content_Types].xml":
            part = part.replace(
                b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
            )
            kind = b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
            return part.replace(b"<Override", kind + b"<Override", 1)
        if name == "xl/_rels/workbook.xml.rels":
            kind = b"http://schemas.microsoft.com/office/2006/relationships/vbaProject"
            relation = b'<Relationship Id="rIdVba" Type="%s" Target="vbaProject.bin"/></Relationships>' % kind
            return part.replace(b"</Relationships>", relation)
        return part

    return repacked(content, change, {"xl/vbaProject.bin": MACROS})


def prefixed(content: bytes, sheet: str = "xl/worksheets/sheet1.xml") -> bytes:
    """The workbook with a sheet whose elements have a namespace prefix, as some generators write them."""

    def change(name: str, part: bytes) -> bytes:
        if name != sheet:
            return part
        part = re.sub(rb"<(/?)(?=[A-Za-z])(?![\w.]+:)", rb"<\1x:", part)
        return part.replace(b" xmlns=", b" xmlns:x=")

    return repacked(content, change)


def finance_book() -> bytes:
    """A layout with everything that must survive: sample rows at 6 and 7, a total in 8, a remark in 10."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    page = book.add_worksheet("Buchungen")
    calc = book.add_worksheet("Auswertung")
    other = book.add_worksheet("Nur Text")
    money = book.add_format({"num_format": "#,##0.00 €", "border": 1})
    day = book.add_format({"num_format": "dd.mm.yyyy", "border": 1})
    text = book.add_format({"border": 1, "text_wrap": True})
    bold = book.add_format({"bold": True, "bg_color": "#DDEEFF"})
    page.merge_range("A1:H1", "Mittelnachweis", bold)
    page.write("A2", "Summe oben")
    page.write_formula("B2", "=SUM(F6:F7)", money, 300)
    heads = ("Budget", "Buch.dat.", "Beleg-Nr.", "Auftrag", "Buchungstext", "Betrag EUR", "Brutto", "Anteil")
    for place, head in enumerate(heads):
        page.write_string(4, place, head, bold)
    for row, amount in ((5, 100), (6, 200)):
        page.set_row(row, 24)
        page.write_string(row, 0, "alt", text)
        page.write_datetime(row, 1, date(2025, 1, 1), day)  # type: ignore[arg-type]
        page.write_number(row, 2, 4711, text)
        page.write_string(row, 3, "A1", text)
        page.write_string(row, 4, "alter Text", text)
        page.write_number(row, 5, amount, money)
        page.write_formula(row, 6, f"=ROUND(F{row + 1}*1.19,2)", money, amount * 1.19)
        page.write_formula(row, 7, f"=F{row + 1}/$F$8", book.add_format({"num_format": "0.0%"}), amount / 300)
    page.write_string(7, 0, "Summe", bold)
    page.write_formula("F8", "=SUM(F6:F7)", money, 300)
    page.write_formula("G8", "=SUBTOTAL(9,G6:G7)", money, 357)
    page.merge_range("A10:H10", "Bemerkung: bitte bis Monatsende", bold)
    page.write_url("A11", "internal:Auswertung!A1", string="zur Auswertung")
    page.data_validation("D6:D7", {"validate": "list", "source": "='Nur Text'!$A$1:$A$3"})
    page.conditional_format("F6:F7", {"type": "cell", "criteria": ">", "value": "$B$2/2", "format": bold})
    page.conditional_format("G6:G7", {"type": "data_bar", "data_bar_2010": True})
    page.conditional_format("A12:B13", {"type": "formula", "criteria": "=$A12>$F$8", "format": bold})
    page.add_sparkline("I6", {"range": "Buchungen!F6:G6"})
    page.add_sparkline("B3", {"range": "Buchungen!F6:F7"})
    page.autofilter("A5:H7")
    page.print_area("A1:H10")
    page.repeat_rows(4)
    page.set_h_pagebreaks([8])
    page.freeze_panes(5, 0)
    page.set_column("C:C", 14, None, {"hidden": True})
    page.protect("geheim", {"autofilter": True})
    page.write_comment("F8", "Hier steht die Summe")
    page.insert_textbox("J2", "Hinweis der Kämmerei")
    page.insert_image("B15", "logo.png", {"image_data": io.BytesIO(LOGO)})
    chart = book.add_chart({"type": "column"})
    chart.add_series({
        "name": "=Buchungen!$F$5", "categories": "=Buchungen!$A$6:$A$7", "values": "=Buchungen!$F$6:$F$7",
    })  # fmt: skip
    page.insert_chart("B20", chart)
    far = book.add_chart({"type": "line"})
    far.add_series({"values": "=Buchungen!$G$6:$G$7"})
    calc.insert_chart("D2", far)
    calc.write_formula("A1", "=SUM(Buchungen!F6:F7)", None, 300)
    calc.write_formula("A2", "=Buchungen!F8", None, 300)
    calc.write_formula("A3", '=SUMIF(Buchungen!$A$6:$A$7,"B26-0",Buchungen!$F$6:$F$7)', None, 0)
    calc.write_formula("A4", "=SUM(Betraege)+A1", None, 600)
    calc.write_formula("A5", "=SUM(Buchungen!F:F)", None, 600)
    calc.write_formula("A6", "=1+1", None, 2)
    calc.write_formula("A7", "=A6*2", None, 4)
    calc.write_formula("A8", '=A4&" Euro"', None, "600 Euro")
    book.define_name("Betraege", "=Buchungen!$F$6:$F$7")
    book.define_name("Unten", "=Buchungen!$F$8")
    book.define_name("Auswertung!Lokal", "=Auswertung!$A$1")
    for row, word in enumerate(("A1", "B2", "C3")):
        other.write_string(row, 0, word)
    other.write_formula("B1", "=LEN(A1)", None, 2)
    book.close()
    return buffer.getvalue()


BOOK = finance_book()
SHEET = "xl/worksheets/sheet1.xml"


def cells(content: bytes, sheet: str = "Buchungen", *, results: bool = False) -> list[tuple[Any, ...]]:
    """What stands in the rows of a sheet: formulas, or their stored results."""
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=results)
    return list(book[sheet].iter_rows(values_only=True))


def part(content: bytes, name: str = SHEET) -> str:
    """One file inside the workbook."""
    return members(content)[name].decode()


def changed(content: bytes, before: bytes = BOOK) -> set[str]:
    """Which files inside the workbook are others than before."""
    old, new = members(before), members(content)
    return {name for name in new if old[name] != new[name]}


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
