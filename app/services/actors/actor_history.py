"""The history of an actor and its contacts in words, for the tab of its profile."""

from sqlalchemy.orm import Session

from app.services.record_changes import HistoryEntry, TableWords, entries
from db.history import record_history

ACTOR = TableWords(
    {
        "name": "Name",
        "short": "Kürzel",
        "kind": "Art",
        "street": "Straße",
        "postcode": "PLZ",
        "city": "Ort",
        "phone": "Telefon",
        "email": "E-Mail",
        "represented_by": "Vertreten durch",
        "function": "Funktion",
        "notes": "Notizen",
    },
)
CONTACT = TableWords(
    {
        "last_name": "Nachname",
        "first_name": "Vorname",
        "salutation": "Anrede",
        "function": "Funktion der Person",
        "phone": "Telefon der Person",
        "email": "E-Mail der Person",
        "purpose": "Zweck",
        "legal_basis": "Rechtsgrundlage",
        "source": "Quelle",
        "delete_on": "Löschen am",
    },
    lambda values: "Kontakt " + " ".join(filter(None, (values.get("first_name"), values.get("last_name")))),
)


def actor_history(session: Session, actor_id: int) -> list[HistoryEntry]:
    """Everything that was done to an actor, newest first."""
    changes = record_history(session, "actor", actor_id, owned=(("contact", "actor_id"),))
    return entries(changes, {"actor": ACTOR, "contact": CONTACT})
