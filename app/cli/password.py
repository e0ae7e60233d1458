"""Where a command gets the password of an encrypted file from; never from its arguments, which others can see."""

import os
import sys
from getpass import getpass
from pathlib import Path

from app.domain.errors import StoreError, UserError
from app.domain.system_errors import said
from app.workflows.encryption.remembered import unlock_remembered
from db.encryption.opening import Locked
from db.encryption.unlocking import unlock as unlock_by_password

VARIABLE = "QUARTIERSBUERO_PASSWORD"


def unlock(database: Path, password_file: Path | None) -> None:
    """Open the file to this process: by the file with the password, the variable, the keyring, or by asking.

    Raises StoreError if there is none of these, or the password is wrong.
    """
    if password_file is not None:
        unlock_by_password(database, _first_line(password_file))
    elif password := os.environ.get(VARIABLE):
        unlock_by_password(database, password)
    elif not unlock_remembered(database):
        if not (sys.stdin and sys.stdin.isatty()):
            raise StoreError(
                f"{Locked(database).sentence} Ein Befehl nimmt es aus der Umgebungsvariablen {VARIABLE}, aus einer "
                "Datei (--password-file) oder aus dem Schlüsselbund des Systems."
            )
        unlock_by_password(database, getpass(f"Kennwort für „{database.name}“: ", stream=sys.stderr))


def _first_line(path: Path) -> str:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        why = said(error) if isinstance(error, OSError) else "kein Text in UTF-8"
        raise UserError(f"Das Kennwort lässt sich nicht aus „{path}“ lesen ({why}).") from error
    if not lines or not lines[0]:
        raise UserError(f"„{path}“ ist leer. In der ersten Zeile muss das Kennwort stehen.")
    return lines[0]
