"""A list as it is shown in the window, in words: what goes onto paper."""

from dataclasses import dataclass

from app.domain.counting import counted, dotted


@dataclass(frozen=True, slots=True)
class ListSheet:
    """`rows`: the texts of the cells in the order of the `titles`; `totals`: the same for the sums below, or nothing.

    `shown` of `all_rows` are among them: a list may bring rows of sums along, and filters may keep rows away.
    `right`: the places of the columns whose figures stand at the right; `sums`: of the rows that sum up others.
    `filters`: in words.
    """

    title: str
    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shown: int
    all_rows: int
    right: frozenset[int] = frozenset()
    totals: tuple[str, ...] = ()
    filters: str = ""
    sums: frozenset[int] = frozenset()

    @property
    def count(self) -> str:
        """ "120 Zeilen", "5 von 120 Zeilen"."""
        if self.all_rows > self.shown:
            return f"{dotted(self.shown)} von {counted(self.all_rows, 'Zeile', 'Zeilen')}"
        return counted(self.shown, "Zeile", "Zeilen")
