"""A database in a folder that others synchronise: worked on in a copy on this computer, put back finished.

A service that copies a file while it is written, or puts another state in its place, destroys it or undoes work. So the
file in the folder is never opened to be written: it is fetched, and a sound snapshot takes its place again at the end
and now and then. If it has changed meanwhile, it is never replaced: both states are kept.
"""

import json
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from app.domain.errors import StoreError
from app.domain.file_names import STAMP
from db.attachments import Progress
from db.connection import connect
from db.copies.copying import silent, take_snapshot
from db.copies.proof import hash_of
from db.errors import sentences
from db.file.kept import Meddling, Parted
from db.file.log import read_state
from db.file.unfinished import settle, unfinished_path
from db.lock import WriterLock


class Fetched(StrEnum):
    """How the copy was found when it was taken up."""

    NEW = "new"  # as the file in the folder is
    CONTINUED = "continued"  # with work that was not put back yet
    DIVERGED = "diverged"  # so was the file in the folder; the copy's work now lies beside it


@dataclass(frozen=True, slots=True)
class _Put:
    """What file and copy were when they were last the same: the file's hash, the copy's stretch (see `db.file.log`)."""

    sha256: str
    stretch: str


class WorkingCopy:
    """Holds the file in the folder against other programs of ours for as long as it is worked on here.

    `second`: where the work of an earlier copy lies that found its file changed.
    """

    def __init__(self, original: Path, folder: Path) -> None:
        self.original = original
        self.path = folder / original.name
        self.second: Path | None = None
        self.put_at: datetime | None = None
        self._state = folder / "stand.json"
        self._lock = WriterLock(original)

    def take_up(self, progress: Progress = silent) -> Fetched:
        """Make the copy the newest state there is. Raises StoreError if another program writes to the file."""
        self._lock.acquire()
        try:
            return self._take_up(progress)
        except BaseException:
            self._lock.release()
            raise

    def put_back(self, progress: Progress = silent) -> bool:
        """Put a snapshot of the copy in the place of the file; False if there is nothing new in it.

        Raises Parted, and changes nothing, if the file has been changed, replaced or deleted meanwhile.
        """
        put, stretch = self._read_put(), _stretch(self.path)
        if put is not None and stretch == put.stretch:
            return False
        self.require_same()
        take_snapshot(self.path, self.original, progress)
        self._write_put()
        return True

    def require_same(self) -> None:
        """Raise Parted if the file in the folder is not as it was when we last had it."""
        put = self._read_put()
        if not self.original.exists():
            raise Parted(self.original, Meddling.GONE)
        if put is None or _sha256(self.original) != put.sha256:
            raise Parted(self.original, Meddling.REPLACED)

    def close(self) -> None:
        self._lock.release()

    def _take_up(self, progress: Progress) -> Fetched:
        put = self._read_put() if self.path.exists() else None
        if put is None:
            found = Fetched.NEW if not self.path.exists() else Fetched.DIVERGED
        else:
            works, changed = _stretch(self.path) != put.stretch, _sha256(self.original) != put.sha256
            if works and changed and _stretch(self.original) == _stretch(self.path):
                works = False  # put back, but killed before that was noted
            if works and not changed:
                return Fetched.CONTINUED
            if not changed:
                return Fetched.NEW
            found = Fetched.DIVERGED if works else Fetched.NEW
        if found is Fetched.DIVERGED:
            now = datetime.now().strftime(STAMP)
            self.second = self.original.with_name(f"{self.original.stem}_eigene_{now}{self.original.suffix}")
            take_snapshot(self.path, self.second, progress)
        take_snapshot(self.original, self.path, progress)
        self._write_put()
        return found

    def _read_put(self) -> _Put | None:
        try:
            return _Put(**json.loads(self._state.read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def _write_put(self) -> None:
        """After the file in the folder and the copy have become the same."""
        self.put_at = datetime.now()
        put = _Put(_sha256(self.original), _stretch(self.path))
        temporary = unfinished_path(self._state)
        temporary.write_text(json.dumps(asdict(put)), "utf-8")
        settle(temporary, self._state)


def _stretch(path: Path) -> str:
    with sentences(path), closing(connect(path)) as connection:
        state = read_state(connection)
    return "" if state is None else state.stretch


def _sha256(path: Path) -> str:
    """Only of what this process never has open through SQLite."""
    found = hash_of(path)
    if not found:
        raise StoreError(
            f"„{path}“ lässt sich nicht lesen. Bitte prüfen, ob der Ordner erreichbar und abgeglichen ist."
        )
    return found
