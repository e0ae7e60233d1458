"""The recovery sheet of a file, and opening the file with what stands on it."""

from datetime import date
from pathlib import Path

from app.domain.encryption.recovery_key import printed, typed
from app.domain.file_names import safe_name
from app.reports.encryption.recovery_sheet import RecoverySheet, recovery_sheet_pdf
from app.services import office
from db.database import Database
from db.encryption.keys import Secret
from db.encryption.opening import salt_of
from db.encryption.unlocking import WrongPassword, unlock_with


def sheet(database: Database, secret: Secret, on: date) -> bytes:
    """The sheet as PDF. Raises UserError if the office's logo cannot be read."""
    with database.read() as session:
        values = office.load(session)
    groups = tuple(printed(secret.value))
    return recovery_sheet_pdf(RecoverySheet(values, on, database.path.name, groups))


def sheet_name(database: Path) -> str:
    """A name for the sheet that tells which file it belongs to."""
    return f"{safe_name(f'Wiederherstellungsblatt {database.stem}')}.pdf"


def unlock_with_sheet(database: Path, text: str) -> Secret:
    """Open the file with the key as it was typed.

    Raises UserError that names the group with a slip, WrongPassword for a sheet of another file or an older password.
    """
    secret = Secret(salt_of(database) or b"", typed(text))
    try:
        unlock_with(database, secret)
    except WrongPassword as error:
        raise OtherSheet(database) from error
    return secret


class OtherSheet(WrongPassword):
    """Typed without a slip, but it does not open this file."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.args = (
            f"Dieser Schlüssel ist richtig eingegeben, gehört aber nicht zu „{path.name}“ oder zu einem früheren "
            "Kennwort. Bitte das neueste Blatt nehmen.",
        )
