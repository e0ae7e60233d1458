"""Real and hostile files: what stands in them, or one sentence that names the file."""

import re
import struct
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from app.domain.errors import Cancelled, UserError
from app.sheets.reading import read
from app.sheets.reading.cells import NO_RESULT, CellError, column_index, column_letters
from app.sheets.reading.read import read_workbook
from app.sheets.reading.reader_process import OUT_OF_TIME
from tests.paths import SAMPLES


def workbook(path: Path, fill: Callable[[xlsxwriter.Workbook], None]) -> Path:
    book = xlsxwriter.Workbook(path)
    fill(book)
    book.close()
    return path


def with_part(source: Path, target: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """A copy of a workbook in which one part is different."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            content = old.read(member)
            new.writestr(member.filename, change(content) if member.filename == part else content)
    return target


@pytest.fixture
def simple(tmp_path: Path) -> Path:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Blatt")
        sheet.write_row(0, 0, ["Betrag", 1.5])

    return workbook(tmp_path / "einfach.xlsx", fill)


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_the_same_list_in_three_formats(ending: str) -> None:
    book = read_workbook(SAMPLES / f"einzelposten_2026-03.{ending}")
    rows = book.sheets[0].rows
    assert (book.sheets[0].name, len(rows)) == ("Einzelposten", 75)
    assert rows[2] == []
    assert rows[4][:5] == [date(2026, 1, 1), date(2026, 1, 1), "1900000139", 1, "57001201"]
    assert rows[4][7] == 97.32


def test_kinds_of_cells(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("A")
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        sheet.write(2, 1, "Text")
        sheet.write_datetime(3, 1, datetime.fromisoformat("2026-01-02"), day)
        sheet.write_datetime(4, 1, datetime.fromisoformat("2026-01-02T12:30"), day)
        sheet.write_number(5, 1, 12.5, book.add_format({"num_format": "#,##0.00 [$€-407]"}))
        sheet.write_boolean(6, 1, True)
        sheet.write_formula(7, 1, "=NA()", None, "#N/A")
        sheet.write_formula(8, 1, "=1+1", None, "")
        sheet.write_formula(9, 1, "=1+1", None, 2)
        sheet.write_formula(10, 3, '="a"', None, "a")
        sheet.set_row(5, None, None, {"hidden": True})
        sheet.set_column(1, 1, None, None, {"hidden": True})
        book.add_worksheet("Leer")
        book.add_worksheet("Versteckt").hide()

    book = read_workbook(workbook(tmp_path / "zellen.xlsx", fill))
    assert [(sheet.name, sheet.visible) for sheet in book.sheets] == [
        ("A", True),
        ("Leer", True),
        ("Versteckt", False),
    ]
    assert book.sheets[0].rows == [
        [],
        [],
        [None, "Text"],
        [None, date(2026, 1, 2)],
        [None, datetime.fromisoformat("2026-01-02T12:30")],
        [None, 12.5],
        [None, True],
        [None, CellError("#N/A")],
        [None, NO_RESULT],
        [None, 2.0],
        [None, None, None, "a"],
    ]
    assert "kein gespeichertes Ergebnis" in NO_RESULT.reason
    assert "#N/A" in CellError("#N/A").reason


def test_formulas_that_openpyxl_wrote_have_no_result(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["B2"] = "=1+1"
    sheet["C2"] = "#DIV/0!"
    book.save(tmp_path / "formeln.xlsx")
    assert read_workbook(tmp_path / "formeln.xlsx").sheets[0].rows == [
        [],
        [None, NO_RESULT, CellError("#DIV/0!")],
    ]


def test_1904_dates(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "mac.xlsx", {"date_1904": True})
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    sheet.write_datetime(0, 0, datetime.fromisoformat("2026-01-02"), day)
    book.close()
    found = read_workbook(tmp_path / "mac.xlsx")
    assert (found.base_1904, found.sheets[0].rows) == (True, [[date(2026, 1, 2)]])


def test_the_name_does_not_matter(tmp_path: Path) -> None:
    for source, name in (
        ("xls", "liste.xlsx"),
        ("xlsx", "liste.xls"),
        ("ods", "liste.csv"),
        ("csv", "liste.xls"),
    ):
        path = tmp_path / name
        path.write_bytes((SAMPLES / f"einzelposten_2026-03.{source}").read_bytes())
        assert len(read_workbook(path).sheets[0].rows) in (67, 75)


@pytest.mark.parametrize("separator", [";", ",", "\t", "|", "~", "^"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
def test_text_tables(tmp_path: Path, separator: str, encoding: str) -> None:
    rows = [
        ["Müller & Söhne", "Straße", "Betrag"],
        ["a", 'ein "Zitat"', "12,50"],
        ["b", "zwei\nZeilen", "1.234,56"],
    ]
    text = "\r\n".join(separator.join(f'"{c.replace(chr(34), chr(34) * 2)}"' for c in row) for row in rows)
    (tmp_path / "t.csv").write_bytes(text.encode(encoding))
    assert read_workbook(tmp_path / "t.csv").sheets[0].rows == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a;b;c\n1,5;2,5;3,5\n", [["a", "b", "c"], ["1,5", "2,5", "3,5"]]),
        ("sep=;\na;b\n", [["a", "b"]]),
        (
            "Titel, mit Komma\n\na;b\n1;2\n3;4\n",
            [["Titel, mit Komma"], [], ["a", "b"], ["1", "2"], ["3", "4"]],
        ),
        ("nur eine Spalte\n1\n", [["nur eine Spalte"], ["1"]]),
        ("a;b\n;\n", [["a", "b"], [None, None]]),
    ],
)
def test_separators(tmp_path: Path, text: str, rows: list[list[str]]) -> None:
    (tmp_path / "t.txt").write_text(text, "utf-8")
    assert read_workbook(tmp_path / "t.txt").sheets[0].rows == rows


def test_a_stray_quotation_mark_swallows_nothing(tmp_path: Path) -> None:
    lines = ["a;b"] + [f'"{n};x' if n == 3 else f"{n};x" for n in range(200)]
    (tmp_path / "t.csv").write_text("\n".join(lines), "utf-8")
    assert len(read_workbook(tmp_path / "t.csv").sheets[0].rows) == 201


def refused(path: Path, *words: str) -> str:
    with pytest.raises(UserError) as caught:
        read_workbook(path)
    sentence = caught.value.sentence
    assert path.name in sentence
    assert "Bitte" in sentence
    for word in words:
        assert word in sentence
    return sentence


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("leer.xlsx", b"", "leer"),
        ("bild.xlsx", b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "Bild"),
        ("foto.xlsx", b"\xff\xd8\xff\xe0" + b"\x00" * 50, "Bild"),
        ("brief.xlsx", b"%PDF-1.7\n", "PDF"),
        ("muell.xlsx", bytes(range(256)) * 20, "unbekanntes Format"),
        ("kaputt.xlsx", b"PK\x03\x04" + b"abc" * 100, "beschädigt"),
        ("seite.xls", b"<html><p>Bitte anmelden</p></html>", "Webseite ohne Tabelle"),
        ("alt.xls", b"<?xml version='1.0'?><Workbook/>", "XML"),
        ("alt2.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "keine Tabelle"),
        (
            "geheim.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"),
            "Kennwort",
        ),
        (
            "halb.xls",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "Workbook".encode("utf-16-le"),
            "beschädigt",
        ),
    ],
)
def test_what_is_no_table(tmp_path: Path, name: str, content: bytes, word: str) -> None:
    (tmp_path / name).write_bytes(content)
    refused(tmp_path / name, word)


def test_missing_files_and_folders(tmp_path: Path) -> None:
    refused(tmp_path / "fehlt.xlsx", "gibt es nicht")
    refused(tmp_path, "Ordner")


def test_other_archives(tmp_path: Path) -> None:
    for name, part in (("brief.docx", "word/document.xml"), ("archiv.zip", "liste.txt")):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.writestr(part, "x")
        refused(tmp_path / name, "keine Tabelle")


def test_an_encrypted_ods(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "geheim.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
        archive.writestr("content.xml", b"\x00\x01")
    refused(tmp_path / "geheim.ods", "Kennwort")


def test_a_truncated_workbook(tmp_path: Path, simple: Path) -> None:
    (tmp_path / "halb.xlsx").write_bytes(simple.read_bytes()[:-300])
    refused(tmp_path / "halb.xlsx", "beschädigt")


def test_broken_xml(tmp_path: Path, simple: Path) -> None:
    for part in ("xl/worksheets/sheet1.xml", "xl/workbook.xml"):
        broken = with_part(
            simple, tmp_path / "kaputt.xlsx", part, lambda content: content[: len(content) // 2]
        )
        refused(broken, "beschädigt")


def test_a_bomb(tmp_path: Path, simple: Path) -> None:
    bomb = with_part(
        simple,
        tmp_path / "bombe.xlsx",
        "xl/worksheets/sheet1.xml",
        lambda content: content + b" " * 150_000_000,
    )
    assert bomb.stat().st_size < 1_000_000
    refused(bomb, "zu groß")


def test_too_much_unpacked(tmp_path: Path, simple: Path) -> None:
    with zipfile.ZipFile(simple, "a", zipfile.ZIP_DEFLATED) as archive:
        blocks = (
            struct.pack(">4Q", *[(n * 2654435761 + k) ** 3 % (1 << 64) for k in range(4)]) * 64
            for n in range(105_000)
        )
        archive.writestr("xl/media/a.bin", b"".join(blocks))
    refused(simple, "zu groß")


def test_a_lying_extent_does_not_matter(tmp_path: Path, simple: Path) -> None:
    lying = with_part(
        simple,
        tmp_path / "luege.xlsx",
        "xl/worksheets/sheet1.xml",
        lambda content: content.replace(b'ref="A1:B1"', b'ref="A1:XFD1048576"'),
    )
    assert read_workbook(lying).sheets[0].rows == [["Betrag", 1.5]]


def test_a_real_extent_of_all_cells(tmp_path: Path, simple: Path) -> None:
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    huge = with_part(
        simple,
        tmp_path / "riesig.xlsx",
        "xl/worksheets/sheet1.xml",
        lambda content: content.replace(b"</sheetData>", far),
    )
    refused(huge, "XFD1048576", "Blatt")


def test_a_huge_repetition_in_ods(tmp_path: Path) -> None:
    source = SAMPLES / "einzelposten_2026-03.ods"
    huge = with_part(
        source,
        tmp_path / "riesig.ods",
        "content.xml",
        lambda content: content.replace(
            b"</table:table>",
            b'<table:table-row table:number-rows-repeated="1000000">'
            b'<table:table-cell table:number-columns-repeated="9000" office:value-type="float" office:value="1"/>'
            b"</table:table-row></table:table>",
            1,
        ),
    )
    refused(huge, "zu groß")


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_entity_tricks_are_harmless(tmp_path: Path, simple: Path, part: str) -> None:
    trick = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    tricky = with_part(
        simple, tmp_path / "trick.xlsx", part, lambda content: content.replace(b"?>", b"?>" + trick, 1)
    )
    with suppress(UserError):
        assert read_workbook(tricky).sheets[0].rows == [["Betrag", 1.5]]


def test_entities_in_ods_are_refused(tmp_path: Path) -> None:
    trick = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    tricky = with_part(
        SAMPLES / "einzelposten_2026-03.ods",
        tmp_path / "trick.ods",
        "content.xml",
        lambda content: content.replace(b"?>", b"?>" + trick, 1),
    )
    refused(tricky, "beschädigt")


def test_a_reader_that_stands_still_is_ended(monkeypatch: pytest.MonkeyPatch, simple: Path) -> None:
    monkeypatch.setattr(read, "SECONDS_WITHOUT_PROGRESS", -1.0)
    monkeypatch.setattr(read, "_LOOK_EVERY", 0.0)
    refused(simple, "kam nicht voran")


def test_a_file_that_takes_long_before_its_first_row_is_ended(
    monkeypatch: pytest.MonkeyPatch, simple: Path
) -> None:
    monkeypatch.setattr(read, "CPU_SECONDS_WITHOUT_ROWS", 0)
    refused(simple, "kam nicht voran")


@pytest.mark.skipif(OUT_OF_TIME is None, reason="this system limits no process")
def test_what_takes_long_is_measured_by_the_processor(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A busy machine, on which everything takes long by the clock, reads every file."""
    path = tmp_path / "lang.csv"
    path.write_text("Buchungsdatum;Betrag;Text\n" + "15.01.2026;97,32;Größere Anschaffung\n" * 400_000)
    monkeypatch.setattr(read, "CPU_SECONDS_WITHOUT_PROGRESS", 0)
    refused(path, "kam nicht voran")


def test_cancelling_ends_the_reading(simple: Path) -> None:
    def cancel(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        read_workbook(simple, cancel)


@pytest.mark.parametrize(("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (16383, "XFD")])
def test_column_names(index: int, letters: str) -> None:
    assert column_letters(index) == letters
    assert column_index(letters) == index


@pytest.mark.parametrize("reference", [b"F99999999999", b"ABCDEFGH7", b"XFD1048576"])
def test_references_beyond_any_sheet_are_refused(tmp_path: Path, simple: Path, reference: bytes) -> None:
    far = with_part(
        simple,
        tmp_path / "fern.xlsx",
        "xl/worksheets/sheet1.xml",
        lambda content: content.replace(b'r="B1"', b'r="' + reference + b'"'),
    )
    refused(far, "zu groß")


def test_cells_that_do_not_say_where_they_stand(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("A")
        sheet.write_row(0, 0, ["a", "b", "c"])
        sheet.write(1, 0, "d")
        sheet.write_formula(1, 1, "=NA()", None, "#N/A")
        sheet.write_formula(1, 2, "=1+1", None, "")
        sheet.write_row(2, 0, [1, 2])

    placed = workbook(tmp_path / "a.xlsx", fill)
    unplaced = with_part(
        placed,
        tmp_path / "ohne.xlsx",
        "xl/worksheets/sheet1.xml",
        lambda content: re.sub(rb'(<(?:c|row)) r="[A-Z]*\d+"', rb"\1", content),
    )
    expected = [["a", "b", "c"], ["d", CellError("#N/A"), NO_RESULT], [1.0, 2.0]]
    assert read_workbook(unplaced).sheets[0].rows == expected
    assert read_workbook(placed).sheets[0].rows == expected


def test_attributes_in_single_quotation_marks(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("A").write_formula(1, 1, "=NA()", None, "#N/A")

    single = with_part(
        workbook(tmp_path / "a.xlsx", fill),
        tmp_path / "einfach.xlsx",
        "xl/worksheets/sheet1.xml",
        lambda content: content.replace(b'"', b"'"),
    )
    assert read_workbook(single).sheets[0].rows == [[], [None, CellError("#N/A")]]
