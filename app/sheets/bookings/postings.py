"""From raw cells of finance's file to checked postings: which sheet, which rows count, what each says."""

from collections.abc import Mapping
from math import log2
from typing import NamedTuple

from app.domain.bookings.bookings import BookingField, Shape
from app.domain.bookings.read_settings import ReadSettings, Unit
from app.domain.errors import UserError
from app.sheets.bookings.budget_lists import is_sums_only, sums_only
from app.sheets.bookings.columns import Columns, find_columns
from app.sheets.bookings.cumulative_rows import CumulativeRows
from app.sheets.bookings.file import BookingFile
from app.sheets.bookings.rows import PostingRows
from app.sheets.reading.cells import Sheet, Workbook

_TELLING = (BookingField.DAY, BookingField.AMOUNT, BookingField.INTERNAL_ORDER)
"""Without these a row is no booking; sheets are weighed by the rows that have them."""

_NAMED_SHEETS = 5  # in a sentence; all of them are offered in the window

Profile = Mapping[BookingField, str]
"""Field -> header text, assigned once by hand; an empty text: the file has no such column."""


class Candidate(NamedTuple):
    """A sheet with the columns that were found in it."""

    sheet: Sheet
    columns: Columns


def candidates(
    workbook: Workbook, profile: Profile | None = None, settings: ReadSettings | None = None
) -> list[Candidate]:
    """The sheets in which something was recognised, the best one first.

    Complete ones before incomplete, visible before hidden, then those that hold more: fields, weighed by their rows.
    """
    found = [
        Candidate(sheet, columns)
        for sheet in workbook.sheets
        if (columns := find_columns(sheet, profile, settings)) is not None
    ]
    return sorted(
        found,
        key=lambda c: (c.columns.shape is not None, c.sheet.visible, _weight(c) if len(found) > 1 else 0.0),
        reverse=True,
    )


def _weight(candidate: Candidate) -> float:
    """How much a sheet holds. A pivot table with many fields and three rows is less than the list it was made from."""
    sheet, columns = candidate
    needed = [columns.index[of] for of in _TELLING if of in columns.index]
    last = max(needed, default=-1)
    rows = sum(
        len(row) > last and all(row[column] is not None for column in needed)
        for row in sheet.rows[columns.header_row + 1 :]
    )
    return (len(columns.index) + len(columns.months)) * log2(2 + rows)


def _said_of_others(sheet: Sheet, others: list[Candidate]) -> str:
    named = others if len(others) <= _NAMED_SHEETS + 1 else others[:_NAMED_SHEETS]
    names = ", ".join(
        f"„{other.sheet.name}“{'' if other.sheet.visible else ' (ausgeblendet)'}" for other in named
    )
    if len(named) < len(others):
        names += f" und {len(others) - len(named)} weitere Blätter"
    verb = "sieht" if len(others) == 1 else "sehen"
    return (
        f"Gelesen wird nur das Blatt „{sheet.name}“. Auch {names} {verb} nach Buchungen aus; im Programm lässt sich "
        "unter „Spalten“ ein anderes Blatt wählen."
    )


def read_bookings(
    workbook: Workbook, file: str, profile: Profile | None = None, settings: ReadSettings | None = None
) -> BookingFile:
    """The postings of the best sheet; raises UserError when no sheet has the needed columns or any row.

    `profile` and `settings` are what was chosen by hand, for this file or for one like it.
    """
    settings = settings or ReadSettings()
    found = candidates(workbook, profile, settings)
    if not found or found[0].columns.shape is None:
        raise UserError(_what_is_missing(workbook, file, found))
    sheet, columns = found[0]
    shape = columns.shape or Shape.POSTINGS
    result = BookingFile(file, sheet.name, shape, columns, settings, notices=list(workbook.notices))
    if others := [other for other in found[1:] if other.columns.shape is not None]:
        result.notices.append(_said_of_others(sheet, others))
    if result.unit is Unit.THOUSAND:
        result.notices.append("Die Beträge der Liste sind in T€ und wurden in Euro umgerechnet.")
    reader = PostingRows if shape is Shape.POSTINGS else CumulativeRows
    reader(result, workbook.base_1904).read(sheet)
    if not result.postings and not result.rejected:
        raise UserError(
            f"Im Blatt „{sheet.name}“ von „{file}“ steht unter der Kopfzeile keine Buchung. Bitte prüfen, ob es die "
            "richtige Datei ist."
        )
    return result


def _what_is_missing(workbook: Workbook, file: str, found: list[Candidate]) -> str:
    if not any(sheet.rows for sheet in workbook.sheets):
        return f"Die Datei „{file}“ enthält keine Daten. Bitte eine Datei mit Buchungen wählen."
    if not found:
        return (
            f"In „{file}“ ist keine Kopfzeile mit bekannten Spalten (etwa Buchungsdatum und Betrag). Bitte die Spalten "
            "im Programm zuordnen oder eine andere Datei wählen."
        )
    sheet, columns = found[0]
    if BookingField.DAY not in columns.index and is_sums_only(columns.headers):
        return sums_only(file, sheet.name)
    words = {BookingField.DAY: "das Buchungsdatum", BookingField.AMOUNT: "den Betrag"}
    missing = [word for field, word in words.items() if field not in columns.index]
    row = f" in Zeile {columns.header_row + 1}" if columns.header_row >= 0 else ""
    return (
        f"Im Blatt „{sheet.name}“ von „{file}“ fehlt{row} eine Spalte für "
        f"{' und für '.join(missing)}. Bitte die Spalten im Programm zuordnen oder eine vollständige Datei wählen."
    )
