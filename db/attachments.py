"""The folder of attached files beside a database: written whole or not at all, named by content, never changed."""

import errno
import hashlib
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, NamedTuple

from app.domain.errors import OutputError, UserError
from app.domain.system_errors import said
from db.connection import connect
from db.driver import sqlite
from db.file.opened import refuse_open_here

SIZE_LIMIT = 200 * 1024 * 1024
"""Bytes of one file; more is a film or an archive, which would fill every backup."""

Progress = Callable[[int, int], None]
"""progress(done, total); raises Cancelled when the person has cancelled."""

_BLOCK = 1024 * 1024
_UNFINISHED = ".neu-"
_DAY = 24 * 60 * 60
_HASH = re.compile(r"[0-9a-f]{64}")
_STAMPED = re.compile(r"(?:_ersetzt|_eigene|_Stand\d+)?(?:_Nr\d+)?_\d{4}-\d\d-\d\d(?:_\d\d-\d\d-\d\d)?$")


class FileState(StrEnum):
    """What became of a stored file."""

    SOUND = "sound"
    MISSING = "missing"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Stored:
    """A file in the folder. `size` in bytes; `is_new`: it was not there before."""

    sha256: str
    size: int
    is_new: bool


def folder_for(database: Path) -> Path:
    """Where the files of a database lie: "buero_Anlagen" beside "buero.db".

    Backups carry a date in their name and share the folder of the file they are of, so that a second
    backup adds only what is new.
    """
    return database.with_name(f"{_STAMPED.sub('', database.stem) or database.stem}_Anlagen")


class AttachmentStore:
    """Files under the SHA-256 of their content, in folders by its first two digits."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def of(cls, database: Path) -> "AttachmentStore":
        """The store of the database file at this place."""
        return cls(folder_for(database))

    def path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256

    def put(self, source: Path) -> Stored:
        """Take a copy of a file. Raises UserError if it is no readable file or too large, OutputError if the
        folder cannot be written; then nothing is left behind.
        """
        try:
            if source.is_dir():
                raise UserError(
                    f"„{source.name}“ ist ein Ordner. Bitte einzelne Dateien oder ein ZIP-Archiv wählen."
                )
            if source.stat().st_size > SIZE_LIMIT:
                raise UserError(_too_large(source.name, source.stat().st_size))
            refuse_open_here(source)
            file = source.open("rb")
        except OSError as error:
            raise UserError(f"„{source}“ lässt sich nicht lesen ({said(error)}).") from error
        with file:
            return self._take(file, source.name)

    def put_bytes(self, content: bytes, name: str) -> Stored:
        """The same for what was never a file, such as a picture from the clipboard."""
        if len(content) > SIZE_LIMIT:
            raise UserError(_too_large(name, len(content)))
        return self._take(BytesIO(content), name)

    def read(self, sha256: str, name: str) -> bytes:
        """The content, exactly as it was taken. Raises UserError if it is missing or no longer the same."""
        try:
            content = self.path(sha256).read_bytes()
        except OSError as error:
            raise UserError(
                f"Die Datei „{name}“ fehlt im Ordner „{self.folder}“ ({said(error)}). "
                "Bitte den Ordner aus einer Sicherung wiederherstellen oder die Datei noch einmal anhängen."
            ) from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise UserError(
                f"Die Datei „{name}“ wurde im Ordner „{self.folder}“ verändert und wird nicht geöffnet. "
                "Bitte aus einer Sicherung wiederherstellen oder das Original noch einmal anhängen."
            )
        return content

    def glance(self, sha256: str, size: int) -> FileState | None:
        """What can be said without reading the file; None: it must be read to know."""
        try:
            mark = self._mark(sha256)
        except OSError:
            return FileState.MISSING
        if mark.size != size:
            return FileState.CHANGED
        return _READ.get(mark)

    def state(self, sha256: str, size: int) -> FileState:
        """Read the whole file, unless this process has already done so and it was not touched since."""
        known = self.glance(sha256, size)
        if known is not None:
            return known
        try:
            mark = self._mark(sha256)
            with self.path(sha256).open("rb") as file:
                same = hashlib.file_digest(file, "sha256").hexdigest() == sha256
        except OSError:
            return FileState.MISSING
        return _READ.setdefault(mark, FileState.SOUND if same else FileState.CHANGED)

    def discard(self, stored: Stored) -> None:
        """Take back a file that `put` has just brought and nothing refers to."""
        if stored.is_new:
            _remove(self.path(stored.sha256))
            self._tidy(self.path(stored.sha256).parent)

    def hashes(self) -> Iterator[str]:
        """Of all files that lie here."""
        for path in self.folder.glob("[0-9a-f][0-9a-f]/*"):
            if _HASH.fullmatch(path.name):
                yield path.name

    def listing(self) -> dict[str, tuple[int, float]]:
        """All files that lie here by their names: size in bytes, and when they were last touched. None is read."""
        found = {}
        with suppress(OSError):
            for folder in os.scandir(self.folder):
                if folder.is_dir():
                    for one in os.scandir(folder.path):
                        seen = one.stat()
                        found[one.name] = seen.st_size, seen.st_mtime
        return found

    def fill_from(
        self,
        other: "AttachmentStore",
        *,
        thorough: bool = False,
        progress: Progress = lambda _done, _total: None,
    ) -> list[Stored]:
        """Copy what is missing here from another store; `thorough`: also put right what was changed here.

        What is damaged there is left out. Raises OutputError if there is no room, Cancelled from `progress`; then
        nothing was copied.
        """
        if not other.folder.is_dir() or other.folder.absolute() == self.folder.absolute():
            return []
        taken: list[Stored] = []
        try:
            there = [(sha256, other.path(sha256).stat().st_size) for sha256 in other.hashes()]
            missing = [one for one in there if not self._has(*one, thorough)]
            for done, (sha256, size) in enumerate(missing):
                progress(done, len(missing))
                if other.state(sha256, size) is FileState.SOUND:
                    with other.path(sha256).open("rb") as file:
                        taken.append(self._take(file, sha256))
        except OSError as error:
            self._take_back(taken)
            raise UserError(
                f"Der Ordner „{other.folder}“ lässt sich nicht lesen ({said(error)}). Bitte den Datenträger prüfen."
            ) from error
        except BaseException:
            self._take_back(taken)
            raise
        return taken

    def _mark(self, sha256: str) -> "_Mark":
        seen = self.path(sha256).stat()
        return _Mark(str(self.path(sha256)), seen.st_size, seen.st_mtime_ns)

    def _has(self, sha256: str, size: int, thorough: bool) -> bool:
        if thorough:
            return self.state(sha256, size) is FileState.SOUND
        path = self.path(sha256)
        return path.is_file() and path.stat().st_size == size

    def _take_back(self, taken: list[Stored]) -> None:
        for stored in taken:
            self.discard(stored)

    def _take(self, source: BinaryIO, name: str) -> Stored:
        with _explained(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            self._sweep()
            handle, unfinished = tempfile.mkstemp(prefix=_UNFINISHED, dir=self.folder)
            temporary = Path(unfinished)
            try:
                with os.fdopen(handle, "wb") as file:
                    digest, size = _copy(source, file, name)
                    file.flush()
                    os.fsync(file.fileno())
                return self._settle(temporary, digest, size)
            finally:
                temporary.unlink(missing_ok=True)
                self._tidy()

    def _tidy(self, *folders: Path) -> None:
        """No empty folder stays behind after a failure."""
        for folder in (*folders, self.folder):
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()

    def _settle(self, temporary: Path, sha256: str, size: int) -> Stored:
        """Give the finished file its name; one that is there and sound stays as it is."""
        target = self.path(sha256)
        before = self.state(sha256, size)
        if before is not FileState.SOUND:
            target.parent.mkdir(exist_ok=True)
            temporary.chmod(0o400)  # an accidental save in another program must not change it
            if before is FileState.CHANGED:
                _remove(target)
            temporary.replace(target)
        return Stored(sha256, size, is_new=before is FileState.MISSING)

    def _sweep(self) -> None:
        """Take away what a process that was killed left unfinished, a day later."""
        for left in self.folder.glob(f"{_UNFINISHED}*"):
            if abs(time.time() - left.stat().st_mtime) > _DAY:  # or a clock was ahead
                left.unlink(missing_ok=True)


class _Mark(NamedTuple):
    """A file as it was when its content was read; `touched` in nanoseconds."""

    path: str
    size: int
    touched: int


_READ: dict[_Mark, FileState] = {}
"""What this process found when it read these files."""


def problems(database: Path, progress: Progress = lambda _done, _total: None) -> list[str]:
    """Read every attached file; what is missing or changed, in German, or nothing."""
    store = AttachmentStore.of(database)
    words = {FileState.MISSING: "fehlt", FileState.CHANGED: "wurde verändert"}
    found = []
    attached = _attached(database)
    for done, (name, number, sha256, size) in enumerate(attached):
        progress(done, len(attached))
        state = store.state(sha256, size)
        if state is not FileState.SOUND:
            place = f"{store.folder.name}/{sha256[:2]}/{sha256[:12]}…"
            found.append(f"Anlage „{name}“ zu {number}: Die Datei {words[state]} ({place})")
    return found


def names_attached(database: Path) -> set[str]:
    """The names of the files that the rows of a database stand for."""
    store = AttachmentStore.of(database)
    return {store.path(sha256).name for _, _, sha256, _ in _attached(database)}


def _attached(database: Path) -> list[tuple[str, str, str, int]]:
    connection = connect(database)
    try:
        return connection.execute(
            "SELECT a.file_name, g.number, a.sha256, a.size FROM attachment a "
            "JOIN agreement g ON g.id = a.agreement_id ORDER BY g.number, a.file_name"
        ).fetchall()
    except sqlite.OperationalError as error:
        if "no such table" in str(error):  # a file from before there were attachments
            return []
        raise
    finally:
        connection.close()


def _copy(source: BinaryIO, target: BinaryIO, name: str) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while block := source.read(_BLOCK):
        size += len(block)
        if size > SIZE_LIMIT:  # it grew since we looked
            raise UserError(_too_large(name, size))
        digest.update(block)
        target.write(block)
    return digest.hexdigest(), size


def _remove(path: Path) -> None:
    """Windows does not delete what is marked read-only."""
    if path.exists():
        path.chmod(0o600)
        path.unlink()


def _too_large(name: str, size: int) -> str:
    return (
        f"„{name}“ ist {size / 1024 / 1024:.0f} MB groß; eine Anlage darf höchstens {SIZE_LIMIT // 1024 // 1024} MB "
        "haben. Bitte die Datei verkleinern (Scans mit 200 dpi genügen) oder nur ihren Ort in den Notizen festhalten."
    )


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise OutputError(
                f"Im Ordner „{folder}“ ist kein Platz mehr. Dort wurde nichts gespeichert. Bitte Platz schaffen."
            ) from error
        raise OutputError(
            f"Der Ordner „{folder}“ lässt sich nicht beschreiben ({said(error)}). Dort wurde nichts gespeichert. "
            "Bitte Schreibrechte und Datenträger prüfen."
        ) from error
