"""Workbooks in the XML of Excel 2003 (SpreadsheetML), mostly named .xls."""

from collections.abc import Iterator
from datetime import datetime
from typing import IO
from xml.parsers import expat

from app.sheets.reading.cells import MAX_SIGNS, NO_RESULT, Cell, CellError, Row, Sheet, TooLongError
from app.sheets.reading.sheet_xml import ForbiddenXmlError

_CHUNK = 4 * 1024 * 1024  # in smaller ones a very long tag would be looked at too often
_SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet "
_EXCEL = "urn:schemas-microsoft-com:office:excel "


class TooFarError(ValueError):
    """A cell lies so far out that the sheet would hold too many cells."""


class SpreadsheetXml:
    """Collects the sheets; iterate `parsed(stream)`, then take `sheets` and `base_1904`."""

    def __init__(self, max_cells: int) -> None:
        self.sheets: list[Sheet] = []
        self.base_1904 = False
        self._hidden: list[bool] = []
        self._left = max_cells
        self._row: Row = []
        self._kind = ""
        self._text: list[str] | None = None
        self._signs = 0  # in _text
        self._cell: Cell = None
        self._merged = 0
        self._option = ""

    def parsed(self, stream: IO[bytes]) -> Iterator[None]:
        """Reads the file in pieces; yields between them. Raises ExpatError, ForbiddenXmlError, TooFarError."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = _forbid
        while piece := stream.read(_CHUNK):
            parser.Parse(piece)
            yield
        parser.Parse(b"", True)
        self.sheets = [
            Sheet(sheet.name, sheet.rows, visible=not hidden)
            for sheet, hidden in zip(self.sheets, self._hidden, strict=True)
        ]

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag.startswith(_EXCEL):
            self._option = tag.removeprefix(_EXCEL)
            if self._option == "Date1904":
                self.base_1904 = True
            return
        match tag.removeprefix(_SPREADSHEET):
            case "Worksheet":
                name = attributes.get(_SPREADSHEET + "Name", f"Tabelle {len(self.sheets) + 1}")
                self.sheets.append(Sheet(name, []))
                self._hidden.append(False)
            case "Row" if self.sheets:
                rows = self.sheets[-1].rows
                self._fill(rows, attributes, [])
                self._row = []
                rows.append(self._row)
                self._count(1)
            case "Cell" if self.sheets:
                self._fill(self._row, attributes, None)
                self._cell = NO_RESULT if _SPREADSHEET + "Formula" in attributes else None
                self._merged = _whole(attributes.get(_SPREADSHEET + "MergeAcross"))
            case "Data":
                self._kind = attributes.get(_SPREADSHEET + "Type", "String")
                self._text = []
                self._signs = 0

    def _fill(self, into: list, attributes: dict[str, str], empty: object) -> None:  # type: ignore[type-arg]
        """Steps to the index that a row or cell states, if it does."""
        gap = _whole(attributes.get(_SPREADSHEET + "Index")) - 1 - len(into)
        if gap > 0:
            self._count(gap)
            into.extend([] if empty == [] else None for _ in range(gap))

    def _count(self, cells: int) -> None:
        self._left -= cells
        if self._left < 0:
            raise TooFarError

    def _characters(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)
            self._signs += len(text)
            if self._signs > MAX_SIGNS:
                raise TooLongError
        elif (
            self._option == "Visible" and self._hidden and text.strip() in ("SheetHidden", "SheetVeryHidden")
        ):
            self._hidden[-1] = True

    def _end(self, tag: str) -> None:
        if tag.startswith(_EXCEL):
            self._option = ""
            return
        match tag.removeprefix(_SPREADSHEET):
            case "Data" if self._text is not None:
                self._cell = _value(self._kind, "".join(self._text))
                self._text = None
            case "Cell" if self.sheets:
                self._count(1 + self._merged)
                self._row.append(self._cell)
                self._row.extend([None] * self._merged)
            case "Row":
                while self._row and self._row[-1] is None:
                    self._row.pop()


def _forbid(*_: object) -> None:
    raise ForbiddenXmlError("doctype")


def _whole(written: str | None) -> int:
    return int(written) if written and written.isascii() and written.isdecimal() and len(written) < 10 else 0


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
