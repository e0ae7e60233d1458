"""One field of several records is changed in one step, or none of them is."""

import pytest
from sqlalchemy.orm import Session

from app.services.actors import actors
from app.services.actors.actors import ActorInput
from app.services.several import Refused, change_field
from db.database import Database


def seed(session: Session) -> list[int]:
    return [
        actors.save(session, None, ActorInput(short, f"Verein {short}", kind="Verein")) for short in "ABC"
    ]


def kinds(database: Database) -> list[str | None]:
    with database.read() as session:
        return [row.kind for row in actors.rows(session)]


def test_all_of_them_get_the_value_in_one_step(database: Database) -> None:
    with database.write("angelegt") as session:
        ids = seed(session)
    told = []
    with database.write("Art geändert") as session:
        change_field(
            session, actors.load, actors.save, ids[:2], "kind", "Verband", lambda *at: told.append(at)
        )
    assert kinds(database) == ["Verband", "Verband", "Verein"]
    assert told == [(1, 2), (2, 2)]
    database.undo()
    assert kinds(database) == ["Verein"] * 3


def test_one_that_refuses_keeps_all_as_they_were_and_each_is_named(database: Database) -> None:
    with database.write("angelegt") as session:
        ids = seed(session)
    with pytest.raises(Refused) as refused, database.write("Kürzel geändert") as session:
        change_field(session, actors.load, actors.save, ids, "short", "A")
    assert list(refused.value.refusals) == ids[1:]
    assert all("Kürzel A" in why for why in refused.value.refusals.values())
    with database.read() as session:
        assert [row.short for row in actors.rows(session)] == ["A", "B", "C"]


def test_what_has_the_value_already_is_left_alone(database: Database) -> None:
    with database.write("angelegt") as session:
        ids = seed(session)
    with database.write("Art geändert") as session:
        change_field(session, actors.load, actors.save, ids, "kind", "Verein")
    assert database.undo_label == "angelegt"
