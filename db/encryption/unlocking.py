"""Opening an encrypted file with its password or the key of its recovery sheet."""

from contextlib import closing
from pathlib import Path

from app.domain.errors import Damaged, StoreError
from db.connection import connect, connect_without_log
from db.driver import sqlite
from db.encryption import keys
from db.encryption.forms import FORMER_KEYS, settings_of
from db.encryption.keys import Secret
from db.encryption.opening import salt_of
from db.encryption.pages import fits
from db.errors import sentences, store_error
from db.file.log import put_foreign_log_aside


class WrongPassword(StoreError):
    """The file stays closed."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Das Kennwort passt nicht zu „{path.name}“. Bitte auf Groß, Klein und die Tastatur achten."
        )


def is_locked(path: Path) -> bool:
    """Is this an encrypted file that needs its password first?"""
    salt = salt_of(path)
    return salt is not None and not keys.known(salt)


def unlock(path: Path, password: str) -> Secret:
    """Open the file, its copies and those from before its password was changed to this process.

    Takes a quarter of a second. Raises WrongPassword.
    """
    salt = salt_of(path)
    if salt is None:
        raise StoreError(f"„{path}“ ist nicht verschlüsselt und braucht kein Kennwort.")
    secret = keys.stretched(password, salt)
    unlock_with(path, secret)
    return secret


def unlock_with(path: Path, secret: Secret) -> None:
    """The same with what was made of the password before, or stands on the recovery sheet. Raises WrongPassword."""
    if secret.salt != salt_of(path):
        raise WrongPassword(path)
    was_known = keys.key_of(secret.salt) if keys.known(secret.salt) else None
    keys.keep(secret.salt, keys.database_key(secret))
    with sentences(path):
        try:
            former = _former_keys(path)
        except sqlite.DatabaseError as error:
            if isinstance(store_error(error, path), Damaged) and fits(path, secret.salt):
                return  # the password is right; what is damaged is told by whoever opens the file
            keys.drop(secret.salt)
            if was_known is not None:  # a wrong password closes nothing that is open
                keys.keep(secret.salt, was_known)
            if "not a database" in str(error):
                raise WrongPassword(path) from error
            raise
    for entry in former.split():
        salt, key = map(bytes.fromhex, entry.split(":"))
        if not keys.known(salt):
            keys.keep(salt, key)


def _former_keys(path: Path) -> str:
    """Raises the driver's own error if the key is wrong."""
    try:
        _read_something(connect_without_log(path))  # a log of another state of the file is not mixed in
    except sqlite.DatabaseError:
        _read_something(
            connect(path, leaves_all=True)
        )  # killed while the log was being written into the file
    put_foreign_log_aside(path)
    with closing(connect(path)) as connection:
        return settings_of(connection).get(FORMER_KEYS, "")


def _read_something(connection: sqlite.Connection) -> None:
    with closing(connection):
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
