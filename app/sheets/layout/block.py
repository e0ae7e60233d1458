"""The rows below a header that an export replaces, and the sample rows whose look and formulas the new ones take."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain.errors import UserError
from app.services.finance.finance_layouts import SheetMapping
from app.sheets.layout.book import Book, TablePart
from app.sheets.layout.formulas import tokens
from app.sheets.layout.grid import Cell, Row, SheetGrid
from app.sheets.layout.headers import header_bottom, header_texts, merges
from app.sheets.layout.moves import MAX_ROW, Move
from app.sheets.reading.total_marks import marks

_READS_RANGE = re.compile(rb"(?:SUM|SUBTOTAL|AGGREGATE)\(")
_FROM_TEXT = ("s", "inlineStr", "str")


@dataclass(frozen=True, slots=True)
class Block:
    """The rows `first` .. `first + old - 1` of the columns `left` .. `right` (rows from 1, columns from 0).

    `beside`: row -> what stands in the other columns. It stays, and with it so many rows.
    """

    sheet: str
    first: int
    old: int
    left: int
    right: int
    table: TablePart | None
    beside: Mapping[int, list[Cell]]

    @property
    def last(self) -> int:
        """The last row that is replaced; `first` - 1 where rows are only put in."""
        return self.first + self.old - 1

    def move(self, rows: int) -> Move:
        """The block filled with so many rows; one stays where there was one, with the look and the formulas."""
        least = max((row - self.first + 1 for row in self.beside), default=0)
        return Move(self.first, self.old, max(rows, least, 1 if self.old else 0))

    def holds(self, column: int) -> bool:
        """Whether a column (from 0) belongs to the list."""
        return self.left <= column <= self.right


def find_block(book: Book, mapping: SheetMapping) -> Block:
    """Where the rows go. Raises UserError if the sheet or its header is not there."""
    sheet, row = mapping.sheet, mapping.header_row
    if sheet not in book.sheets:
        raise UserError(f"In der Vorlage fehlt das Blatt „{sheet}“. Bitte die Zuordnung der Vorlage prüfen.")
    grid = book.grid(sheet)
    texts = header_texts(book, sheet, row)
    if not texts and grid.row(row) is None:
        raise UserError(
            f"In der Vorlage steht im Blatt „{sheet}“ in Zeile {row} keine Überschrift. Bitte die Zuordnung prüfen."
        )
    left, right = _columns(grid, row, texts, mapping.fields)
    table = next(
        (
            one
            for one in book.tables(sheet)
            if one.headers and one.top == row and one.left <= right and one.right >= left
        ),
        None,
    )
    first = row + 1
    if table is not None:
        left, right = min(left, table.left), max(right, table.right)
    else:
        first = header_bottom(grid, row, range(left, right + 1)) + 1
    walk = _Walk(book, sheet, first, left, right, mapping.fields)
    old = walk.count() if table is None else table.bottom - table.totals - row
    return Block(sheet, first, old, left, right, table, walk.beside(first + old - 1))


def refuse_impossible(book: Book, block: Block, move: Move) -> None:
    """Raise UserError if the rows, or what stands below them, don't fit into the sheet, or lie in a pivot table."""
    for left, top, right, bottom in book.pivots(block.sheet):
        if top <= block.last and bottom >= block.first - 1 and left <= block.right and right >= block.left:
            raise UserError(
                f"Im Blatt „{block.sheet}“ steht ab Zeile {top} eine Pivot-Tabelle, die sich nicht füllen lässt. Bitte "
                "das Blatt mit ihren Daten zuordnen."
            )
    grid = book.grid(block.sheet)
    lowest = grid.rows[-1].number if grid.rows else 0
    if move.new_last > MAX_ROW or (lowest > move.last and lowest + move.delta > MAX_ROW):
        raise UserError(
            f"Im Blatt „{block.sheet}“ ist für {move.new} Zeilen kein Platz. Bitte den Bestand in der Vorlage kürzen."
        )


def _columns(grid: SheetGrid, row: int, texts: Iterable[int], mapped: Iterable[int]) -> tuple[int, int]:
    """The columns of the list: those with a header, without gap, around the mapped ones."""
    covered = set(texts) | set(mapped)
    for merge in merges(grid):
        if merge.top <= row <= merge.bottom and merge.left in covered:
            covered |= set(range(merge.left, merge.right + 1))
    left, right = min(mapped), max(mapped)
    while left - 1 in covered:
        left -= 1
    while right + 1 in covered:
        right += 1
    return left, right


class _Walk:
    """Goes down from the first row below the header until the list ends; each row is read once, as they may be many."""

    def __init__(
        self, book: Book, sheet: str, first: int, left: int, right: int, fields: dict[int, str]
    ) -> None:
        self._book, self._grid, self._sheet = book, book.grid(sheet), sheet
        self._first, self._left, self._right = first, left, right
        self._fields = fields
        self._look: list[int] = []
        self._rows = self._grid.rows_from(first)
        self._beside: dict[int, list[Cell]] = {}

    def count(self) -> int:
        """How many rows the list has now."""
        last, expected = self._first - 1, self._first
        usual = 0
        for span in self._rows:
            cells = self._inside(span)
            filled = [cell for cell in cells if cell.is_filled]
            if span.number == self._first:
                self._look = [cell.style for cell in cells]
                usual = len(filled) or len(self._fields)
            if span.number > expected or self._is_total(span, filled):
                rest = next(self._rows, None)
                if span.number == expected and rest is not None and self._is_sub_total(span, rest, usual):
                    last, expected = rest.number, rest.number + 1
                    continue
                return self._with_blanks(last, span)
            if not filled and not self._looks_alike(cells):
                return self._with_blanks(last, self._next_filled(span.number))
            if usual > 2 and len(filled) == 1 and filled[0].kind in _FROM_TEXT:
                return last - self._first + 1  # a remark below the list
            last, expected = span.number, span.number + 1
        return max(last - self._first + 1, 1)

    def beside(self, last: int) -> dict[int, list[Cell]]:
        """What stands in the other columns, by row, down to this one; the walk may have ended before."""
        for span in self._rows:
            if span.number > last:
                break
            self._inside(span)
        return {row: others for row, others in self._beside.items() if row <= last}

    def _inside(self, span: Row) -> list[Cell]:
        """The cells in the columns of the list; the others are kept if there is anything in them."""
        inside: list[Cell] = []
        others: list[Cell] = []
        for cell in self._grid.cells(span):
            (inside if self._left <= cell.column <= self._right else others).append(cell)
        if any(len(cell.element) or cell.style for cell in others):
            self._beside[span.number] = others
        return inside

    def _looks_alike(self, cells: list[Cell]) -> bool:
        """Whether an empty row was made ready for the list: it has the look of the first."""
        look = [cell.style for cell in cells]
        return any(look) and look == self._look

    def _next_filled(self, row: int) -> Row | None:
        return next(
            (span for span in self._grid.rows_from(row) if any(c.is_filled for c in self._grid.cells(span))),
            None,
        )

    def _with_blanks(self, last: int, below: Row | None) -> int:
        """The list, with the empty rows behind it that a total below counts in."""
        reaches = self._summed_until(below) if below is not None else 0
        if below is None and last < self._first:
            return 1
        return max(last, reaches) - self._first + 1

    def _summed_until(self, span: Row) -> int:
        """The last row that a total in this row reads, if it reads the list from its beginning."""
        read = (rows for cell in self._inside(span) for rows in self._summed(cell))
        from_begin = [rows for rows in read if self._first - 1 <= rows[0] <= self._first]
        return max((bottom for top, bottom in from_begin if top <= bottom < span.number), default=0)

    def _summed(self, cell: Cell) -> list[tuple[int, int]]:
        if cell.formula is None:
            return []
        return [
            token.reference.span
            for token in tokens(cell.formula.text or "")
            if token.reference is not None
            and token.reference.row is not None
            and token.reference.sheet in (None, self._sheet)
            and token.reference.columns[0] == token.reference.columns[1] == cell.column
            and (token.reference.is_range or token.reference.alone)
        ]

    def _is_total(self, span: Row, filled: list[Cell]) -> bool:
        if len(filled) < max(2, len(self._fields)):
            first = next((cell for cell in filled if cell.kind in _FROM_TEXT), None)
            if first is not None and marks([self._book.text(first)]).any:
                return True
        if not _READS_RANGE.search(span.text.upper()):
            return False
        return any(
            top <= self._first <= bottom + 1 and bottom < span.number
            for cell in filled
            for top, bottom in self._summed(cell)
        )

    def _is_sub_total(self, span: Row, below: Row, usual: int) -> bool:
        """Whether the list goes on right below a total, so that it was only a sub-total."""
        filled = [cell for cell in self._inside(below) if cell.is_filled]
        return (
            below.number == span.number + 1
            and len(filled) * 2 > usual >= 2
            and not self._is_total(below, filled)
        )
