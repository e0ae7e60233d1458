"""People who were erased still stand in older copies: which of these must go, and what to erase in one again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from db.connection import connect
from db.copies.snapshots import Snapshot
from db.driver import sqlite
from db.errors import sentences

_COLUMNS = ("erased_at", "reason", "mark", "erased", "kept", "places", "copies_until", "first_without")


@dataclass(frozen=True, slots=True)
class KnownErasure:
    """An erasure as a file tells of it, see `db.models.Erasure`; the same one in every later copy of the file."""

    erased_at: datetime
    reason: str
    mark: str
    erased: str
    kept: str
    places: str
    copies_until: date
    first_without: int


def erasures_in(path: Path) -> list[KnownErasure]:
    """All that a file tells of, oldest first; a file from before there were any tells nothing."""
    with sentences(path):
        connection = connect(path)
        try:
            found = connection.execute(
                f"SELECT {', '.join(_COLUMNS)} FROM erasure ORDER BY erased_at, id"
            ).fetchall()
        except sqlite.OperationalError as error:
            if "no such table" in str(error):
                return []
            raise
        finally:
            connection.close()
    return [
        KnownErasure(
            datetime.fromisoformat(at), reason, mark, erased, kept, places, date.fromisoformat(until), number
        )
        for at, reason, mark, erased, kept, places, until, number in found
    ]


def overdue(
    newest_first: Sequence[Snapshot], erasures: Iterable[KnownErasure], today: date
) -> list[Snapshot]:
    """The copies that hold somebody whose time in copies is over.

    Which hold her is told by their numbers, not by clocks; and they only go once there is a newer one without her.
    """
    over = [one.first_without for one in erasures if one.copies_until < today]
    newest = max((copy.number for copy in newest_first if copy.is_regular), default=0)
    gone = max((number for number in over if number <= newest), default=0)
    return [copy for copy in newest_first if copy.number < gone]
