"""A preview of a finance file with the columns and settings chosen so far, quick enough to follow every change."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice

from app.domain.bookings.bookings import BookingField, Posting, Rejected, RowState
from app.domain.bookings.read_settings import HeaderLines, ReadSettings
from app.domain.errors import UserError
from app.sheets.bookings.columns import find_columns
from app.sheets.bookings.file import BookingFile, Skipped
from app.sheets.bookings.postings import read_bookings
from app.sheets.bookings.rows import PostingRows, begin_of
from app.sheets.reading.cells import Sheet, Workbook, is_empty

ROWS_READ = 2000
"""Below the header. More would not be read within a blink; the check reads all."""
_BOOKINGS, _REFUSED, _SKIPPED = 20, 20, 6


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """A row of the file and what becomes of it: what could be read of it, and why it is no booking."""

    id: int
    state: RowState
    read: Posting | Rejected | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """`problem`: why there is nothing. `whole`: all rows were read, so that sums are those of the file."""

    file: BookingFile | None = None
    problem: str = ""
    whole: bool = True
    lines: list[PreviewLine] = field(default_factory=list)

    @property
    def sum_cents(self) -> int:
        """The sum of the postings that were read, in cents."""
        return sum(posting.amount_cents for posting in self.file.postings) if self.file is not None else 0


def preview(
    sheet: Sheet, base_1904: bool, file: str, columns: Mapping[BookingField, str], settings: ReadSettings
) -> Preview:
    """The first bookings, refusals and skipped rows with these columns and settings."""
    header = 0 if settings.header_lines is HeaderLines.NONE else settings.header_row or 0
    end = min(header + ROWS_READ, settings.last_row or len(sheet.rows))
    whole = end >= min(len(sheet.rows), settings.last_row or len(sheet.rows))
    part = replace(sheet, rows=sheet.rows[:end])
    try:
        read = read_bookings(Workbook([part], base_1904), file, columns, settings)
    except UserError as error:
        return Preview(problem=str(error), whole=whole)
    if not whole:
        read.control_total_cents = None
    return Preview(read, "", whole, sorted(_lines(read), key=lambda line: line.id))


def end_row(
    sheet: Sheet, base_1904: bool, columns: Mapping[BookingField, str], settings: ReadSettings
) -> int | None:
    """The last row that counts (from 1) with these settings; None: to the end."""
    found = find_columns(sheet, columns, settings)
    if found is None or found.shape is None:
        return settings.last_row
    return PostingRows(BookingFile("", sheet.name, found.shape, found, settings), base_1904).end_row(sheet)


def end_mark(sheet: Sheet, last_row: int | None) -> str:
    """How the next file of this kind shows that it ends here: how the row begins that follows the last."""
    if last_row is None:
        return ""
    return next((begin_of(row) for row in sheet.rows[last_row:] if not is_empty(row)), "")


def _lines(file: BookingFile) -> Iterator[PreviewLine]:
    for posting in file.postings[:_BOOKINGS]:
        yield PreviewLine(posting.row, RowState.NEW, posting)
    for rejected in islice(_first_of_each_row(file.rejected), _REFUSED):
        yield PreviewLine(rejected.row, RowState.REJECTED, rejected, rejected.reason)
    skipped: Skipped
    for skipped in file.skipped[:_SKIPPED]:
        yield PreviewLine(skipped.row, RowState.SKIPPED, reason=skipped.reason)


def _first_of_each_row(rejected: list[Rejected]) -> Iterator[Rejected]:
    seen: set[int] = set()
    for one in rejected:
        if one.row not in seen:
            seen.add(one.row)
            yield one
