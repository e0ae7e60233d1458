"""What was done to an actor and its contacts, in words."""

from sqlalchemy.orm import Session

from app.services.record_changes import HistoryEntry, TableWords, day_value, entries
from db.history import record_history

ACTOR = TableWords(
    lambda _: "",
    {
        "name": ("Name", str),
        "short": ("Kürzel", str),
        "kind": ("Art", str),
        "street": ("Straße", str),
        "postcode": ("PLZ", str),
        "city": ("Ort", str),
        "phone": ("Telefon", str),
        "email": ("E-Mail", str),
        "represented_by": ("Vertreten durch", str),
        "function": ("Funktion", str),
        "notes": ("Notizen", str),
    },
)
CONTACT = TableWords(
    lambda values: "Kontakt " + " ".join(filter(None, (values.get("first_name"), values.get("last_name")))),
    {
        "last_name": ("Nachname", str),
        "first_name": ("Vorname", str),
        "salutation": ("Anrede", str),
        "function": ("Funktion der Person", str),
        "phone": ("Telefon der Person", str),
        "email": ("E-Mail der Person", str),
        "purpose": ("Zweck", str),
        "legal_basis": ("Rechtsgrundlage", str),
        "source": ("Quelle", str),
        "delete_on": ("Löschen am", day_value),
    },
)


def actor_history(session: Session, actor_id: int) -> list[HistoryEntry]:
    """Everything that was done to an actor, newest first."""
    changes = record_history(session, "actor", actor_id, owned=(("contact", "actor_id"),))
    return entries(changes, {"actor": ACTOR, "contact": CONTACT})
