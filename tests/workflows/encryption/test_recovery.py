"""The recovery sheet: what stands on it opens the file, and nothing else does."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from pypdf import PdfReader

from app.domain.encryption.recovery_key import printed
from app.domain.errors import UserError
from app.workflows.encryption import recovery
from app.workflows.encryption.recovery import OtherSheet, sheet, unlock_with_sheet
from app.workflows.encryption.remembered import can_remember, forget, remember, remembered
from db.database import Database, open_database
from db.encryption import keys
from db.encryption.changing import change
from db.encryption.keys import Secret
from db.encryption.unlocking import is_locked

PASSWORD = "Tasse Ufer Licht Mond"


@pytest.fixture
def secret(database: Database, monkeypatch: pytest.MonkeyPatch) -> Secret:
    monkeypatch.setattr(keys, "_ring", {})
    database.close()
    made = keys.stretched(PASSWORD, keys.new_salt())
    change(database.path, made)
    return made


def test_what_stands_on_the_sheet_opens_the_file(database: Database, secret: Secret) -> None:
    opened = open_database(database.path, writer=False)
    text = PdfReader(BytesIO(sheet(opened, secret, date(2026, 12, 1)))).pages[0].extract_text()
    opened.close()
    for said in ("buero.db", "01.12.2026", "Gruppe 8", "Tresor"):
        assert said in text
    groups = printed(secret.value)
    assert all(group in text for group in groups)
    keys.forget_all()
    assert unlock_with_sheet(database.path, " ".join(groups)) == secret
    assert not is_locked(database.path)


def test_a_slip_is_named_and_another_sheet_is_told_from_it(database: Database, secret: Secret) -> None:
    keys.forget_all()
    groups = printed(secret.value)
    with pytest.raises(UserError, match="Gruppe 2"):
        unlock_with_sheet(database.path, " ".join([groups[0], groups[2], *groups[2:]]))
    with pytest.raises(OtherSheet, match="neueste Blatt"):
        unlock_with_sheet(database.path, " ".join(printed(bytes(20))))
    assert is_locked(database.path)


def test_the_name_of_the_sheet_tells_the_file() -> None:
    assert recovery.sheet_name(Path("/x/büro: alt.db")) == "Wiederherstellungsblatt büro- alt.pdf"


class Ring(KeyringBackend):
    """A keyring in memory, as systems have one."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def system_ring() -> Iterator[Ring]:
    before, ring = keyring.get_keyring(), Ring()
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)


def test_the_keyring_remembers_what_opens_this_file_and_not_the_password(
    database: Database, secret: Secret, system_ring: Ring
) -> None:
    assert can_remember()
    assert remembered(database.path) is None
    assert remember(secret)
    assert remembered(database.path) == secret
    assert PASSWORD not in str(system_ring.kept)
    forget(secret.salt)
    assert remembered(database.path) is None


def test_without_a_keyring_nothing_is_remembered(database: Database, secret: Secret) -> None:
    from keyring.backends.fail import Keyring

    before = keyring.get_keyring()
    keyring.set_keyring(Keyring())
    try:
        assert not can_remember()
        assert not remember(secret)
        assert remembered(database.path) is None
        forget(secret.salt)
    finally:
        keyring.set_keyring(before)
