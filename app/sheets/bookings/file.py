"""The content of a finance file once it is read: postings, refusals and what else was noticed on the way."""

from dataclasses import dataclass, field
from typing import NamedTuple

from app.domain.bookings.bookings import BookingField, Posting, Rejected, Shape
from app.domain.bookings.read_settings import ReadSettings, Unit
from app.sheets.bookings.columns import Columns


class Skipped(NamedTuple):
    """A row that is no booking, and why (German); its amount in cents, if it has one."""

    row: int
    reason: str
    amount_cents: int | None = None


@dataclass(slots=True)
class BookingFile:
    """What a finance file says, before it is held against the bookings that are there."""

    file: str
    sheet: str
    shape: Shape
    columns: Columns
    settings: ReadSettings = field(default_factory=ReadSettings)
    postings: list[Posting] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    control_total_cents: int | None = None
    end_row: int | None = None
    """The last row that counts, where by hand or by its mark the list ends before the sheet."""
    stated: frozenset[BookingField] = frozenset()  # that stand in titles, not in a column
    notices: list[str] = field(default_factory=list)  # what was put right or looks odd, German sentences

    @property
    def unit(self) -> Unit:
        """What the amounts of the file counted: as set by hand, else as the file says."""
        return self.settings.unit_of(self.columns.unit)

    @property
    def given(self) -> frozenset[BookingField]:
        """The fields the file says something of: in a column or in titles."""
        return frozenset(self.columns.index) | self.stated
