"""Worksheets whose cells do not say where they stand: each follows the one before, as the standard allows."""

import re
from typing import IO
from xml.parsers import expat

from app.sheets.reading.cells import NO_RESULT, CellError, column_index
from app.sheets.reading.sheet_xml import ForbiddenXmlError, Scan

_CHUNK = 1024 * 1024
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def scan_unplaced(stream: IO[bytes], scan: Scan) -> None:
    """Extent and errors of such a worksheet part, put into `scan`; raises ExpatError, ForbiddenXmlError."""
    reader = _Cells(scan)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = _forbid
    while piece := stream.read(_CHUNK):
        parser.Parse(piece)
    parser.Parse(b"", True)


def _forbid(*_: object) -> None:
    raise ForbiddenXmlError("worksheet")


class _Cells:
    """Counts rows and columns along."""

    def __init__(self, scan: Scan) -> None:
        self.scan = scan
        self.row = self.column = -1
        self.kind = ""
        self.formula = self.in_value = False
        self.words: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        match tag.rpartition(" ")[2]:
            case "row":
                number = attributes.get("r", "")
                self.row = int(number) - 1 if number.isdecimal() and len(number) < 8 else self.row + 1
                self.column = -1
            case "c":
                place = _REFERENCE.fullmatch(attributes.get("r", ""))
                self.column = column_index(place[1]) if place else self.column + 1
                self.kind = attributes.get("t", "")
                self.formula, self.words = False, []
            case "f":
                self.formula = True
            case "v":
                self.in_value = True

    def text(self, words: str) -> None:
        if self.in_value:
            self.words.append(words)

    def end(self, tag: str) -> None:
        match tag.rpartition(" ")[2]:
            case "v":
                self.in_value = False
            case "c":
                value = "".join(self.words)
                if value:
                    self.scan.include(max(self.row, 0), self.column)
                if self.kind == "e":
                    self.scan.instead[self.row, self.column] = CellError(value or "#N/A")
                elif self.formula and not value and self.kind != "str":
                    self.scan.instead[self.row, self.column] = NO_RESULT
