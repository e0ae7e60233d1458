"""Actors: organisations active in the quarters, with what hangs on each of them."""

from dataclasses import dataclass

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import Session

from app.services import records
from app.services.records import values_of
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
    """All actors by name."""

    def count(of: type[Contact | Offer | Party]) -> ScalarSelect[int]:
        return select(func.count(of.id)).where(of.actor_id == Actor.id).scalar_subquery()

    query = select(
        Actor.id,
        Actor.short,
        Actor.name,
        Actor.kind,
        Actor.city,
        Actor.represented_by,
        _quarters().label("quarters"),
        count(Contact).label("contacts"),
        count(Offer).label("offers"),
        count(Party).label("agreements"),
    )
    return [ActorRow(**row) for row in session.execute(query.order_by(Actor.name)).mappings()]


def load(session: Session, actor_id: int) -> ActorInput:
    """The actor as it can be edited."""
    return records.load(session, Actor, actor_id, ActorInput)


def save(session: Session, actor_id: int | None, data: ActorInput) -> int:
    """Write an actor; its id. Raises Invalid: Kürzel and name are needed, a Kürzel only once."""
    values = values_of(data)
    problems: dict[str, str] = {}
    if not (short := values["short"]):
        problems["short"] = "Bitte ein Kürzel eintragen, zum Beispiel „DIAK“."
    elif records.is_taken(session, Actor, actor_id, short=short):
        problems["short"] = f"Das Kürzel {short} hat schon ein anderer Träger."
    if not values["name"]:
        problems["name"] = "Bitte den Namen des Trägers eintragen."
    if not is_address(values["email"]):
        problems["email"] = "Das ist keine E-Mail-Adresse. Beispiel: info@traeger.de"
    return records.save(session, Actor, actor_id, values, problems)


def remove(session: Session, actor_id: int) -> None:
    """Delete an actor with its contacts; raises UserError while offers, agreements or members name it."""
    record = session.get_one(Actor, actor_id)
    users = (
        (Party.actor_id, "Vereinbarung", "Vereinbarungen"),
        (Offer.actor_id, "Angebot", "Angebote"),
        (Member.actor_id, "Beiratsmitglied", "Beiratsmitglieder"),
    )
    records.remove(session, record, record.name, users)


def kinds(session: Session) -> list[str]:
    """Kinds to propose: the usual ones and those in use."""
    return records.words_in_use(session, Actor.kind, KINDS)


def is_address(email: str | None) -> bool:
    """Whether this can be an address of e-mail; none at all is fine."""
    return not email or "@" in email.strip("@")


def _quarters() -> ScalarSelect[int]:
    """Number of quarters in which the actor has an offer or an agreement."""
    offers = select(Offer.quarter_id).where(Offer.actor_id == Actor.id)
    agreements = (
        select(Agreement.quarter_id)
        .join(Party, Party.agreement_id == Agreement.id)
        .where(Party.actor_id == Actor.id, Agreement.quarter_id.is_not(None))
    )
    both = offers.correlate(Actor).union(agreements.correlate(Actor)).subquery()
    return select(func.count()).select_from(both).scalar_subquery()
