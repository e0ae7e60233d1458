"""Small .xlsb workbooks for tests, byte by byte: no library of ours writes them."""

import struct
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

_TYPES = (
    b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    b'<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
    b'<Override PartName="/xl/styles.bin" ContentType="application/vnd.ms-excel.styles"/>%s</Types>'
)
_RELATIONS = b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'
_OFFICE = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
DATE, ERROR = "date", "error"


def record(kind: int, content: bytes = b"") -> bytes:
    """One record: type and length in groups of seven bits."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, left = b"", len(content)
    while left > 127:
        length += bytes([left & 0x7F | 0x80])
        left >>= 7
    return head + length + bytes([left]) + content


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def cell(column: int, value: Any) -> bytes:
    """None, text, number, bool, (DATE, serial), (ERROR, code) or (ERROR + "f", code) for a formula."""
    head = struct.pack("<II", column, 0)
    match value:
        case None:
            return record(1, head)
        case bool():
            return record(4, head + bytes([value]))
        case int() | float():
            return record(5, head + struct.pack("<d", value))
        case str():
            return record(6, head + wide(value))
        case ("date", serial):
            return record(5, struct.pack("<IId", column, 1, serial))
        case ("error", code):
            return record(3, head + bytes([code]))
        case (_, code):
            return record(11, head + bytes([code]) + struct.pack("<HII", 0, 0, 0))
    raise AssertionError(value)


def sheet(rows: Mapping[int, Mapping[int, Any]]) -> bytes:
    content = record(129) + record(148, struct.pack("<IIII", 0, max(rows, default=0), 0, 9)) + record(145)
    for number, cells in rows.items():
        content += record(0, struct.pack("<IIHHBI", number, 0, 300, 0, 0, 0))
        content += b"".join(cell(column, value) for column, value in cells.items())
    return content + record(146) + record(130)


def write_xlsb(
    path: Path, sheets: Sequence[tuple[str, Mapping[int, Mapping[int, Any]]]], *, base_1904: bool = False
) -> Path:
    book = record(131) + record(153, struct.pack("<II", int(base_1904), 0) + wide("")) + record(143)
    for number, (name, _) in enumerate(sheets, start=1):
        book += record(156, struct.pack("<II", 0, number) + wide(f"rId{number}") + wide(name))
    book += record(144) + record(132)
    styles = record(278) + record(617, struct.pack("<I", 2))
    for number_format in (0, 14):
        styles += record(47, struct.pack("<HHHHHBBHH", 0, number_format, 0, 0, 0, 0, 0, 0, 0))
    styles += record(618) + record(279)
    relation = b'<Relationship Id="%s" Type="%s%s" Target="%s"/>'
    parts = [
        relation % (f"rId{n}".encode(), _OFFICE, b"worksheet", f"worksheets/sheet{n}.bin".encode())
        for n in range(1, len(sheets) + 1)
    ]
    overrides = b"".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.bin" ContentType="application/vnd.ms-excel.worksheet"/>'.encode()
        for n in range(1, len(sheets) + 1)
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES % overrides)
        archive.writestr(
            "_rels/.rels", _RELATIONS % (relation % (b"rId1", _OFFICE, b"officeDocument", b"xl/workbook.bin"))
        )
        archive.writestr("xl/workbook.bin", book)
        archive.writestr(
            "xl/_rels/workbook.bin.rels",
            _RELATIONS % (b"".join(parts) + relation % (b"rId99", _OFFICE, b"styles", b"styles.bin")),
        )
        archive.writestr("xl/styles.bin", styles)
        for number, (_, rows) in enumerate(sheets, start=1):
            archive.writestr(f"xl/worksheets/sheet{number}.bin", sheet(rows))
    return path
