"""Settings for reading a finance file where it does not say so itself: made by hand, kept with a profile."""

from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any

from app.domain.terms import Worded


class AmountSign(Worded):
    """Which sign money spent has in the file; in the program it is positive (exchange.md, Amounts)."""

    SPENDING_POSITIVE = "spending_positive", "positiv"
    SPENDING_NEGATIVE = "spending_negative", "negativ"


class DebitCredit(Worded):
    """What an H in the column S/H does. AUTOMATIC: it turns the sign where all amounts are positive (exchange.md)."""

    AUTOMATIC = "automatic", "selbst erkennen"
    TURN = "turn", "H dreht immer"
    IGNORE = "ignore", "nicht beachten"


class Unit(Worded):
    """What the amounts count. AUTOMATIC: what the file says of itself, else Euro."""

    AUTOMATIC = "automatic", "selbst erkennen"
    EURO = "euro", "Euro"
    THOUSAND = "thousand", "Tausend (T€)"

    @property
    def factor(self) -> int:
        """Euro for one of it."""
        return 1000 if self is Unit.THOUSAND else 1


class DateOrder(Worded):
    """The order of a date's parts where its text could mean several. AUTOMATIC: the day first, as a German reads it.

    A year of four digits in front, eight digits in a row and real dates are clear in any order.
    """

    AUTOMATIC = "automatic", "Tag zuerst"
    MONTH_FIRST = "month_first", "Monat zuerst"
    YEAR_FIRST = "year_first", "Jahr zuerst"


class HeaderLines(Worded):
    """How many rows the column names take. NONE: the file has none, its columns are named by their letters."""

    ONE = "one", "eine Zeile"
    TWO = "two", "zwei Zeilen"
    NONE = "none", "keine Kopfzeile"


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """How one file, or each file of one kind, is read.

    `header_row`, `last_row`: row numbers from 1, None: found, and to the end; they hold for one file only. With two
    header lines it is the lower one. `header_mark`, `end_mark`: what stands in their place in a profile, because the
    next file is longer: the fingerprint of the header, and how the first row after the last begins (`mark_of`).
    """

    sign: AmountSign = AmountSign.SPENDING_POSITIVE
    debit_credit: DebitCredit = DebitCredit.AUTOMATIC
    unit: Unit = Unit.AUTOMATIC
    date_order: DateOrder = DateOrder.AUTOMATIC
    header_lines: HeaderLines = HeaderLines.ONE
    header_row: int | None = None
    last_row: int | None = None
    header_mark: str = ""
    end_mark: str = ""

    def unit_of(self, detected: Unit) -> Unit:
        """What amounts count: as set by hand, else as `detected` in the file."""
        return detected if self.unit is Unit.AUTOMATIC else self.unit

    def as_json(self) -> dict[str, Any]:
        """What a profile keeps: all that is not the default and holds for other files, too."""
        plain = ReadSettings()
        return {
            name: value
            for name, value in asdict(self).items()
            if name not in _OF_ONE_FILE and value != getattr(plain, name)
        }


_OF_ONE_FILE = ("header_row", "last_row", "header_mark")
_KINDS: dict[str, type[StrEnum]] = {
    "sign": AmountSign,
    "debit_credit": DebitCredit,
    "unit": Unit,
    "date_order": DateOrder,
    "header_lines": HeaderLines,
}


def from_json(values: dict[str, Any]) -> ReadSettings:
    """The settings that `as_json` wrote."""
    known = {field.name for field in fields(ReadSettings)}
    read: dict[str, Any] = {
        name: _KINDS[name](value) if name in _KINDS else value
        for name, value in values.items()
        if name in known
    }
    return ReadSettings(**read)


def mark_of(text: str) -> str:
    """The letters of a text: what stays the same of "Erstellt am 03.04.2026" next month; "" if they are too few."""
    letters = "".join(sign for sign in text.casefold() if sign.isalpha())
    return letters if len(letters) > 3 else ""
