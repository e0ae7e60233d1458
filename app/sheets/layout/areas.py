"""Ranges that parts of a sheet name (merged cells, conditional formats, filters) after rows were put in."""

from app.sheets.layout.block import Block
from app.sheets.layout.book import corners
from app.sheets.layout.formulas import tokens
from app.sheets.layout.moves import Move
from app.sheets.reading.cells import column_letters


def moved_area(area: str, move: Move, *, stretch: bool = False) -> str | None:
    """One range such as `A5:F7`, `A5` or `A:A` afterwards; None: it is gone.

    `stretch`: a range of the only sample row is meant for all rows, as conditional formats and validations are.
    """
    try:
        left, top, right, bottom = corners(area)
    except ValueError:
        return _moved_lines(area, move)
    if top == bottom and not stretch:
        row = move.row(top)
        span = None if row is None else (row, row)
    else:
        span = move.span(top, bottom)
    if span is None:
        return None
    return written_area(left, span[0], right, span[1])


def moved_areas(areas: str, move: Move, *, stretch: bool = False) -> str:
    """Several ranges with blanks between; those that are gone are left out."""
    return " ".join(new for one in areas.split() if (new := moved_area(one, move, stretch=stretch)))


def written_area(left: int, top: int, right: int, bottom: int) -> str:
    """A range from its corners (columns from 0, rows from 1)."""
    first, last = f"{column_letters(left)}{top}", f"{column_letters(right)}{bottom}"
    return first if first == last else f"{first}:{last}"


def lies_in(area: str, block: Block) -> bool:
    """Whether a range lies within the columns and old rows of the block."""
    try:
        left, top, right, bottom = corners(area)
    except ValueError:
        return False
    return block.first <= top and bottom <= block.last and block.left <= left and right <= block.right


def _moved_lines(area: str, move: Move) -> str | None:
    """Whole rows `5:7`, or whole columns, which stay."""
    reference = next((token.reference for token in tokens(area) if token.reference), None)
    if reference is None or reference.row is None or reference.column:
        return area
    span = move.span(*reference.span)
    return None if span is None else f"{span[0]}:{span[1]}"
