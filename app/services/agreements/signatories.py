"""Lists those who sign an agreement, and who of them has not yet: the city first, then its parties in their order."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.services import office
from app.services.agreements.agreement_terms import parties_of
from db.models import Actor, Agreement, Contact, Party


@dataclass(frozen=True, slots=True)
class SignatoryRow:
    """Somebody who signs; `party_id` None: the city. `people`: who may sign, the usual one first."""

    party_id: int | None
    name: str
    people: tuple[str, ...]
    signed_on: date | None
    signed_by: str | None


def rows(session: Session, agreement_id: int) -> list[SignatoryRow]:
    """All who sign this agreement."""
    record = session.get_one(Agreement, agreement_id)
    own = office.load(session)
    city = SignatoryRow(
        None,
        city_name(session),
        tuple(_named(one.name, one.function) for one in own.signatories),
        record.city_signed_on,
        record.city_signed_by,
    )
    return [city] + [
        SignatoryRow(party.id, actor.name, _people(session, party, actor), party.signed_on, party.signed_by)
        for party, actor in parties_of(session, agreement_id)
    ]


def parties(session: Session, agreement_id: int) -> list[tuple[int, str]]:
    """The parties besides the city, to choose from: id and name."""
    return [(who.party_id, who.name) for who in rows(session, agreement_id) if who.party_id is not None]


def unsigned(session: Session, agreement_id: int) -> list[str]:
    """The names of those who have not signed."""
    return [row.name for row in rows(session, agreement_id) if row.signed_on is None]


def city_name(session: Session) -> str:
    """Who becomes party of an agreement on the side of the city."""
    own = office.load(session)
    return own.authority or own.name or "Stadt"


def _people(session: Session, party: Party, actor: Actor) -> tuple[str, ...]:
    """Who represents the party in this agreement, who usually does, and its contacts."""
    contacts = session.execute(
        select(Contact.first_name, Contact.last_name, Contact.function)
        .where(Contact.actor_id == actor.id)
        .order_by(Contact.last_name, Contact.first_name)
    )
    found = [
        _named(party.represented_by or "", party.function or ""),
        _named(actor.represented_by or "", actor.function or ""),
        *(_named(f"{first or ''} {last}".strip(), function or "") for first, last, function in contacts),
    ]
    return tuple(dict.fromkeys(person for person in found if person))


def _named(name: str, function: str) -> str:
    return ", ".join(part for part in (name.strip(), function.strip()) if part) if name.strip() else ""
