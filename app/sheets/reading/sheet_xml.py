"""What python-calamine does not tell: a sheet's real extent, its error values, its formulas without result.

calamine allocates the rectangle of all cells and reads errors as empty, so both are looked up in the XML first.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO
from xml.etree import ElementTree
from xml.parsers import expat
from zipfile import ZipFile

from app.sheets.reading.cells import NO_RESULT, Cell, CellError, column_index

_CHUNK = 4 * 1024 * 1024
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

# A start tag of a cell with content, its reference; optional namespace prefix as some generators write.
_REFERENCE = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,9}\d{1,20})"[^>]*(?<!/)>(?!</)')
_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_FAR_OUT = re.compile(rb'r="[A-Z](?:[A-Z]|\d{7})')  # no \b: with it the search is eight times slower
_HIGH_ROW = re.compile(rb'r="[A-Z]{1,9}\d{6}')
_LAST_CELL = re.compile(rb'\br="[A-Z](\d{1,7})"')
_FEW_ROWS = 100_000
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*)(?<!/)>(.*?)</(?:\w+:)?c>", re.DOTALL)
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_RESULT = re.compile(rb"<(?:\w+:)?v\b[^>]*(?<!/)>([^<]+)<")
_ATTRIBUTE_R = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_ATTRIBUTE_T = re.compile(rb'\bt="(\w+)"')

Tick = Callable[[], None]


class ForbiddenXmlError(ValueError):
    """A document type declaration, which no table needs and entity tricks do."""


@dataclass(slots=True)
class Scan:
    """Extent in indices from 0 (bottom -1: empty) and what stands `instead` of what calamine says."""

    bottom: int = -1
    right: int = -1
    top: int = 1 << 30
    instead: dict[tuple[int, int], Cell] = field(default_factory=dict)
    unplaced: bool = False  # some cells with an error do not say where they stand

    @property
    def cells(self) -> int:
        """Cells of the rectangle to be held: calamine leaves out empty columns before the first, our rows do not."""
        return 0 if self.bottom < 0 else (self.bottom - self.top + 1) * (self.right + 1)

    def include(self, row: int, column: int) -> None:
        self.top, self.bottom = min(self.top, row), max(self.bottom, row)
        self.right = max(self.right, column)


# --- .xlsx -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Structure:
    """Sheet name -> part inside the zip, and the date system."""

    parts: dict[str, str]
    base_1904: bool


def xlsx_structure(archive: ZipFile) -> Structure:
    """Reads the workbook part and its relations."""
    book = _tree(archive, "xl/workbook.xml")
    targets = relations(archive, "xl/_rels/workbook.xml.rels")
    parts = {}
    base_1904 = False
    for element in book.iter():
        tag = element.tag.rpartition("}")[2]
        if tag == "sheet":
            target = targets.get(element.get(_REL) or _strict_id(element) or "", "")
            parts[element.get("name", "")] = part_name(target)
        elif tag == "workbookPr":
            base_1904 = element.get("date1904", "0").lower() in ("1", "true", "on")
    return Structure(parts, base_1904)


def relations(archive: ZipFile, part: str) -> dict[str, str]:
    """The targets of a relations part by their id."""
    return {relation.get("Id", ""): relation.get("Target", "") for relation in _tree(archive, part)}


def part_name(target: str) -> str:
    """The name inside the zip of a target that the workbook part names."""
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _strict_id(element: ElementTree.Element) -> str | None:
    """The relation in "strict" workbooks, whose namespace has another name."""
    return next((value for key, value in element.attrib.items() if key.endswith("relationships}id")), None)


def _tree(archive: ZipFile, part: str) -> ElementTree.Element:
    content = archive.read(part)
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise ForbiddenXmlError(part)
    return ElementTree.fromstring(content)


def scan_xlsx(stream: IO[bytes], tick: Tick) -> Scan:
    """Extent, errors and formulas without result of one worksheet part."""
    scan = Scan()
    for chunk in _whole_rows(stream):
        tick()
        if b"r='" in chunk:
            chunk = chunk.replace(b"'", b'"')
        _include_cells(chunk, scan)
        if b't="e"' in chunk or b"<f" in chunk or b":f" in chunk:
            _collect_errors(chunk, scan)
    return scan


def _include_cells(chunk: bytes, scan: Scan) -> None:
    """Extends the extent by the cells of the chunk; a small narrow sheet is only estimated, which is much faster."""
    found = _LAST_CELL.search(chunk, max(0, chunk.rfind(b' r="')))
    last = int(found[1]) if found else 0
    if 0 < last <= _FEW_ROWS and not _FAR_OUT.search(chunk):
        scan.include(0, 0)
        scan.include(last - 1, 25)
    elif references := _REFERENCE.findall(chunk):
        columns = {reference.rstrip(b"0123456789") for reference in references}
        ordered = not _HIGH_ROW.search(chunk)  # rows are, nearly always; where it matters all are looked at
        rows = [
            int(reference.lstrip(_LETTERS))
            for reference in ((references[0], references[-1]) if ordered else references)
        ]
        rows = [min(rows), max(rows)]
        for column in columns:
            for row in rows:
                scan.include(row - 1, column_index(column.decode()))


def _whole_rows(stream: IO[bytes]) -> Iterator[bytes]:
    """The part in pieces that end behind a row."""
    rest = b""
    first = True
    while piece := stream.read(_CHUNK):
        if first and b"<!DOCTYPE" in piece:
            raise ForbiddenXmlError("worksheet")
        first = False
        rest += piece
        end = rest.rfind(b"row>")
        if end >= 0:
            yield rest[: end + 4]
            rest = rest[end + 4 :]
    yield rest


def _collect_errors(chunk: bytes, scan: Scan) -> None:
    for attributes, content in _CELL.findall(chunk):
        found = _ATTRIBUTE_T.search(attributes)
        kind = found[1] if found else b""
        formula = kind != b"e" and _FORMULA.search(content)
        if kind != b"e" and not formula:
            continue
        place = _ATTRIBUTE_R.search(attributes)
        if place is None:
            scan.unplaced = True
            continue
        result = _RESULT.search(content)
        at = int(place[2]) - 1, column_index(place[1].decode())
        if kind == b"e":
            scan.instead[at] = CellError(result[1].decode("utf-8", "replace") if result else "#N/A")
        elif result is None and kind != b"str":
            scan.instead[at] = NO_RESULT


# --- .ods ------------------------------------------------------------------------------------------------------


def scan_ods(stream: IO[bytes], tick: Tick) -> tuple[dict[str, Scan], bool]:
    """The same for every table of an OpenDocument content part, and whether serial dates count from 1904."""
    reader = _OdsScan()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = _forbid
    while piece := stream.read(_CHUNK):
        tick()
        parser.Parse(piece)
    parser.Parse(b"", True)
    return reader.scans, reader.base_1904


def _forbid(*_: object) -> None:
    raise ForbiddenXmlError("content.xml")


class _OdsScan:
    """Follows rows and cells with their repetitions."""

    def __init__(self) -> None:
        self.scans: dict[str, Scan] = {}
        self.base_1904 = False
        self.scan = Scan()
        self.row = self.column = 0
        self.row_repeat = self.cell_repeat = 1
        self.filled: list[tuple[int, int]] = []  # columns from-to of the running row that hold something
        self.kind = self.error = ""
        self.formula = False
        self.words: list[str] = []
        self.in_cell = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in ("table:table-cell", "table:covered-table-cell"):
            self.cell_repeat = int(attributes.get("table:number-columns-repeated", 1))
            self.kind = attributes.get("office:value-type", "")
            self.error = attributes.get("calcext:value-type", "")
            self.formula = "table:formula" in attributes
            self.words = []
            self.in_cell = True
        elif tag == "table:table-row":
            self.row_repeat = int(attributes.get("table:number-rows-repeated", 1))
            self.column, self.filled = 0, []
        elif tag == "table:table":
            self.scan = self.scans[attributes.get("table:name", "")] = Scan()
            self.row = 0
        elif tag == "table:null-date":
            self.base_1904 = attributes.get("table:date-value", "").startswith("1904")

    def text(self, words: str) -> None:
        if self.in_cell:
            self.words.append(words)

    def end(self, tag: str) -> None:
        if tag in ("table:table-cell", "table:covered-table-cell"):
            self._end_cell()
        elif tag == "table:table-row":
            for first, last in self.filled:
                self.scan.include(self.row, first)
                self.scan.include(self.row + self.row_repeat - 1, last)
            self.row += self.row_repeat

    def _end_cell(self) -> None:
        shown = "".join(self.words)
        if self.kind or shown or self.formula:
            self.filled.append((self.column, self.column + self.cell_repeat - 1))
        if self.error == "error":
            self.scan.instead[self.row, self.column] = CellError(shown or "#N/A")
        elif self.formula and not self.kind and not shown:
            self.scan.instead[self.row, self.column] = NO_RESULT
        self.column += self.cell_repeat
        self.in_cell = False
