"""Signs by which a row of any list looks like a total: stars, and words such as Summe."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from app.sheets.reading.cells import Cell

_STARS = re.compile(r"\*+")
_TOTAL_WORD = re.compile(
    r"\b(?:zwischen|teil|end|gesamt|monats|quartals|jahres|zeilen|auftrags)?(?:summen?|ergebnis)\b|\bgesamt\b|\bübertrag\b"
)


class TotalMarks(NamedTuple):
    """What makes a row look like a total: the most stars in one cell, and its words."""

    stars: int
    words: str

    @property
    def any(self) -> bool:
        """Whether the row looks like a total at all."""
        return bool(self.stars or self.words)


def marks(cells: Iterable[Cell]) -> TotalMarks:
    """The signs of a total in these cells."""
    stars = 0
    words = []
    for cell in cells:
        if isinstance(cell, str):
            text = cell.strip()
            leading = _STARS.match(text)
            if leading and (
                leading.end() == len(text)
                or text[leading.end()] == " "
                or _TOTAL_WORD.search(text.casefold())
            ):
                stars = max(stars, leading.end())
            if _TOTAL_WORD.search(text.casefold()):
                words.append(text.casefold())
    return TotalMarks(stars, " ".join(words))
