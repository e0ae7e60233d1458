"""The report of an import as a value: file, counts, sums, control, and the rows worth a look."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from app.domain.bookings.bookings import BookingField, Shape
from app.domain.bookings.import_control import ImportControl
from app.domain.bookings.import_counts import ImportCounts
from app.domain.bookings.import_total import LeftOut


class ImportOutcome(StrEnum):
    """What became of a file."""

    CHECKED = "checked"  # nothing is written yet, or it brings nothing new
    IMPORTED = "imported"
    REFUSED = "refused"  # it has rejected rows, and they were not to be skipped


class ReportLine(NamedTuple):
    """A row of the file (`row`: the sheet's) or a booking, as a report names it. `budget`: its number."""

    row: int | None
    day: date | None
    document_number: str | None
    line: str | None
    internal_order: str | None
    account: str | None
    amount_cents: int
    text: str | None
    payee: str | None
    budget: str | None = None

    @property
    def document(self) -> str:
        """Number and line of the document, "19/2"."""
        if not self.document_number or not self.line:
            return self.document_number or ""
        return f"{self.document_number}/{self.line}"


class Refusal(NamedTuple):
    """A cell that keeps its row out; `amount_cents` as far as it could be read."""

    row: int
    column: str
    value: str
    reason: str
    amount_cents: int | None


class Correction(NamedTuple):
    """A booking that finance corrected, before and after; `fields` are those that differ. `kept`: left as it was."""

    old: ReportLine
    new: ReportLine
    fields: tuple[BookingField, ...]
    kept: bool = False


class Doubt(NamedTuple):
    """An undecided row and the booking it may be."""

    row: ReportLine
    like: ReportLine | None


class Gone(NamedTuple):
    """An earlier booking without a row in the file; `removed` by her decision, else kept."""

    booking: ReportLine
    batch_id: int | None
    removed: bool


class Replaced(NamedTuple):
    """A difference booking that single lines replaced; `left_cents`: what stays of it, None if nothing."""

    booking: ReportLine
    left_cents: int | None


@dataclass(frozen=True, slots=True)
class FileFacts:
    """Which file it was and how it was read."""

    name: str
    sha256: str
    sheet: str | None
    shape: Shape
    profile: str | None


@dataclass(frozen=True, slots=True)
class ImportReport:
    """One report. `new_cents`: sum of the new bookings; `batch` and `undone_at` as the list of deliveries has them.

    `complete` is False for deliveries from before there were reports: only counts and sums are known of them.
    """

    file: FileFacts
    outcome: ImportOutcome
    made_at: datetime
    made_by: str
    counts: ImportCounts
    new_cents: int
    control: ImportControl
    rejected: tuple[Refusal, ...] = ()
    changed: tuple[Correction, ...] = ()
    uncertain: tuple[Doubt, ...] = ()
    missing: tuple[Gone, ...] = ()
    replaced: tuple[Replaced, ...] = ()
    skipped: tuple[LeftOut, ...] = ()
    notices: tuple[str, ...] = ()
    new: tuple[ReportLine, ...] = ()
    batch: int | None = None
    undone_at: datetime | None = None
    complete: bool = True
