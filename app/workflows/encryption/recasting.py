"""Encrypting, decrypting, another password: from what she types to what the store does."""

from dataclasses import dataclass
from pathlib import Path

from app.workflows.encryption import remembered
from db.attachments import Progress
from db.encryption import keys
from db.encryption.changing import change
from db.encryption.keys import Secret
from db.encryption.opening import salt_of


@dataclass(frozen=True, slots=True)
class Recast:
    """What came of it. `secret`: for the recovery sheet, None: not encrypted now. `left`: what stays as it was."""

    secret: Secret | None
    left: tuple[str, ...]


def recast(
    database: Path, password: str | None, second_place: Path | None, remember: bool, progress: Progress
) -> Recast:
    """Give the file a password, or with None none any more, and its copies with it; raises as `change` does."""
    before = salt_of(database)
    secret = None if password is None else keys.stretched(password, keys.new_salt())
    left = change(database, secret, second_place=second_place, progress=progress)
    if before is not None:
        remembered.forget(before)
    if secret is not None and remember and not remembered.remember(secret):
        left.append("Dieses System hat keinen Schlüsselbund; das Kennwort wird jedes Mal gefragt.")
    return Recast(secret, tuple(left))
