"""What newer versions of Excel keep at the end of a sheet: sparklines, newer conditional formats and validations."""

from collections.abc import Iterator, Sequence

from app.sheets.layout.areas import moved_areas
from app.sheets.layout.block import Block
from app.sheets.layout.formulas import moved, row_formula
from app.sheets.layout.markup import Edits, Element, escaped
from app.sheets.layout.moves import Move, Moves


def patch_extensions(
    found: Sequence[Element], edits: Edits, sheet: str, moves: Moves, block: Block | None
) -> None:
    """Ranges and formulas in the text of elements. A sparkline of the sample row is repeated in every row."""
    move = moves.get(sheet.casefold())
    in_rows = _sparklines_in(found, edits, block) if block and move else {}
    for element in found:
        if element.start in in_rows or (element.parent and element.parent.start in in_rows):
            continue
        if element.is_empty or element.name not in ("f", "sqref"):
            continue
        text = edits.text(element)
        if element.name == "f":
            lines = element.inside("sparkline", "sparklineGroup")
            edits.set_text(element, moved(text, sheet, moves, stretch=lines))
        elif move is not None:
            edits.set_text(element, moved_areas(text, move, stretch=not element.inside("sparkline")) or text)
    if block and move:
        for start, (sparkline, formula, place) in in_rows.items():
            row = int("".join(filter(str.isdigit, place)))
            if row != block.first:
                edits.remove(sparkline)
                continue
            copies = _copies(edits.data, sparkline, formula, found, sheet, moves, move)
            edits.replace(start, sparkline.end, b"".join(copies))


def _sparklines_in(
    found: Sequence[Element], edits: Edits, block: Block
) -> dict[int, tuple[Element, str, str]]:
    """Sparklines that stand in rows of the block, by where they begin: element, formula, cell."""
    result = {}
    inner: dict[int, dict[str, str]] = {}
    for one in found:
        if one.parent is not None and one.parent.name == "sparkline":
            inner.setdefault(one.parent.start, {})[one.name] = edits.text(one)
    for element in found:
        inside = inner.get(element.start, {})
        if "f" in inside and _stands_in_row(inside.get("sqref", "").strip(), block):
            result[element.start] = (element, inside["f"], inside["sqref"].strip())
    return result


def _stands_in_row(cell: str, block: Block) -> bool:
    """Whether it is a cell of the block's rows, often right beside its columns."""
    row = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return row.isdecimal() and block.first <= int(row) <= block.last


def _copies(
    data: bytes,
    sparkline: Element,
    formula: str,
    found: Sequence[Element],
    sheet: str,
    moves: Moves,
    move: Move,
) -> Iterator[bytes]:
    parts = {one.name: one for one in found if one.parent is sparkline}
    made = row_formula(formula, sheet, move.first, moves)
    letters = data[parts["sqref"].inner : parts["sqref"].close].decode().strip().rstrip("0123456789")
    for offset in range(move.new):
        copy = Edits(data[sparkline.start : sparkline.end])
        for name, text in (("f", made.at(offset)), ("sqref", f"{letters}{move.first + offset}")):
            part = parts[name]
            copy.replace(part.inner - sparkline.start, part.close - sparkline.start, escaped(text).encode())
        yield copy.result()
