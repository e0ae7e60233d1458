"""The list of deliveries: which files of finance came when, how they were read, and what became of them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

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
    new: int
    changed: int
    known: int
    uncertain: int
    missing: int
    skipped: int
    rejected: int
    sum_cents: int
    control_total_cents: int | None
    undone_at: datetime | None


_COLUMNS = (
    Batch.id,
    Batch.file_name,
    Batch.sha256,
    Batch.imported_at,
    Batch.shape,
    Batch.sheet,
    Batch.profile,
    Batch.new_count,
    Batch.changed_count,
    Batch.known_count,
    Batch.uncertain_count,
    Batch.missing_count,
    Batch.skipped_count,
    Batch.rejected_count,
    Batch.sum_cents,
    Batch.control_total_cents,
    Batch.undone_at,
)


def rows(session: Session) -> list[BatchRow]:
    """All imported files, newest first."""
    return [BatchRow(*tuple(one)) for one in session.execute(select(*_COLUMNS).order_by(Batch.id.desc()))]


def like_file(session: Session, sha256: str, file_name: str) -> list[BatchRow]:
    """Deliveries of the very same file, or of one with the same name, newest first."""
    like = or_(Batch.sha256 == sha256, Batch.file_name == file_name)
    found = session.execute(select(*_COLUMNS).where(like).order_by(Batch.id.desc()))
    return [BatchRow(*tuple(one)) for one in found]
