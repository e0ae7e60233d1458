"""The new rows of a block as text of the sheet: our values, and look and formulas of the sample rows."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

from app.sheets.layout.block import Block
from app.sheets.layout.book import Book, corners
from app.sheets.layout.cell_texts import cell_text
from app.sheets.layout.formulas import RowFormula, SharedFormulas, row_formula
from app.sheets.layout.grid import Cell, Row, SheetGrid
from app.sheets.layout.moves import Move, Moves
from app.sheets.layout.package import Progress
from app.sheets.layout.styles import MONEY, SHORT_DATE
from app.sheets.list_writer import Cell as Value
from app.sheets.list_writer import Money
from app.sheets.reading.cells import column_letters

_ROWS_AT_ONCE = 500
_PLAIN_NUMBER = re.compile(r"0|[1-9][0-9]{0,14}")
_FOR_ONE_ROW = ("r", "spans", "hidden", "collapsed")

Beside = Callable[[Cell, int], str]
"""Writes a cell of the block's rows that belongs to something beside the block."""


@dataclass(frozen=True, slots=True)
class SampleRow:
    """A sample row: what its row tag says, its style, cells by column, formulas by column as they stand there."""

    number: int
    attributes: str
    own_style: str | None
    cells: dict[int, Cell]
    formulas: dict[int, tuple[str, str | None]]  # text, area of an array formula


@dataclass(frozen=True, slots=True)
class _Formula:
    """A formula for new rows, and the row it was a sample for. `spills`: one array formula fills all rows."""

    made: RowFormula
    sample_row: int
    array: bool
    spills: bool


@dataclass(frozen=True, slots=True)
class _Plan:
    """How one kind of row is written: its tag, and column, letters, style and formula of each cell."""

    attributes: str
    cells: tuple[tuple[int, str, int, _Formula | None], ...]


class RowWriter:
    """Writes the rows of one block. `fields`: column -> place of its value in a row."""

    def __init__(self, book: Book, block: Block, move: Move, moves: Moves, fields: Mapping[int, int]) -> None:
        self._book, self._block, self._move, self._moves = book, block, move, moves
        self._grid: SheetGrid = book.grid(block.sheet)
        self._fields = fields
        self._prefix = self._grid.prefix
        self._samples = self._read_samples()
        self._column_styles = self._read_column_styles()
        self._numbers = {column for column in fields if self._holds_numbers(column)}
        self._styles: dict[tuple[int, type], int] = {}
        self._plans: dict[int, _Plan] = {}
        self._looks = [self._look(sample) for sample in self._samples]
        self._plan_of = self._choose_plans()
        formulas = {column for sample in self._samples for column in sample.formulas}
        self._formula_columns = formulas - set(fields)

    def prepare(self, rows: Sequence[Sequence[Value]]) -> None:
        """Find out which styles are needed: the styles part may be written before the rows."""
        kinds = {
            column: {kind for row in rows if (kind := type(row[place])) in (Money, date)}
            for column, place in self._fields.items()
        }
        for offset in {*range(min(len(self._samples) + 1, self._move.new)), self._move.new - 1} - {-1}:
            for column, _, style, formula in self._plan(offset).cells:
                for kind in kinds.get(column, ()) if formula is None else ():
                    self._style(style, kind)

    def pieces(self, rows: Sequence[Sequence[Value]], beside: Beside, progress: Progress) -> Iterator[bytes]:
        """The text of all rows; what stands beside the columns is written by `beside`."""
        portion: list[str] = []
        for offset in range(self._move.new):
            values = rows[offset] if offset < len(rows) else None
            portion.append(self._row(offset, values, beside))
            if len(portion) >= _ROWS_AT_ONCE:
                progress(offset + 1, self._move.new)
                yield "".join(portion).encode()
                portion = []
        progress(self._move.new, self._move.new)
        yield "".join(portion).encode()

    def _choose_plans(self) -> Callable[[int], int | None]:
        """Which sample row a new row looks like: the first, the last, and those between in turn where they differ."""
        looks, count, end = self._looks, len(self._samples), self._move.new - 1
        if count < 2:
            return lambda _offset: 0 if count else None
        if looks[0] != looks[1] and (count == 2 or (count >= 4 and looks[:2] == looks[2:4])):
            return lambda offset: offset % 2
        if count >= 3 and looks[-1] != looks[1]:
            return lambda offset: 0 if offset == 0 else count - 1 if offset == end else 1
        return lambda offset: 0 if offset == 0 else 1

    # --- samples -------------------------------------------------------------------------------------------

    def _read_samples(self) -> list[SampleRow]:
        shared = SharedFormulas()
        samples: list[SampleRow] = []
        for span in self._grid.rows:
            here = self._block.first <= span.number <= self._block.last
            if span.number > self._block.last:
                break
            if not here and not span.has_formula:
                continue
            if here and len(samples) >= 4 and span.number < self._block.last:
                continue  # the first ones and the last one tell all that is asked for
            sample = self._sample(span, shared)
            if here:
                samples.append(sample)
        return samples

    def _sample(self, span: Row, shared: SharedFormulas) -> SampleRow:
        cells, formulas = {}, {}
        row = self._grid.element(span)
        for cell in self._grid.cells(row):
            formula = cell.formula
            if formula is not None:
                text = shared.text(formula, span.number, cell.column)
                if self._block.holds(cell.column) and text:
                    area = formula.get("ref") if formula.get("t") == "array" else None
                    formulas[cell.column] = (text, area)
            if self._block.holds(cell.column):
                cells[cell.column] = cell
        own_style = row.get("s", "0") if row.get("customFormat", "0") in ("1", "true") else None
        for name in _FOR_ONE_ROW:
            row.attrib.pop(name, None)
        del row[:]
        row.text = None
        attributes = self._grid.text(row).decode().removeprefix(f"<{self._prefix}row").removesuffix("/>")
        return SampleRow(span.number, attributes, own_style, cells, formulas)

    def _look(self, sample: SampleRow) -> dict[int, int]:
        return {column: cell.style for column, cell in sample.cells.items() if cell.style}

    def _holds_numbers(self, column: int) -> bool:
        """Whether finance keeps numbers in this column, so that codes such as an order go in as numbers too."""
        for sample in self._samples:
            cell = sample.cells.get(column)
            if cell is not None and cell.is_filled and cell.formula is None:
                return cell.kind == "n"
        return False

    # --- writing -------------------------------------------------------------------------------------------

    def _formula(self, column: int, offset: int) -> _Formula | None:
        """The formula of a column for a new row; the first row has its own, all others that of the second."""
        first, second = self._samples[:1], self._samples[1:2]
        order = [*first, *second] if offset == 0 else [*second, *first]
        if offset == 0 and second and column in second[0].formulas and column not in first[0].formulas:
            cell = first[0].cells.get(column)
            if cell is not None and cell.is_filled:
                return None  # a list that begins with a value and goes on with formulas
        for sample in order:
            if column in sample.formulas:
                text, area = sample.formulas[column]
                spills = area is not None and corners(area).top != corners(area).bottom
                if spills and offset:
                    return None  # written once, in the first row, for all of them
                made = row_formula(text, self._block.sheet, sample.number, self._moves)
                return _Formula(made, sample.number, area is not None, spills)
        return None

    def _plan(self, offset: int) -> _Plan:
        sample_place = self._plan_of(offset)
        key = -1 if offset == 0 else (sample_place or 0)
        if key in self._plans:
            return self._plans[key]
        sample = self._samples[sample_place] if sample_place is not None else None
        columns = set(self._fields) | self._formula_columns | set(sample.cells if sample else ())
        cells = []
        for column in sorted(columns):
            cell = sample.cells.get(column) if sample else None
            style = cell.style if cell else self._usual_style(sample, column)
            formula = None if column in self._fields else self._formula(column, offset)
            cells.append((column, column_letters(column), style, formula))
        self._plans[key] = _Plan(sample.attributes if sample else "", tuple(cells))
        return self._plans[key]

    def _usual_style(self, sample: SampleRow | None, column: int) -> int:
        """The style of a cell that is not there: that of its row, else that of its column."""
        if sample is not None and sample.own_style is not None:
            return int(sample.own_style)
        return next((style for first, last, style in self._column_styles if first <= column <= last), 0)

    def _read_column_styles(self) -> list[tuple[int, int, int]]:
        holder = self._grid.find("cols")
        if holder is None:
            return []
        return [
            (int(one.attrib["min"]) - 1, int(one.attrib["max"]) - 1, int(one.get("style", "0")))
            for one in holder.iterchildren("{*}col")
        ]

    def _row(self, offset: int, values: Sequence[Value] | None, beside: Beside) -> str:
        plan, row, p = self._plan(offset), self._block.first + offset, self._prefix
        parts = []
        for column, letters, style, formula in plan.cells:
            place = self._fields.get(column)
            if formula is not None:
                parts.append((column, self._formula_cell(letters, row, style, formula)))
            elif place is not None and values is not None and values[place] not in (None, ""):
                parts.append((column, self._value_cell(column, letters, row, style, values[place])))
            elif style:
                parts.append((column, f"{self._tag(letters, row, style)}/>"))
        if row in self._block.beside:
            parts += [(cell.column, beside(cell, row)) for cell in self._block.beside[row]]
            parts.sort()
        content = "".join(part for _, part in parts)
        return f'<{p}row r="{row}"{plan.attributes}>{content}</{p}row>'

    def _formula_cell(self, letters: str, row: int, style: int, formula: _Formula) -> str:
        p, kind = self._prefix, ""
        if formula.array:
            end = f":{letters}{self._move.new_last}" if formula.spills and self._move.new > 1 else ""
            kind = f' t="array" ref="{letters}{row}{end}"'
        text = escape(formula.made.at(row - formula.sample_row))
        return f"{self._tag(letters, row, style)}><{p}f{kind}>{text}</{p}f></{p}c>"

    def _value_cell(self, column: int, letters: str, row: int, style: int, value: Value) -> str:
        p = self._prefix
        match value:
            case Money(cents, _):
                written, style = repr(cents / 100).removesuffix(".0"), self._style(style, Money)
            case date():
                written, style = str(self._book.serial(value)), self._style(style, date)
            case int():
                written = str(value)
            case str() if column in self._numbers and _PLAIN_NUMBER.fullmatch(value):
                written = value
            case _:
                text = cell_text(str(value))
                keep = ' xml:space="preserve"' if text != text.strip() or "\n" in text else ""
                begin = self._tag(letters, row, style)
                return f'{begin} t="inlineStr"><{p}is><{p}t{keep}>{text}</{p}t></{p}is></{p}c>'
        return f"{self._tag(letters, row, style)}><{p}v>{written}</{p}v></{p}c>"

    def _tag(self, letters: str, row: int, style: int) -> str:
        """The beginning of a cell, still open."""
        return f'<{self._prefix}c r="{letters}{row}"' + (f' s="{style}"' if style else "")

    def _style(self, style: int, kind: type) -> int:
        """The sample's style, with a format added only where a date or an amount could not be read as such."""
        key = (style, kind)
        if key not in self._styles:
            styles = self._book.styles
            new = style
            if kind is date and not styles.is_date(style):
                new = styles.with_format(style, SHORT_DATE)
            elif kind is Money and (styles.is_date(style) or (style == 0 and styles.is_plain(style))):
                new = styles.with_format(style, MONEY)
            self._styles[key] = new
        return self._styles[key]
