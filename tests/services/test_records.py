"""Shapes are filled by name: a column put in the middle must not move money."""

import ast
from pathlib import Path

import pytest
from sqlalchemy import select

from app.services.actors.actors import ActorInput
from app.services.bookings.import_reports import STORED
from app.services.records import field_names, lacking, values_of
from db.bulk import insert_many
from db.database import Database
from db.models import Actor
from tests.paths import ROOT

FILES = sorted(
    path
    for folder in ("services", "workflows", "cli", "domain")
    for path in (ROOT / "app" / folder).rglob("*.py")
)


def by_position(source: str) -> list[tuple[int, str]]:
    """Line and name of each class that is called with `*values`."""
    return [
        (call.lineno, ast.unparse(call.func))
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call)
        and any(isinstance(argument, ast.Starred) for argument in call.args)
        and ast.unparse(call.func).rpartition(".")[2][:1].isupper()
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_shape_is_filled_by_position(path: Path) -> None:
    assert by_position(path.read_text("utf-8")) == []


def test_what_counts_as_filled_by_position() -> None:
    source = "BudgetRow(*row)\nrecords.Row(1, *[*cells[:12], x])\nRow(**row)\nselect(*columns)"
    assert by_position(source) == [(1, "BudgetRow"), (2, "records.Row")]


@pytest.mark.parametrize("shape", STORED, ids=lambda shape: shape.__name__)
def test_stored_reports_keep_the_order_of_their_values(shape: type) -> None:
    assert field_names(shape) == STORED[shape]


def test_unseen_signs_do_not_come_in_whichever_way(database: Database) -> None:
    dirty = "Kü\u200bche\x00 \ud83dNord\ufffe\u202e"
    with database.write("x") as session:
        actor = Actor(short="A", name=dirty, street=f"{dirty}\x0bHinterhaus")
        session.add(actor)
        session.flush()
        assert session.scalar(select(Actor.id).where(Actor.name == dirty)) == actor.id
        insert_many(session, Actor.__table__, ("short", "name"), [("B", dirty)])  # type: ignore[arg-type]
    with database.read() as session:
        assert set(session.scalars(select(Actor.name))) == {"Küche Nord"}
        assert session.get_one(Actor, 1).street == "Küche Nord\nHinterhaus"


def test_a_text_of_unseen_signs_counts_as_empty() -> None:
    data = ActorInput(short="\u200b", name=" \ufeff ")
    assert values_of(data)["name"] is None
    assert set(lacking(data, short="fehlt", name="fehlt")) == {"short", "name"}
