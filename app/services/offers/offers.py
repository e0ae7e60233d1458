"""Offers: who offers what where, when and for whom."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.dates import add_months
from app.domain.deadlines.deadline_rules import CONFIRMATION_MONTHS
from app.domain.offers.offers import CareSetting
from app.services import records
from app.services.records import values_of
from db.models import Actor, BuildingBlock, Offer, OfferTargetGroup, Quarter, TargetGroup


@dataclass(frozen=True, slots=True)
class OfferInput:
    """An offer to edit. `paid_hours` a week; `begins` and `ends` as she writes them."""

    quarter_id: int | None = None
    actor_id: int | None = None
    title: str = ""
    building_block_id: int | None = None
    target_group_ids: tuple[int, ...] = ()
    rhythm: str | None = None
    weekday: str | None = None
    begins: str | None = None
    ends: str | None = None
    place: str | None = None
    seats: int | None = None
    paid_hours: Decimal | None = None
    volunteers: int | None = None
    care_setting: CareSetting | None = None
    confirmed_on: date | None = None
    notes: str | None = None


@dataclass(frozen=True, slots=True)
class OfferRow:
    id: int
    title: str
    quarter_id: int
    quarter: str
    actor_id: int
    actor: str
    building_block: str | None
    target_groups: str
    rhythm: str | None
    weekday: str | None
    begins: str | None
    ends: str | None
    place: str | None
    confirmed_on: date | None

    @property
    def when(self) -> str:
        """ "wöchentlich, Mittwoch, 14:30–16:00"."""
        hours = "–".join(filter(None, (self.begins, self.ends)))
        return ", ".join(filter(None, (self.rhythm, self.weekday, hours)))

    def stale(self, on: date) -> bool:
        """Nobody has confirmed it within the last twelve months."""
        return self.confirmed_on is None or add_months(self.confirmed_on, CONFIRMATION_MONTHS) < on


@dataclass(frozen=True, slots=True)
class OfferChoices:
    """What the form offers, as (id, text)."""

    quarters: tuple[tuple[int, str], ...]
    actors: tuple[tuple[int, str], ...]
    building_blocks: tuple[tuple[int, str], ...]
    target_groups: tuple[tuple[int, str], ...]


def rows(session: Session, *, quarter_id: int | None = None, actor_id: int | None = None) -> list[OfferRow]:
    """Offers of a quarter, of an actor, or all, by title."""
    groups = _group_names(session)
    own = (column for name, column in Offer.__table__.columns.items() if name in OfferRow.__slots__)
    query = (
        select(
            *own,
            Quarter.name.label("quarter"),
            Actor.name.label("actor"),
            BuildingBlock.name.label("building_block"),
        )
        .join(Quarter, Quarter.id == Offer.quarter_id)
        .join(Actor, Actor.id == Offer.actor_id)
        .outerjoin(BuildingBlock, BuildingBlock.id == Offer.building_block_id)
        .order_by(Offer.title, Offer.id)
    )
    if quarter_id is not None:
        query = query.where(Offer.quarter_id == quarter_id)
    if actor_id is not None:
        query = query.where(Offer.actor_id == actor_id)
    found = session.execute(query).mappings()
    return [OfferRow(**row, target_groups=groups.get(row["id"], "")) for row in found]


def load(session: Session, offer_id: int) -> OfferInput:
    """The offer as it can be edited."""
    groups = records.linked(session, OfferTargetGroup.offer_id, offer_id, OfferTargetGroup.target_group_id)
    return records.load(session, Offer, offer_id, OfferInput, target_group_ids=tuple(groups))


def save(session: Session, offer_id: int | None, data: OfferInput) -> int:
    """Write an offer; its id. Raises Invalid: quarter, actor and title are needed, each title once there."""
    values = values_of(data, without=("target_group_ids",))
    saved = records.save(session, Offer, offer_id, values, _problems(session, offer_id, values))
    links = (OfferTargetGroup.offer_id, saved, OfferTargetGroup.target_group_id)
    records.save_links(session, *links, data.target_group_ids)
    return saved


def remove(session: Session, offer_id: int) -> None:
    """Delete an offer."""
    records.remove(session, session.get_one(Offer, offer_id))


def confirm(session: Session, offer_id: int, day: date) -> None:
    """Note that the actor has confirmed the offer on a day."""
    session.get_one(Offer, offer_id).confirmed_on = day
    session.flush()


def choices(session: Session) -> OfferChoices:
    """What the form offers."""
    return OfferChoices(
        quarters=records.pairs(session, Quarter),
        actors=records.pairs(session, Actor),
        building_blocks=records.pairs(session, BuildingBlock, BuildingBlock.position),
        target_groups=records.pairs(session, TargetGroup, TargetGroup.position),
    )


def _problems(session: Session, offer_id: int | None, values: dict[str, Any]) -> dict[str, str]:
    problems: dict[str, str] = {}
    if values["quarter_id"] is None:
        problems["quarter_id"] = "Bitte das Quartier wählen."
    if values["actor_id"] is None:
        problems["actor_id"] = "Bitte den Träger wählen."
    same = {name: values[name] for name in ("quarter_id", "actor_id", "title")}
    if not values["title"]:
        problems["title"] = "Bitte einen Titel eintragen."
    elif records.is_taken(session, Offer, offer_id, **same):
        problems["title"] = "Dieses Angebot des Trägers gibt es im Quartier schon."
    for name, word in (("seats", "Plätze"), ("paid_hours", "Stunden"), ("volunteers", "Ehrenamtliche")):
        if (values[name] or 0) < 0:
            problems[name] = f"{word}: Die Zahl darf nicht negativ sein."
    return problems


def _group_names(session: Session) -> dict[int, str]:
    query = (
        select(OfferTargetGroup.offer_id, TargetGroup.name)
        .join(TargetGroup, TargetGroup.id == OfferTargetGroup.target_group_id)
        .order_by(TargetGroup.position)
    )
    names: defaultdict[int, list[str]] = defaultdict(list)
    for offer_id, name in session.execute(query):
        names[offer_id].append(name)
    return {offer_id: "; ".join(found) for offer_id, found in names.items()}
