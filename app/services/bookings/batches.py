"""The list of deliveries: which files of finance came when, how they were read, and what became of them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from app.domain.bookings.import_counts import ImportCounts
from app.services.records import filled
from db.models import Batch


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One imported file; sums in cents."""

    id: int
    file_name: str
    sha256: str
    imported_at: datetime
    shape: str
    sheet: str | None
    profile: str | None
    counts: ImportCounts
    sum_cents: int
    control_total_cents: int | None
    undone_at: datetime | None


_STORED_COUNTS = ("new", "changed", "known", "uncertain", "rejected", "skipped", "missing")


def stored_counts(counts: ImportCounts) -> dict[str, int]:
    """The counts as a delivery keeps them in columns of its own."""
    return {f"{name}_count": getattr(counts, name) for name in _STORED_COUNTS}


def counts_of(batch: Batch) -> ImportCounts:
    """The counts that a delivery keeps; how many were removed and unassigned is said in its report."""
    return ImportCounts(**{name: getattr(batch, f"{name}_count") for name in _STORED_COUNTS})


def rows(session: Session) -> list[BatchRow]:
    """All imported files, newest first."""
    return _rows(session, select(Batch))


def like_file(session: Session, sha256: str, file_name: str) -> list[BatchRow]:
    """Deliveries of the very same file, or of one with the same name, newest first."""
    like = or_(Batch.sha256 == sha256, Batch.file_name == file_name)
    return _rows(session, select(Batch).where(like))


def _rows(session: Session, query: Select[Batch]) -> list[BatchRow]:
    found = session.scalars(query.order_by(Batch.id.desc()))
    return [filled(BatchRow, batch, counts=counts_of(batch)) for batch in found]
