"""Writes files for people outside, whole or not at all."""

import errno
import os
import tempfile
from pathlib import Path

from app.domain.errors import OutputError, UserError
from app.domain.system_errors import said
from db.identity import is_database
from db.private_files import give_out


def write_file(path: Path, content: bytes) -> None:
    """Put `content` at `path` in one step; on failure nothing is left behind and an old file stays.

    Raises OutputError with a sentence that names the place, and UserError where a database would be lost: a paper
    can be made again, what the office has entered cannot.
    """
    _refuse_other_than_files(path)
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        give_out(temporary)
        temporary.replace(path)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise OutputError(why_not_written(path, error)) from error


def require_writable(path: Path) -> None:
    """Find out before long work whether `path` can be written at its end; raises as `write_file` does."""
    _refuse_other_than_files(path)
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "directory", str(path))
        with tempfile.TemporaryFile(dir=path.parent):
            pass
    except OSError as error:
        raise OutputError(why_not_written(path, error)) from error


def _refuse_other_than_files(path: Path) -> None:
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise OutputError(f"„{path}“ ist ein Gerät und keine Datei. Bitte einen anderen Ort wählen.")
    if is_database(path):
        raise UserError(
            f"„{path}“ ist die Datei eines Programms, etwa von Quartiersbüro, und wird nicht überschrieben. "
            "Bitte einen anderen Namen wählen."
        )


def why_not_written(path: Path, error: OSError) -> str:
    """A sentence for a failed write: what happened and what to do."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"Auf dem Datenträger ist kein Platz mehr für „{path}“. Bitte Platz schaffen und noch einmal speichern."
    if not path.parent.is_dir():
        return f"Den Ordner „{path.parent}“ gibt es nicht. Bitte einen vorhandenen Ordner wählen."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.EBUSY):
        return (
            f"„{path}“ lässt sich nicht schreiben: Der Ort ist schreibgeschützt oder die Datei ist in einem anderen "
            "Programm geöffnet. Bitte die Datei schließen oder einen anderen Ort wählen."
        )
    return f"„{path}“ lässt sich nicht schreiben ({said(error)}). Bitte einen anderen Ort wählen."
