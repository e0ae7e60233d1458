"""Stored results of formulas that can be told for certain: sums over a filled column, copies of single figures.

All else is left to the program that opens the workbook; a figure that is not there cannot be wrong.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from app.sheets.layout.formulas import Reference, tokens
from app.sheets.layout.links import Links, Place
from app.sheets.layout.moves import Move
from app.sheets.list_writer import Cell, Money

_SUMS = (("SUM", "("), ("SUBTOTAL", "(", "9", ","), ("SUBTOTAL", "(", "109", ","))
"""How a formula begins that adds up a range and does nothing else."""


@dataclass(frozen=True, slots=True)
class FilledColumns:
    """What was put into a sheet: the move of its rows, and column -> place of its value in a row."""

    move: Move
    fields: Mapping[int, int]
    rows: Sequence[Sequence[Cell]]

    def cents(self, column: int) -> list[int | None] | None:
        """The amounts of a column; None if it holds anything else."""
        place = self.fields.get(column)
        if place is None:
            return None
        values = [row[place] for row in self.rows]
        if any(not isinstance(value, Money) and value is not None for value in values):
            return None
        return [value.cents if isinstance(value, Money) else None for value in values]


def say_results(found: Links, filled: Mapping[str, FilledColumns]) -> None:
    """Give every stale formula its result that is a sum over a filled column, or a copy of a figure that is known."""
    known: dict[Place, int] = {}

    @cache
    def amounts(sheet: str, column: int) -> list[int | None] | None:
        return filled[sheet].cents(column) if sheet in filled else None

    waiting = [one for places in found.formulas.values() for one in places.values() if one.stale]
    while True:
        before = len(known)
        for one in waiting:
            own = one.sheet.casefold()
            place = own, one.new_row, one.column
            read = _read(one.text) if place not in known and one.area is None else None
            if read is None:
                continue
            reference, is_sum = read
            sheet = own if reference.sheet is None else reference.sheet.casefold()
            column, last = reference.columns
            span = reference.span
            cents: int | None = None
            values = amounts(sheet, column) if column == last else None
            move = filled[sheet].move if sheet in filled else None
            if values is not None and move is not None and is_sum and span == (move.first, move.new_last):
                cents = sum(value or 0 for value in values)
            elif not reference.is_range:
                cents = known.get((sheet, span[0], column))
                if cents is None and values is not None and move is not None:
                    offset = span[0] - move.first
                    cents = values[offset] if 0 <= offset < len(values) else None
            if cents is not None:
                known[place] = cents
                one.result = repr(cents / 100).removesuffix(".0")
        if len(known) == before:
            return


def _read(formula: str) -> tuple[Reference, bool] | None:
    """The only reference of a formula, and whether it is summed; None for all other formulas."""
    parts = [token for token in tokens(formula) if token.text.strip()]
    if len(parts) == 1 and parts[0].reference is not None:
        return parts[0].reference, False
    texts = tuple(token.text.upper() for token in parts)
    for start in _SUMS:
        size = len(start)
        if texts[:size] == start and len(parts) == size + 2 and texts[-1] == ")":
            reference = parts[size].reference
            return None if reference is None else (reference, True)
    return None
