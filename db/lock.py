"""One writer for each database file, across processes; freed by the system if a process dies."""

from pathlib import Path

from filelock import FileLock, Timeout

from app.domain.errors import StoreError
from app.domain.system_errors import said
from db.errors import LOCKED, Unwritable

PATIENCE = 0.3
"""Seconds: whoever tidies up after reading has the lock for a moment."""

NO_LOCKS = (
    "Am Ort von „{path}“ wirken keine Sperren: Zwei Programme könnten zugleich in die Datei schreiben und sie "
    "zerstören. Bitte die Datei auf diesem Rechner ablegen."
)


class WriterLock:
    """Held by the window for as long as it is open, and by a writing command while it runs."""

    def __init__(self, path: Path, *, patience: float = PATIENCE) -> None:
        self._path = path
        # By whatever link somebody comes to the file, they meet at one lock; SQLite's own tell hard links.
        self._place = f"{path.resolve()}.lock"
        self._lock = FileLock(self._place, timeout=patience, poll_interval=0.02, thread_local=False)

    def acquire(self) -> None:
        """Take the lock; raises StoreError if another process has it."""
        try:
            self._lock.acquire()
        except Timeout as error:
            raise StoreError(LOCKED.format(path=self._path)) from error
        except OSError as error:
            raise Unwritable(
                f"Im Ordner „{self._path.parent}“ darf nicht geschrieben werden ({said(error)}). "
                "Bitte den Schreibschutz aufheben oder die Datei an einen anderen Ort kopieren."
            ) from error
        if not self._holds():
            self.release()
            raise Unwritable(NO_LOCKS.format(path=self._path))

    def _holds(self) -> bool:
        """Some network drives grant everybody everything."""
        try:
            with FileLock(self._place, timeout=0, thread_local=False):
                return False
        except Timeout:
            return True

    def release(self) -> None:
        self._lock.release()

    def __enter__(self) -> "WriterLock":
        self.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()
