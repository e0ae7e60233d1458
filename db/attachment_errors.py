"""What is said where an attached file cannot be taken."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.domain.errors import OutputError
from app.domain.system_errors import said

SIZE_LIMIT = 200 * 1024 * 1024
"""Bytes of one file; more is a film or an archive, which would fill every backup."""


def too_large(name: str, size: int) -> str:
    return (
        f"„{name}“ ist {size / 1024 / 1024:.0f} MB groß; eine Anlage darf höchstens {SIZE_LIMIT // 1024 // 1024} MB "
        "haben. Bitte die Datei verkleinern (Scans mit 200 dpi genügen) oder nur ihren Ort in den Notizen festhalten."
    )


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise OutputError(
                f"Im Ordner „{folder}“ ist kein Platz mehr. Dort wurde nichts gespeichert. Bitte Platz schaffen."
            ) from error
        raise OutputError(
            f"Der Ordner „{folder}“ lässt sich nicht beschreiben ({said(error)}). Dort wurde nichts gespeichert. "
            "Bitte Schreibrechte und Datenträger prüfen."
        ) from error
