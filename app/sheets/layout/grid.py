"""The rows and cells of one worksheet part, found where they stand in its text."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from app.sheets.layout.markup import (
    Element,
    Tick,
    attributes_of,
    local,
    tag_end,
    unescaped,
    walk,
)
from app.sheets.layout.moves import MAX_COLUMN, MAX_ROW
from app.sheets.reading.cells import column_index

_CELL = re.compile(rb"<(?:[\w.-]+:)?c(?=[\s/>])([^>]*?)(?:/>|>(.*?)</(?:[\w.-]+:)?c\s*>)", re.DOTALL)
_REFERENCE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,3})([0-9]+)["']""")
_KIND = re.compile(rb"""\st\s*=\s*["'](\w+)["']""")
_STYLE = re.compile(rb"""\ss\s*=\s*["']([0-9]+)["']""")
_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f(?=[\s/>])([^>]*?)(?:/>|>(.*?)</(?:[\w.-]+:)?f\s*>)", re.DOTALL)
_VALUE = re.compile(rb"<(?:[\w.-]+:)?v(?=[\s/>])[^>]*?(?:/>|>(.*?)</(?:[\w.-]+:)?v\s*>)", re.DOTALL)
_INLINE = re.compile(rb"<(?:[\w.-]+:)?t(?=[\s/>])[^>]*?(?:/>|>(.*?)</(?:[\w.-]+:)?t\s*>)", re.DOTALL)
_HAS_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f[\s/>]")
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_CDATA = re.compile(rb"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)


class RowSpan(NamedTuple):
    """A row: its number from 1 and where its element stands."""

    number: int
    start: int
    end: int


class FormulaText(NamedTuple):
    """A formula as it stands in a cell; `attributes` tell shared and array formulas."""

    text: str
    attributes: dict[str, str]


class Cell(NamedTuple):
    """A cell: column from 0, where it stands, the text of its attributes, its content (None: `<c/>`)."""

    column: int
    start: int
    end: int
    attributes: bytes
    content: bytes | None

    @property
    def kind(self) -> str:
        found = _KIND.search(self.attributes)
        return found[1].decode() if found else "n"

    @property
    def style(self) -> int:
        found = _STYLE.search(self.attributes)
        return int(found[1]) if found else 0

    @property
    def formula(self) -> FormulaText | None:
        found = _FORMULA.search(self.content) if self.content else None
        if found is None:
            return None
        return FormulaText(unescaped(found[2] or b""), attributes_of(b"<f" + found[1]))

    @property
    def value(self) -> str:
        """What is stored: a number, the number of a shared text, a text; empty if there is nothing."""
        if not self.content:
            return ""
        if self.kind == "inlineStr":
            return "".join(unescaped(part or b"") for part in _INLINE.findall(self.content))
        found = _VALUE.search(self.content)
        return unescaped(found[1] or b"") if found else ""

    @property
    def is_filled(self) -> bool:
        if not self.content:
            return False
        return _HAS_FORMULA.search(self.content) is not None or bool(self.value.strip())


class SheetGrid:
    """A worksheet part. `top` are the elements right below its root. Raises ValueError where it cannot be one."""

    def __init__(self, data: bytes, tick: Tick = lambda: None) -> None:
        if b"<!--" in data or b"<![CDATA[" in data:
            data = _CDATA.sub(lambda found: _plain(found[1]), _COMMENT.sub(b"", data))
        self.data = data
        self.top: list[Element] = []
        self.rows: list[RowSpan] = []
        self.prefix = ""
        self._read(tick)
        sheet_data = self.find("sheetData")
        if sheet_data is None:
            raise ValueError("no sheetData")
        self.sheet_data = sheet_data
        self._numbers = [row.number for row in self.rows]

    def find(self, name: str) -> Element | None:
        """The element right below the root."""
        return next((element for element in self.top if element.name == name), None)

    def row(self, number: int) -> RowSpan | None:
        place = bisect_left(self._numbers, number)
        found = place < len(self.rows) and self._numbers[place] == number
        return self.rows[place] if found else None

    def rows_from(self, number: int) -> Iterator[RowSpan]:
        """The rows from this number on."""
        return iter(self.rows[bisect_left(self._numbers, number) :])

    def cells(self, row: RowSpan) -> list[Cell]:
        """The cells of a row in their order."""
        result = []
        column = -1
        for found in _CELL.finditer(self.data, row.start, row.end):
            reference = _REFERENCE.search(found[1])
            column = column_index(reference[1].decode().upper()) if reference else column + 1
            if column >= MAX_COLUMN:
                raise ValueError("column")
            result.append(Cell(column, found.start(), found.end(), found[1], found[2]))
        return result

    def cell(self, row: int, column: int) -> Cell | None:
        span = self.row(row)
        return next((cell for cell in self.cells(span) if cell.column == column), None) if span else None

    def has_formula(self, row: RowSpan) -> bool:
        return _HAS_FORMULA.search(self.data, row.start, row.end) is not None

    def text(self, row: RowSpan) -> bytes:
        """A row as it stands there."""
        return self.data[row.start : row.end]

    @property
    def has_formulas(self) -> bool:
        return _HAS_FORMULA.search(self.data) is not None

    def row_attributes(self, row: RowSpan) -> bytes:
        """The text of a row's attributes."""
        inner, closed = tag_end(self.data, row.start)
        tag = self.data[row.start : inner - (2 if closed else 1)]
        return tag[len(tag.split(None, 1)[0]) :]

    def _read(self, tick: Tick) -> None:
        data, depth, number = self.data, 0, 0
        in_data, row_start = False, -1

        def start(name: str, attributes: dict[str, str], at: int) -> None:
            nonlocal depth, in_data, number, row_start
            depth += 1
            if depth == 3 and in_data:
                if local(name) != "row":
                    return
                given = attributes.get("r")
                number, before = (int(given) if given else number + 1), number
                if not before < number <= MAX_ROW:
                    raise ValueError(f"row {number}")
                row_start = at
            elif depth == 2:
                inner, closed = tag_end(data, at)
                element = Element(local(name), attributes, at, inner)
                if closed:
                    element.close = element.end = inner
                self.top.append(element)
                in_data = element.name == "sheetData"
                if in_data:
                    self.prefix = name[: -len("sheetData")]
            elif depth == 1 and local(name) != "worksheet":
                raise ValueError(name)

        def end(_name: str, at: int) -> None:
            nonlocal depth, in_data, row_start
            if depth == 3 and row_start >= 0:
                inner, closed = tag_end(data, row_start)
                stop = inner if closed else data.index(b">", at) + 1
                self.rows.append(RowSpan(number, row_start, stop))
                row_start = -1
            elif depth == 2:
                element = self.top[-1]
                if not element.end:
                    element.close, element.end = at, data.index(b">", at) + 1
                in_data = False
            depth -= 1

        walk(data, start, end, tick)


def _plain(raw: bytes) -> bytes:
    return raw.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")
