"""One worksheet part of a filled workbook: its rows, and what hangs on them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import deepcopy

from lxml import etree

from app.sheets.layout.anchors import shift_anchors
from app.sheets.layout.areas import lies_in, moved_area, moved_areas, written_area
from app.sheets.layout.block import Block
from app.sheets.layout.book import Book, corners
from app.sheets.layout.extensions import patch_extensions
from app.sheets.layout.formulas import moved
from app.sheets.layout.grid import Cell, Row, SheetGrid
from app.sheets.layout.links import CellFormula
from app.sheets.layout.moves import Move, Moves
from app.sheets.reading.cells import column_letters
from app.sheets.reading.safe_xml import Element, inside, local

_STRETCHED = frozenset({"conditionalFormatting", "dataValidation", "protectedRange", "ignoredError"})
_LEFT_ALONE = frozenset({
    "sheetData", "sheetPr", "sheetViews", "sheetFormatPr", "cols", "sheetProtection", "printOptions", "pageMargins",
    "pageSetup", "headerFooter", "colBreaks", "drawing", "legacyDrawing", "tableParts", "picture",
})  # fmt: skip
_FORMULA_ATTRIBUTES = {
    "hyperlink": ("location",),
    "cfvo": ("val",),
    "control": ("linkedCell", "listFillRange"),
}
_COUNTED = frozenset({"mergeCells", "dataValidations"})
_OF_SHARED = ("t", "si", "ref")

Formulas = Mapping[tuple[int, int], CellFormula]
NewRows = Callable[[Callable[[Cell, int], str]], Iterable[bytes]]
"""Makes the text of the new rows, given who writes the cells beside the block."""


class SheetPatch:
    """Changes one sheet. `block`: where rows are put in, None on other sheets."""

    def __init__(
        self, book: Book, sheet: str, formulas: Formulas, moves: Moves, block: Block | None = None
    ) -> None:
        self._sheet, self._formulas, self._moves, self._block = sheet, formulas, moves, block
        self._move: Move | None = moves.get(sheet.casefold())
        self._grid: SheetGrid = book.grid(sheet)

    def pieces(self, new_rows: NewRows | None) -> Iterable[bytes] | None:
        """The sheet's text afterwards, with new rows in the place of the block's; None if nothing changes."""
        before = self._grid.around()
        for element in list(self._grid.root):
            if local(element) not in _LEFT_ALONE:
                self._patch_around(element)
        head, tail = self._grid.around()
        if new_rows is not None and self._move is not None and self._move.new:
            return self._joined(head, new_rows(self._beside), tail)
        rows = [self._row(row) for row in self._grid.rows]
        unchanged = all(new is row.text for new, row in zip(rows, self._grid.rows, strict=True))
        return None if unchanged and (head, tail) == before else (head, *rows, tail)

    # --- rows ----------------------------------------------------------------------------------------------

    def _joined(self, head: bytes, new_rows: Iterable[bytes], tail: bytes) -> Iterator[bytes]:
        assert self._block is not None
        first, last = self._block.first, self._block.last
        yield head
        yield from (self._row(row) for row in self._grid.rows if row.number < first)
        yield from new_rows
        yield from (self._row(row) for row in self._grid.rows_from(max(first, last + 1)))
        yield tail

    def _row(self, row: Row) -> bytes:
        """A row outside the block."""
        new = self._move.row(row.number) if self._move else row.number
        assert new is not None  # only rows of the block get lost
        if new == row.number and not (row.has_formula and self._has_changes(row)):
            return row.text
        element = self._grid.element(row)
        element.set("r", str(new))
        for cell in self._grid.cells(element):
            self._patch_cell(cell, row.number, new)
        return self._grid.text(element)

    def _has_changes(self, row: Row) -> bool:
        found = (self._formulas.get((row.number, cell.column)) for cell in self._grid.cells(row))
        return any(one is not None and (one.changed or one.stale) for one in found)

    def _patch_cell(self, cell: Cell, row: int, new: int) -> None:
        if new != row and "r" in cell.element.attrib:
            cell.element.set("r", f"{column_letters(cell.column)}{new}")
        formula = self._formulas.get((row, cell.column))
        if formula is None or cell.formula is None:
            return
        if formula.changed:
            self._rewrite(cell.formula, formula)
        if formula.stale:
            self._restate(cell, formula.result)

    def _rewrite(self, element: Element, formula: CellFormula) -> None:
        """A formula that reads otherwise now."""
        element.text = formula.text
        if formula.plain:
            for name in _OF_SHARED:
                element.attrib.pop(name, None)
        elif formula.area is not None:
            element.set("ref", formula.area)
        self._move_attributes(element, "r1", "r2")

    def _restate(self, cell: Cell, result: str | None) -> None:
        """A formula with another stored result, or none."""
        cell.element.attrib.pop("t", None)
        for old in list(cell.element.iterchildren("{*}v")):
            cell.element.remove(old)
        if result is not None:
            etree.SubElement(cell.element, f"{self._grid.namespace}v").text = result

    def _beside(self, cell: Cell, row: int) -> str:
        """A cell beside the block; it stays in its row, and has to name it, as the cells around it are new."""
        self._patch_cell(cell, row, row)
        cell.element.set("r", f"{column_letters(cell.column)}{row}")
        return self._grid.text(cell.element).decode()

    # --- what hangs on the rows ----------------------------------------------------------------------------

    def _patch_around(self, top: Element) -> None:
        name = local(top)
        if self._move is not None and self._block is not None:
            for element in list(top.iter("*")):
                self._patch_area(element, self._move, self._block)
            if name in _COUNTED and "count" in top.attrib:
                top.set("count", str(len(top)))
            if (name in _COUNTED or name == "hyperlinks") and not len(top):
                self._grid.root.remove(top)
                return
            shift_anchors(top, self._move)
        if name == "extLst":
            patch_extensions(self._grid, top, self._sheet, self._moves, self._block)
        else:
            for element in top.iter("{*}formula", "{*}formula1", "{*}formula2"):
                if element.text:
                    element.text = moved(element.text, self._sheet, self._moves)
        for element in top.iter(*(f"{{*}}{one}" for one in _FORMULA_ATTRIBUTES)):
            self._move_attributes(element, *_FORMULA_ATTRIBUTES[local(element)])

    def _move_attributes(self, element: Element, *names: str) -> None:
        for name in names:
            if name in element.attrib:
                element.set(name, moved(element.get(name), self._sheet, self._moves))

    def _patch_area(self, element: Element, move: Move, block: Block) -> None:
        """Ranges in attributes; an element whose range is gone goes, too."""
        name = next((name for name in ("ref", "sqref") if name in element.attrib), None)
        area = element.get(name) if name else ""
        match local(element):
            case "dimension":
                element.set("ref", self._extent(area, move, block))
            case "autoFilter":
                patch_filter(element, move, block)
            case "mergeCell" if lies_in(area, block):
                self._merge_new_rows(element, move, block)
            case "hyperlink" if lies_in(area, block):
                _remove(element)  # it belonged to what stood there before
            case "brk":
                row = int(element.get("id", "0"))  # a page break stands behind its row
                element.set("id", str(move.row(row) or row))
            case "sortState" if inside(element, "autoFilter"):
                return
            case kind if name:
                new = moved_areas(area, move, stretch=kind in _STRETCHED)
                if new:
                    element.set(name, new)
                else:
                    _remove(element)

    def _extent(self, area: str, move: Move, block: Block) -> str:
        left, top, right, bottom = corners(area)
        span = move.span(top, bottom) or (top, bottom)
        top, bottom = min(span[0], block.first), max(span[1], move.new_last)
        return written_area(min(left, block.left), top, max(right, block.right), bottom)

    def _merge_new_rows(self, element: Element, move: Move, block: Block) -> None:
        """Cells merged within the first sample row are merged in every row; other old ones are gone."""
        left, top, right, bottom = corners(element.attrib["ref"])
        if top == bottom == block.first:
            for row in range(block.first, move.new_last + 1):
                copy = deepcopy(element)
                copy.set("ref", written_area(left, row, right, row))
                element.addprevious(copy)
        _remove(element)


def patch_filter(element: Element, move: Move, block: Block) -> None:
    """The filter of a list covers the new rows; what was chosen in it is cleared, as all new rows are shown."""
    area = element.attrib["ref"]
    left, top, right, bottom = corners(area)
    if top < block.first <= bottom + 1 and left <= block.right and right >= block.left:
        span = move.span(top, bottom) or (top, bottom)
        bottom = max(span[1], move.new_last) if bottom <= block.last else span[1]
        element.set("ref", written_area(left, top, right, bottom))
        if len(element):
            del element[:]
            element.text = ""
    else:
        element.set("ref", moved_area(area, move) or area)


def _remove(element: Element) -> None:
    if element.getparent() is not None:
        element.getparent().remove(element)
