"""Whether a place for copies is there just now: a stick may be drawn, a network drive gone."""

from os.path import ismount
from pathlib import Path


def drive_of(folder: Path) -> str:
    """Where the drive of a folder is mounted; empty if it is the drive that is always there.

    Kept with the choice of the folder: when the drive is gone, a folder of the same name may lie on the other one.
    """
    root = Path(folder.absolute().anchor)
    mounted = next(
        one for one in (folder.absolute(), *folder.absolute().parents) if one == root or ismount(one)
    )
    return "" if mounted == root else str(mounted)


def is_there(folder: Path, drive: str) -> bool:
    """Whether copies can go there. May take long where a network drive does not answer."""
    return folder.is_dir() and (not drive or ismount(drive))
