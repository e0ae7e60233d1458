"""Random walks: whatever was done, undone and redone, every state on the way is met again exactly."""

import random
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, update

from db.connection import connect
from db.database import Database
from db.models import Actor, Booking, Budget, Contact, Picture
from db.triggers import logged_tables


def state(path: Path) -> dict[str, list[tuple[object, ...]]]:
    connection = connect(path, writes=True)
    found = {
        t.name: connection.execute(f'SELECT * FROM "{t.name}" ORDER BY id').fetchall()
        for t in logged_tables()
    }
    connection.close()
    return found


def something(database: Database, luck: random.Random, step: int) -> None:
    with database.write(f"Schritt {step}") as session:
        actors = list(session.scalars(select(Actor.id)))
        match luck.randrange(7):
            case 0 | 1:
                actor = Actor(short=f"A{step}", name=luck.choice(["Ä 100 % :x", "'\"\\", "", "=1+1"]))
                session.add(actor)
                session.flush()
                session.add_all(
                    Contact(actor_id=actor.id, last_name=f"K{i}") for i in range(luck.randrange(4))
                )
            case 2 if actors:
                session.execute(delete(Actor).where(Actor.id == luck.choice(actors)))
            case 3 if actors:
                session.execute(update(Actor).values(notes=f"Notiz {step}", phone=None))
            case 4:
                budget = Budget(
                    number=f"B{step}", title="x", year=2026, planned_cents=luck.randrange(-9, 10**12)
                )
                session.add(budget)
                session.flush()
                row = {
                    "source": "manual",
                    "day": date(2026, 1, 31),
                    "budget_year": 2026,
                    "budget_id": budget.id,
                }
                session.execute(
                    insert(Booking), [row | {"amount_cents": luck.randrange(-99, 99)} for _ in range(20)]
                )
            case 5:
                session.execute(update(Booking).where(Booking.amount_cents > 0).values(note="geprüft"))
            case _:
                session.execute(delete(Picture))
                session.add(Picture(name="logo", media_type="image/png", content=luck.randbytes(50)))


@pytest.mark.parametrize("seed", range(12))
def test_every_state_is_met_again(database: Database, seed: int) -> None:
    luck = random.Random(seed)
    states = [state(database.path)]
    here = 0
    for step in range(60):
        move = luck.random()
        if move < 0.5:
            before = database.undo_label
            something(database, luck, step)
            if database.undo_label != before:
                states[here + 1 :] = [state(database.path)]
                here += 1
        elif move < 0.8:
            here -= database.undo() is not None
        else:
            here += database.redo() is not None
        assert state(database.path) == states[here]
    while database.undo() is not None:
        here -= 1
        assert state(database.path) == states[here]
    assert here == 0
