"""Reads from .xlsx and .ods what python-calamine does not tell: real extent, errors, formulas without result.

calamine allocates the rectangle of all cells and reads errors as empty, so both are looked up in the XML first.
"""

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from typing import IO
from zipfile import ZipFile

from app.sheets.reading.cells import NO_RESULT, Cell, CellError, column_index
from app.sheets.reading.safe_xml import DamagedXmlError, Element, elements, local, parsed, release

_CHUNK = 4 * 1024 * 1024
_ALIVE_EVERY = 100
"""Rows between two signs of life: far less than the other side waits, even if every column is filled."""
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_ROWS_REPEATED, _COLUMNS_REPEATED = f"{_TABLE}number-rows-repeated", f"{_TABLE}number-columns-repeated"
_FORMULA_TEXT = f"{_TABLE}formula"
_VALUE_TYPE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}value-type"
_ERROR_TYPE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"

# Worksheets are looked at as text: an element for each of 600.000 cells takes ten times as long as calamine itself.
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
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_ATTRIBUTE_T = re.compile(rb'\bt="(\w+)"')


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
        """The extent reaches to this cell (indices from 0)."""
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
    book = parsed(archive.read("xl/workbook.xml"))
    targets = relations(archive, "xl/_rels/workbook.xml.rels")
    base_1904 = any(
        one.get("date1904", "0").lower() in ("1", "true", "on") for one in book.iter("{*}workbookPr")
    )
    parts = {
        sheet.get("name", ""): part_name(targets.get(relation_of(sheet), ""))
        for sheet in book.iter("{*}sheet")
    }
    return Structure(parts, base_1904)


def relations(archive: ZipFile, part: str) -> dict[str, str]:
    """The targets of a relations part by their id."""
    return {relation.get("Id", ""): relation.get("Target", "") for relation in parsed(archive.read(part))}


def relation_of(element: Element) -> str:
    """The relation an element names; in "strict" workbooks its namespace has another name."""
    return next((value for name, value in element.items() if name.endswith("relationships}id")), "")


def part_name(target: str) -> str:
    """The name inside the zip of a target that the workbook part names."""
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def scan_xlsx(stream: IO[bytes]) -> Scan:
    """Extent, errors and formulas without result of one worksheet part."""
    scan = Scan()
    for chunk in _whole_rows(stream):
        if b"r='" in chunk:
            chunk = chunk.replace(b"'", b'"')
        _include_cells(chunk, scan)
        if b't="e"' in chunk or b"<f" in chunk or b":f" in chunk:
            _collect_errors(chunk, scan)
    return scan


def scan_unplaced(stream: IO[bytes], scan: Scan) -> Iterator[None]:
    """The same for a part whose cells do not say where they stand: each follows the one before, as the standard allows.

    Put into `scan`; yields now and then as a sign of life.
    """
    row = column = -1
    for event, element in elements(stream, "row", "c", begun=True):
        if event == "start":
            if local(element) == "row":
                number = element.get("r", "")
                row = int(number) - 1 if number.isdecimal() and len(number) < 8 else row + 1
                column = -1
                if row % _ALIVE_EVERY == 0:
                    yield
            continue
        if local(element) == "c":
            place = _PLACE.fullmatch(element.get("r", ""))
            column = column_index(place[1]) if place else column + 1
            value = element.findtext("{*}v") or ""
            kind = element.get("t", "")
            if value:
                scan.include(max(row, 0), column)
            if kind == "e":
                scan.instead[row, column] = CellError(value or "#N/A")
            elif not value and kind != "str" and element.find("{*}f") is not None:
                scan.instead[row, column] = NO_RESULT
        release(element)


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
            raise DamagedXmlError("document type")
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


def scan_ods(stream: IO[bytes], scans: dict[str, Scan]) -> Generator[None, None, bool]:
    """The same for every table of an OpenDocument content part, put into `scans` by the table's name.

    Yields now and then as a sign of life; returns whether serial dates count from 1904.
    """
    base_1904 = False
    scan, row = Scan(), 0
    for number, (_, element) in enumerate(elements(stream, "table", "table-row", "null-date")):
        if number % _ALIVE_EVERY == 0:
            yield
        match local(element):
            case "table-row":
                row += _scan_ods_row(element, scan, row)
            case "table":
                scans[element.get(f"{_TABLE}name", "")] = scan
                scan, row = Scan(), 0
            case "null-date":
                base_1904 = element.get(f"{_TABLE}date-value", "").startswith("1904")
        release(element)
    return base_1904


def _scan_ods_row(element: Element, scan: Scan, row: int) -> int:
    """How often the row is repeated; where its cells stand goes into `scan`."""
    rows = int(element.get(_ROWS_REPEATED, 1))
    column = 0
    for cell in element.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        columns = int(cell.get(_COLUMNS_REPEATED, 1))
        if _scan_ods_cell(cell, scan, row, column):
            scan.include(row, column)
            scan.include(row + rows - 1, column + columns - 1)
        column += columns
    return rows


def _scan_ods_cell(cell: Element, scan: Scan, row: int, column: int) -> bool:
    """Whether the cell holds something; what calamine does not tell of it goes into `scan`."""
    is_error = cell.get(_ERROR_TYPE) == "error"
    if cell.get(_VALUE_TYPE) and not is_error:
        return True
    has_formula = cell.get(_FORMULA_TEXT) is not None
    shown = "".join(cell.itertext())
    if is_error:
        scan.instead[row, column] = CellError(shown or "#N/A")
    elif has_formula and not shown:
        scan.instead[row, column] = NO_RESULT
    return has_formula or bool(shown) or bool(cell.get(_VALUE_TYPE))
