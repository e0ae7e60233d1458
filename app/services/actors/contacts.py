"""Contacts: people at an actor, each with the reason why the data are kept and until when (GDPR)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.services import records
from app.services.actors.actors import is_address
from app.services.records import values_of
from db.models import Contact

LEGAL_BASES = (
    "Vertragserfüllung (Art. 6 Abs. 1 b DSGVO)",
    "öffentliche Aufgabe (Art. 6 Abs. 1 e DSGVO)",
    "Einwilligung (Art. 6 Abs. 1 a DSGVO)",
)
"""Proposed legal bases; she may write another."""


@dataclass(frozen=True, slots=True)
class ContactInput:
    actor_id: int
    last_name: str = ""
    first_name: str = ""
    salutation: str | None = None
    function: str | None = None
    phone: str | None = None
    email: str | None = None
    purpose: str | None = None
    legal_basis: str | None = None
    source: str | None = None
    delete_on: date | None = None


@dataclass(frozen=True, slots=True)
class ContactRow:
    id: int
    name: str  # "Mehmet Yıldız"
    function: str | None
    phone: str | None
    email: str | None
    purpose: str | None
    legal_basis: str | None
    source: str | None
    delete_on: date | None

    @property
    def explained(self) -> bool:
        """Do we know why the data are kept, on which basis, and until when?"""
        return bool(self.purpose and self.legal_basis and self.delete_on)


def rows(session: Session, actor_id: int) -> list[ContactRow]:
    """The contacts of an actor, in the order in which they were entered."""
    query = select(Contact).where(Contact.actor_id == actor_id).order_by(Contact.id)
    own = [name for name in ContactRow.__slots__ if name not in ("id", "name")]
    return [
        ContactRow(
            id=contact.id,
            name=" ".join(filter(None, (contact.first_name, contact.last_name))),
            **{name: getattr(contact, name) for name in own},
        )
        for contact in session.scalars(query)
    ]


def load(session: Session, contact_id: int) -> ContactInput:
    """The contact as it can be edited."""
    return records.load(session, Contact, contact_id, ContactInput)


def save(session: Session, contact_id: int | None, data: ContactInput) -> int:
    """Write a contact; its id. Raises Invalid: a last name is needed, each person once at an actor."""
    values = values_of(data)
    values["first_name"] = values["first_name"] or ""
    problems: dict[str, str] = {}
    person = {name: values[name] for name in ("actor_id", "last_name", "first_name")}
    if not values["last_name"]:
        problems["last_name"] = "Bitte den Nachnamen eintragen."
    elif records.is_taken(session, Contact, contact_id, **person):
        problems["last_name"] = "Diese Person steht bei diesem Träger schon in der Liste."
    if not is_address(values["email"]):
        problems["email"] = "Das ist keine E-Mail-Adresse. Beispiel: name@traeger.de"
    return records.save(session, Contact, contact_id, values, problems)


def remove(session: Session, contact_id: int) -> None:
    """Delete a contact."""
    records.remove(session, session.get_one(Contact, contact_id))
