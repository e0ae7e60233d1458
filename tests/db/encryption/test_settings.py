"""The keys among the settings of an encrypted file are nobody's entries: not compared, not taken over, not undone."""

from pathlib import Path

import pytest
from sqlalchemy import select

from db.comparing import Side, compare
from db.copies.taking_over import plan
from db.database import Database, open_database
from db.encryption import keys
from db.encryption.changing import change
from db.encryption.forms import OUR_SETTINGS, form_of
from db.models import Setting


@pytest.fixture(autouse=True)
def empty_ring(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys of other tests are theirs."""
    monkeypatch.setattr(keys, "_ring", {})


def encrypt(path: Path) -> None:
    change(path, keys.stretched("Grüße vom Lindener Berg", keys.new_salt()))


def test_two_files_with_other_passwords_do_not_differ_by_their_keys(
    database: Database, tmp_path: Path
) -> None:
    with database.write("Büro") as session:
        session.add(Setting(name="office.name", value="damals"))
    database.close()
    other = tmp_path / "andere.db"
    other.write_bytes(database.path.read_bytes())
    encrypt(database.path)
    encrypt(other)
    assert form_of(database.path).settings != form_of(other).settings
    assert compare(database.path, other) == []
    now = open_database(database.path, writer=True)
    with now.write("Büro") as session:
        session.query(Setting).filter_by(name="office.name").update({"value": "heute"})
    (found,) = compare(now.path, other)
    assert (found.name, found.side) == ("office.name", Side.BOTH)
    with now.read() as session:
        ids = session.scalars(select(Setting.id).where(Setting.name.in_(OUR_SETTINGS))).all()
        wanted = [("setting", number) for number in (*ids, found.row_id)]
        taken = plan(session, other, wanted)
    now.close()
    assert set(taken.rows) == {("setting", found.row_id)}


def test_what_was_undone_before_the_password_can_be_done_again_after_it(database: Database) -> None:
    with database.write("Büro") as session:
        session.add(Setting(name="office.name", value="Alter im Quartier"))
    database.undo()
    database.close()
    encrypt(database.path)
    now = open_database(database.path, writer=True)
    assert now.redo() == "Büro"
    now.close()
    assert form_of(database.path).attachments_key is not None
