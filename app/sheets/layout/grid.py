"""One worksheet part: a tree of what is around the rows, and each row as text that is read when it is needed.

A tree of all cells would need ten times the memory of their text.
"""

import io
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from app.sheets.layout.moves import MAX_COLUMN, MAX_ROW
from app.sheets.layout.package import declaration, declared_in, text_of, text_within
from app.sheets.reading.cells import column_index
from app.sheets.reading.safe_xml import Element, child, elements, local, release

_LETTERS = re.compile("[A-Za-z]{1,3}")
_HAS_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f[ />]")
_MARK = re.compile(
    rb"<!--(\d+)-->"
)  # where something stands that is kept as text; comments of others are left out
_ROWS = b"<!--rows-->"

Tick = Callable[[], None]
_TICK_EVERY = 5000


class Row(NamedTuple):
    """A row: its number from 1 and its text, in which the namespaces of the sheet are not declared again."""

    number: int
    text: bytes

    @property
    def has_formula(self) -> bool:
        return _HAS_FORMULA.search(self.text) is not None


class Cell(NamedTuple):
    """A cell: column from 0; `value`: what is stored (a number, the number of a shared text, a text), else empty."""

    column: int
    element: Element
    kind: str
    style: int
    formula: Element | None
    value: str

    @property
    def is_filled(self) -> bool:
        """Whether a formula or anything but blanks stands in it."""
        return self.formula is not None or bool(self.value.strip())


class SheetGrid:
    """A worksheet part; `root` has no rows in it. Raises ValueError where it cannot be one."""

    root: Element = None
    _sheet_data: Element = None

    def __init__(self, content: bytes, tick: Tick = lambda: None) -> None:
        self.rows: list[Row] = []
        for event, element in elements(io.BytesIO(content), "sheetData", "row", begun=True):
            if event == "start" and local(element) == "sheetData":
                self._begin_rows(element)
            elif event == "end" and element.getparent() is self._sheet_data is not None:
                self._add(element)
                release(element)
                if len(self.rows) % _TICK_EVERY == 0:
                    tick()
        if self._sheet_data is None:
            raise ValueError("no sheetData")
        self._sheet_data[:] = [etree.Comment("rows")]
        self._texts: list[bytes] = []
        self._declaration: bytes = declaration(content, self.root)
        self._numbers = [row.number for row in self.rows]

    def _begin_rows(self, sheet_data: Element) -> None:
        self._sheet_data, self.root = sheet_data, sheet_data.getparent()
        if self.root is None or local(self.root) != "worksheet":
            raise ValueError("no worksheet")
        self.namespace = sheet_data.tag[: -len("sheetData")]
        self.prefix = f"{sheet_data.prefix}:" if sheet_data.prefix else ""
        self._declared = declared_in(sheet_data)
        self._rows_tag = b"<rows%s>" % b"".join(self._declared)
        self._cell_tag, *self._value_tags = (f"{self.namespace}{name}" for name in ("c", "f", "v", "is"))

    def _add(self, row: Element) -> None:
        before = self.rows[-1].number if self.rows else 0
        number = int(row.get("r") or before + 1)
        if not before < number <= MAX_ROW:
            raise ValueError(f"row {number}")
        self.rows.append(Row(number, self.text(row)))

    def text(self, element: Element) -> bytes:
        """A row or cell as it stands in the sheet."""
        return text_within(element, self._declared)

    def around(self) -> tuple[bytes, bytes]:
        """The text of the sheet before its rows and behind them."""
        before, _, after = text_of(self.root).partition(_ROWS)
        after = _MARK.sub(lambda found: self._texts[int(found[1])], after)
        return self._declaration + before, after

    def replace(self, element: Element, text: bytes) -> None:
        """Put a long text in the place of an element behind the rows."""
        element.getparent().replace(element, etree.Comment(str(len(self._texts))))
        self._texts.append(text)

    def find(self, name: str) -> Element | None:
        """The element right below the root."""
        return child(self.root, name)

    def row(self, number: int) -> Row | None:
        """The row with this number from 1; None if the sheet does not write it."""
        place = bisect_left(self._numbers, number)
        found = place < len(self.rows) and self._numbers[place] == number
        return self.rows[place] if found else None

    def rows_from(self, number: int) -> Iterator[Row]:
        """The rows from this number on."""
        return iter(self.rows[bisect_left(self._numbers, number) :])

    def element(self, row: Row) -> Element:
        """A row as a tree of its own, to be read or changed."""
        return etree.fromstring(self._rows_tag + row.text + b"</rows>")[0]

    def cells(self, row: Row | Element) -> list[Cell]:
        """The cells of a row in their order."""
        result = []
        column = -1
        formula_tag, value_tag, text_tag = self._value_tags
        row = self.element(row) if isinstance(row, Row) else row
        for element in row.iterchildren(self._cell_tag):
            stated = _column(element.get("r", "").rstrip("0123456789"))
            column = column + 1 if stated is None else stated
            if column >= MAX_COLUMN:
                raise ValueError("column")
            formula, value = None, ""
            for part in element:
                if part.tag == value_tag:
                    value = part.text or ""
                elif part.tag == formula_tag:
                    formula = part
                elif part.tag == text_tag:
                    value = "".join(one.text or "" for one in part.iter("{*}t"))
            style = int(element.get("s") or 0)
            result.append(Cell(column, element, element.get("t", "n"), style, formula, value))
        return result

    @property
    def has_formulas(self) -> bool:
        return any(row.has_formula for row in self.rows)


@lru_cache(maxsize=MAX_COLUMN)
def _column(letters: str) -> int | None:
    return column_index(letters.upper()) if _LETTERS.fullmatch(letters) else None
