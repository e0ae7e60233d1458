"""Moves the extensions at the end of a sheet along: sparklines, newer conditional formats and validations."""

from xml.sax.saxutils import escape

from app.sheets.layout.areas import moved_areas
from app.sheets.layout.block import Block
from app.sheets.layout.formulas import moved, row_formula
from app.sheets.layout.grid import SheetGrid
from app.sheets.layout.moves import Move, Moves
from app.sheets.layout.package import declared_in, text_within
from app.sheets.reading.safe_xml import Element, child, inside, local

_FORMULA, _CELL = "\ufdd0", "\ufdd1"  # signs that stand in no text


def patch_extensions(grid: SheetGrid, top: Element, sheet: str, moves: Moves, block: Block | None) -> None:
    """Ranges and formulas in the text of elements. A sparkline of the sample row is repeated in every row."""
    move = moves.get(sheet.casefold())
    in_rows = {one for one in top.iter("{*}sparkline") if block and move and _stands_in_row(one, block)}
    for element in top.iter("{*}f", "{*}sqref"):
        if not element.text or element.getparent() in in_rows:
            continue
        if local(element) == "f":
            lines = inside(element, "sparkline", "sparklineGroup")
            element.text = moved(element.text, sheet, moves, stretch=lines)
        elif move is not None:
            stretch = not inside(element, "sparkline")
            element.text = moved_areas(element.text, move, stretch=stretch) or element.text
    for sparkline in in_rows:
        repeated = b""
        if move is not None and block is not None and _row_of(sparkline) == block.first:
            repeated = _repeated(sparkline, sheet, moves, move)
        grid.replace(sparkline, repeated)


def _stands_in_row(sparkline: Element, block: Block) -> bool:
    """Whether its cell is in the block's rows, often right beside its columns."""
    if child(sparkline, "f") is None:
        return False
    return block.first <= _row_of(sparkline) <= block.last


def _row_of(sparkline: Element) -> int:
    cell = (sparkline.findtext("{*}sqref") or "").strip()
    row = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return int(row) if row.isdecimal() else 0


def _repeated(sparkline: Element, sheet: str, moves: Moves, move: Move) -> bytes:
    """The text of a sparkline for every row."""
    formula, cell = sparkline.find("{*}f"), sparkline.find("{*}sqref")
    made = row_formula(formula.text or "", sheet, move.first, moves)
    letters = cell.text.strip().rstrip("0123456789")
    formula.text, cell.text = _FORMULA, _CELL
    text = text_within(sparkline, declared_in(sparkline.getparent())).decode()
    return "".join(
        text.replace(_FORMULA, escape(made.at(offset))).replace(_CELL, f"{letters}{move.first + offset}")
        for offset in range(move.new)
    ).encode()
