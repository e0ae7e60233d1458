"""The other parts of a workbook that point into a filled sheet: charts, drawings, tables, notes, pivot tables."""

import re

from app.sheets.layout.anchors import shift_anchors
from app.sheets.layout.areas import moved_area, written_area
from app.sheets.layout.block import Block
from app.sheets.layout.book import Book, corners
from app.sheets.layout.formulas import moved
from app.sheets.layout.links import Stale
from app.sheets.layout.moves import Move, Moves
from app.sheets.layout.package import Changes
from app.sheets.layout.sheet import patch_filter
from app.sheets.reading.safe_xml import Element, inside, local

_CHART = re.compile(r"(?:.*/)?(?:charts|chartex)/[^/]+\.xml")
_LINKED = (
    (re.compile(r"xl/drawings/[^/]+\.xml"), ("textlink",)),
    (re.compile(r"xl/ctrlProps/[^/]+\.xml"), ("fmlaLink", "fmlaRange")),
)
_PIVOT_CACHE = re.compile(r"xl/pivotCache/pivotCacheDefinition[^/]*\.xml")
_CACHES = ("{*}numCache", "{*}strCache", "{*}multiLvlStrCache", "{*}lvl")
# Notes' drawings are VML, which need not be well-formed XML.
_NOTE = re.compile(rb"<v:shape\b.*?</v:shape>", re.DOTALL)
_NOTE_ROW = re.compile(rb"(<x:Row>\s*)([0-9]+)(\s*</x:Row>)")
_NOTE_ANCHOR = re.compile(rb"(<x:Anchor>\s*)([^<]*?)(\s*</x:Anchor>)")


def patch_linked_parts(book: Book, moves: Moves, stale: Stale, changes: Changes) -> None:
    """Parts that name sheets themselves: charts, text boxes and controls with a linked cell, pivot tables."""
    for name in book.package.names:
        if _CHART.fullmatch(name):
            _patch_chart(changes.tree(name), moves, stale)
        elif _PIVOT_CACHE.fullmatch(name):
            _patch_pivot(changes.tree(name), moves, stale)
        for pattern, attributes in _LINKED:
            if pattern.fullmatch(name):
                _patch_links(changes.tree(name), attributes, moves)


def patch_hanging_parts(book: Book, block: Block, move: Move, changes: Changes) -> None:
    """Parts that belong to the filled sheet and count its rows: tables, drawings, notes."""
    package, sheet = book.package, book.sheets[block.sheet]
    for table in book.tables(block.sheet):
        _patch_table(changes.tree(table.part), move, block)
    for drawing in package.related(sheet, "drawing"):
        shift_anchors(changes.tree(drawing), move)
    for pivot in package.related(sheet, "pivotTable"):
        _move_pivot(changes.tree(pivot), move)
    for kind in ("comments", "threadedComment"):
        for part in package.related(sheet, kind):
            _patch_notes(changes.tree(part), move)
    for part in package.related(sheet, "vmlDrawing"):
        data = package.read(part)
        new = _NOTE.sub(lambda found: _note_shape(found[0], move), data)
        if new != data:
            changes.put(part, new)


def _patch_chart(root: Element, moves: Moves, stale: Stale) -> None:
    """Ranges of the data; stored figures that are stale are left out, so that nobody sees them."""
    for element in list(root.iter("{*}f", "{*}sqref")):  # sqref: of what a filter of the chart hides
        if not element.text:
            continue
        element.text = moved(element.text, "", moves, stretch=not inside(element, "tx"))
        if stale.touches(element.text, ""):
            for cache in list(element.getparent().iterchildren(*_CACHES)):
                element.getparent().remove(cache)


def _patch_links(root: Element, attributes: tuple[str, ...], moves: Moves) -> None:
    for element in root.iter("*"):
        for name in attributes:
            if element.get(name):
                element.set(name, moved(element.get(name), "", moves))


def _patch_pivot(root: Element, moves: Moves, stale: Stale) -> None:
    """Pivot tables over a filled list read it anew when the workbook is opened."""
    source = next(root.iter("{*}worksheetSource"), None)
    if source is None:
        return
    sheet, area, name = (source.get(key, "") for key in ("sheet", "ref", "name"))
    move = moves.get(sheet.casefold())
    if move is not None and area:
        source.set("ref", moved_area(area, move, stretch=True) or area)
    named = name.casefold() in stale.tables and stale.touches(f"{name}[#All]", "")
    if move is not None or named or (name and stale.touches(name, "")):
        root.set("refreshOnLoad", "1")


def _move_pivot(root: Element, move: Move) -> None:
    """A pivot table that stands below the list moves down; one beside it stays."""
    for element in root.iter("{*}location"):
        area = element.attrib["ref"]
        if corners(area).top > move.last:
            element.set("ref", moved_area(area, move) or area)


def _patch_table(root: Element, move: Move, block: Block) -> None:
    area = root.attrib["ref"]
    left, top, right, bottom = corners(area)
    if block.table is not None and (top, left) == (block.table.top, block.table.left):
        bottom = move.new_last + block.table.totals
        root.set("ref", written_area(left, top, right, bottom))
        if root.get("insertRow") == "1":
            root.set("insertRow", "0")
    else:
        root.set("ref", moved_area(area, move) or area)
    moves = {block.sheet.casefold(): move}
    for element in list(root.iter("*")):
        match local(element):
            case "autoFilter":
                patch_filter(element, move, block)
            case "sortState" if element.getparent() is root:
                root.remove(element)  # the new rows are in our order
            case "calculatedColumnFormula" | "totalsRowFormula" if element.text:
                element.text = moved(element.text, block.sheet, moves)


def _patch_notes(root: Element, move: Move) -> None:
    for element in list(root.iter("{*}comment", "{*}threadedComment")):
        new = move.row(corners(element.attrib["ref"]).top)
        if new is None:
            element.getparent().remove(element)
        else:
            element.set("ref", f"{element.get('ref').rstrip('0123456789')}{new}")


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
