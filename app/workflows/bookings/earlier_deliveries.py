"""Recognises a file that came before: the very same one by its hash, or another one under the same name."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.dates import german
from app.services.bookings import batches
from app.services.bookings.batches import BatchRow
from app.workflows.bookings.import_bookings import OpenedFile
from db.database import Database


@dataclass(frozen=True, slots=True)
class Earlier:
    """A delivery that is like the file; `same`: it was this very file, else only the name is the same."""

    batch: BatchRow
    same: bool
    sentence: str


def earlier_delivery(database: Database, opened: OpenedFile) -> Earlier | None:
    """What is to be said of a file before reading on: that it was taken over, or taken back; None if it is new."""
    name = opened.path.name
    with database.read() as session:
        like = batches.like_file(session, opened.sha256, name)
    same = [one for one in like if one.sha256 == opened.sha256]
    standing = [one for one in same if one.undone_at is None]
    if standing:
        return Earlier(standing[0], True, _taken_over(standing[0], name))
    if same:
        return Earlier(same[0], True, _taken_back(same[0], name))
    others = [one for one in like if one.undone_at is None]
    return Earlier(others[0], False, _other_content(others[0])) if others else None


def _taken_over(batch: BatchRow, name: str) -> str:
    return (
        f"{_this_file(batch, name)} schon als Lieferung {batch.id} übernommen. Sie lässt sich trotzdem prüfen; was "
        "schon da ist, wird nicht noch einmal gebucht."
    )


def _taken_back(batch: BatchRow, name: str) -> str:
    assert batch.undone_at is not None
    return (
        f"{_this_file(batch, name)} als Lieferung {batch.id} übernommen und {_moment(batch.undone_at)} "
        "zurückgenommen. Sie lässt sich wieder übernehmen."
    )


def _other_content(batch: BatchRow) -> str:
    return (
        f"Eine Datei mit diesem Namen, aber anderem Inhalt wurde {_moment(batch.imported_at)} als Lieferung "
        f"{batch.id} übernommen."
    )


def _this_file(batch: BatchRow, name: str) -> str:
    called = f" (damals „{batch.file_name}“)" if batch.file_name != name else ""
    return f"Diese Datei wurde {_moment(batch.imported_at)}{called}"


def _moment(moment: datetime) -> str:
    return f"am {german(moment.date())} um {moment:%H:%M} Uhr"
