"""Actors: organisations active in the quarters, with what hangs on each of them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.domain.errors import refuse
from app.services.agreements import agreed
from app.services.records import (
    columns,
    delete,
    filled,
    is_taken,
    lacking,
    proposed,
    read,
    refuse_if_used,
    values_of,
    write,
)
from db.models import Actor, Agreement, Contact, Member, Offer, Party

KINDS = (
    "Wohlfahrtsverband",
    "Verein",
    "Kirchengemeinde",
    "Wohnungsunternehmen",
    "Pflegedienst",
    "Stadt",
    "Initiative",
)
"""Proposed kinds; she may write another."""


@dataclass(frozen=True, slots=True)
class ActorInput:
    """An actor to edit; Kürzel and name are needed."""

    short: str = ""
    name: str = ""
    kind: str | None = None
    street: str | None = None
    postcode: str | None = None
    city: str | None = None
    phone: str | None = None
    email: str | None = None
    represented_by: str | None = None
    function: str | None = None
    notes: str | None = None


@dataclass(frozen=True, slots=True)
class ActorRow:
    """An actor in the list, with the number of what hangs on it."""

    id: int
    short: str
    name: str
    kind: str | None
    city: str | None
    represented_by: str | None
    quarters: int
    contacts: int
    offers: int
    agreements: int


def rows(session: Session) -> list[ActorRow]:
    """All actors by name, with the agreements that they are party of today."""
    is_party = agreed.is_party(session, date.today())
    query = select(
        *columns(
            ActorRow,
            Actor,
            quarters=_quarters(is_party),
            contacts=_count(Contact.id, Contact.actor_id),
            offers=_count(Offer.id, Offer.actor_id),
            agreements=_count(Party.id, Party.actor_id, is_party),
        )
    )
    return read(session, ActorRow, query.order_by(Actor.name))


def load(session: Session, actor_id: int) -> ActorInput:
    """The actor as it can be edited."""
    return filled(ActorInput, session.get_one(Actor, actor_id))


def save(session: Session, actor_id: int | None, data: ActorInput) -> int:
    """Write an actor; its id. Raises Invalid: Kürzel and name are needed, a Kürzel only once."""
    values = values_of(data)
    refuse(_problems(session, actor_id, data, values))
    return write(session, Actor, actor_id, values).id


def remove(session: Session, actor_id: int) -> None:
    """Delete an actor with its contacts; raises UserError while offers, agreements or members name it."""
    record = session.get_one(Actor, actor_id)
    refuse_if_used(
        session,
        record.name,
        actor_id,
        (
            (Party.actor_id, "Vereinbarung", "Vereinbarungen"),
            (Offer.actor_id, "Angebot", "Angebote"),
            (Member.actor_id, "Beiratsmitglied", "Beiratsmitglieder"),
        ),
    )
    delete(session, Actor, actor_id)


def kinds(session: Session) -> list[str]:
    """Kinds to propose: the usual ones and those in use."""
    return proposed(session, Actor.kind, KINDS)


def _count(
    counted: InstrumentedAttribute[int], of_actor: InstrumentedAttribute[Any], *which: ColumnElement[bool]
) -> ScalarSelect[int]:
    return select(func.count(counted)).where(of_actor == Actor.id, *which).scalar_subquery()


def _quarters(is_party: ColumnElement[bool]) -> ScalarSelect[int]:
    """Number of quarters in which the actor has an offer or an agreement."""
    offers = select(Offer.quarter_id).where(Offer.actor_id == Actor.id)
    agreements = (
        select(Agreement.quarter_id)
        .join(Party, Party.agreement_id == Agreement.id)
        .where(Party.actor_id == Actor.id, Agreement.quarter_id.is_not(None), is_party)
    )
    both = offers.correlate(Actor).union(agreements.correlate(Actor)).subquery()
    return select(func.count()).select_from(both).scalar_subquery()


def _problems(
    session: Session, actor_id: int | None, data: ActorInput, values: dict[str, str | None]
) -> dict[str, str]:
    problems = lacking(
        data,
        short="Bitte ein Kürzel eintragen, zum Beispiel „DIAK“.",
        name="Bitte den Namen des Trägers eintragen.",
    )
    if is_taken(session, Actor.short, values["short"], actor_id):
        problems["short"] = f"Das Kürzel {values['short']} hat schon ein anderer Träger."
    if values["email"] and "@" not in values["email"].strip("@"):
        problems["email"] = "Das ist keine E-Mail-Adresse. Beispiel: info@traeger.de"
    return problems
