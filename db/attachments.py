"""The folder of attached files beside a database: written whole or not at all, named by content, never changed.

Where the database is encrypted, they are, too. After it has become so, or is so no more, files in the other form are
still read, until `convert` has brought them into the new one.
"""

import hashlib
import os
import re
import tempfile
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, NamedTuple

from app.domain.errors import UserError
from app.domain.system_errors import said
from db.attachment_errors import SIZE_LIMIT, explained, too_large
from db.driver import sqlite
from db.encryption import sealed_file
from db.encryption.forms import form_of
from db.encryption.sealed_file import Damaged, Head, Sealing, plain_blocks
from db.file.opened import refuse_open_here

__all__ = ["SIZE_LIMIT", "AttachmentStore", "FileState", "Progress", "Stored", "folder_for"]

Progress = Callable[[int, int], None]
"""progress(done, total); raises Cancelled when the person has cancelled."""

_BLOCK = sealed_file.BLOCK
_SEALED = ".qa"
"""How the names of encrypted files end."""
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
    """Files under the SHA-256 of their content, in folders by its first two digits; encrypted ones under a hidden name.

    `key`: of files that are encrypted, or still are although `sealed` says that they are to be no more.
    """

    def __init__(self, folder: Path, key: bytes | None = None, *, sealed: bool | None = None) -> None:
        self.folder = folder
        self.key = key
        self.is_sealed = key is not None if sealed is None else sealed

    @classmethod
    def of(cls, database: Path) -> "AttachmentStore":
        """The store of the database file at this place. Raises Locked."""
        if not database.is_file():
            return cls(folder_for(database))
        try:
            form = form_of(database)
        except sqlite.DatabaseError:  # damaged: what lies beside it can be read unless it is encrypted
            return cls(folder_for(database))
        return cls(folder_for(database), form.attachments_key, sealed=form.salt is not None)

    def beside(self, database: Path) -> "AttachmentStore":
        """The store of a copy of this one's database, which need not be there yet."""
        return AttachmentStore(folder_for(database), self.key, sealed=self.is_sealed)

    def path(self, sha256: str) -> Path:
        """Where a file lies, or is to lie."""
        own = self._path(sha256, self.is_sealed)
        other = None if self.key is None else self._path(sha256, not self.is_sealed)
        return other if other is not None and not own.exists() and other.exists() else own

    def _path(self, sha256: str, sealed: bool) -> Path:
        if not sealed:
            return self.folder / sha256[:2] / sha256
        assert self.key is not None
        name = sealed_file.hidden_name(self.key, sha256)
        return self.folder / name[:2] / f"{name}{_SEALED}"

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
                raise UserError(too_large(source.name, source.stat().st_size))
            refuse_open_here(source)
            file = source.open("rb")
        except OSError as error:
            raise UserError(f"„{source}“ lässt sich nicht lesen ({said(error)}).") from error
        with file:
            return self._take(plain_blocks(file), source.name)

    def put_bytes(self, content: bytes, name: str) -> Stored:
        """The same for what was never a file, such as a picture from the clipboard."""
        if len(content) > SIZE_LIMIT:
            raise UserError(too_large(name, len(content)))
        return self._take(plain_blocks(BytesIO(content)), name)

    def read(self, sha256: str, name: str) -> bytes:
        """The content, exactly as it was taken. Raises UserError if it is missing or no longer the same."""
        content = b""
        try:
            content = b"".join(self._content(self.path(sha256)))
        except Damaged:
            pass
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
        if mark.size != self._size_on_disk(self.path(sha256), size):
            return FileState.CHANGED
        return _READ.get(mark)

    def state(self, sha256: str, size: int) -> FileState:
        """Read the whole file, unless this process has already done so and it was not touched since."""
        known = self.glance(sha256, size)
        if known is not None:
            return known
        try:
            mark = self._mark(sha256)
            same = self._digest(self.path(sha256)) == sha256
        except OSError:
            return FileState.MISSING
        return _READ.setdefault(mark, FileState.SOUND if same else FileState.CHANGED)

    def discard(self, stored: Stored) -> None:
        """Take back a file that `put` has just brought and nothing refers to."""
        if stored.is_new:
            path = self._path(stored.sha256, self.is_sealed)
            _remove(path)
            self._tidy(path.parent)

    def names_of(self, sha256: str) -> set[str]:
        """The names under which a file may lie here, in whichever form."""
        forms = (False,) if self.key is None else (False, True)
        return {self._path(sha256, sealed).name for sealed in forms}

    def let_go(self, names: Collection[str]) -> None:
        """Take away files by their names."""
        for path in list(self._files()):
            if path.name in names:
                with suppress(OSError):  # it is looked at just now, or not ours to take
                    _remove(path)
                    self._tidy(path.parent)

    def hashes(self) -> Iterator[str]:
        """Of all files that lie here and can be read."""
        for sha256, _size in self._held():
            yield sha256

    def convert(self, progress: Progress = lambda _done, _total: None) -> list[str]:
        """Bring files into the form they are to have, one by one; it may be stopped and taken up again.

        What cannot be read stays and is returned, in German.
        """
        self._remove_plain_remains()
        other = [path for path in self._files() if (path.suffix == _SEALED) != self.is_sealed]
        left: list[str] = []
        for done, path in enumerate(other):
            progress(done, len(other))
            try:
                self._take(self._content(path), path.name)
                _remove(path)
                self._tidy(path.parent)
            except Damaged:
                left.append(f"Die Anlage „{path}“ ist beschädigt und bleibt, wie sie ist.")
            except OSError as error:
                left.append(f"Die Anlage „{path}“ lässt sich nicht lesen ({said(error)}).")
        return left

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
        only: Collection[str] | None = None,
        thorough: bool = False,
        progress: Progress = lambda _done, _total: None,
    ) -> list[Stored]:
        """Copy what is missing here from another store; `thorough`: also put right what was changed here.

        `only`: of the files with these hashes; None: of all.
        What is damaged there is left out. Raises OutputError if there is no room, Cancelled from `progress`; then
        nothing was copied.
        """
        if not other.folder.is_dir() or other.folder.absolute() == self.folder.absolute():
            return []
        taken: list[Stored] = []
        try:
            held = ((sha256, size) for sha256, size in other._held() if only is None or sha256 in only)
            missing = [one for one in held if not self._has(*one, thorough)]
            for done, (sha256, size) in enumerate(missing):
                progress(done, len(missing))
                if other.state(sha256, size) is FileState.SOUND:
                    taken.append(self.take_from(other, sha256))
        except OSError as error:
            self._take_back(taken)
            raise UserError(
                f"Der Ordner „{other.folder}“ lässt sich nicht lesen ({said(error)}). Bitte den Datenträger prüfen."
            ) from error
        except BaseException:
            self._take_back(taken)
            raise
        return taken

    def take_from(self, other: "AttachmentStore", sha256: str) -> Stored:
        """Copy one file from another store, whichever of the two is encrypted. Raises Damaged, OSError, OutputError."""
        return self._take(other._content(other.path(sha256)), sha256)

    def _files(self) -> Iterator[Path]:
        for path in sorted(self.folder.glob("[0-9a-f][0-9a-f]/*")):
            if _HASH.fullmatch(path.name.removesuffix(_SEALED)) and (
                self.key is not None or path.suffix != _SEALED
            ):
                yield path

    def _held(self) -> Iterator[tuple[str, int]]:
        """Hash and size of what lies here and can be read."""
        for path in self._files():
            if path.suffix != _SEALED:
                yield path.name, path.stat().st_size
                continue
            assert self.key is not None
            with suppress(Damaged), path.open("rb") as file:
                yield sealed_file.head_of(self.key, file)

    def _content(self, path: Path) -> Iterator[bytes]:
        """What was attached, in blocks, however it lies there. Raises Damaged."""
        with path.open("rb") as file:
            if path.suffix == _SEALED and self.key is not None:
                yield from sealed_file.blocks(self.key, file)
            else:
                yield from plain_blocks(file)

    def _digest(self, path: Path) -> str | None:
        digest = hashlib.sha256()
        try:
            for block in self._content(path):
                digest.update(block)
        except Damaged:
            return None
        return digest.hexdigest()

    def _size_on_disk(self, path: Path, size: int) -> int:
        return sealed_file.sealed_size(size) if path.suffix == _SEALED else size

    def _remove_plain_remains(self) -> None:
        """What was left unfinished before the files were encrypted can be read by anybody."""
        for left in self.folder.glob(f"{_UNFINISHED}*") if self.is_sealed else ():
            with suppress(OSError), left.open("rb") as file:
                if not sealed_file.is_being_written(file.read(len(sealed_file.MARK))):
                    left.unlink()

    def _mark(self, sha256: str) -> "_Mark":
        seen = self.path(sha256).stat()
        return _Mark(str(self.path(sha256)), seen.st_size, seen.st_mtime_ns)

    def _has(self, sha256: str, size: int, thorough: bool) -> bool:
        if thorough:
            return self.state(sha256, size) is FileState.SOUND
        path = self.path(sha256)
        return path.is_file() and path.stat().st_size == self._size_on_disk(path, size)

    def _take_back(self, taken: list[Stored]) -> None:
        for stored in taken:
            self.discard(stored)

    def _take(self, content: Iterator[bytes], name: str) -> Stored:
        with explained(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            self._sweep()
            handle, unfinished = tempfile.mkstemp(prefix=_UNFINISHED, dir=self.folder)
            temporary = Path(unfinished)
            try:
                with os.fdopen(handle, "wb") as file:
                    digest, size = self._write(content, file, name)
                    file.flush()
                    os.fsync(file.fileno())
                return self._settle(temporary, digest, size)
            finally:
                temporary.unlink(missing_ok=True)
                self._tidy()

    def _write(self, content: Iterator[bytes], target: BinaryIO, name: str) -> tuple[str, int]:
        sealing = Sealing(self.key, target) if self.is_sealed and self.key is not None else None
        digest, size = hashlib.sha256(), 0
        for block in content:
            size += len(block)
            if size > SIZE_LIMIT:  # it grew since we looked
                raise UserError(too_large(name, size))
            digest.update(block)
            (sealing or target).write(block)
        if sealing is not None:
            sealing.finish(Head(digest.hexdigest(), size))
        return digest.hexdigest(), size

    def _tidy(self, *folders: Path) -> None:
        """No empty folder stays behind after a failure."""
        for folder in (*folders, self.folder):
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()

    def _settle(self, temporary: Path, sha256: str, size: int) -> Stored:
        """Give the finished file its name; one that is there and sound stays as it is."""
        target = self._path(sha256, self.is_sealed)
        before = self.state(sha256, size) if self.path(sha256) == target else FileState.MISSING
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


def _remove(path: Path) -> None:
    """Windows does not delete what is marked read-only."""
    if path.exists():
        path.chmod(0o600)
        path.unlink()
