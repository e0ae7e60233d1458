"""The snapshots of a database file: where they lie, in which order they were taken, and what is known of each."""

import glob
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from app.domain.copies.clock import Doubt, doubts
from app.domain.file_names import STAMP
from app.domain.terms import Worded
from db.copies.proof import known_proof
from db.encryption.unlocking import is_locked

REPLACED = "ersetzt"
_NAME = re.compile(
    r"(?:_(?P<reason>ersetzt|Stand\d+))?(?:_Nr(?P<number>\d+))?_(?P<at>\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d)"
)


class Reason(Worded):
    """Why a snapshot was taken."""

    REGULAR = "regular", "täglich oder von Hand"
    REPLACED = "replaced", "vor einer Rückkehr"
    UPGRADED = "upgraded", "vor dem Umstellen"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A copy of a database file as it was at a moment.

    `number`: the how manieth it is, whatever the clock said; 0 for those from before they were counted.
    """

    path: Path
    taken_at: datetime
    number: int = 0
    reason: Reason = Reason.REGULAR
    size: int = 0

    @property
    def is_regular(self) -> bool:
        """Taken by the day or by hand."""
        return self.reason is Reason.REGULAR


def folder_for(database: Path) -> Path:
    """Where the snapshots of a database file lie: in a folder beside it."""
    return database.with_name("Sicherungen")


def name_for(database: Path, number: int, at: datetime, reason: str = "") -> str:
    """How a snapshot is called: "buero_Nr17_2026-11-24_08-30-00.db"; `reason`: "ersetzt" or "Stand5"."""
    why = f"_{reason}" if reason else ""
    return f"{database.stem}{why}_Nr{number}_{at.strftime(STAMP)}{database.suffix}"


def next_number(database: Path, *more: Path) -> int:
    """One more than any snapshot of the file has, beside it or in the folders `more`."""
    found = [one for folder in (None, *more) for one in snapshots(database, folder)]
    return max((one.number for one in found), default=0) + 1


def snapshots(database: Path, folder: Path | None = None) -> list[Snapshot]:
    """All snapshots of a database file, the newest first.

    Their numbers say which is newer, because a clock may have been wrong. Those from before they were counted
    come last, by their dates; some of these lie beside the file itself.
    """
    pattern = f"{glob.escape(database.stem)}_*{database.suffix}"
    paths = list((folder or folder_for(database)).glob(pattern))
    if folder is None:
        beside = database.parent.glob(f"{glob.escape(database.stem)}_{REPLACED}_*{database.suffix}")
        paths += beside
    found = [one for path in paths if (one := _read(database, path)) is not None]
    return sorted(found, key=lambda one: (one.number, one.taken_at, one.path.name), reverse=True)


def newest_regular(found: Sequence[Snapshot]) -> Snapshot | None:
    """The newest taken by the day or by hand, of snapshots that come newest first."""
    return next((one for one in found if one.is_regular), None)


def unproved(database: Path) -> list[Path]:
    """The snapshots of which nothing is known and that can be opened."""
    unknown = [one.path for one in snapshots(database) if known_proof(one.path) is None]
    return [path for path in unknown if not is_locked(path)]


def doubted(found: Sequence[Snapshot], now: datetime) -> dict[Path, Doubt]:
    """The snapshots, of those that come newest first, whose date cannot be right."""
    in_order = list(reversed(found))
    said = doubts([one.taken_at for one in in_order], now)
    return {one.path: doubt for one, doubt in zip(in_order, said, strict=True) if doubt is not None}


def is_of_day(snapshot: Snapshot | None, day: date) -> bool:
    """Whether the day has its snapshot already; one from the future is none of any day to come."""
    return snapshot is not None and snapshot.taken_at.date() == day


def moment_in(database: Path, name: str) -> datetime | None:
    """When a snapshot of the file was taken, by its name alone: the drive it lies on is not asked."""
    told = _NAME.fullmatch(Path(name).stem.removeprefix(database.stem))
    try:
        return None if told is None else datetime.strptime(told["at"], STAMP)
    except ValueError:
        return None


def _read(database: Path, path: Path) -> Snapshot | None:
    """None for somebody's own file with a similar name."""
    told = _NAME.fullmatch(path.stem.removeprefix(database.stem))
    if told is None:
        return None
    try:
        taken_at = datetime.strptime(told["at"], STAMP)
        size = path.stat().st_size
    except (ValueError, OSError):  # no such day, or another process has just rotated it out
        return None
    reason = {None: Reason.REGULAR, REPLACED: Reason.REPLACED}.get(told["reason"], Reason.UPGRADED)
    return Snapshot(path, taken_at, int(told["number"] or 0), reason, size)
