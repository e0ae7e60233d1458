"""Turns errors of the environment into sentences for the person, for window and command line alike."""

import errno
from pathlib import Path

from app.domain.errors import OutputError, UserError
from app.domain.system_errors import said
from app.workflows.files import why_not_written

_WRITING = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG}


def as_user_error(error: BaseException) -> UserError | None:
    """The sentence for an error the person or the environment caused; None if it is our own bug."""
    if isinstance(error, UserError):
        return error
    if isinstance(error, MemoryError):
        return UserError(
            "Der Arbeitsspeicher reicht nicht aus. Bitte andere Programme schließen und noch einmal versuchen."
        )
    if not isinstance(error, OSError) or error.errno is None:
        return None
    place = Path(str(error.filename)) if error.filename else None
    if place is not None and error.errno in _WRITING:
        return OutputError(why_not_written(place, error))
    if error.errno in _WRITING:
        return OutputError(
            "Auf dem Datenträger ist kein Platz mehr oder er ist schreibgeschützt. Bitte Platz schaffen."
        )
    if place is None:
        return UserError(
            f"Das Betriebssystem meldet: {said(error)}. Bitte Datenträger und Verbindung prüfen."
        )
    if isinstance(error, FileNotFoundError):
        return UserError(f"„{place}“ gibt es nicht. Bitte den Namen und den Ordner prüfen.")
    if isinstance(error, PermissionError):
        return UserError(
            f"„{place}“ darf nicht geöffnet werden. Bitte die Rechte prüfen oder eine Kopie verwenden."
        )
    if isinstance(error, IsADirectoryError):
        return UserError(f"„{place}“ ist ein Ordner. Bitte eine Datei angeben.")
    return UserError(
        f"„{place}“ ist nicht erreichbar ({said(error)}). Bitte Datenträger und Verbindung prüfen."
    )
