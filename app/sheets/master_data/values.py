"""Translates between cells of the master data workbook, values, and the words in which people read them."""

from datetime import date, datetime, time
from decimal import Decimal

from app.domain.clean_text import trimmed
from app.domain.dates import german
from app.domain.errors import UserError
from app.domain.master_data.sheets import SEPARATOR, CellKind, MasterColumn, Value
from app.domain.money import amount
from app.domain.parsing import (
    AmountError,
    DateError,
    parse_amount,
    parse_date,
    parse_decimal,
    parse_whole,
    plain_text,
    repair_text,
)
from app.domain.terms import Worded, find, words
from app.sheets.reading.cells import Cell, CellError

LONGEST_TEXT = 32_767
"""Characters that a cell of a workbook can hold."""

_YES, _NO = {"ja", "j", "x", "wahr", "1", "yes", "true"}, {"nein", "n", "falsch", "0", "no", "false", "-"}


class MeaningError(ValueError):
    """A cell that cannot be what its column needs; `reason` is a German sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def is_empty(cell: Cell) -> bool:
    """Is there nothing to see in the cell?"""
    return cell is None or (isinstance(cell, str) and not plain_text(cell))


def as_text(cell: Cell, kind: CellKind = CellKind.TEXT) -> str:
    """A cell as the text a person reads in it; for identifiers a number is its digits."""
    if cell is None:
        return ""
    if isinstance(cell, CellError):
        return cell.code
    if isinstance(cell, str):
        return tidy(cell) if kind is CellKind.TEXT else plain_text(tidy(cell))
    if isinstance(cell, bool):
        return "ja" if cell else "nein"
    if isinstance(cell, datetime):
        day = german(cell.date())
        return day if cell.time() == time() else f"{day} {cell:%H:%M}"
    if isinstance(cell, date):
        return german(cell)
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    digits = f"{cell:.15g}" if isinstance(cell, float) else str(cell)
    if "e" in digits:
        digits = format(Decimal(digits), "f")
    return digits if kind is CellKind.CODE else digits.replace(".", ",")


def tidy(text: str) -> str:
    """Text as it is stored: mojibake put right, then cleaned and trimmed."""
    return trimmed(repair_text(text))


def meaning(column: MasterColumn, cell: Cell, *, base_1904: bool = False) -> Value:
    """The value of a cell that is not empty; references stay the text that names them. Raises MeaningError."""
    if isinstance(cell, CellError):
        raise MeaningError(cell.reason)
    if column.named and isinstance(cell, str) and plain_text(cell).casefold() == column.named[0].casefold():
        return column.named[1]
    try:
        value = _meaning(column, cell, base_1904)
    except (AmountError, DateError) as error:
        raise MeaningError(error.reason) from error
    _check_limits(column, value)
    return value


def _meaning(column: MasterColumn, cell: Cell, base_1904: bool) -> Value:
    match column.kind:
        case CellKind.TEXT:
            return as_text(cell)
        case CellKind.CODE | CellKind.LINK:
            return as_text(cell, CellKind.CODE)
        case CellKind.LINKS:
            entries = (plain_text(entry) for entry in as_text(cell, CellKind.CODE).split(SEPARATOR))
            return tuple(dict.fromkeys(entry for entry in entries if entry))
        case CellKind.DATE:
            if isinstance(cell, time | CellError) or cell is None:
                raise MeaningError("Eine Uhrzeit ist kein Datum.")
            return parse_date(cell, base_1904=base_1904)
        case CellKind.CHOICE:
            return _choice(column, as_text(cell))
        case CellKind.YES_NO:
            return _yes_or_no(as_text(cell))
        case _:
            return _number(column.kind, cell)


def _number(kind: CellKind, cell: Cell) -> Value:
    if isinstance(cell, date | time | CellError):
        raise MeaningError("Hier gehört eine Zahl hin, kein Datum.")
    number = 0 if cell is None else cell
    if kind is CellKind.AMOUNT:
        return parse_amount(number)
    if isinstance(number, str):
        number = number.strip().removesuffix("%")
    return parse_whole(number) if kind is CellKind.WHOLE else parse_decimal(number)


def _choice(column: MasterColumn, text: str) -> Worded:
    assert column.choices is not None
    found = find(column.choices, text)
    if found is None:
        raise MeaningError(f"„{text}“ gibt es hier nicht. Möglich: {', '.join(words(column.choices))}.")
    return found


def _yes_or_no(text: str) -> bool:
    if text.casefold() in _YES | _NO:
        return text.casefold() in _YES
    raise MeaningError(f"„{text}“ ist weder ja noch nein.")


def _check_limits(column: MasterColumn, value: Value) -> None:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return
    if column.least is not None and value < column.least:
        raise MeaningError(f"Der Wert darf nicht kleiner als {_limit(column, column.least)} sein.")
    if column.most is not None and value > column.most:
        raise MeaningError(f"Der Wert darf nicht größer als {_limit(column, column.most)} sein.")


def _limit(column: MasterColumn, limit: int) -> str:
    return amount(limit) if column.kind is CellKind.AMOUNT else str(limit)


def cell_of(column: MasterColumn, value: Value) -> Cell:
    """What the workbook holds for a value: numbers and dates as such, words in German, lists in one cell.

    Raises UserError for a text longer than a cell can be.
    """
    if value is None or value == "" or value == ():
        return None
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, Worded):
        return value.word
    if isinstance(value, tuple):
        return f"{SEPARATOR} ".join(value)
    if isinstance(value, Decimal):
        number = float(value)
        return number if Decimal(repr(number)) == value else f"{value.normalize():f}".replace(".", ",")
    if column.named and value == column.named[1]:
        return column.named[0]
    if column.kind is CellKind.AMOUNT and isinstance(value, int):
        return value / 100
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        raise UserError(
            f"Ein Text in der Spalte „{column.name}“ ist länger als {LONGEST_TEXT} Zeichen und passt in keine Zelle: "
            f"„{value[:60]} …“. Bitte den Text kürzen."
        )
    return value


def shown(column: MasterColumn, value: Value) -> str:
    """A value as people read it in the preview."""
    if column.kind is CellKind.AMOUNT and isinstance(value, int):
        return amount(value)
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",")
    if isinstance(value, date):
        return german(value)
    cell = cell_of(column, value)
    return "" if cell is None else str(cell)


def same(column: MasterColumn, cell: Cell, new: Value, old: Value) -> bool:
    """Does a cell say what is stored already? True as well for a cell that an export of `old` would hold."""
    if new == old or cell == cell_of(column, old):
        return True
    if isinstance(new, tuple) and isinstance(old, tuple) and not column.ordered:
        return set(new) == set(old)
    return isinstance(new, str) and isinstance(old, str) and new == tidy(old)


def stands_already(column: MasterColumn, cell: Cell, old: Value) -> bool:
    """Is the cell exactly what an export of `old` holds? Asked before the cell is checked.

    What is stored must come back unchanged, even where an import would not take it as something new.
    """
    there = cell_of(column, old)
    if isinstance(cell, datetime) and not isinstance(there, datetime):
        cell = cell.date() if cell.time() == time() else cell
    if is_empty(cell) or is_empty(there):
        return is_empty(cell) and is_empty(there)
    return cell == there and isinstance(cell, str) == isinstance(there, str)
