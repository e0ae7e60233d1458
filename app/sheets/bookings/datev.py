"""DATEV's "Buchungsstapel" (EXTF): two header lines, days without year, debit and credit between two accounts.

A row debits (S) or credits (H) `Konto`, the other side is `Gegenkonto`; amounts are positive. "70001 H, 4271000" and
"4271000 S, 70001" say the same, so rows are turned until `Konto` is the account of cost or income: S is spending then.
Source: DATEV-Format, Buchungsstapel (format category 21), header fields 13 to 16 and 22.
"""

import re
from datetime import date
from pathlib import Path
from typing import NamedTuple

from app.domain.bookings.bookings import BookingField
from app.domain.dates import add_months
from app.domain.errors import UserError
from app.domain.parsing import DateError, parse_date
from app.sheets.bookings.columns import folded
from app.sheets.reading.cells import Cell, Row, Sheet, Workbook

_CATEGORY, _FORMAT = 2, 3
_YEAR_BEGIN, _ACCOUNT_LENGTH, _FIRST_DAY, _LAST_DAY = 12, 13, 14, 15
_BATCH = "21"
_USUAL_ACCOUNT_LENGTH = 4

_NAMES = {
    BookingField.AMOUNT: "Umsatz (ohne Soll/Haben-Kz)",
    BookingField.DEBIT_CREDIT: "Soll/Haben-Kennzeichen",
    BookingField.CURRENCY: "WKZ Umsatz",
    BookingField.ACCOUNT: "Konto",
    BookingField.DAY: "Belegdatum",
    BookingField.DOCUMENT_NUMBER: "Belegfeld 1",
    BookingField.TEXT: "Buchungstext",
    BookingField.COST_CENTRE: "KOST1 - Kostenstelle",
    BookingField.INTERNAL_ORDER: "KOST2 - Kostenstelle",
}
_CONTRA = "Gegenkonto (ohne BU-Schlüssel)"
_EURO_AMOUNT, _EURO_CODE = "Basis-Umsatz", "WKZ Basis-Umsatz"
_TAX_KEY, _REVERSED = "BU-Schlüssel", "Generalumkehr (GU)"
_REVERSING_KEYS = "23678"
"""First digit of a tax key of two digits that reverses a booking (Generalumkehr)."""

PAYMENT = "Zahlung zwischen Personenkonto und Bank, keine Ausgabe"


class _Header(NamedTuple):
    """What the first line says: the financial year's first day, the days of the batch, digits of ledger accounts."""

    year_begin: date | None
    first: date | None
    last: date | None
    account_length: int


def is_batch(rows: list[Row]) -> bool:
    """Whether a text table is a file in DATEV's format."""
    return bool(rows) and bool(rows[0]) and rows[0][0] in ("EXTF", "DTVF") and len(rows[0]) > _FORMAT


def understood(path: Path, workbook: Workbook) -> Workbook:
    """A text table in DATEV's format with complete dates, seen from the accounts of cost; any other as it is.

    Raises UserError for other DATEV files (addresses, account names) and without column names.
    """
    rows = workbook.sheets[0].rows if len(workbook.sheets) == 1 else []
    if not is_batch(rows):
        return workbook
    notices = workbook.notices
    header_line = rows[0]
    if str(header_line[_CATEGORY]) != _BATCH:
        raise UserError(
            f"„{path.name}“ ist eine DATEV-Datei mit „{header_line[_FORMAT]}“, nicht mit Buchungen. Bitte in DATEV den "
            "„Buchungsstapel“ ausgeben lassen."
        )
    places = {folded(str(cell)): index for index, cell in enumerate(rows[1] if len(rows) > 1 else []) if cell}
    if folded(_NAMES[BookingField.AMOUNT]) not in places or folded(_NAMES[BookingField.DAY]) not in places:
        raise UserError(
            f"In der DATEV-Datei „{path.name}“ fehlt die zweite Zeile mit den Spaltennamen. Bitte den Buchungsstapel "
            "mit Überschriften ausgeben lassen."
        )
    batch = _Batch(_header(header_line), places)
    apart = {}
    for number, row in enumerate(rows[2:], start=3):
        if row and batch.turn(row):
            apart[number] = PAYMENT
    if apart:
        many = "1 Zahlung" if len(apart) == 1 else f"{len(apart)} Zahlungen"
        notices.append(f"{many} zwischen Personenkonto und Bank ohne Kostenstelle wurden übersprungen.")
    meaning = {of: name for of, name in _NAMES.items() if folded(name) in places}
    return Workbook([Sheet(path.stem, rows, meaning=meaning, apart=apart)], notices=notices)


def _header(line: Row) -> _Header:
    length = _text(line, _ACCOUNT_LENGTH)
    return _Header(
        _day(line, _YEAR_BEGIN),
        _day(line, _FIRST_DAY),
        _day(line, _LAST_DAY),
        int(length) if length.isdecimal() and len(length) == 1 else _USUAL_ACCOUNT_LENGTH,
    )


def _day(line: Row, index: int) -> date | None:
    try:
        return parse_date(_text(line, index))
    except DateError:
        return None


def _text(row: Row, index: int | None) -> str:
    if index is None or index >= len(row):
        return ""
    cell = row[index]
    return cell.strip() if isinstance(cell, str) else ""


class _Batch:
    """Turns the rows of one batch in place."""

    def __init__(self, header: _Header, places: dict[str, int]) -> None:
        self.header = header
        self.at = {of: places.get(folded(name)) for of, name in _NAMES.items()}
        self.contra, self.tax_key, self.reversed, self.euro_amount, self.euro_code = (
            places.get(folded(name)) for name in (_CONTRA, _TAX_KEY, _REVERSED, _EURO_AMOUNT, _EURO_CODE)
        )

    def turn(self, row: Row) -> bool:
        """Completes the date, puts the account of cost first; whether the row is a mere payment."""
        self._put(row, BookingField.DAY, self._complete(_text(row, self.at[BookingField.DAY])))
        self._to_euro(row)
        account, contra = _text(row, self.at[BookingField.ACCOUNT]), _text(row, self.contra)
        turned = self._rank(contra) > self._rank(account)
        if turned and self.contra is not None:
            self._put(row, BookingField.ACCOUNT, contra)
            row[self.contra] = account
        amount = _text(row, self.at[BookingField.AMOUNT])
        negative = amount.startswith("-")
        if negative:
            self._put(row, BookingField.AMOUNT, amount[1:])
        side = _text(row, self.at[BookingField.DEBIT_CREDIT]).upper()
        if side in ("S", "H") and (turned + self._is_reversed(row) + negative) % 2:
            self._put(row, BookingField.DEBIT_CREDIT, "H" if side == "S" else "S")
        codes = (BookingField.COST_CENTRE, BookingField.INTERNAL_ORDER)
        assigned = any(_text(row, self.at[of]) for of in codes)
        return not assigned and {self._rank(account), self._rank(contra)} == {0, 1}

    def _put(self, row: Row, of: BookingField, cell: Cell) -> None:
        index = self.at[of]
        if index is not None and index < len(row):
            row[index] = cell

    def _complete(self, text: str) -> Cell:
        """DDMM or DMM with the year in which that day lies in the batch, else in the financial year."""
        found = re.fullmatch(r"(\d{1,2})(\d{2})", text)
        begin = self.header.year_begin or self.header.first
        if found is None or begin is None:
            return text or None
        first, last = self.header.first, self.header.last
        days = []
        years = {begin.year, begin.year + 1, *(day.year for day in (first, last) if day is not None)}
        for year in sorted(years):
            try:
                days.append(date(year, int(found[2]), int(found[1])))
            except ValueError:
                continue
        within = [day for day in days if first is not None and last is not None and first <= day <= last]
        within += [day for day in days if begin <= day < add_months(begin, 12)]
        return within[0] if within else text

    def _to_euro(self, row: Row) -> None:
        """A foreign amount that the row also gives in euro is taken in euro."""
        amount, code = _text(row, self.euro_amount), _text(row, self.euro_code)
        if amount and code == "EUR" and _text(row, self.at[BookingField.CURRENCY]) not in ("", "EUR"):
            self._put(row, BookingField.AMOUNT, amount)
            self._put(row, BookingField.CURRENCY, code)

    def _is_reversed(self, row: Row) -> bool:
        key = _text(row, self.tax_key)
        by_key = len(key) == 2 and key.isdecimal() and key[0] in _REVERSING_KEYS
        return by_key or _text(row, self.reversed).upper() in ("1", "G")

    def _rank(self, account: str) -> int:
        """How much an account is one of cost or income: 0 persons, 1 money, 2 other balances, 3 cost and income.

        Persons have one digit more than the ledger; the class is the first digit, in municipal charts and SKR alike.
        """
        digits = account.lstrip("0")
        if not digits.isdecimal() or len(digits) > self.header.account_length:
            return 0
        of_class = account.zfill(self.header.account_length)[0]
        return 1 if of_class == "1" else 2 if of_class in "029" else 3
