"""Who may read the files of this program: its user alone; what goes out of the house is as the system says.

On Windows rights are those of the folder, a user's own folders are the user's alone, and there is nothing to do:
`chmod` knows nothing but the mark "read-only" there, and a umask changes nothing.
"""

import os
import stat
from contextlib import suppress
from functools import cache
from pathlib import Path

_OTHERS = 0o077


@cache
def keep_private() -> int:
    """From now on whatever this process makes is its user's alone: database, log of changes, settings, copies.

    Returns what the system wanted to be kept from others (the umask), which still holds for what goes out.
    """
    return os.umask(_OTHERS)


def give_out(path: Path) -> None:
    """A finished file goes out of the house: others may read it as far as the system says."""
    path.chmod(0o666 & ~keep_private())


def tighten(*paths: Path) -> None:
    """Take away from others what an earlier edition left open to them, also all that lies in a folder.

    A folder that is closed already is not looked into: nobody else can have come to what is in it.
    """
    for path in paths:
        with suppress(OSError):  # it is not there, or a drive without rights
            seen = path.stat(follow_symlinks=False)
            if stat.S_ISLNK(seen.st_mode) or not seen.st_mode & _OTHERS or not _is_ours(seen):
                continue
            if stat.S_ISDIR(seen.st_mode):
                tighten(*path.iterdir())
            path.chmod(stat.S_IMODE(seen.st_mode) & ~_OTHERS)


def _is_ours(seen: os.stat_result) -> bool:
    return os.name == "posix" and seen.st_uid == os.geteuid()
