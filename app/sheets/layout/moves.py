"""Where rows go when a block of rows of one sheet is replaced by more or fewer rows."""

from collections.abc import Mapping
from dataclasses import dataclass

MAX_ROW = 1_048_576
MAX_COLUMN = 16_384


@dataclass(frozen=True, slots=True)
class Move:
    """The rows `first` .. `first + old - 1` of a sheet become `new` rows; what stands below moves. Rows count from 1.

    `old` may be 0 (rows are only put in); `new` is at least 1 where `old` is, so that no reference loses its place.
    """

    first: int
    old: int
    new: int

    @property
    def last(self) -> int:
        """The last row before; `first` - 1 where rows are only put in."""
        return self.first + self.old - 1

    @property
    def new_last(self) -> int:
        """The last row afterwards."""
        return self.first + self.new - 1

    @property
    def delta(self) -> int:
        """By how many rows everything below moves down."""
        return self.new - self.old

    def row(self, row: int) -> int | None:
        """Where one row goes; None: it is no longer there. The last row stays the last one."""
        if row < self.first:
            return row
        if row > self.last:
            return row if row == MAX_ROW else min(row + self.delta, MAX_ROW)
        if row == self.last and self.old > 1:
            return self.new_last
        return row if row <= self.new_last else None

    def span(self, top: int, bottom: int) -> tuple[int, int] | None:
        """Where a range of rows goes; one that ends with the block ends with the new block."""
        if top == bottom and (self.old != 1 or top != self.first):
            row = self.row(top)
            return None if row is None else (row, row)
        new_top, new_bottom = self._top(top), self._bottom(bottom)
        return (new_top, new_bottom) if new_top <= new_bottom else None

    def _top(self, top: int) -> int:
        if top <= self.first:
            return top + (self.delta if self.old == 0 and top == self.first else 0)
        if top > self.last:
            return top + self.delta
        return self.new_last if top == self.last else min(top, self.new_last + 1)

    def _bottom(self, bottom: int) -> int:
        if bottom < self.first or bottom == MAX_ROW:
            return bottom
        if bottom > self.last:
            return min(bottom + self.delta, MAX_ROW)
        return self.new_last if bottom == self.last else min(bottom, self.new_last)


Moves = Mapping[str, Move]
"""Sheet name, case folded -> what happens on it."""
