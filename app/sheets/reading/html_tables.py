"""Reads the tables of web pages, which SAP and many others name .xls: nested, spanned, unclosed."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from app.domain.parsing import DateError, parse_date, plain_text
from app.sheets.reading.cells import MAX_SIGNS, Cell, Row, TooLongError, stated_number

_CHUNK = 256 * 1024
_LONGEST_TAG = 8 * 1024 * 1024  # also of a comment or script; a picture may stand in one
_TAGS_FOR_A_CELL = 2
_MAX_SPAN = 1000  # of columns; more is a slip or malice
_MAX_DEPTH = 50  # of tables within tables
_UNSEEN = ("script", "style")
_BREAK = "\x00"  # between the lines of a cell, until blanks are put right
_BREAKS = ("br", "p", "div", "li", "tr", "h1", "h2", "h3")
_DIGIT = re.compile(r"\d")


class TooManyCellsError(ValueError):
    """The tables hold more cells than may be read."""


@dataclass(slots=True)
class HtmlTable:
    """A table of the page in the order of its start; `inside`: the table around it."""

    rows: list[Row] = field(default_factory=list)
    name: str = ""
    inside: "HtmlTable | None" = None
    covered: dict[int, int] = field(default_factory=dict)  # column -> rows that a cell above still covers
    row: Row | None = None
    column: int = 0
    words: list[str] | None = None  # of the open cell
    spans: tuple[int, int] = (1, 1)
    number: str | None = None
    width: int = 0  # of the longest row


class HtmlTables(HTMLParser):
    """Collects all tables of a page; feed() it, then close() and take `joined()`.

    The parser of the standard library tells each tag as it stands there. lxml's is three times as fast and mends the
    page first: a comment that never ends swallows the rest of the list, and tables whose end is missing are closed, so
    that nobody could be told that a list was cut off.
    """

    def __init__(self, max_cells: int) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[HtmlTable] = []
        self.left = max_cells
        self._open: list[HtmlTable] = []
        self._unseen = False
        self._caption = False
        self._signs = 0  # of the cell that was begun last
        self.is_cut_off = False

    def parsed(self, text: str) -> Iterator[None]:
        """Reads the text in pieces; yields between them. Raises TooManyCellsError, TooLongError."""
        if text.count("<") > _TAGS_FOR_A_CELL * self.left:
            raise TooManyCellsError
        for start in range(0, len(text), _CHUNK):
            self.feed(text[start : start + _CHUNK])
            if len(self.rawdata) > _LONGEST_TAG:
                raise TooLongError
            yield
        self.close()
        self.is_cut_off = bool(self._open) or self._unseen
        while self._open:
            self._end_table()

    # --- what the parser meets ---------------------------------------------------------------------------------

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("td", "th"):
            self._start_cell(dict(attrs))
        elif tag == "tr":
            self._start_row()
        elif tag == "table":
            self._start_table()
        elif tag in _UNSEEN:
            self._unseen = True
        elif tag == "caption":
            self._caption = True
        if tag in _BREAKS and self._open and self._open[-1].words:
            self._add(self._open[-1].words, _BREAK)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._end_cell()
        elif tag == "tr":
            self._end_row()
        elif tag == "table" and self._open:
            self._end_table()
        elif tag in _UNSEEN:
            self._unseen = False
        elif tag == "caption":
            self._caption = False

    def handle_data(self, data: str) -> None:
        if self._unseen or not self._open:
            return
        table = self._open[-1]
        if table.words is not None:
            self._add(table.words, data)
        elif self._caption:
            table.name = plain_text(table.name + data)

    def _add(self, words: list[str], more: str) -> None:
        words.append(more)
        self._signs += len(more)
        if self._signs > MAX_SIGNS:
            raise TooLongError

    # --- tables, rows, cells -----------------------------------------------------------------------------------

    def _start_table(self) -> None:
        if len(self._open) >= _MAX_DEPTH:
            raise TooManyCellsError
        table = HtmlTable(inside=self._open[-1] if self._open else None)
        self._open.append(table)
        self.tables.append(table)

    def _end_table(self) -> None:
        self._end_row()
        self._open.pop()

    def _start_row(self) -> None:
        if self._open:
            self._end_row()
            self._open[-1].row = []
            self._open[-1].column = 0

    def _end_row(self) -> None:
        self._end_cell()
        if not self._open or (table := self._open[-1]).row is None:
            return
        self._pass_covered(table)
        for column in table.covered:
            table.covered[column] -= 1
        table.covered = {column: rows for column, rows in table.covered.items() if rows > 0}
        row = table.row
        while row and row[-1] is None:
            row.pop()
        table.rows.append(row)
        table.width = max(table.width, len(row))
        table.row = None
        self._count(1)

    def _start_cell(self, attributes: dict[str, str | None]) -> None:
        self._end_cell()
        if not self._open:
            return
        table = self._open[-1]
        if table.row is None:
            self._start_row()
        table.words = []
        self._signs = 0
        table.spans = _span(attributes.get("colspan")), _span(attributes.get("rowspan"))
        table.number = attributes.get("x:num") or attributes.get("sdval")

    def _end_cell(self) -> None:
        if not self._open or (table := self._open[-1]).words is None or table.row is None:
            return
        self._pass_covered(table)
        across, down = table.spans
        table.row.append(_value("".join(table.words), table.number))
        table.row.extend([None] * (across - 1))
        if down > 1:
            table.covered.update(dict.fromkeys(range(table.column, table.column + across), down))
        table.column += across
        table.words = None
        self._count(across)

    def _pass_covered(self, table: HtmlTable) -> None:
        """Steps over the columns that a cell above reaches into."""
        while (
            table.covered.get(table.column, 0) > 0
            and table.row is not None
            and len(table.row) <= table.column
        ):
            table.row.append(None)
            table.column += 1
            self._count(1)

    def _count(self, cells: int) -> None:
        self.left -= cells
        if self.left < 0:
            raise TooManyCellsError

    # --- the whole page ----------------------------------------------------------------------------------------

    def joined(self) -> list[HtmlTable]:
        """The tables with something in them; a list that was cut into pages is one again."""
        found: list[HtmlTable] = []
        for table in self.tables:
            if not any(table.rows):
                continue
            if found and _continues(found[-1], table):
                found[-1].rows += table.rows
            else:
                found.append(table)
        return found


def _continues(before: HtmlTable, table: HtmlTable) -> bool:
    """Whether a table beside another one goes on with its rows: the same header again, or data at once."""
    if before.inside is not table.inside or before.width != table.width or table.width < 2:
        return False
    first = next(row for row in table.rows if row)
    return first in before.rows[:20] or any(_is_data(cell) for cell in first)


def _is_data(cell: Cell) -> bool:
    return isinstance(cell, float) or (isinstance(cell, str) and _is_date(cell))


def _is_date(text: str) -> bool:
    try:
        parse_date(text)
    except DateError:
        return False
    return True


def _span(written: str | None) -> int:
    return min(max(stated_number((written or "").strip()), 1), _MAX_SPAN)


def _value(text: str, number: str | None) -> Cell:
    """The text of a cell; the number behind it where Excel or LibreOffice wrote one and it shows no date."""
    shown = "\n".join(line for part in text.split(_BREAK) if (line := plain_text(part)))
    if number and _DIGIT.search(shown) and not _is_date(shown):
        try:
            value = float(number)
        except ValueError:
            return shown
        if math.isfinite(value):
            return value
    return shown or None
