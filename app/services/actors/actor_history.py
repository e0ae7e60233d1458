"""The history of an actor and its contacts in words, for the tab of its profile."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.master_data.sheets import titles
from app.services.record_changes import HistoryEntry, TableWords, entries
from db.history import record_history
from db.models import Actor

ACTOR = TableWords(titles("Träger", notes="Notizen"))


def _contact(actors: dict[int, str]) -> TableWords:
    return TableWords(
        titles("Kontakte"),
        lambda values: (
            "Kontakt " + " ".join(filter(None, (values.get("first_name"), values.get("last_name"))))
        ),
        {"actor_id": actors},
    )


def actor_history(session: Session, actor_id: int) -> list[HistoryEntry]:
    """Everything that was done to an actor, newest first."""
    changes = record_history(session, "actor", actor_id, owned=(("contact", "actor_id"),))
    actors = dict(session.execute(select(Actor.id, Actor.name)).all())
    return entries(changes, {"actor": ACTOR, "contact": _contact(actors)})
