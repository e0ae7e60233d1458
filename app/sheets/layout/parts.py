"""The other parts of a workbook that point into a filled sheet: charts, drawings, tables, notes, pivot tables."""

import re
from collections.abc import Callable

from app.sheets.layout.anchors import shift_anchors
from app.sheets.layout.areas import moved_area, written_area
from app.sheets.layout.block import Block
from app.sheets.layout.book import Book, corners
from app.sheets.layout.formulas import moved
from app.sheets.layout.links import Stale, place_of
from app.sheets.layout.markup import Edits, Element, elements
from app.sheets.layout.moves import Move, Moves
from app.sheets.layout.package import Changes
from app.sheets.layout.sheet import patch_filter

_CHART = re.compile(r"(?:.*/)?(?:charts|chartex)/[^/]+\.xml")
_CACHES = frozenset({"numCache", "strCache", "multiLvlStrCache", "lvl"})
_NOTE = re.compile(rb"<v:shape\b.*?</v:shape>", re.DOTALL)
_NOTE_ROW = re.compile(rb"(<x:Row>\s*)([0-9]+)(\s*</x:Row>)")
_NOTE_ANCHOR = re.compile(rb"(<x:Anchor>\s*)([^<]*?)(\s*</x:Anchor>)")


def patch_linked_parts(book: Book, moves: Moves, stale: Stale, changes: Changes) -> None:
    """Parts that name sheets themselves: charts, text boxes and controls with a linked cell, pivot tables."""
    for name in book.package.names:
        if _CHART.fullmatch(name):
            _patch(changes, name, lambda found, edits: _chart(found, edits, moves, stale))
        elif re.fullmatch(r"xl/drawings/[^/]+\.xml", name):
            _patch(changes, name, lambda found, edits: _linked(found, edits, moves, ("textlink",)))
        elif re.fullmatch(r"xl/ctrlProps/[^/]+\.xml", name):
            _patch(
                changes, name, lambda found, edits: _linked(found, edits, moves, ("fmlaLink", "fmlaRange"))
            )
        elif re.fullmatch(r"xl/pivotCache/pivotCacheDefinition[^/]*\.xml", name):
            _patch(changes, name, lambda found, edits: _pivot(found, edits, moves, stale))


def patch_hanging_parts(book: Book, block: Block, move: Move, changes: Changes) -> None:
    """Parts that belong to the filled sheet and count its rows: tables, drawings, notes."""
    package, sheet = book.package, book.sheets[block.sheet]
    for table in book.tables(block.sheet):
        _patch(changes, table.part, lambda found, edits: _table(found, edits, move, block))
    for drawing in package.related(sheet, "drawing"):
        _patch(changes, drawing, lambda found, edits: shift_anchors(found, edits, move))
    for pivot in package.related(sheet, "pivotTable"):
        _patch(changes, pivot, lambda found, edits: _pivot_place(found, edits, move))
    for kind in ("comments", "threadedComment"):
        for part in package.related(sheet, kind):
            _patch(changes, part, lambda found, edits: _notes(found, edits, move))
    for part in package.related(sheet, "vmlDrawing"):
        data = package.read(part)
        new = _NOTE.sub(lambda found: _note_shape(found[0], move), data)
        if new != data:
            changes.put(part, new)


def _patch(changes: Changes, part: str, patch: Callable[[list[Element], Edits], None]) -> None:
    data = changes.xml(part)
    edits = Edits(data)
    patch(elements(data), edits)
    if edits:
        changes.put(part, edits.result())


def _chart(found: list[Element], edits: Edits, moves: Moves, stale: Stale) -> None:
    """Ranges of the data; stored figures that are stale are left out, so that nobody sees them."""
    dropped = set()
    for element in found:
        if (
            element.name not in ("f", "sqref") or element.is_empty
        ):  # sqref: of what a filter of the chart hides
            continue
        text = edits.text(element)
        new = moved(text, "", moves, stretch=not element.inside("tx"))
        edits.set_text(element, new)
        if stale.touches(new, "") and element.parent is not None:
            dropped.add(element.parent.start)
    for element in found:
        if element.name in _CACHES and element.parent is not None and element.parent.start in dropped:
            edits.remove(element)


def _linked(found: list[Element], edits: Edits, moves: Moves, names: tuple[str, ...]) -> None:
    for element in found:
        for name in names:
            if element.attributes.get(name):
                edits.set_attribute(element, name, moved(element.attributes[name], "", moves))


def _pivot(found: list[Element], edits: Edits, moves: Moves, stale: Stale) -> None:
    """Pivot tables over a filled list read it anew when the workbook is opened."""
    source = next((one for one in found if one.name == "worksheetSource"), None)
    if source is None:
        return
    sheet, area, name = (source.attributes.get(key, "") for key in ("sheet", "ref", "name"))
    move = moves.get(sheet.casefold())
    if move is not None and area:
        edits.set_attribute(source, "ref", moved_area(area, move, stretch=True) or area)
    named = name.casefold() in stale.tables and stale.touches(f"{name}[#All]", "")
    if move is not None or named or (name and stale.touches(name, "")):
        edits.set_attribute(found[0], "refreshOnLoad", "1")


def _pivot_place(found: list[Element], edits: Edits, move: Move) -> None:
    """A pivot table that stands below the list moves down; one beside it stays."""
    for element in found:
        if element.name == "location":
            area = element.attributes["ref"]
            if corners(area)[1] > move.last:
                edits.set_attribute(element, "ref", moved_area(area, move) or area)


def _table(found: list[Element], edits: Edits, move: Move, block: Block) -> None:
    root = found[0]
    area = root.attributes["ref"]
    left, top, right, bottom = corners(area)
    if block.table is not None and (top, left) == (block.table.top, block.table.left):
        bottom = move.new_last + block.table.totals
        edits.set_attribute(root, "ref", written_area(left, top, right, bottom))
        if root.attributes.get("insertRow") == "1":
            edits.set_attribute(root, "insertRow", "0")
    else:
        edits.set_attribute(root, "ref", moved_area(area, move) or area)
    moves = {block.sheet.casefold(): move}
    for element in found:
        if element.name == "autoFilter":
            patch_filter(found, element, edits, move, block)
        elif element.name == "sortState" and not element.inside("autoFilter"):
            edits.remove(element)  # the new rows are in our order
        elif element.name in ("calculatedColumnFormula", "totalsRowFormula") and not element.is_empty:
            edits.set_text(element, moved(edits.text(element), block.sheet, moves))


def _notes(found: list[Element], edits: Edits, move: Move) -> None:
    for element in found:
        if element.name not in ("comment", "threadedComment"):
            continue
        row, _ = place_of(element.attributes["ref"])
        new = move.row(row)
        if new is None:
            edits.remove(element)
        elif new != row:
            letters = element.attributes["ref"].rstrip("0123456789")
            edits.set_attribute(element, "ref", f"{letters}{new}")


def _note_shape(raw: bytes, move: Move) -> bytes:
    """The drawn box of a note; it goes where its cell goes."""
    found = _NOTE_ROW.search(raw)
    if found is None:
        return raw
    row = int(found[2]) + 1
    new = move.row(row)
    if new is None:
        return b""
    by = new - row

    def shifted(anchor: re.Match[bytes]) -> bytes:
        parts = [part.strip() for part in anchor[2].split(b",")]
        if len(parts) == 8:
            for place in (2, 6):
                parts[place] = b"%d" % (int(parts[place]) + by)
        return anchor[1] + b", ".join(parts) + anchor[3]

    if by == 0:
        return raw
    raw = _NOTE_ROW.sub(lambda one: one[1] + b"%d" % (int(one[2]) + by) + one[3], raw)
    return _NOTE_ANCHOR.sub(shifted, raw)
