"""Binary workbooks, .xls and .xlsb: errors are no empty cells, serial dates know where they count from."""

import struct
from datetime import date
from pathlib import Path

import pytest

from app.domain.errors import UserError
from app.sheets.bookings.postings import read_bookings
from app.sheets.reading import compound
from app.sheets.reading.biff import scan_xls, xls_book
from app.sheets.reading.cells import NO_RESULT, CellError
from app.sheets.reading.read import read_workbook
from tests.paths import SAMPLES
from tests.sheets.reading.xlsb_files import DATE, ERROR, write_xlsb

SAMPLE = SAMPLES / "einzelposten_2026-03.xls"


def xls_record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def test_cells_of_xlsb(tmp_path: Path) -> None:
    rows = {
        1: {1: "Text", 2: 12.5, 3: (DATE, 46037), 4: True, 5: None},
        3: {0: (ERROR, 0x2A), 2: ("formula", 0x07), 4: "Ende"},
    }
    path = write_xlsb(
        tmp_path / "liste.xlsb", [("Übersicht", rows), ("Leer", {}), ("Zwei", {0: {0: (ERROR, 0x17)}})]
    )
    book = read_workbook(path)
    assert [sheet.name for sheet in book.sheets] == ["Übersicht", "Leer", "Zwei"]
    assert book.sheets[0].rows == [
        [],
        [None, "Text", 12.5, date(2026, 1, 15), True],
        [],
        [CellError("#N/A"), None, CellError("#DIV/0!"), None, "Ende"],
    ]
    assert book.sheets[2].rows == [[CellError("#REF!")]]
    assert not book.base_1904


def test_an_error_in_xlsb_is_refused_not_read_as_empty(tmp_path: Path) -> None:
    header = dict(enumerate(["Buchungsdatum", "Belegnummer", "Betrag"]))
    rows = {
        0: header,
        1: {0: (DATE, 46037), 1: "19", 2: (ERROR, 0x0F)},
        2: {0: (DATE, 46037), 1: "20", 2: 1.5},
    }
    file = read_bookings(read_workbook(write_xlsb(tmp_path / "a.xls", [("A", rows)])), "a.xls")
    assert [(one.row, one.column, one.value) for one in file.rejected] == [(2, "Betrag", "#VALUE!")]
    assert [posting.amount_cents for posting in file.postings] == [150]


def test_serials_of_the_1904_system_in_xlsb(tmp_path: Path) -> None:
    rows = {0: {0: "Buchungsdatum", 1: "Betrag"}, 1: {0: 44575.0, 1: 1.0}}
    book = read_workbook(write_xlsb(tmp_path / "mac.xlsb", [("A", rows)], base_1904=True))
    assert book.base_1904
    assert read_bookings(book, "mac.xlsb").postings[0].day == date(2026, 1, 15)


def test_a_huge_xlsb_is_refused_before_it_takes_memory(tmp_path: Path) -> None:
    rows = {0: {0: 1.0}, 1048575: {16383: 1.0}}
    with pytest.raises(UserError, match="XFD1048576"):
        read_workbook(write_xlsb(tmp_path / "riesig.xlsb", [("A", rows)]))


def test_errors_in_the_records_of_xls() -> None:
    def formula(row: int, column: int, result: bytes, flags: int) -> bytes:
        return xls_record(
            0x0006, struct.pack("<HHH", row, column, 0) + result + struct.pack("<HIH", flags, 0, 0)
        )

    chart = xls_record(0x0809, b"\x00\x06\x20\x00") + xls_record(0x000A)
    stream = (
        xls_record(0x0809, b"\x00\x06\x10\x00")
        + xls_record(0x0205, struct.pack("<HHHBB", 1, 2, 0, 0x2A, 1))
        + xls_record(0x0205, struct.pack("<HHHBB", 1, 3, 0, 1, 0))  # a truth value
        + chart
        + formula(2, 0, b"\x02\x00\x07\x00\x00\x00\xff\xff", 0)
        + formula(2, 1, b"\x03\x00\x00\x00\x00\x00\xff\xff", 2)  # waits for a calculation
        + formula(2, 2, b"\x03\x00\x00\x00\x00\x00\xff\xff", 0)  # an empty text
        + formula(2, 3, struct.pack("<d", 5.0), 2)
        + xls_record(0x000A)
        + xls_record(0x0205, struct.pack("<HHHBB", 9, 9, 0, 0x2A, 1))  # of the next sheet
    )
    assert scan_xls(stream, 0) == {(1, 2): CellError("#N/A"), (2, 0): CellError("#DIV/0!"), (2, 1): NO_RESULT}


def test_the_globals_of_xls() -> None:
    stream = (
        xls_record(0x0809, b"\x00\x06\x05\x00")
        + xls_record(0x0022, b"\x01\x00")
        + xls_record(0x0085, struct.pack("<IBB", 100, 0, 0) + b"\x01\x00A")
        + xls_record(0x0085, struct.pack("<IBB", 200, 0, 2) + b"\x01\x00B")
        + xls_record(0x000A)
        + xls_record(0x0022, b"\x00\x00")
    )
    assert xls_book(stream) == (True, (100,), False)


def test_an_xls_with_a_password(tmp_path: Path) -> None:
    content = SAMPLE.read_bytes()
    second = content.index(b"\x09\x08\x10\x00") + 20
    locked = content[:second] + b"\x2f\x00" + content[second + 2 :]
    (tmp_path / "geheim.xls").write_bytes(locked)
    with pytest.raises(UserError, match="Kennwort"):
        read_workbook(tmp_path / "geheim.xls")


def test_streams_of_a_compound_file() -> None:
    content = SAMPLE.read_bytes()
    stream = compound.stream(content, ("workbook",))
    assert stream is not None
    assert stream[:2] == b"\x09\x08"
    assert len(xls_book(stream).sheets) == len(read_workbook(SAMPLE).sheets)
    assert compound.stream(content, ("fehlt",)) is None
    circle = bytearray(content)
    table = 512 * (struct.unpack_from("<I", content, 76)[0] + 1)
    first = struct.unpack_from("<I", content, 48)[0]
    struct.pack_into("<I", circle, table + 4 * first, first)
    with pytest.raises(compound.CompoundError):
        compound.stream(bytes(circle), ("workbook",))
    with pytest.raises(compound.CompoundError):
        compound.stream(content[:40], ("workbook",))


def test_an_ods_of_the_1904_system(tmp_path: Path) -> None:
    from tests.sheets.reading.test_read import SAMPLES, with_part

    old = with_part(
        SAMPLES / "einzelposten_2026-03.ods",
        tmp_path / "mac.ods",
        "content.xml",
        lambda content: content.replace(
            b"<office:spreadsheet>",
            b'<office:spreadsheet><table:calculation-settings><table:null-date table:date-value="1904-01-01"/>'
            b"</table:calculation-settings>",
            1,
        ),
    )
    assert read_workbook(old).base_1904
    assert not read_workbook(SAMPLES / "einzelposten_2026-03.ods").base_1904


def test_formulas_of_an_older_kind_in_xls_are_not_passed_over() -> None:
    """A record 0x0406 in a newer file, as WrongFormulaRecordType.xls of Apache POI has it; calamine skips it."""
    number = struct.pack("<HHHdH", 3, 2, 0, 38353.0, 0)
    text = struct.pack("<HHH8sH", 4, 2, 0, b"\x00" * 6 + b"\xff\xff", 0)
    stream = (
        xls_record(0x0809, b"\x00" * 16)
        + xls_record(0x0406, number)
        + xls_record(0x0206, text)
        + xls_record(0x000A)
    )
    assert scan_xls(stream, 0) == {(3, 2): 38353.0, (4, 2): NO_RESULT}
