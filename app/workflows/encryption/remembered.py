"""Passwords that the system's own keyring remembers, if she wants it.

What is remembered is not the password but what was stretched from it: it opens this file and nothing else of hers.
"""

from pathlib import Path

from db.encryption.keys import SECRET_BYTES, Secret
from db.encryption.opening import salt_of
from db.encryption.unlocking import WrongPassword, unlock_with

_SERVICE = "Quartiersbuero"


def can_remember() -> bool:
    """Has this system a keyring? Loads a library, so it is asked only where an answer is needed."""
    import keyring.backends.fail
    import keyring.backends.null

    none = (keyring.backends.fail.Keyring, keyring.backends.null.Keyring)
    return not isinstance(keyring.get_keyring(), none)


def remember(secret: Secret) -> bool:
    """Put it into the keyring; False where there is none or it refuses."""
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(_SERVICE, secret.salt.hex(), secret.value.hex())
    except (KeyringError, RuntimeError):  # none at all is a RuntimeError, too
        return False
    return True


def remembered(database: Path) -> Secret | None:
    """What opens this file, if it was remembered on this computer."""
    import keyring
    from keyring.errors import KeyringError

    salt = salt_of(database)
    if salt is None:
        return None
    try:
        stored = keyring.get_password(_SERVICE, salt.hex())
        value = bytes.fromhex(stored or "")
    except (KeyringError, RuntimeError, ValueError):
        return None
    return Secret(salt, value) if len(value) == SECRET_BYTES else None


def unlock_remembered(database: Path) -> bool:
    """Open a file with what the keyring knows; False where that is nothing, or from before the password was changed."""
    secret = remembered(database)
    if secret is None:
        return False
    try:
        unlock_with(database, secret)
    except WrongPassword:
        return False
    return True


def forget(salt: bytes) -> None:
    """Take it out of the keyring again; nothing happens where it is not there."""
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.delete_password(_SERVICE, salt.hex())
    except (KeyringError, RuntimeError):
        return
