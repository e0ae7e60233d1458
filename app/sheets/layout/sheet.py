"""One worksheet part of a filled workbook: its rows, and what hangs on them, changed at single places."""

import re
from collections.abc import Callable, Iterable

from app.sheets.layout.anchors import shift_anchors
from app.sheets.layout.areas import lies_in, moved_area, moved_areas, written_area
from app.sheets.layout.block import Block
from app.sheets.layout.book import Book, corners
from app.sheets.layout.extensions import patch_extensions
from app.sheets.layout.formulas import moved
from app.sheets.layout.grid import Cell, RowSpan, SheetGrid
from app.sheets.layout.links import CellFormula
from app.sheets.layout.markup import Edits, Element, attributes_of, elements, escaped, without_attribute
from app.sheets.layout.moves import Move, Moves

_CELL_ROW = re.compile(rb"""(<(?:[\w.-]+:)?c(?=\s)[^>]*?\sr\s*=\s*["'][A-Za-z]{1,3})[0-9]+""")
_ROW_NUMBER = re.compile(rb"""(\sr\s*=\s*["'])[0-9]+""")
_REFERENCE = re.compile(rb"""(\sr\s*=\s*["'][A-Za-z]{1,3})[0-9]+""")
_STORED = re.compile(rb"<(?:[\w.-]+:)?v(?=[\s/>])[^>]*?(?:/>|>.*?</(?:[\w.-]+:)?v\s*>)", re.DOTALL)
_STRETCHED = frozenset({"conditionalFormatting", "dataValidation", "protectedRange", "ignoredError"})
_TEXTS = frozenset({"formula", "formula1", "formula2"})
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

Formulas = dict[tuple[int, int], CellFormula]
NewRows = Callable[[Callable[[Cell, int], str]], Iterable[bytes]]
"""Makes the text of the new rows, given who writes the cells beside the block."""


class SheetPatch:
    """Collects the changes of one sheet. `block`, `move`: where rows are put in, None on other sheets."""

    def __init__(
        self, book: Book, sheet: str, formulas: Formulas, moves: Moves, block: Block | None = None
    ) -> None:
        self._sheet, self._formulas, self._moves, self._block = sheet, formulas, moves, block
        self._move: Move | None = moves.get(sheet.casefold())
        self._grid: SheetGrid = book.grid(sheet)
        self.edits = Edits(self._grid.data)

    def fill(self, rows: NewRows) -> None:
        """Put the new rows in the place of the old ones."""
        assert self._block is not None
        grid, block = self._grid, self._block
        if self._move is None or not self._move.new:
            return
        inside = [span for span in grid.rows_from(block.first) if span.number <= block.last]
        following = next(grid.rows_from(max(block.last + 1, block.first)), None)
        data = grid.sheet_data
        if data.is_empty:
            tag = b"%ssheetData" % grid.prefix.encode()
            head = [b"<" + tag + b">"]
            self.edits.replace(data.start, data.end, _around(head, rows(self._beside), [b"</" + tag + b">"]))
            return
        start = inside[0].start if inside else following.start if following else data.close
        end = inside[-1].end if inside else start
        self.edits.replace(start, end, rows(self._beside))

    def patch(self) -> None:
        """Rows outside the block, and everything around the rows."""
        self._patch_rows()
        for element in self._grid.top:
            if element.name not in _LEFT_ALONE:
                self._patch_around(element)

    # --- rows ----------------------------------------------------------------------------------------------

    def _patch_rows(self) -> None:
        grid, block, move = self._grid, self._block, self._move
        for span in grid.rows:
            if block is not None and block.first <= span.number <= block.last:
                continue
            new = move.row(span.number) if move else span.number
            assert new is not None  # only rows of the block get lost
            if grid.has_formula(span) and self._has_changes(span):
                self.edits.replace(span.start, span.end, self._row(span, new))
            elif new != span.number:
                raw = grid.data[span.start : span.end]
                self.edits.replace(span.start, span.end, _CELL_ROW.sub(rb"\g<1>%d" % new, _tag(raw, new)))

    def _has_changes(self, span: RowSpan) -> bool:
        return any(
            (found := self._formulas.get((span.number, cell.column))) is not None
            and (found.changed or found.stale)
            for cell in self._grid.cells(span)
        )

    def _row(self, span: RowSpan, new: int) -> bytes:
        data, place, parts = self._grid.data, span.start, []
        for cell in self._grid.cells(span):
            parts += [data[place : cell.start], self._cell(cell, span.number, new)]
            place = cell.end
        parts.append(data[place : span.end])
        return _tag(b"".join(parts), new) if new != span.number else b"".join(parts)

    def _cell(self, cell: Cell, row: int, new: int) -> bytes:
        raw = self._grid.data[cell.start : cell.end]
        formula = self._formulas.get((row, cell.column))
        if new != row:
            raw = _REFERENCE.sub(rb"\g<1>%d" % new, raw, count=1)
        if formula is None or not (formula.changed or formula.stale):
            return raw
        return self._formula_cell(raw, formula)

    def _formula_cell(self, raw: bytes, formula: CellFormula) -> bytes:
        found = elements(raw)
        edits = Edits(raw)
        for element in found:
            if element.name != "f" or element.parent is not found[0]:
                continue
            if formula.changed:
                edits.replace(element.start, element.end, self._formula_element(raw, element, formula))
        result = edits.result()
        if not formula.stale:
            return result
        end = result.index(b">") + 1
        head, rest = without_attribute(result[:end], "t"), _STORED.sub(b"", result[end:])
        if formula.result is None:
            return head + rest
        close = rest.rindex(b"</")
        prefix = self._grid.prefix
        stored = f"<{prefix}v>{formula.result}</{prefix}v>".encode()
        return head + rest[:close] + stored + rest[close:]

    def _formula_element(self, raw: bytes, element: Element, formula: CellFormula) -> bytes:
        """The element of a formula that reads otherwise now."""
        name = raw[element.start + 1 :].split(b">", 1)[0].split(None, 1)[0].rstrip(b"/")
        attributes = dict(element.attributes)
        if formula.plain:
            for one in ("t", "si", "ref"):
                attributes.pop(one, None)
        elif formula.area is not None:
            attributes["ref"] = formula.area
        for one in ("r1", "r2"):
            if one in attributes:
                attributes[one] = moved(attributes[one], self._sheet, self._moves)
        tag = b"".join(
            b' %s="%s"' % (key.encode(), escaped(value).encode()) for key, value in attributes.items()
        )
        return b"<%s%s>%s</%s>" % (name, tag, escaped(formula.text).encode(), name)

    def _beside(self, cell: Cell, row: int) -> str:
        """A cell beside the block; it stays in its row, and has to name it, as the cells around it are new."""
        raw = self._cell(cell, row, row)
        if "r" not in attributes_of(raw[: raw.index(b">")]):
            area = written_area(cell.column, row, cell.column, row)
            place = re.search(rb"[\s/>]", raw)
            assert place is not None
            raw = raw[: place.start()] + b' r="%s"' % area.encode() + raw[place.start() :]
        return raw.decode()

    # --- what hangs on the rows ----------------------------------------------------------------------------

    def _patch_around(self, top: Element) -> None:
        raw = self._grid.data[top.start : top.end]
        found = elements(raw)
        edits = Edits(raw)
        if self._move is not None and self._block is not None:
            removed = self._patch_areas(found, edits, self._move, self._block)
            if top.name in _COUNTED:
                self._count(found, edits, removed)
            elif top.name == "hyperlinks" and len(removed) == len(found) - 1:
                self.edits.replace(top.start, top.end, b"")
                return
            shift_anchors(found, edits, self._move)
        if top.name == "extLst":
            patch_extensions(found, edits, self._sheet, self._moves, self._block)
        else:
            for element in found:
                if element.name in _TEXTS and not element.is_empty:
                    edits.set_text(element, moved(edits.text(element), self._sheet, self._moves))
        for element in found:
            for name in _FORMULA_ATTRIBUTES.get(element.name, ()):
                if name in element.attributes:
                    new = moved(element.attributes[name], self._sheet, self._moves)
                    edits.set_attribute(element, name, new)
        if edits:
            self.edits.replace(top.start, top.end, edits.result())

    def _patch_areas(self, found: list[Element], edits: Edits, move: Move, block: Block) -> list[Element]:
        """Ranges in attributes; returns the elements that are gone with their ranges."""
        removed = []
        for element in found:
            names = [name for name in ("ref", "sqref") if name in element.attributes]
            match element.name:
                case "dimension":
                    edits.set_attribute(element, "ref", self._extent(element.attributes["ref"], move, block))
                case "autoFilter":
                    patch_filter(found, element, edits, move, block)
                case "mergeCell" if lies_in(element.attributes["ref"], block):
                    edits.replace(element.start, element.end, self._merges(element, edits.data, move, block))
                    removed.append(element)
                case "hyperlink" if lies_in(element.attributes["ref"], block):
                    edits.remove(element)  # it belonged to what stood there before
                    removed.append(element)
                case "brk":
                    self._break(element, edits, move)
                case "sortState" if element.inside("autoFilter"):
                    continue
                case _ if names:
                    new = moved_areas(element.attributes[names[0]], move, stretch=element.name in _STRETCHED)
                    if new:
                        edits.set_attribute(element, names[0], new)
                    else:
                        edits.remove(element)
                        removed.append(element)
        return removed

    def _extent(self, area: str, move: Move, block: Block) -> str:
        left, top, right, bottom = corners(area)
        span = move.span(top, bottom) or (top, bottom)
        top, bottom = min(span[0], block.first), max(span[1], move.new_last)
        return written_area(min(left, block.left), top, max(right, block.right), bottom)

    def _merges(self, element: Element, data: bytes, move: Move, block: Block) -> bytes:
        """Cells merged within the first sample row are merged in every row; other old ones are gone."""
        left, top, right, bottom = corners(element.attributes["ref"])
        if top != bottom or top != block.first:
            return b""
        raw = data[element.start : element.end]
        copies = []
        for row in range(block.first, move.new_last + 1):
            copy = Edits(raw)
            whole = Element(element.name, element.attributes, 0, element.inner - element.start, end=len(raw))
            copy.set_attribute(whole, "ref", written_area(left, row, right, row))
            copies.append(copy.result())
        return b"".join(copies)

    def _count(self, found: list[Element], edits: Edits, removed: list[Element]) -> None:
        """The number of children that some collections state."""
        holder = found[0]
        assert self._block is not None
        assert self._move is not None
        copies = sum(
            self._move.new
            for one in removed
            if one.name == "mergeCell" and corners(one.attributes["ref"])[1::2] == (self._block.first,) * 2
        )
        count = sum(one.parent is holder for one in found) - len(removed) + copies
        if "count" in holder.attributes:
            edits.set_attribute(holder, "count", str(count))
        if not count:
            edits.replace(holder.start, holder.end, b"")

    def _break(self, element: Element, edits: Edits, move: Move) -> None:
        """A page break stands behind its row."""
        row = int(element.attributes.get("id", "0"))
        new = move.row(row)
        if new is not None and new != row:
            edits.set_attribute(element, "id", str(new))


def patch_filter(found: list[Element], element: Element, edits: Edits, move: Move, block: Block) -> None:
    """The filter of a list covers the new rows; what was chosen in it is cleared, as all new rows are shown."""
    left, top, right, bottom = corners(element.attributes["ref"])
    if top < block.first <= bottom + 1 and left <= block.right and right >= block.left:
        span = move.span(top, bottom) or (top, bottom)
        bottom = max(span[1], move.new_last) if bottom <= block.last else span[1]
        edits.set_attribute(element, "ref", written_area(left, top, right, bottom))
        if any(one.parent is element for one in found):
            edits.replace(element.inner, element.close, b"")
    else:
        edits.set_attribute(
            element, "ref", moved_area(element.attributes["ref"], move) or element.attributes["ref"]
        )


def _tag(raw: bytes, row: int) -> bytes:
    """A row's text with another number in its start tag."""
    end = raw.index(b">") + 1
    tag = raw[:end]
    if _ROW_NUMBER.search(tag):
        return _ROW_NUMBER.sub(rb"\g<1>%d" % row, tag, count=1) + raw[end:]
    name = tag[:-1].rstrip(b"/").split(None, 1)[0]
    return name + b' r="%d"' % row + raw[len(name) :]


def _around(head: Iterable[bytes], middle: Iterable[bytes], tail: Iterable[bytes]) -> Iterable[bytes]:
    yield from head
    yield from middle
    yield from tail
