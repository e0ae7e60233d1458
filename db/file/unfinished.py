"""Files on their way to their place: whose they are, and when nobody will finish them any more."""

import os
import platform
import re
import sys
from datetime import datetime, timedelta
from pathlib import Path

from app.domain.copies.clock import is_far

UNFINISHED = timedelta(days=1)
"""After so long nobody is at work any more on a file that is not finished, whatever the clock did meanwhile."""
_MAKER = re.compile(r"\.(?P<host>[^.]*)-(?P<pid>\d+)-\w+(?:-journal|-wal|-shm|\.lock)?$")


def maker() -> str:
    """What the name of an unfinished file says of its maker, at the end and before what makes it unique."""
    return f".{_host()}-{os.getpid()}-"


def is_abandoned(unfinished: Path, now: datetime) -> bool:
    """At once if its maker was a process of this computer that is gone, else a day later. Raises OSError."""
    told = _MAKER.search(unfinished.name)
    if told is not None and told["host"] == _host() and not _is_running(int(told["pid"])):
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
