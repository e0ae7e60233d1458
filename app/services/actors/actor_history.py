"""The history of an actor and its contacts in words, for the tab of its profile."""

from sqlalchemy.orm import Session

from app.domain.master_data.sheets import titles
from app.services.record_changes import HistoryEntry, TableWords, entries
from db.history import record_history

ACTOR = TableWords(titles("Träger", notes="Notizen"))
CONTACT = TableWords(
    titles("Kontakte", function="Funktion der Person", phone="Telefon der Person", email="E-Mail der Person"),
    lambda values: "Kontakt " + " ".join(filter(None, (values.get("first_name"), values.get("last_name")))),
)


def actor_history(session: Session, actor_id: int) -> list[HistoryEntry]:
    """Everything that was done to an actor, newest first."""
    changes = record_history(session, "actor", actor_id, owned=(("contact", "actor_id"),))
    return entries(changes, {"actor": ACTOR, "contact": CONTACT})
