"""All formulas of a workbook that is being filled: how they read afterwards, and whose stored results are stale."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.sheets.layout.block import Block
from app.sheets.layout.book import Book
from app.sheets.layout.formulas import SharedFormulas, moved, shared_group, tokens
from app.sheets.layout.grid import Tick
from app.sheets.layout.moves import Moves

_ANY = ("INDIRECT", "OFFSET")  # functions that may read anything
_FEW, _MANY = 400, 5000

Place = tuple[str, int, int]
"""Sheet (case folded), row from 1, column from 0."""


@dataclass(slots=True)
class CellFormula:
    """A formula outside the filled blocks. `row` is where it stood, `text` how it reads afterwards.

    `plain`: it was shared with other cells and is written out; `stale`: its stored result is no longer right;
    `result`: what it is now, where that is easily said.
    """

    sheet: str
    row: int
    column: int
    new_row: int
    text: str
    area: str | None  # of an array formula or data table
    changed: bool
    plain: bool = False
    stale: bool = False
    result: str | None = None


class Stale:
    """Places whose content is no longer what it was, in the coordinates of the filled workbook."""

    def __init__(self, blocks: Mapping[str, Block], moves: Moves, names: Mapping[str, str]) -> None:
        self._blocks, self._moves, self.names = blocks, moves, names
        self._places: dict[str, set[tuple[int, int]]] = defaultdict(set)
        self._names: dict[str, bool] = {}
        self.tables: dict[str, tuple[str, int, int, int, int]] = {}

    def add(self, formula: CellFormula) -> None:
        """The result of this formula is no longer right either."""
        self._places[formula.sheet.casefold()].add((formula.new_row, formula.column))

    def touches(self, formula: str, own: str) -> bool:
        """Whether a formula (as it reads afterwards) reads something that is stale."""
        for token in tokens(formula):
            if token.reference is not None:
                sheet = own if token.reference.sheet is None else token.reference.sheet
                if self._in_range(sheet.casefold(), token.reference.span, token.reference.columns):
                    return True
            elif token.word:
                if token.call:
                    if token.text.upper() in _ANY:
                        return True
                elif self._by_name(token.text):
                    return True
            elif "[" in token.text and self._by_table(token.text, own):
                return True
        return False

    def _in_range(self, sheet: str, span: tuple[int, int], columns: tuple[int, int]) -> bool:
        top, bottom = span
        left, right = columns
        if sheet in self._blocks:
            block, move = self._blocks[sheet], self._moves[sheet]
            beside = right < block.left or left > block.right
            if not beside and top <= move.new_last and bottom >= move.first:
                return True
        places = self._places.get(sheet)
        if not places:
            return False
        if (bottom - top + 1) * (right - left + 1) <= _FEW:
            return any(
                (row, column) in places for row in range(top, bottom + 1) for column in range(left, right + 1)
            )
        if len(places) > _MANY:
            return True  # too many to look at each; a result too few does no harm
        return any(top <= row <= bottom and left <= column <= right for row, column in places)

    def _by_name(self, word: str) -> bool:
        name = word.casefold()
        if name not in self.names:
            return False
        if name not in self._names:
            self._names[name] = False  # a name that means itself reads nothing
            self._names[name] = self.touches(self.names[name], "")
        return self._names[name]

    def forget_names(self) -> None:
        """Names are looked at again, as more has become stale."""
        self._names.clear()

    def _by_table(self, text: str, own: str) -> bool:
        name = text.partition("[")[0].casefold()
        if not name:
            return own.casefold() in self._blocks
        if name not in self.tables:
            return False
        sheet, top, left, bottom, right = self.tables[name]
        return self._in_range(sheet, (top, bottom), (left, right))


@dataclass(frozen=True, slots=True)
class Links:
    """Formulas by sheet and (old) place; what is stale."""

    formulas: Mapping[str, Mapping[tuple[int, int], CellFormula]]
    stale: Stale


def links(
    book: Book, blocks: Mapping[str, Block], moves: Moves, names: Mapping[str, str], tick: Tick
) -> Links:
    """Read every formula of the workbook. `blocks` by sheet name case folded; `names` as they read afterwards."""
    stale = Stale(blocks, moves, names)
    formulas: dict[str, dict[tuple[int, int], CellFormula]] = {}
    for sheet in book.sheets:
        tick()
        for table in book.tables(sheet):
            move = moves.get(sheet.casefold())
            span = move.span(table.top, table.bottom) if move else (table.top, table.bottom)
            if span:
                stale.tables[table.name.casefold()] = (
                    sheet.casefold(), span[0], table.left, span[1], table.right,
                )  # fmt: skip
        grid = book.grid(sheet)
        if grid.has_formulas:
            found = _formulas(book, sheet, blocks.get(sheet.casefold()), moves, tick)
            formulas[sheet] = {(one.row, one.column): one for one in found}
    result = Links(formulas, stale)
    _spread(result, tick)
    return result


def _formulas(book: Book, sheet: str, block: Block | None, moves: Moves, tick: Tick) -> Iterator[CellFormula]:
    grid, move = book.grid(sheet), moves.get(sheet.casefold())
    shared = SharedFormulas()
    groups: dict[str, list[CellFormula]] = defaultdict(list)
    torn: set[str] = set()
    found = []
    beside = block.beside if block else {}
    for span in grid.rows:
        in_block = block is not None and block.first <= span.number <= block.last
        if in_block and span.number not in beside and b"shared" not in span.text:
            continue  # written anew
        if not span.has_formula:
            continue
        tick()
        for cell in grid.cells(span):
            formula = cell.formula
            if formula is None:
                continue
            group = shared_group(formula)
            text = shared.text(formula, span.number, cell.column)
            if in_block and block is not None and block.holds(cell.column):
                if group is not None:
                    torn.add(group)
                continue  # written anew
            new_row = span.number if move is None else move.row(span.number)
            if new_row is None:
                continue
            new = moved(text, sheet, moves)
            area = formula.get("ref") if group is None else None
            new_area = moved(area, sheet, moves) if area else None
            changed = new != text or new_area != area or new_row != span.number
            one = CellFormula(sheet, span.number, cell.column, new_row, new, new_area, changed)
            found.append(one)
            if group is not None:
                groups[group].append(one)
                if changed:
                    torn.add(group)
    for group in torn:
        for one in groups[group]:
            one.plain = one.changed = True
    yield from found


def _spread(found: Links, tick: Tick) -> None:
    """Stale is what reads a filled block, and then what reads that, until nothing more is found."""
    waiting = [one for by_place in found.formulas.values() for one in by_place.values()]
    while True:
        tick()
        found.stale.forget_names()
        hit = [one for one in waiting if found.stale.touches(one.text, one.sheet)]
        if not hit:
            return
        for one in hit:
            one.stale = True
            found.stale.add(one)
        waiting = [one for one in waiting if not one.stale]
