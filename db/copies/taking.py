"""Taking snapshots: each day, on demand, before an upgrade, and at a second place."""

import glob
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from app.domain.copies.rotation import dispensable
from db.attachments import Progress
from db.copies import proof
from db.copies.attached import add_attachments, remove_unneeded
from db.copies.copying import Copied, arriving, bring, silent
from db.copies.erased import erasures_in, overdue
from db.copies.places import is_there
from db.copies.proof import Proof, Soundness, prove
from db.copies.snapshots import (
    Snapshot,
    folder_for,
    is_of_day,
    name_for,
    newest_regular,
    next_number,
    snapshots,
)
from db.file.opened import COMPANIONS
from db.file.unfinished import remove_unfinished, remove_unfinished_in, settle

MOST_BYTES = 2_000_000_000
"""So much all snapshots of a place may take together, unless the person says otherwise."""


def daily_snapshot(
    database: Path, now: datetime, *, most_bytes: int = MOST_BYTES, progress: Progress = silent
) -> Snapshot | None:
    """Take today's snapshot if the newest is not of today, and rotate; None if it is.

    A damaged database is never rotated in: raises StoreError then. Raises OutputError if the place cannot be
    written; what could be saved stays, so the database itself is safe where only a large file found no room.
    """
    remove_unfinished(database, now)
    remove_unfinished_in(folder_for(database), f".{glob.escape(database.stem)}_*", now)
    if is_of_day(newest := newest_regular(snapshots(database)), now.date()):
        _complete(database, newest, progress)
        return None
    return take(database, now, most_bytes=most_bytes, progress=progress)


def take(
    database: Path,
    now: datetime,
    *,
    reason: str = "",
    most_bytes: int = MOST_BYTES,
    progress: Progress = silent,
) -> Snapshot:
    """Take a snapshot into the folder beside the file, prove it, and let the oldest go."""
    number = next_number(database)
    target = folder_for(database) / name_for(database, number, now, reason)
    with arriving(database, target) as copy:
        settle(copy.path, target)
    rotate(database, target.parent, now, most_bytes)
    _prove_with_attachments(database, target, copy, progress)
    return next(one for one in snapshots(database) if one.path == target)


def bring_to(
    place: Path,
    database: Path,
    now: datetime,
    *,
    drive: str = "",
    most_bytes: int = MOST_BYTES,
    progress: Progress = silent,
) -> Snapshot | None:
    """Bring the newest snapshot to a second place (stick, network drive); None if that is not there just now.

    The place is never made: where nothing is mounted, a folder of its name would only look like it.
    """
    newest = newest_regular(snapshots(database))
    if newest is None or not is_there(place, drive):
        return None
    target = _place_for(newest, place, database)
    known = proof.known_proof(newest.path)
    if not target.exists():
        bring(newest.path, target, now)
        rotate(database, place, now, most_bytes)
    if not _is_whole(target):
        add_attachments(database, target, progress)
        prove(target, expected=None if known is None else known.rows, progress=progress)
    return next((one for one in snapshots(database, place) if one.path == target), None)


def _place_for(snapshot: Snapshot, place: Path, database: Path) -> Path:
    """The name of a snapshot at the second place: with a number above those that another computer has given there."""
    there = snapshots(database, place)
    same = (one for one in there if (one.taken_at, one.size) == (snapshot.taken_at, snapshot.size))
    if (known := next(same, None)) is not None:
        return known.path
    number = max([snapshot.number, *(one.number + 1 for one in there)])
    return place / name_for(database, number, snapshot.taken_at)


def rotate(database: Path, folder: Path, now: datetime, most_bytes: int = MOST_BYTES) -> None:
    """Let go what need not be kept, and what was left unfinished."""
    there = snapshots(database, None if folder == folder_for(database) else folder)
    for old in {*dispensable(there, most_bytes), *overdue(there, erasures_in(database), now.date())}:
        remove(old.path)
    remove_unneeded(database, folder)
    remove_unfinished_in(folder, f".{glob.escape(database.stem)}_*", now)


def remove(snapshot: Path) -> None:
    """Take a snapshot away with all that belongs to it alone."""
    for ending in (*COMPANIONS, ".lock", proof.ENDING, ""):
        with suppress(
            OSError
        ):  # it is looked at just now, or not ours to take; the next rotation tries again
            snapshot.with_name(snapshot.name + ending).unlink(missing_ok=True)


def _complete(database: Path, snapshot: Snapshot | None, progress: Progress) -> None:
    """What was interrupted between the copy and its attached files, or lacked some, is taken up again."""
    if snapshot is not None and not _is_whole(snapshot.path):
        _prove_with_attachments(database, snapshot.path, None, progress)


def _is_whole(snapshot: Path) -> bool:
    known = proof.known_proof(snapshot)
    return known is not None and known.soundness is Soundness.WHOLE


def _prove_with_attachments(database: Path, target: Path, copy: Copied | None, progress: Progress) -> Proof:
    rows: Mapping[str, int] | None = None if copy is None else copy.rows
    try:
        add_attachments(database, target, progress)
    finally:
        found = prove(target, expected=rows, progress=progress)
    return found
