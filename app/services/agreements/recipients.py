"""Finds those a letter about an agreement can go to: the persons at its parties, or the party itself."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.papers.salutations import NEUTRAL, address_name, salutation
from db.models import Actor, Contact, Party


@dataclass(frozen=True, slots=True)
class Recipient:
    """An addressee. `lines` stand in the window; `lacks`: what of the address is not known, as German words."""

    actor_id: int
    contact_id: int | None
    label: str  # to choose from: "Sabine Öztürk, Nachbarschaft Nord e.V."
    lines: tuple[str, ...]
    salutation: str
    lacks: str = ""


def of_agreement(session: Session, agreement_id: int) -> list[Recipient]:
    """All that a letter can go to, the main partner's first contact first."""
    query = select(Party.actor_id).where(Party.agreement_id == agreement_id)
    return [
        found
        for actor_id in session.scalars(query.order_by(Party.position, Party.id))
        for found in of_actor(session, actor_id)
    ]


def of_actor(session: Session, actor_id: int) -> list[Recipient]:
    """The contacts of an actor in their order, then the actor without a name."""
    actor = session.get_one(Actor, actor_id)
    people = session.scalars(select(Contact).where(Contact.actor_id == actor_id).order_by(Contact.id))
    return [*(_to_person(actor, person) for person in people), _to_actor(actor)]


def _to_person(actor: Actor, person: Contact) -> Recipient:
    names = (person.salutation, person.first_name, person.last_name)
    who = " ".join(filter(None, (person.first_name, person.last_name)))
    return Recipient(
        actor.id,
        person.id,
        f"{who}, {actor.name}",
        (actor.name, address_name(*names), *_place(actor)),
        salutation(*names),
        _lacks(actor),
    )


def _to_actor(actor: Actor) -> Recipient:
    return Recipient(actor.id, None, actor.name, (actor.name, *_place(actor)), NEUTRAL, _lacks(actor))


def _place(actor: Actor) -> tuple[str, ...]:
    town = " ".join(filter(None, (actor.postcode, actor.city)))
    return tuple(line for line in (actor.street or "", town) if line)


def _lacks(actor: Actor) -> str:
    missing = [
        name
        for name, value in (("Straße", actor.street), ("Postleitzahl", actor.postcode), ("Ort", actor.city))
        if not value
    ]
    return ", ".join(missing)
