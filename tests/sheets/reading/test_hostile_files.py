"""Small files of every kind, changed at random places: what stands in them or one sentence, never a crash or a hang.

The seed is fixed, so that a failure comes again. Thousands of rounds of the same were run by hand.
"""

import os
import random
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from app.domain.errors import UserError
from app.sheets.bookings.postings import read_bookings
from app.sheets.reading import reader_process
from app.sheets.reading.cells import Workbook
from app.sheets.reading.file_kinds import FileKind, damaged, kind_of
from app.sheets.reading.read import read_workbook
from app.sheets.reading.scans import Scans, scan
from app.sheets.reading.text_tables import read_text
from tests.paths import SAMPLES
from tests.sheets.reading.xlsb_files import DATE, ERROR, write_xlsb

ROUNDS = 40
SECONDS = 2.0
"""Of the processor's time, ours and that of the child that reads, however busy the machine is."""
TABLE = [["Buchungsdatum", "Belegnummer", "Betrag", "Text"]] + [
    [f"{n:02}.01.2026", str(n), f"1.{n:03},50-", f"Übel; „{n}“"] for n in range(1, 20)
]
TOKENS = (
    b"\x00", b"\xff", b'"', b";", b"\r", b"<table>", b"</table>", b"<td colspan=9999>", b"<!--", b"<![CDATA[",
    b"&#x110000;", b"1e308", b"NaN", b"99999999999999999999", b"9999-12-31", b"<script>", b"<!DOCTYPE x>",
    b"\xed\xa0\x80", b"PK\x03\x04", b'r="XFD1048576"', b'repeated="9999999"', b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff",
)  # fmt: skip


def _xlsx() -> bytes:
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet("A")
        for number, row in enumerate(TABLE):
            sheet.write_row(number, 0, row)
        sheet.write_formula(20, 2, "=NA()", None, "#N/A")
    return content.getvalue()


def _ods() -> bytes:
    source = SAMPLES / "einzelposten_2026-03.ods"
    content = BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(content, "w") as new:
        for name in ("mimetype", "content.xml", "META-INF/manifest.xml"):
            new.writestr(name, old.read(name))
    return content.getvalue()


def _xlsb(tmp_path: Path) -> bytes:
    rows = {0: dict(enumerate(TABLE[0])), 1: {0: (DATE, 46037), 1: "1", 2: (ERROR, 7), 3: "x"}}
    return write_xlsb(tmp_path / "kern.xlsb", [("A", rows)]).read_bytes()


def _text(separator: str) -> str:
    return "\r\n".join(separator.join(row) for row in TABLE) + "\r\n"


def _html() -> str:
    cells = ("".join(f"<td rowspan=1>{cell}</td>" for cell in row) for row in TABLE)
    return f"<html><table><tr>{'</tr><tr>'.join(cells)}</tr></table></html>"


def _xml() -> str:
    cells = ("".join(f'<Cell><Data ss:Type="String">{cell}</Data></Cell>' for cell in row) for row in TABLE)
    name = "urn:schemas-microsoft-com:office:spreadsheet"
    table = f"<Table><Row>{'</Row><Row>'.join(cells)}</Row></Table>"
    return (
        f'<?xml version="1.0"?><Workbook xmlns="{name}" xmlns:ss="{name}">'
        f'<Worksheet ss:Name="A">{table}</Worksheet></Workbook>'
    )


def _seeds(tmp_path: Path) -> Iterator[tuple[str, bytes]]:
    yield "csv", _text(";").encode("cp1252")
    yield "utf16", _text("\t").encode("utf-16")
    yield "framed", "".join(f"|{'|'.join(row)}|\n|----|\n" for row in TABLE).encode()
    yield "datev", f"EXTF;700;21;Buchungsstapel\n{_text(';')}".encode()
    yield "html", _html().encode()
    yield "xml", _xml().encode()
    yield "xlsx", _xlsx()
    yield "ods", _ods()
    yield "xlsb", _xlsb(tmp_path)


def _changed(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(len(changed) + 1)
        match chance.randrange(5):
            case 0 if at < len(changed):
                changed[at] ^= 1 << chance.randrange(8)
            case 1:
                del changed[at : at + chance.choice((1, 4, 60))]
            case 2:
                changed[at:at] = changed[at : at + chance.choice((1, 10, 400))]
            case 3:
                changed[at:at] = chance.choice(TOKENS)
            case 4 if chance.random() < 0.2:
                del changed[at:]
    return bytes(changed)


def _changed_inside(content: bytes, chance: random.Random) -> bytes:
    """The same within a part of a zip, so that it is not only the checksum that complains."""
    result = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(result, "w") as new:
        names = old.namelist()
        victim = chance.choice([name for name in names if "sheet" in name or "content" in name] or names)
        for name in names:
            part = old.read(name)
            new.writestr(name, _changed(part, chance) if name == victim else part)
    return result.getvalue()


def _spent() -> float:
    """Seconds the processor has worked for us and for our ended children."""
    return sum(os.times()[:4])


def _said(path: Path) -> str:
    """The sentence with which a file is refused; empty if it was read."""
    try:
        kind = kind_of(path)
        if kind is FileKind.TEXT:
            book = read_text(path, reader_process.MAX_CELLS, lambda done, total: None)
        else:
            book = Workbook()
            for message in reader_process._messages(path, lambda done, total: None):
                if message[0] == "sheet":
                    book.sheets.append(message[1])
                elif message[0] == "rows":
                    book.sheets[-1].rows.extend(message[1])
        read_bookings(book, path.name)
    except UserError as refused:
        return refused.sentence
    except BaseException as panic:  # calamine's own end, which ends only the child process
        if type(panic).__name__ == "PanicException":
            return damaged(path.name)
        raise
    return ""


@pytest.mark.parametrize("kind", ["csv", "utf16", "framed", "datev", "html", "xml", "ods", "xlsb", "xlsx"])
def test_changed_files_end_in_a_sentence(tmp_path: Path, kind: str) -> None:
    seed = dict(_seeds(tmp_path))[kind]
    chance = random.Random(kind)
    path = tmp_path / "datei.bin"
    path.write_bytes(seed)
    assert _said(path) == "" or kind == "datev"
    for _ in range(ROUNDS):
        inside = seed.startswith(b"PK") and chance.random() < 0.8
        path.write_bytes(_changed_inside(seed, chance) if inside else _changed(seed, chance))
        before = _spent()
        sentence = _said(path)
        assert sentence == "" or "Bitte" in sentence
        assert _spent() - before < SECONDS


# --- files made to take long or much -----------------------------------------------------------------------------

NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
HEADER = "<html><table><tr><td>Buchungsdatum<td>Betrag</tr><tr><td>15.01.2026<td>1,00</tr>"
XML_2003 = "urn:schemas-microsoft-com:office:spreadsheet"


def _sheets_of_one_part(tmp_path: Path, many: int) -> Path:
    """A workbook whose sheets all name the same part, which is unpacked for each of them."""
    path = tmp_path / "viele.xlsx"
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet("A")
        chance = random.Random(7)
        for number in range(4000):
            sheet.write_row(number, 0, [chance.random() for _ in range(10)])
    with zipfile.ZipFile(content) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/workbook.xml":
                sheets = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1, many))
                part = part.replace(b"</sheets>", sheets.encode() + b"</sheets>")
            new.writestr(name, part)
    return path


def test_a_part_counts_for_every_sheet_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="zu groß"):
        read_workbook(_sheets_of_one_part(tmp_path, 1000))


def test_rows_repeated_far_out_are_counted_from_the_first_column(tmp_path: Path) -> None:
    old = _ods()
    path = tmp_path / "weit.ods"
    cell = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
    row = (
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell '
        f'table:number-columns-repeated="16383"/>{cell}</table:table-row>'
    )
    with zipfile.ZipFile(BytesIO(old)) as source, zipfile.ZipFile(path, "w") as new:
        for name in source.namelist():
            part = source.read(name)
            if name == "content.xml":
                begin, end = part.index(b"<table:table-row"), part.index(b"</table:table>")
                part = part[:begin] + row.encode() + part[end:]
            new.writestr(name, part)
    with pytest.raises(UserError, match="reicht bis zur Zelle XFD1000000"):
        read_workbook(path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (HEADER + "<tr><td>" + "aaaaaaaaa<br>" * 120_000, "mehr als einer Million Zeichen"),
        (HEADER + "<td>" * 11_000_000, "zu groß"),
        (HEADER + "<!--" + "a" * 9_000_000, "mehr als einer Million Zeichen"),
        (
            f'<?xml version="1.0"?><Workbook xmlns="{XML_2003}" xmlns:ss="{XML_2003}"><Worksheet ss:Name="A"><Table>'
            f'<Row><Cell><Data ss:Type="String">{"&#228;" * 1_000_001}</Data></Cell></Row></Table></Worksheet>'
            "</Workbook>",
            "mehr als einer Million Zeichen",
        ),
        ("Buchungsdatum;Betrag\n" + "01.02.2026;1,00;" + "x" * 5_000_000, "mehr als einer Million Zeichen"),
    ],
    ids=["cell", "tags", "comment", "xml", "line"],
)
def test_endless_text_ends_soon_in_a_sentence(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "endlos.xls"
    path.write_text(content, "utf-8")
    before = _spent()
    with pytest.raises(UserError, match=said):
        read_workbook(path)
    assert _spent() - before < SECONDS * 3


def test_a_large_text_is_read_in_the_child_as_it_is_here(tmp_path: Path) -> None:
    line = "15.01.2026;1900000139;97,32;Größere Anschaffung für den Treffpunkt\n"
    path = tmp_path / "groß.csv"
    path.write_text("Buchungsdatum;Belegnummer;Betrag;Text\n" + line * 70_000, "utf-8")
    assert path.stat().st_size > 4 * 1024 * 1024
    assert read_workbook(path) == read_text(path, reader_process.MAX_CELLS, lambda done, total: None)


def _alive(path: Path, kind: FileKind) -> int:
    """How often the child says that it lives before it reads the first row."""
    return sum(1 for _ in scan(path, kind, Scans()))


def test_a_long_open_document_gives_signs_of_life_while_it_is_scanned(tmp_path: Path) -> None:
    path = tmp_path / "lang.ods"
    row = b'<table:table-row><table:table-cell office:value-type="float" office:value="1"/></table:table-row>'
    with zipfile.ZipFile(BytesIO(_ods())) as source, zipfile.ZipFile(path, "w") as new:
        for name in source.namelist():
            part = source.read(name)
            new.writestr(name, part.replace(b"<table:table-row", row * 5000 + b"<table:table-row", 1))
    assert _alive(path, FileKind.ODS) >= 50


def test_a_long_worksheet_without_places_gives_signs_of_life_while_it_is_scanned(tmp_path: Path) -> None:
    path = tmp_path / "lang.xlsx"
    rows = '<row><c t="e"><v>#N/A</v></c></row>' * 5000
    with zipfile.ZipFile(BytesIO(_xlsx())) as source, zipfile.ZipFile(path, "w") as new:
        for name in source.namelist():
            is_sheet = name == "xl/worksheets/sheet1.xml"
            sheet = f"<worksheet {NS}><sheetData>{rows}</sheetData></worksheet>".encode()
            new.writestr(name, sheet if is_sheet else source.read(name))
    assert _alive(path, FileKind.XLSX) >= 50
