"""Files that are being made: named by who makes them, given their name in one step, swept if their maker is gone."""

import glob
import os
import platform
import re
import sys
import threading
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from app.domain.copies.clock import is_far

UNFINISHED = timedelta(days=1)
"""After so long nobody is at work any more on a file that is not finished, whatever the clock did meanwhile."""
_MAKER = re.compile(r"\.(?P<host>[^.]*)-(?P<pid>\d+)-\d+(?:-journal|-wal|-shm|\.lock)?$")


def unfinished_path(target: Path) -> Path:
    """The name of what is not finished yet on its way to `target`. It tells who is making it.

    Two backups of the same second, by the day and by hand, must not write into one file.
    """
    return target.with_name(f".{target.name}.{_host()}-{os.getpid()}-{threading.get_ident()}")


def settle(temporary: Path, target: Path) -> None:
    """Give what is finished its name, for good: also after a power cut there is either the old file or this."""
    with temporary.open("rb+") as file:
        os.fsync(file.fileno())
    temporary.replace(target)
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """Windows has no such thing, and not every drive allows it."""
    if sys.platform != "win32":
        with suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def remove_unfinished(target: Path, now: datetime) -> None:
    """Take away what a process that was killed left unfinished on its way to `target`."""
    remove_unfinished_in(target.parent, f".{glob.escape(target.name)}.*", now)


def remove_unfinished_in(folder: Path, named: str, now: datetime) -> None:
    """At once if its maker was a process of this computer that is gone, else a day later."""
    for unfinished in folder.glob(named):
        with suppress(OSError):  # another backup has just taken its own away, or it is not ours to take
            if _is_abandoned(unfinished, now):
                unfinished.unlink()


def _is_abandoned(unfinished: Path, now: datetime) -> bool:
    maker = _MAKER.search(unfinished.name)
    if maker is not None and maker["host"] == _host() and not _is_running(int(maker["pid"])):
        return True
    return is_far(unfinished.stat().st_mtime, now, UNFINISHED)


def _host() -> str:
    return re.sub(r"[^0-9A-Za-z]", "", platform.node())


def _is_running(process: int) -> bool:
    """Whether there is such a process; yes where that cannot be known."""
    if sys.platform == "win32":
        return True  # asking would be a signal there, and a day is soon over
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
