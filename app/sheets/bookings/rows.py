"""Single lines: each row below the header becomes a posting, is rejected with a reason, or is no booking."""

from dataclasses import replace
from datetime import date
from typing import Any

from app.domain.bookings.bookings import BookingField, Posting, Rejected, normal_code
from app.domain.bookings.read_settings import AmountSign, DebitCredit, mark_of
from app.domain.clean_text import trimmed
from app.domain.parsing import AmountError, DateError, parse_amount, parse_date, parse_whole, repair_text
from app.sheets.bookings.file import BookingFile, Skipped
from app.sheets.bookings.repaired_texts import mended_notice
from app.sheets.bookings.row_kinds import Total, grand_total, is_code, is_repeated_header
from app.sheets.bookings.stated_codes import StatedCodes
from app.sheets.reading.cells import Cell, CellError, Row, Sheet, is_empty
from app.sheets.reading.shown import shown, shown_short
from app.sheets.reading.total_marks import marks

HEADER_AGAIN = "wiederholte Kopfzeile"
TOTAL_ROW = "Summenzeile"
NOTE = "Hinweis ohne Betrag"

_NEVER_ERRORS = (
    BookingField.DOCUMENT_NUMBER,
    BookingField.LINE,
    BookingField.INTERNAL_ORDER,
    BookingField.BUDGET_YEAR,
    BookingField.CURRENCY,
)
_EUR = {"eur", "€", "euro"}
_CREDIT = {"h": True, "haben": True, "s": False, "soll": False, "": False}
_NO_DATE = {"00.00.0000", "00000000", "0000-00-00"}  # how SAP writes an empty date


class PostingRows:
    """Reads the rows of one sheet into `result`."""

    def __init__(self, result: BookingFile, base_1904: bool) -> None:
        self.result = result
        self.base_1904 = base_1904
        self.columns = result.columns
        self.settings = result.settings
        self._unit = result.unit.factor
        self._sign = -1 if self.settings.sign is AmountSign.SPENDING_NEGATIVE else 1
        self.totals: list[Total] = []
        self.signs: list[tuple[int, bool | None, Cell]] = []  # posting, is credit (None: unknown), cell
        self.rejected_credits: list[int] = []  # rejected rows whose amounts turn along with those of postings
        index = result.columns.index
        self._at = {of: index.get(of, -1) for of in BookingField}  # -1: the last cell, which is always empty
        self._stated = StatedCodes(set(BookingField) - index.keys())
        self._days: dict[Cell, date | str] = {}
        self._texts: dict[str, str | None] = {}
        self._codes: dict[Cell, str | None] = {}

    def read(self, sheet: Sheet) -> None:
        """All rows below the header, then what only the whole file can tell: signs and the grand total."""
        width = max([*self.columns.index.values(), *self.columns.months, 0]) + 2
        first = self.columns.header_row + 1
        self.result.end_row = self.end_row(sheet)
        for row in sheet.rows[: max(self.columns.header_row, 0)]:
            self._stated.look(row)
        for number, row in enumerate(sheet.rows[first : self.result.end_row], first + 1):
            if not row or (row[0] is None and is_empty(row)):
                continue
            cells = row + [None] * max(width - len(row), 1)
            if (reason := sheet.apart.get(number)) is not None:
                cents = self._amount(self._amount_cell(cells))
                self.result.skipped.append(self._skipped(number, reason, cells, cents))
                continue
            self._read_row(number, cells)
        self._apply_signs()
        self.result.control_total_cents = grand_total(self.totals, self._bookings)
        self.result.stated = frozenset(self._stated.seen)
        self.result.notices.extend(self._stated.notices())
        headers = [(header, repair_text(header)) for header in self.columns.headers]
        if notice := mended_notice([*headers, *self._texts.items()]):
            self.result.notices.append(notice)

    def end_row(self, sheet: Sheet) -> int | None:
        """The last row that counts (from 1), where the settings end the list before the sheet does."""
        if self.settings.last_row is not None or not self.settings.end_mark:
            return self.settings.last_row
        first = self.columns.header_row + 1
        rows = enumerate(sheet.rows[first:], first)
        return next((number for number, row in rows if self._is_end(row)), None)

    def _is_end(self, row: Row) -> bool:
        """Whether the row begins like the one after which nothing counts; never a row with date and amount."""
        if begin_of(row) != self.settings.end_mark:
            return False
        day, amount = (
            row[at] if 0 <= at < len(row) else None
            for at in (self._at[BookingField.DAY], self._at[BookingField.AMOUNT])
        )
        return not (isinstance(self._day(day), date) and isinstance(self._amount(amount), int))

    @property
    def _bookings(self) -> int:
        return len(self.result.postings) + len(self.result.rejected)

    def _cell(self, cells: Row, of: BookingField) -> Cell:
        return cells[self._at[of]]

    def _amount_cell(self, cells: Row) -> Cell:
        return self._cell(cells, BookingField.AMOUNT)

    # --- one row -----------------------------------------------------------------------------------------------

    def _read_row(self, number: int, cells: Row) -> None:
        day = self._day(self._cell(cells, BookingField.DAY))
        amount_cell = self._cell(cells, BookingField.AMOUNT)
        cents = self._amount(amount_cell)
        if isinstance(day, date) and isinstance(cents, int):
            self._take(number, cells, day, cents)
        elif not self._skip(number, cells, day, cents):
            if isinstance(day, str):
                self._reject(number, cells, BookingField.DAY, day)
            else:
                self._reject(number, cells, BookingField.AMOUNT, str(cents))

    def _take(self, number: int, cells: Row, day: date, cents: int) -> None:
        at = self._at
        for of in _NEVER_ERRORS:
            cell = cells[at[of]]
            if type(cell) is CellError:
                self._reject(number, cells, of, cell.reason)
                return
        currency = self._text(cells[at[BookingField.CURRENCY]])
        if currency is not None and currency.casefold() not in _EUR:
            reason = f"Nur Beträge in EUR werden übernommen, nicht in {currency}."
            self._reject(number, cells, BookingField.CURRENCY, reason)
            return
        year = self._year(cells[at[BookingField.BUDGET_YEAR]], day)
        if isinstance(year, str):
            self._reject(number, cells, BookingField.BUDGET_YEAR, year)
            return
        code, stated = self._code, self._stated.now.get
        if self._looks_at_sides and (cell := cells[at[BookingField.DEBIT_CREDIT]]) is not None:
            known = str(cell).strip().casefold()
            if known not in ("s", ""):
                self.signs.append((len(self.result.postings), _CREDIT.get(known), cell))
        self.result.postings.append(
            Posting(
                number,
                day,
                year,
                cents,
                code(cells[at[BookingField.DOCUMENT_NUMBER]]),
                self._line(cells[at[BookingField.LINE]]),
                code(cells[at[BookingField.INTERNAL_ORDER]] or stated(BookingField.INTERNAL_ORDER)),
                code(cells[at[BookingField.COST_CENTRE]] or stated(BookingField.COST_CENTRE)),
                code(cells[at[BookingField.ACCOUNT]] or stated(BookingField.ACCOUNT)),
                self._text(cells[at[BookingField.ACCOUNT_NAME]]),
                self._optional_day(cells[at[BookingField.DOCUMENT_DATE]]),
                self._optional_day(cells[at[BookingField.PAYMENT_DATE]]),
                self._text(cells[at[BookingField.TEXT]]),
                self._text(cells[at[BookingField.PAYEE]]),
            )
        )

    def _skip(self, number: int, cells: Row, day: date | str, cents: int | str) -> bool:
        """Whether the row is no booking at all; notes it as skipped."""
        document, order = self._booking_codes(cells)
        reason = None
        if is_repeated_header(cells, self.columns):
            reason = HEADER_AGAIN
        elif (
            isinstance(cents, int)
            and isinstance(day, str)
            and document is None
            and self._is_total(cells, order)
        ):
            reason = TOTAL_ROW
            self.totals.append(Total(self._bookings, marks(cells), self._total(cells, cents)))
        elif isinstance(day, str) and not isinstance(cents, int) and self._stated.look(cells):
            reason = NOTE
        elif document is None and order is None and not isinstance(cents, int):
            has_amount = isinstance(day, date) and self._cell(cells, BookingField.AMOUNT) is not None
            reason = None if has_amount else NOTE
        if reason is not None:
            self.result.skipped.append(self._skipped(number, reason, cells, cents))
        return reason is not None

    def _skipped(self, number: int, reason: str, cells: Row, cents: int | str) -> Skipped:
        return Skipped(number, reason, self._total(cells, cents) if isinstance(cents, int) else None)

    @property
    def _looks_at_sides(self) -> bool:
        return self.settings.debit_credit is not DebitCredit.IGNORE

    def _total(self, cells: Row, cents: int) -> int:
        """The amount of a total row, turned by its H as those of bookings are."""
        if not self._is_credit(cells):
            return cents
        return -cents if self.settings.debit_credit is DebitCredit.TURN else -abs(cents) * self._sign

    def _is_credit(self, cells: Row) -> bool:
        side = str(self._cell(cells, BookingField.DEBIT_CREDIT) or "").strip().casefold()
        return self._looks_at_sides and bool(_CREDIT.get(side))

    def _is_total(self, cells: Row, order: str | None) -> bool:
        """A star or word of a total; in free text only where no order makes the row a booking."""
        if order is None:
            return marks(cells).any
        free = {
            self.columns.index.get(of)
            for of in (BookingField.TEXT, BookingField.PAYEE, BookingField.ACCOUNT_NAME)
        }
        return marks(cell for index, cell in enumerate(cells) if index not in free).any

    def _booking_codes(self, cells: Row) -> tuple[str | None, str | None]:
        """Document number and order, unless a sentence or the label of a total stands there."""
        document, order = (
            self._code(cell) if is_code(cell := self._cell(cells, of)) else None
            for of in (BookingField.DOCUMENT_NUMBER, BookingField.INTERNAL_ORDER)
        )
        return document, order

    def _reject(self, number: int, cells: Row, of: BookingField, reason: str) -> None:
        document, order = self._booking_codes(cells)
        day = self._day(self._cell(cells, BookingField.DAY))
        cents = self._amount(self._amount_cell(cells))
        if self._is_credit(cells):
            self.rejected_credits.append(len(self.result.rejected))
        rejected = Rejected(
            number, self.columns.header(of), shown_short(self._cell(cells, of)), reason, document,
            self._line(self._cell(cells, BookingField.LINE)), order, day if isinstance(day, date) else None,
            cents if isinstance(cents, int) else None,
        )  # fmt: skip
        self.result.rejected.append(rejected)

    # --- one cell ----------------------------------------------------------------------------------------------

    def _day(self, cell: Cell) -> date | str:
        """The date, or why there is none."""
        if type(cell) is date and 1990 <= cell.year <= 2199:
            return cell
        if cell is None or isinstance(cell, bool):
            return "Das Buchungsdatum fehlt."
        if (found := self._days.get(cell)) is None:
            found = self._days[cell] = self._parsed_day(cell)
        return found

    def _parsed_day(self, cell: Any) -> date | str:
        if isinstance(cell, CellError):
            return cell.reason
        if isinstance(cell, str) and (not cell.strip() or cell.strip() in _NO_DATE):
            return "Das Buchungsdatum fehlt."
        try:
            return parse_date(cell, base_1904=self.base_1904, order=self.settings.date_order)
        except DateError as error:
            return error.reason

    def _optional_day(self, cell: Cell) -> date | None:
        day = self._day(cell) if cell is not None else None
        return day if isinstance(day, date) else None

    def _amount(self, cell: Cell) -> int | str:
        """Cents as the program counts them, or why there are none."""
        if cell is None:
            return "Der Betrag fehlt."
        if isinstance(cell, CellError):
            return cell.reason
        if not isinstance(cell, str | int | float):
            return "Hier steht ein Datum oder eine Uhrzeit statt eines Betrags."
        try:
            return parse_amount(cell, unit=self._unit) * self._sign
        except AmountError as error:
            return error.reason

    def _year(self, cell: Cell, day: date) -> int | str:
        if cell is None or (isinstance(cell, str) and not cell.strip()):
            return day.year
        if isinstance(cell, date):
            return cell.year
        year = whole(cell)
        return year if year is not None and 1990 <= year <= 2199 else "Das ist kein Haushaltsjahr."

    def _code(self, cell: Cell) -> str | None:
        if cell is None:
            return None
        try:
            return self._codes[cell]
        except KeyError:
            code = normal_code(cell if isinstance(cell, str | int | float) else shown(cell))
            self._codes[cell] = code
            return code

    def _line(self, cell: Cell) -> str | None:
        code = self._code(cell)
        if code is None and cell is not None and shown(cell).strip("0 .,") == "" and shown(cell).strip():
            return "0"
        return code

    def _text(self, cell: Cell) -> str | None:
        if cell is None or isinstance(cell, CellError):
            return None
        if not isinstance(cell, str):
            return shown(cell)
        try:
            return self._texts[cell]
        except KeyError:
            text = self._texts[cell] = trimmed(repair_text(cell)) or None
            return text

    # --- the whole file ----------------------------------------------------------------------------------------

    def _apply_signs(self) -> None:
        """`H` turns the sign where amounts are all positive, or always; an unknown sign there is a rejection."""
        postings = self.result.postings
        always = self.settings.debit_credit is DebitCredit.TURN
        if not (self.signs or self.rejected_credits):
            return
        if not (always or all(p.amount_cents * self._sign >= 0 for p in postings)):
            return
        for index in self.rejected_credits:
            before = self.result.rejected[index]
            if before.amount_cents is not None:
                self.result.rejected[index] = replace(before, amount_cents=-before.amount_cents)
        unknown = set()
        for index, credit, cell in self.signs:
            posting = postings[index]
            if credit is None:
                unknown.add(index)
                header, reason = (
                    self.columns.header(BookingField.DEBIT_CREDIT),
                    "Weder S (Soll) noch H (Haben).",
                )
                rejected = Rejected(
                    posting.row, header, shown_short(cell), reason, posting.document_number, posting.line,
                    posting.internal_order, posting.day,
                )  # fmt: skip
                self.result.rejected.append(rejected)
            elif credit:
                postings[index] = posting._replace(amount_cents=-posting.amount_cents)
        if unknown:
            self.result.postings = [p for index, p in enumerate(postings) if index not in unknown]
            self.result.rejected.sort(key=lambda rejected: rejected.row)


def whole(cell: Cell) -> int | None:
    """A whole number as a number or as text; None for everything else."""
    if not isinstance(cell, str | int | float):
        return None
    try:
        return parse_whole(cell)
    except AmountError:
        return None


def begin_of(row: Row) -> str:
    """How a row begins, in letters only (`mark_of`); "" for one that begins with a number or a date."""
    first = next((cell for cell in row if cell is not None and shown(cell).strip()), None)
    return mark_of(first) if isinstance(first, str) else ""
