"""Reads from .xls and .xlsb what python-calamine does not tell: error values, date system, extent of a sheet.

Sources: MS-XLS 2.4 (records of 2 bytes type, 2 bytes length) and MS-XLSB 2.1.4 (type and length in 7-bit groups).
"""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from app.sheets.reading.cells import NO_RESULT, Cell, CellError
from app.sheets.reading.sheet_xml import Scan

ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_RECORDS_AT_ONCE = 200_000


def error_of(code: int) -> CellError:
    """The error value of a code."""
    return CellError(ERRORS.get(code, "#N/A"))


# --- .xls ------------------------------------------------------------------------------------------------------

# Of Excel 3 and 4; some programs write them into newer files, calamine passes over them.
_OLD_FORMULAS = (0x0206, 0x0406)
_BOF, _EOF, _SHEET, _DATE_MODE, _PASSWORD = 0x0809, 0x000A, 0x0085, 0x0022, 0x002F
_FORMULA, _ERROR = 0x0006, 0x0205
_NUMBER_TEXT_BOOL_ERROR = struct.Struct("<HHH8sH")
_CALCULATE_ON_LOAD = 0x0002


class XlsBook(NamedTuple):
    """The date system, where each worksheet's records begin, in order, and whether all of it is encrypted."""

    base_1904: bool
    sheets: tuple[int, ...]
    encrypted: bool = False


def xls_book(stream: bytes) -> XlsBook:
    """The first part of a workbook stream, up to its end mark."""
    base_1904 = False
    sheets = []
    for kind, at, length in _xls_records(stream, 0):
        if kind == _EOF:
            break
        if kind == _PASSWORD:
            return XlsBook(False, (), encrypted=True)
        if kind == _DATE_MODE and length >= 2:
            base_1904 = stream[at] == 1
        elif kind == _SHEET and length >= 6 and stream[at + 5] == 0:  # a worksheet, no chart or macro
            sheets.append(struct.unpack_from("<I", stream, at)[0])
    return XlsBook(base_1904, tuple(sheets))


def scan_xls(stream: bytes, begin: int) -> dict[tuple[int, int], Cell]:
    """What calamine does not read in the worksheet whose records begin at `begin`.

    Error values, formulas that wait for a calculation, results of formulas of an older kind.
    """
    instead: dict[tuple[int, int], Cell] = {}
    depth = 0
    for kind, at, length in _xls_records(stream, begin):
        if kind == _ERROR and length >= 8:
            row, column, _, code, is_error = struct.unpack_from("<HHHBB", stream, at)
            if is_error == 1:
                instead[row, column] = error_of(code)
        elif (kind == _FORMULA or kind in _OLD_FORMULAS) and length >= 16:
            row, column, _, result, flags = _NUMBER_TEXT_BOOL_ERROR.unpack_from(stream, at)
            if result[6:] == b"\xff\xff":
                if result[0] == 2:
                    instead[row, column] = error_of(result[2])
                elif result[0] == 3 and flags & _CALCULATE_ON_LOAD:
                    instead[row, column] = NO_RESULT
                elif result[0] == 0 and kind in _OLD_FORMULAS:
                    instead[row, column] = NO_RESULT  # the text stands in a record of its own
            elif kind in _OLD_FORMULAS:
                instead[row, column] = struct.unpack("<d", result)[0]
        elif kind == _BOF:
            depth += 1  # charts on the sheet have their own
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                break
    return instead


def _xls_records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Type, place and length of each record from `at` on."""
    header = struct.Struct("<HH").unpack_from
    end = len(stream) - 4
    while 0 <= at <= end:
        kind, length = header(stream, at)
        yield kind, at + 4, length
        at += 4 + length


# --- .xlsb -----------------------------------------------------------------------------------------------------

_ROW, _BLANK, _CELL_ERROR, _FORMULA_ERROR = 0, 1, 3, 11
_LAST_CELL_KIND = 11
_BOOK_PROPERTIES, _BUNDLED_SHEET = 153, 156


class XlsbBook(NamedTuple):
    """The date system, and sheet name -> relation."""

    base_1904: bool
    relations: dict[str, str]


def xlsb_book(content: bytes) -> XlsbBook:
    """The workbook part."""
    base_1904 = False
    relations = {}
    for kind, at, length in _xlsb_records(content):
        if kind == _BOOK_PROPERTIES and length >= 1:
            base_1904 = bool(content[at] & 1)
        elif kind == _BUNDLED_SHEET:
            relation, after = _wide_text(content, at + 8)
            name, _ = _wide_text(content, after)
            relations[name] = relation
    return XlsbBook(base_1904, relations)


def _wide_text(content: bytes, at: int) -> tuple[str, int]:
    length = struct.unpack_from("<I", content, at)[0]
    end = at + 4 + 2 * length
    if length == 0xFFFFFFFF or end > len(content):
        return "", at + 4
    return content[at + 4 : end].decode("utf-16-le", "replace"), end


def scan_xlsb(content: bytes, scan: Scan) -> Iterator[None]:
    """Extent and error values of a worksheet part, put into `scan`; yields now and then as a sign of life."""
    number = struct.Struct("<I").unpack_from
    row = 0
    for count, (kind, at, length) in enumerate(_xlsb_records(content)):
        if count % _RECORDS_AT_ONCE == 0:
            yield
        if kind > _LAST_CELL_KIND or length < 4:
            continue
        if kind == _ROW:
            row = number(content, at)[0]
        elif kind != _BLANK:
            column = number(content, at)[0]
            scan.include(row, column)
            if kind in (_CELL_ERROR, _FORMULA_ERROR) and length >= 9:
                scan.instead[row, column] = error_of(content[at + 8])


def _xlsb_records(content: bytes) -> Iterator[tuple[int, int, int]]:
    """Type, place and length of each record; ends where the rest is too short."""
    at, end = 0, len(content)
    while at + 1 < end:
        kind = content[at]
        at += 1
        if kind & 0x80:
            kind = (kind & 0x7F) | (content[at] << 7)
            at += 1
        length = shift = 0
        while at < end and shift < 28:
            part = content[at]
            at += 1
            length |= (part & 0x7F) << shift
            shift += 7
            if not part & 0x80:
                break
        if at + length > end:
            return
        yield kind, at, length
        at += length
