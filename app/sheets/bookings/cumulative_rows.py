"""The cumulative shape: what an order has spent up to a month, one row for each month or one column for each."""

from datetime import date

from app.domain.bookings.bookings import BookingField, Rejected
from app.domain.bookings.read_settings import DateOrder
from app.domain.parsing import DateError, parse_date
from app.sheets.bookings.columns import month_of
from app.sheets.bookings.file import Skipped
from app.sheets.bookings.row_kinds import Total, is_repeated_header
from app.sheets.bookings.rows import HEADER_AGAIN, NOTE, TOTAL_ROW, PostingRows, whole
from app.sheets.reading.cells import Cell, CellError, Row
from app.sheets.reading.shown import shown_short
from app.sheets.reading.total_marks import marks


class CumulativeRows(PostingRows):
    """Reads rows of order, month and sum so far; where months are columns, a row counts with its last filled one.

    One row is one sum and becomes at most one difference booking (exchange.md, Cumulative shape).
    """

    def _read_row(self, number: int, cells: Row) -> None:
        column, month, value = self._sum_so_far(cells)
        cents = self._amount(value)
        _, order = self._booking_codes(cells)
        if is_repeated_header(cells, self.columns):
            self.result.skipped.append(Skipped(number, HEADER_AGAIN))
        elif isinstance(cents, int) and (order is None or not isinstance(month, date)) and marks(cells).any:
            self.result.skipped.append(Skipped(number, TOTAL_ROW, cents))
            self.totals.append(Total(self._bookings, marks(cells), cents))
        elif order is None and value is None:
            self.result.skipped.append(Skipped(number, NOTE))
        elif order is None:
            cell = self._cell(cells, BookingField.INTERNAL_ORDER)
            reason = cell.reason if isinstance(cell, CellError) else "Der Innenauftrag fehlt."
            self._refuse(number, self.columns.header(BookingField.INTERNAL_ORDER), cell, reason, cells)
        elif not isinstance(month, date):
            reason = "Das ist kein Monat (etwa 07/2026)."
            self._refuse(number, self.columns.title(column[0]), cells[column[0]], reason, cells)
        elif not isinstance(cents, int):
            self._refuse(number, self.columns.title(column[1]), value, cents, cells)
        else:
            self._take(number, cells, month, cents)

    def _amount_cell(self, cells: Row) -> Cell:
        return self._sum_so_far(cells)[2]

    def _sum_so_far(self, cells: Row) -> tuple[tuple[int, int], date | None, Cell]:
        """The columns of month and sum, the month's last day, and the cell with the sum."""
        year = whole(self._cell(cells, BookingField.BUDGET_YEAR))
        if BookingField.CUMULATED in self.columns.index and BookingField.MONTH in self.columns.index:
            where = self.columns.index[BookingField.MONTH], self.columns.index[BookingField.CUMULATED]
            return where, self._month(cells[where[0]], year), cells[where[1]]
        months = sorted(self.columns.months, key=self.columns.months.__getitem__)
        filled = [index for index in months if not _blank(cells[index])]
        while len(filled) > 1 and self._amount(cells[filled[-1]]) == 0:
            filled.pop()  # months to come, written as zero
        last = filled[-1] if filled else months[-1]
        month = self.columns.months[last]
        if year is not None:
            month = month_of(f"{month.month:02d}/{year}") or month
        return (last, last), month, cells[last] if filled else None

    def _month(self, cell: Cell, year: int | None) -> date | None:
        number = None if isinstance(cell, bool) else whole(cell)
        if year is not None and number is not None and 1 <= number <= 12:
            return month_of(f"{number:02d}/{year}")
        if isinstance(cell, str) and self.settings.date_order is not DateOrder.AUTOMATIC:
            try:
                return month_of(parse_date(cell, order=self.settings.date_order))
            except DateError:
                return month_of(cell, year)  # no whole date: 03/2026
        return month_of(cell, year)

    def _refuse(self, number: int, column: str, cell: Cell, reason: str, cells: Row) -> None:
        _, order = self._booking_codes(cells)
        amount = self._amount(self._amount_cell(cells))
        cents = amount if isinstance(amount, int) else None
        rejected = Rejected(
            number, column, shown_short(cell), reason, internal_order=order, amount_cents=cents
        )
        self.result.rejected.append(rejected)


def _blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())
