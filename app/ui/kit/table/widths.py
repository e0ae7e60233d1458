"""How the room of a table is shared among its columns: pure arithmetic, without a window."""

from collections.abc import Sequence
from dataclasses import dataclass

MOST = 2.5
"""So many times its declared width a column is served before any other gets more for its longest words."""

ENOUGH = 1.5
"""So many times its declared width a column keeps when another one comes into the table."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What one column asks for, in pixels.

    `least`: what it keeps where room is short; `start`: as declared; `needed`: shows title and values uncut.
    `fixed`: she dragged it, `start` is its width whatever the others need. `stretch`: takes what nobody needs.
    """

    least: int
    start: int
    needed: int
    fixed: bool = False
    stretch: bool = False

    @property
    def modest(self) -> int:
        """What it needs of its declared width."""
        return self.stages[min(1, len(self.stages) - 1)]

    @property
    def comfort(self) -> int:
        """What it needs, long words aside: so much it keeps when a further column asks for room."""
        return self.start if self.fixed else min(self.needed, round(self.start * ENOUGH))

    @property
    def stages(self) -> tuple[int, ...]:
        """The widths it would like to reach, one after the other; all columns reach one before the next counts."""
        if self.fixed:
            return (self.start,)
        capped = min(self.needed, max(self.start, round(self.start * MOST)))
        steps = [self.least, min(self.start, self.needed), capped, self.needed, max(self.start, self.needed)]
        return tuple(max(steps[: place + 1]) for place in range(len(steps)))


def shared(wishes: Sequence[Wish], room: int) -> list[int]:
    """A width for each column.

    Room goes to the columns that are cut, in proportion to what they lack, first up to their declared widths; what
    nobody needs goes to the stretching column. Less than `least` none gets: then the table is wider than its room.
    """
    widths = [wish.stages[0] for wish in wishes]
    for stage in range(1, 5):
        lacks = [
            wish.stages[min(stage, len(wish.stages) - 1)] - width
            for wish, width in zip(wishes, widths, strict=True)
        ]
        left, lack = room - sum(widths), sum(lacks)
        if left <= 0:
            return widths
        if lack > left:
            return _in_proportion(widths, lacks, left)
        widths = [width + more for width, more in zip(widths, lacks, strict=True)]
    for place, wish in enumerate(wishes):
        if wish.stretch and not wish.fixed:
            widths[place] += max(room - sum(widths), 0)
    return widths


def _in_proportion(widths: list[int], lacks: list[int], left: int) -> list[int]:
    """All of `left` goes to those that lack something; the sum of the roundings to the last of them."""
    whole = sum(lacks)
    more = [lack * left // whole for lack in lacks]
    last = max(place for place, lack in enumerate(lacks) if lack)
    more[last] += left - sum(more)
    return [width + extra for width, extra in zip(widths, more, strict=True)]
