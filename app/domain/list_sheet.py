"""A list as it is shown in the window, in words: what goes onto paper."""

from dataclasses import dataclass

from app.domain.counting import counted, dotted


@dataclass(frozen=True, slots=True)
class ListSheet:
    """`rows`: the texts of the cells in the order of the `titles`; `totals`: the same for the sums below, or nothing.

    `right`: the places of the columns whose figures stand at the right. `filters`: in words; `all_rows`: how many rows
    the list has without them.
    """

    title: str
    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: frozenset[int] = frozenset()
    totals: tuple[str, ...] = ()
    filters: str = ""
    all_rows: int = 0

    @property
    def count(self) -> str:
        """ "120 Zeilen", "5 von 120 Zeilen"."""
        if self.all_rows > len(self.rows):
            return f"{dotted(len(self.rows))} von {counted(self.all_rows, 'Zeile', 'Zeilen')}"
        return counted(len(self.rows), "Zeile", "Zeilen")
