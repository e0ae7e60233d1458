"""Two files compared, record by record."""

import shutil
from pathlib import Path

import pytest

from app.domain.errors import StoreError
from db.comparing import FieldDifference, RecordDifference, Side, compare
from db.database import Database
from db.models import Actor, Contact, Quarter
from tests.paths import VERSIONS


def test_what_differs_is_told_by_record_and_field(database: Database, tmp_path: Path) -> None:
    with database.write("x") as session:
        actor = Actor(short="AWO", name="AWO Hannover")
        session.add_all(
            (actor, Quarter(short="SAH", name="Sahlkamp"), Quarter(short="VAH", name="Vahrenheide"))
        )
        session.flush()
        session.add(Contact(actor_id=actor.id, last_name="Muster", phone="1"))
    database.settle()
    other = Path(shutil.copy(database.path, tmp_path / "andere.db"))
    assert compare(database.path, other) == []
    with database.write("x") as session:
        session.query(Quarter).filter_by(short="SAH").update({"name": "Sahlkamp-Mitte"})
        session.delete(session.query(Quarter).filter_by(short="VAH").one())
        session.add(Contact(actor_id=1, last_name="Neu"))
    found = {(one.table, one.name): one for one in compare(database.path, other)}
    assert set(found) == {("quarter", "SAH"), ("quarter", "VAH"), ("contact", "Neu")}
    assert found["quarter", "SAH"] == RecordDifference(
        "quarter", 1, Side.BOTH, "SAH", "", (FieldDifference("name", "Sahlkamp-Mitte", "Sahlkamp"),)
    )
    assert found["quarter", "VAH"].side is Side.OTHER
    new = found["contact", "Neu"]
    assert (new.side, new.of) == (Side.ONE, "AWO")
    assert FieldDifference("actor_id", "AWO", None) in new.fields


def test_files_of_other_versions_and_of_others(database: Database, tmp_path: Path) -> None:
    old = Path(shutil.copy(VERSIONS / "v3.db", tmp_path / "v3.db"))
    assert {one.side for one in compare(database.path, old)} >= {Side.OTHER}
    (tmp_path / "fremd.db").write_bytes(b"x" * 5000)
    with pytest.raises(StoreError, match="fremd"):
        compare(database.path, tmp_path / "fremd.db")
