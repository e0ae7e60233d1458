"""Writes several files into one folder: all of them or none."""

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from app.domain.errors import OutputError, UserError
from app.workflows.files import why_not_written
from db.identity import is_database
from db.private_files import give_out


def in_the_way(folder: Path, names: Sequence[str]) -> list[str]:
    """Those of the names that are taken in the folder."""
    return [name for name in names if (folder / name).exists()]


def write_files(folder: Path, contents: Mapping[str, bytes], *, replace: bool = False) -> list[Path]:
    """Put all files into the folder; on failure none is there and old ones are as they were.

    Without `replace` a name that is taken is refused (UserError); databases and folders always are. Raises
    OutputError where nothing can be written.
    """
    _refuse(folder, list(contents), replace)
    try:
        staging = Path(tempfile.mkdtemp(prefix=".serie-", dir=folder))
    except OSError as error:
        raise OutputError(why_not_written(folder / next(iter(contents), ""), error)) from error
    moved: list[tuple[Path, Path | None]] = []  # where it went, and the old file that stood there
    target = folder
    try:
        for name, content in contents.items():
            target = folder / name
            (staging / name).write_bytes(content)
            give_out(staging / name)
        for place, name in enumerate(contents):
            target = folder / name
            old = staging / f"{place}.old" if target.exists() else None
            if old is not None:
                target.replace(old)
            moved.append((target, old))
            (staging / name).replace(target)
    except OSError as error:
        for path, old in reversed(moved):
            path.unlink(missing_ok=True)
            if old is not None:
                old.replace(path)
        raise OutputError(why_not_written(target, error)) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return [path for path, _ in moved]


def _refuse(folder: Path, names: Sequence[str], replace: bool) -> None:
    taken = in_the_way(folder, names)
    keeping = [name for name in taken if (folder / name).is_dir() or is_database(folder / name)]
    if keeping or (taken and not replace):
        raise UserError(
            f"Im Ordner „{folder}“ gibt es schon: {', '.join((keeping or taken)[:5])}. "
            "Bitte einen anderen Ordner wählen."
        )
