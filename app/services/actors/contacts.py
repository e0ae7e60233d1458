"""Contacts: people at an actor, each with the reason why the data are kept and until when (GDPR)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import refuse
from app.services.records import delete, filled, lacking, values_of, write
from db.models import Contact

LEGAL_BASES = (
    "Vertragserfüllung (Art. 6 Abs. 1 b DSGVO)",
    "öffentliche Aufgabe (Art. 6 Abs. 1 e DSGVO)",
    "Einwilligung (Art. 6 Abs. 1 a DSGVO)",
)
"""Proposed legal bases; she may write another."""


@dataclass(frozen=True, slots=True)
class ContactInput:
    """A person at an actor to edit; `delete_on`: until when the data may be kept."""

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
    """A person at an actor as listed."""

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
    return [
        filled(ContactRow, contact, name=" ".join(filter(None, (contact.first_name, contact.last_name))))
        for contact in session.scalars(query)
    ]


def load(session: Session, contact_id: int) -> ContactInput:
    """The contact as it can be edited."""
    return filled(ContactInput, session.get_one(Contact, contact_id))


def save(session: Session, contact_id: int | None, data: ContactInput) -> int:
    """Write a contact; its id. Raises Invalid: a last name is needed, each person once at an actor."""
    values = values_of(data)
    values["first_name"] = values["first_name"] or ""
    problems = lacking(data, last_name="Bitte den Nachnamen eintragen.")
    if session.scalar(
        select(Contact.id).where(
            Contact.actor_id == data.actor_id,
            Contact.last_name == values["last_name"],
            Contact.first_name == values["first_name"],
            Contact.id != (contact_id or 0),
        )
    ):
        problems["last_name"] = "Diese Person steht bei diesem Träger schon in der Liste."
    if values["email"] and "@" not in values["email"].strip("@"):
        problems["email"] = "Das ist keine E-Mail-Adresse. Beispiel: name@traeger.de"
    refuse(problems)
    return write(session, Contact, contact_id, values).id


def remove(session: Session, contact_id: int) -> None:
    """Delete a contact."""
    delete(session, Contact, contact_id)
