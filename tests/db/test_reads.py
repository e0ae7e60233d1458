"""Which tables a question has read, whatever way it took."""

from collections.abc import Callable

import pytest
from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, aliased

from db.database import Database
from db.models import Actor, Agreement, Budget, Party, Quarter
from db.reads import noting_reads

NEWEST_BUDGET = select(func.max(Budget.id)).scalar_subquery()
QUESTIONS: dict[str, tuple[Callable[[Session], object], set[str]]] = {
    "a table": (lambda s: s.scalars(select(Quarter)).all(), {"quarter"}),
    "a record": (lambda s: s.get(Actor, 1), {"actor"}),
    "a join": (lambda s: s.execute(select(Party.id).join(Actor)).all(), {"party", "actor"}),
    "two tables": (
        lambda s: s.execute(select(Party.id, Actor.id).where(Actor.id == Party.actor_id)).all(),
        {"party", "actor"},
    ),
    "another name": (lambda s: s.scalars(select(aliased(Quarter).name)).all(), {"quarter"}),
    "a scalar subquery": (
        lambda s: s.scalars(select(Quarter.id).where(Quarter.id == NEWEST_BUDGET)).all(),
        {"quarter", "budget"},
    ),
    "exists": (
        lambda s: s.scalars(select(Actor.id).where(exists().where(Party.actor_id == Actor.id))).all(),
        {"actor", "party"},
    ),
    "a common table expression": (
        lambda s: s.execute(select(select(Agreement.id).cte("found"))).all(),
        {"agreement"},
    ),
    "a union": (
        lambda s: s.execute(select(Actor.name).union(select(Quarter.name))).all(),
        {"actor", "quarter"},
    ),
}


@pytest.mark.parametrize("way", QUESTIONS)
def test_every_table_is_noted(database: Database, way: str) -> None:
    question, tables = QUESTIONS[way]
    noted: set[str] = set()
    with noting_reads(noted), database.read() as session:
        question(session)
    assert noted == tables


def test_only_this_block_and_this_thread_count(database: Database) -> None:
    outer: set[str] = set()
    inner: set[str] = set()
    with noting_reads(outer), database.read() as session:
        session.scalars(select(Quarter)).all()
        with noting_reads(inner):
            session.scalars(select(Actor)).all()
    with database.read() as session:
        session.scalars(select(Budget)).all()
    assert (outer, inner) == ({"quarter"}, {"actor"})
