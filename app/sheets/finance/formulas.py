"""Formulas that sum amounts by a name, also for names that a spreadsheet would read as something else."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

_HARMLESS = re.compile(r"[A-Za-zÄÖÜäöüß][A-Za-zÄÖÜäöüß0-9 ._/-]{0,99}")


@dataclass(frozen=True, slots=True)
class Range:
    """A column of a detail sheet below its header; at least one row, so that a formula has something to read."""

    sheet: str
    letter: str
    rows: int

    def __str__(self) -> str:
        return f"{self.sheet}!${self.letter}$2:${self.letter}${max(self.rows, 1) + 1}"


@dataclass(frozen=True, slots=True)
class Only:
    """A further condition: rows where `column` holds exactly this harmless word."""

    column: Range
    word: str


class FormulaNames:
    """Which names SUMIFS tells apart.

    To SUMIFS "007" equals "7", "b1" equals "B1", "*" is any text and "<5" a comparison; such names are compared
    with EXACT instead, which costs time but is right.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._count = Counter(name.casefold() for name in set(names))

    def are_told_apart(self, name: str) -> bool:
        """Whether SUMIFS finds exactly the rows of this name."""
        return bool(_HARMLESS.fullmatch(name)) and self._count[name.casefold()] <= 1

    def total(self, amounts: Range, by: Range, cell: str, name: str, only: Only | None = None) -> str:
        """Formula (without "=") for the sum of `amounts` where `by` is the name in `cell`."""
        if self.are_told_apart(name):
            further = f',{only.column},"{only.word}"' if only else ""
            return f"SUMIFS({amounts},{by},{cell}{further})"
        further = f'*({only.column}="{only.word}")' if only else ""
        return f"SUMPRODUCT(EXACT({by},{cell}){further}*{amounts})"
