"""Finds those a letter about an agreement can go to: the persons at its parties, or the party itself.

Nothing is sent to a contact past the day of deletion: the data may not be kept any more (domain.md, Data protection).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.domain.papers.salutations import NEUTRAL, accusative, address_name, salutation, salutation_of
from app.services.agreements import agreed
from app.services.agreements.agreement_terms import parties_of, represented
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


def of_agreement(session: Session, agreement_id: int, on: date) -> list[Recipient]:
    """All that a letter of that day can go to, the main partner's first contact first."""
    return [
        found
        for _, actor in parties_of(session, agreement_id, on)
        for found in of_actor(session, actor.id, on)
    ]


def representatives(session: Session, agreement_id: int, on: date) -> list[Recipient]:
    """Each party of a day by who represents it in the agreement, else usually: what is declared to it goes to them."""
    return [
        _to_representative(actor, *represented(party, actor))
        for party, actor in parties_of(session, agreement_id, on)
    ]


def of_actor(session: Session, actor_id: int, on: date) -> list[Recipient]:
    """The contacts of an actor in their order, then the actor without a name."""
    actor = session.get_one(Actor, actor_id)
    kept = or_(Contact.delete_on.is_(None), Contact.delete_on > on)
    people = session.scalars(select(Contact).where(Contact.actor_id == actor_id, kept).order_by(Contact.id))
    return [*(_to_person(actor, person) for person in people), _to_actor(actor)]


def left_out(
    session: Session, on: date, *, agreements: Collection[int] = (), actors: Collection[int] = ()
) -> list[str]:
    """The contacts at these actors, and at the partners of these agreements, whose day of deletion has come."""
    partners = select(Party.actor_id).where(Party.agreement_id.in_(agreements), agreed.is_party(session, on))
    query = (
        select(Contact.first_name, Contact.last_name, Actor.name)
        .join(Actor, Actor.id == Contact.actor_id)
        .where(Contact.delete_on <= on, or_(Contact.actor_id.in_(actors), Contact.actor_id.in_(partners)))
        .order_by(Actor.name, Contact.id)
    )
    return [
        f"{' '.join(filter(None, (first, last)))}, {actor}" for first, last, actor in session.execute(query)
    ]


MOST_NAMED = 3


def left_out_words(people: Sequence[str]) -> str:
    """A sentence for a person, empty if nobody is left out."""
    if not people:
        return ""
    more = len(people) - MOST_NAMED
    named = "; ".join(people[:MOST_NAMED]) + (f" und {more} weitere" if more > 0 else "")
    return f"Nicht angeschrieben, weil der Löschtag erreicht ist: {named.removesuffix('.')}."


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


def _to_representative(actor: Actor, name: str, function: str) -> Recipient:
    if not name:
        return _to_actor(actor)
    by = f"vertreten durch {', '.join(filter(None, (accusative(name), function)))}"
    lines = (actor.name, by, *_place(actor))
    return Recipient(actor.id, None, f"{actor.name}, {by}", lines, salutation_of(name), _lacks(actor))


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
