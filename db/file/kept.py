"""The file of a writer: its log is emptied often, and what others do to the file is noticed before the next write."""

import os
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import IO

from sqlalchemy.orm import Session

from app.domain.errors import OutputError, StoreError
from app.domain.system_errors import said
from db.connection import BUSY_MILLISECONDS, OurConnection, connect
from db.driver import sqlite
from db.encryption.opening import begin_file, salt_of_open
from db.file.log import new_stretch, read_state
from db.file.opened import FileId, companion, file_id, is_open_here
from db.models.file_state import FileState

_BLOCK = 1 << 20


class Meddling(StrEnum):
    """What others have done to the file while it was open."""

    GONE = "gone"
    REPLACED = "replaced"
    OVERWRITTEN = "overwritten"


SENTENCES = {
    Meddling.GONE: "„{path}“ ist nicht mehr da: Die Datei wurde gelöscht, umbenannt oder verschoben.",
    Meddling.REPLACED: "„{path}“ wurde durch eine andere Datei ersetzt, etwa von einem Abgleich oder von Hand.",
    Meddling.OVERWRITTEN: "„{path}“ wurde von einem anderen Programm überschrieben.",
}
UNTOUCHED = (
    "In die Datei wird nichts mehr geschrieben. "
    "Die eigene Arbeit ist noch da und lässt sich als zweite Datei sichern."
)


class Parted(StoreError):
    """The file is no longer the one that was opened; nothing may be written into it."""

    def __init__(self, path: Path, meddling: Meddling) -> None:
        super().__init__(f"{SENTENCES[meddling].format(path=path)} {UNTOUCHED}")
        self.path, self.meddling = path, meddling


class KeptFile:
    """Knows the file as its writer left it, and holds a copy of it for the case that others write over it.

    `settle` may be called from any thread.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.meddling: Meddling | None = None
        self._guard = threading.RLock()
        self._connect()
        self._empty_log()
        state = read_state(self._writing)
        self._stretch = self._settled = state.stretch if state is not None else ""
        self._marks = self._find_marks()
        self._raw = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        self._is_closed = self._is_resting = False
        self._copy: IO[bytes] | None = None
        self._id = file_id(path)
        self._note()

    def _connect(self) -> None:
        # The last two of all connections to close. One that can only read keeps the others from bringing their log
        # into a file that is no longer ours.
        self._writing = connect(self.path, writes=True)
        self._anchor = connect(self.path, leaves_all=True)
        self._writing.execute("PRAGMA busy_timeout = 0")

    def rest(self) -> bool:
        """End the connections, which know the key, until `wake`; what others do to the file is noticed all the same.

        False: not yet, because the log cannot be emptied just now.
        """
        with self._guard:
            if self._is_resting or self._is_closed:
                return True
            try:
                if not self.settle():
                    return False
            except Parted:
                return True  # they hold what is left of her work
            except (OSError, sqlite.Error):
                return False
            self._anchor.close()
            self._writing.close()  # the last one takes the log away
            self._is_resting = True
            return True

    def wake(self) -> None:
        """Connect again, but not to a file that has become another one meanwhile."""
        with self._guard, suppress(Parted):
            if self._is_resting:
                self.require_same()
                self._connect()
                self._is_resting = False

    def begin(self, session: Session) -> None:
        """First in every transaction that writes, when nobody else can: raises Parted if the file is not ours."""
        self.require_same()
        if self._stretch == self._settled:
            self._stretch = new_stretch()
        session.query(FileState).update({"stretch": self._stretch, "after": self._settled})

    def require_same(self) -> None:
        """Raise Parted if others have put something else in the place of the file."""
        if self.meddling is None and not self._is_closed:
            self.meddling = self._look()
        if self.meddling is not None:
            raise Parted(self.path, self.meddling)

    def settle(self) -> bool:
        """Bring what was saved into the file itself, so that a copy of it alone is whole. False: not all of it yet."""
        with self._guard:
            self.require_same()
            self.wake()
            stretch = self._stretch
            if not self._empty_log():
                self._note()
                return False
            if stretch == self._stretch:  # else somebody has saved meanwhile, into a log of the same name
                self._settled = stretch
            self._note()
            self._copy_all()
            return True

    def wipe(self) -> bool:
        """Write the file anew, without gaps in which something deleted might lie. False: the log is not empty yet."""
        with self._guard:
            self.require_same()
            self.wake()
            self._writing.execute("PRAGMA temp_store = MEMORY")  # nothing of it into a folder of the system
            # The file itself changes when the log is emptied below, and that is noted.
            self._writing.execute("PRAGMA wal_autocheckpoint = 0")
            self._writing.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
            try:
                self._writing.execute("VACUUM")
                self._marks = self._find_marks()
                self._note()
                return self.settle()
            finally:
                self._writing.execute("PRAGMA busy_timeout = 0")

    def rescue(self, target: Path) -> None:
        """Write all that was saved here to `target`, also what the file in our place no longer has."""
        with self._guard:
            try:
                if self.meddling is Meddling.OVERWRITTEN or self._is_resting:
                    self._rescue_copy(target)
                else:
                    write_copy(self._anchor, target)
            except OSError as error:
                raise OutputError(
                    f"„{target}“ lässt sich nicht schreiben ({said(error)}). Bitte einen anderen Ort wählen."
                ) from error

    def close(self, dispose: Callable[[], None]) -> None:
        """Close all connections, `dispose` those of the others; a file that is not ours any more is left as it is."""
        with self._guard:
            if self._is_closed:
                return
            with suppress(Parted):
                self.require_same()
            self._is_closed = True
            log, shared = companion(self.path.resolve(), "-wal"), companion(self.path.resolve(), "-shm")
            if self.meddling is None:
                self._anchor.close()
            dispose()
            self._writing.close()
            self._anchor.close()
            if self.meddling is not None and log.exists() and log.stat().st_size == 0:
                log.unlink()
                shared.unlink(missing_ok=True)
            if self._copy is not None:
                self._copy.close()
            if not is_open_here(self.path):  # else others of this process would lose their locks
                os.close(self._raw)

    def _find_marks(self) -> list[tuple[int, int]]:
        """Where the pages lie that every emptying of the log changes, and how long they are."""
        page = self._writing.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'file_state'"
        ).fetchone()
        size = int(self._writing.execute("PRAGMA page_size").fetchone()[0])  # SQLCipher says it in letters
        return [(0, size)] + ([((page[0] - 1) * size, size)] if page is not None else [])

    def _empty_log(self) -> bool:
        try:
            busy, _, _ = self._writing.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite.OperationalError as error:
            if "locked" in str(error):
                return False
            raise
        return not busy

    def _look(self) -> Meddling | None:
        try:
            now = self.path.stat()
        except FileNotFoundError:
            return Meddling.GONE
        except OSError:
            return None  # SQLite will say what is wrong with the place
        if FileId(now.st_dev, now.st_ino) != self._id:
            return Meddling.REPLACED
        if (now.st_size, now.st_mtime_ns) == self._seen:
            return None
        with self._guard:  # not while the log is being brought in
            if self._fingerprint() != self._print:
                return Meddling.OVERWRITTEN
            self._note()
        return None

    def _note(self) -> None:
        with suppress(OSError):
            now = self.path.stat()
            self._seen = now.st_size, now.st_mtime_ns
        self._print = self._fingerprint()

    def _fingerprint(self) -> list[bytes]:
        """The pages that every emptying of the log changes, as they lie on the disk, perhaps encrypted."""
        found = []
        for place, length in self._marks:
            os.lseek(self._raw, place, os.SEEK_SET)
            found.append(os.read(self._raw, length))
        return found

    def _copy_all(self) -> None:
        """The file as it is now into one without a name, which goes with the process."""
        if self._copy is None:
            self._copy = tempfile.TemporaryFile()  # noqa: SIM115
        os.lseek(self._raw, 0, os.SEEK_SET)
        self._copy.seek(0)
        while block := os.read(self._raw, _BLOCK):
            self._copy.write(block)
        self._copy.truncate()
        self._copy.flush()

    def _rescue_copy(self, target: Path) -> None:
        """The copy of the last settling, and the log since, which SQLite brings into it."""
        if self._copy is None:
            raise StoreError(
                f"Von „{self.path}“ ist hier noch nichts anderes bekannt; seit dem Öffnen wurde nichts gespeichert. "
                "Bitte eine Sicherung wiederherstellen, wenn der Inhalt falsch ist."
            )
        self._copy.seek(0)
        with target.open("wb") as file:
            while block := self._copy.read(_BLOCK):
                file.write(block)
        log = companion(self.path.resolve(), "-wal")
        if log.exists() and not self._is_resting:
            companion(target, "-wal").write_bytes(log.read_bytes())
        connection = connect(target, writes=True)
        try:
            connection.execute("PRAGMA journal_mode = DELETE")
        finally:
            connection.close()


def write_copy(source: OurConnection, target: Path) -> None:
    """All that a connection knows, as a new file; encrypted as its file was, whatever lies in its place now."""
    target.touch()
    writing = begin_file(target, salt_of_open(source))
    try:
        source.backup(writing)
        writing.execute("PRAGMA journal_mode = DELETE")  # one file, no companions
    finally:
        writing.close()
