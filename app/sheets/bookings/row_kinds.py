"""Rows of a finance file that are no bookings: totals, repeated headers, notes; and which total is the grand one."""

import re
from dataclasses import dataclass

from app.sheets.bookings.columns import Columns, folded
from app.sheets.reading.cells import Cell, Row
from app.sheets.reading.total_marks import TotalMarks, marks

_GRAND_WORD = re.compile(r"\bgesamt(?:summe|ergebnis)?\b|\bend(?:summe|ergebnis)\b")
_CARRIED = re.compile(r"\bübertrag\b")
_CODE = re.compile(r"(?=\S*\d)\S+|\d[\d ]*\d")


def is_code(cell: Cell) -> bool:
    """Whether a cell can be a document number or an order: not a sentence and not the label of a total."""
    if isinstance(cell, str):
        text = cell.strip()
        return bool(_CODE.fullmatch(text)) and not marks((text,)).any
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def is_repeated_header(row: Row, columns: Columns) -> bool:
    """Whether the row says again what the header says, at least in two columns and in most it fills."""
    filled = [(index, cell) for index, cell in enumerate(row) if isinstance(cell, str) and cell.strip()]
    same = sum(
        index < len(columns.headers) and folded(cell) != "" and folded(cell) == folded(columns.headers[index])
        for index, cell in filled
    )
    return same >= min(2, len(columns.index)) and same * 2 > len(filled)


@dataclass(frozen=True, slots=True)
class Total:
    """A total row: how many bookings stood above it, what marks it, and its amount in cents."""

    after: int
    marks: TotalMarks
    amount_cents: int


def grand_total(totals: list[Total], bookings: int) -> int | None:
    """The file's own grand total in cents; None if it has only sub-totals.

    It is the one total marked higher than all others (Gesamt, or the most stars); else the only total, or the second
    of two totals in a row, when all bookings stand above it.
    """
    totals = [total for total in totals if not _CARRIED.search(total.marks.words)]
    if not totals:
        return None
    ranks = [(bool(_GRAND_WORD.search(total.marks.words)), total.marks.stars) for total in totals]
    highest = max(ranks)
    if ranks.count(highest) == 1 and (len(totals) > 1 or highest[0]):
        return totals[ranks.index(highest)].amount_cents
    last = totals[-1]
    if last.after == bookings and (len(totals) == 1 or totals[-2].after == bookings):
        return last.amount_cents
    return None
