"""Workbooks in the XML of Excel 2003 (SpreadsheetML), mostly named .xls."""

from collections.abc import Iterator
from datetime import datetime
from typing import IO

from app.sheets.reading.cells import (
    MAX_SIGNS,
    NO_RESULT,
    Cell,
    CellError,
    Row,
    Sheet,
    TooLongError,
    stated_number,
)
from app.sheets.reading.safe_xml import Element, elements, local, release

_ALIVE_EVERY = 1000
_CELL, _DATA, _NAME, _INDEX, _MERGED, _FORMULA, _TYPE = (
    f"{{urn:schemas-microsoft-com:office:spreadsheet}}{name}"
    for name in ("Cell", "Data", "Name", "Index", "MergeAcross", "Formula", "Type")
)


class TooFarError(ValueError):
    """A cell lies so far out that the sheet would hold too many cells."""


class SpreadsheetXml:
    """Collects the sheets; iterate `parsed(stream)`, then take `sheets` and `base_1904`."""

    def __init__(self, max_cells: int) -> None:
        self.sheets: list[Sheet] = []
        self.base_1904 = False
        self._left = max_cells

    def parsed(self, stream: IO[bytes]) -> Iterator[None]:
        """Reads the file; yields now and then. Raises DamagedXmlError, TooFarError, TooLongError."""
        rows: list[Row] = []
        visible = True
        found = elements(stream, "Worksheet", "Row", "Date1904", "Visible")
        for number, (_, element) in enumerate(found):
            if number % _ALIVE_EVERY == 0:
                yield
            match local(element):
                case "Row":
                    rows += ([] for _ in range(self._gap(element, len(rows))))
                    rows.append(self._row(element))
                case "Worksheet":
                    name = element.get(_NAME, f"Tabelle {len(self.sheets) + 1}")
                    self.sheets.append(Sheet(name, rows, visible))
                    rows, visible = [], True
                case "Visible":
                    visible = (element.text or "").strip() not in ("SheetHidden", "SheetVeryHidden")
                case _:
                    self.base_1904 = True
            release(element)

    def _gap(self, element: Element, before: int) -> int:
        """How many rows or cells are left out before this one, if it states its index."""
        gap = max(0, stated_number(element.get(_INDEX)) - 1 - before)
        self._count(gap)
        return gap

    def _row(self, element: Element) -> Row:
        """The values of a row without empty ones at its end."""
        row: Row = []
        for cell in element.iterchildren(_CELL):
            merged = stated_number(cell.get(_MERGED))
            self._count(1 + merged)
            row += [None] * self._gap(cell, len(row))
            row += [_cell(cell), *[None] * merged]
        self._count(1)
        while row and row[-1] is None:
            row.pop()
        return row

    def _count(self, cells: int) -> None:
        self._left -= cells
        if self._left < 0:
            raise TooFarError


def _cell(element: Element) -> Cell:
    data = next(element.iterchildren(_DATA), None)
    if data is None:
        return NO_RESULT if _FORMULA in element.attrib else None
    text = "".join(data.itertext()) if len(data) else data.text or ""
    if len(text) > MAX_SIGNS:
        raise TooLongError
    return _value(data.get(_TYPE, "String"), text)


def _value(kind: str, text: str) -> Cell:
    if kind == "Error":
        return CellError(text.strip() or "#N/A")
    if not text:
        return None
    try:
        if kind == "Number":
            return float(text)
        if kind == "Boolean":
            return text.strip() == "1"
        if kind == "DateTime":
            moment = datetime.fromisoformat(text.strip())
            return moment if moment.time() != moment.min.time() else moment.date()
    except ValueError:
        return text
    return text
