"""Passing copies, for other programs to show or to be read here: in a folder of this process.

They are swept when it ends, or at the next start.

A process holds a lock in its folder as long as it lives, so what nobody holds is left by one that was killed.
"""

import atexit
import shutil
import tempfile
import time
from contextlib import suppress
from functools import cache
from pathlib import Path

from filelock import FileLock, Timeout

PREFIX = "quartiersbuero-"
_HELD = ".offen"
_WORKING = ("finanzliste-", "liste-", "tabelle-")
"""Folders and files in which workbooks are read and written; they go by themselves unless the program is killed."""
_DAY = 24 * 60 * 60


def new_folder() -> Path:
    """An empty folder for one copy. Raises OSError."""
    return Path(tempfile.mkdtemp(dir=_own_folder(tempfile.gettempdir())))


def sweep() -> None:
    """Take away what processes have left that were killed."""
    place = Path(tempfile.gettempdir())
    for folder in place.glob(f"{PREFIX}*"):
        if (folder / _HELD).is_file():
            with suppress(Timeout, OSError), FileLock(folder / _HELD, timeout=0):
                _remove(folder)
        else:
            _remove_old(folder)
    for prefix in _WORKING:
        for left in place.glob(f"{prefix}*"):
            _remove_old(left)


def _remove_old(left: Path) -> None:
    """Nobody holds it, and perhaps somebody is only about to."""
    with suppress(OSError):
        if left.stat().st_mtime < time.time() - _DAY:
            _remove(left)


@cache
def _own_folder(place: str) -> Path:
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=place))
    lock = FileLock(folder / _HELD, thread_local=False)
    lock.acquire()
    atexit.register(_end, folder, lock)
    return folder


def _end(folder: Path, lock: FileLock) -> None:
    """A copy that another program still shows stays until the next start, where the system keeps it."""
    for one in folder.iterdir():
        if one.is_dir():
            _remove(one)
    lock.release()
    _remove(folder)


def _remove(path: Path) -> None:
    """Copies are read-only, which Windows would not delete."""
    if path.is_dir():
        for one in path.rglob("*"):
            with suppress(OSError):
                one.chmod(0o700 if one.is_dir() else 0o600)
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
