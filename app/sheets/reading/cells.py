"""Raw cells of a workbook as they stand in the file, before anybody reads a meaning into them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from app.domain.bookings.bookings import BookingField

MAX_SIGNS = 1_000_000
"""Characters of one cell, or of one line of a text file; Excel's own limit is 32.767 for a cell."""


class TooLongError(ValueError):
    """A cell or line has more than MAX_SIGNS characters."""


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell that holds an error (#N/A) or a formula without a stored result; never to be read as empty."""

    code: str

    @property
    def reason(self) -> str:
        """German sentence for a refusal."""
        if self.code == NO_RESULT.code:
            return "Die Formel hat kein gespeichertes Ergebnis. Bitte die Datei in Excel öffnen und neu speichern."
        return f"Die Zelle enthält den Fehlerwert {self.code}."


NO_RESULT = CellError("Formel ohne Ergebnis")

Cell = str | int | float | bool | date | datetime | time | CellError | None
"""None is an empty cell; text is never empty. Numbers of .xlsx are float, of .xls sometimes int."""

Row = list[Cell]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. `rows[0]` is its first row, rows may be shorter than others.

    `meaning`: field -> header text where the file's own format says what its columns mean. `apart`: row number from 1
    -> German reason of rows that the format itself marks as no spending.
    """

    name: str
    rows: list[Row]
    visible: bool = True
    meaning: Mapping[BookingField, str] = field(default_factory=dict)
    apart: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Workbook:
    """All worksheets of a file in their order; `base_1904`: serial dates count from 1904.

    `notices`: what was put right or looks odd while reading, German sentences.
    """

    sheets: list[Sheet] = field(default_factory=list)
    base_1904: bool = False
    notices: list[str] = field(default_factory=list)

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of that name, whatever its case and blanks around."""
        wanted = name.strip().casefold()
        return next((sheet for sheet in self.sheets if sheet.name.strip().casefold() == wanted), None)


def column_letters(index: int) -> str:
    """Column name of an index from 0: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """Index from 0 of a column name: A is 0, AA is 26."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


def stated_number(written: str | None) -> int:
    """A number in an attribute, such as how many columns a cell covers; 0 where there is none that can be meant."""
    return int(written) if written and written.isascii() and written.isdecimal() and len(written) < 10 else 0


def is_empty(row: Iterable[Cell]) -> bool:
    """Whether nothing but blanks stands in the row."""
    return all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in row)
