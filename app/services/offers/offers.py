"""Offers: who offers what where, when and for whom."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.dates import add_months
from app.domain.deadlines.deadline_rules import CONFIRMATION_MONTHS
from app.domain.errors import refuse
from app.domain.offers.offers import CareSetting
from app.services.records import (
    columns,
    delete,
    filled,
    grouped,
    lacking,
    pairs,
    values_of,
    write,
    write_links,
)
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
    """An offer in a list; `begins` and `ends` as she writes them."""

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
    shown = columns(
        OfferRow,
        Offer,
        without=("target_groups",),
        quarter=Quarter.name,
        actor=Actor.name,
        building_block=BuildingBlock.name,
    )
    query = (
        select(*shown)
        .join(Quarter, Quarter.id == Offer.quarter_id)
        .join(Actor, Actor.id == Offer.actor_id)
        .outerjoin(BuildingBlock, BuildingBlock.id == Offer.building_block_id)
        .order_by(Offer.title, Offer.id)
    )
    if quarter_id is not None:
        query = query.where(Offer.quarter_id == quarter_id)
    if actor_id is not None:
        query = query.where(Offer.actor_id == actor_id)
    found = session.execute(query)
    return [filled(OfferRow, row, target_groups=groups.get(row.id, "")) for row in found]


def load(session: Session, offer_id: int) -> OfferInput:
    """The offer as it can be edited."""
    groups = select(OfferTargetGroup.target_group_id).where(OfferTargetGroup.offer_id == offer_id)
    ids = tuple(session.scalars(groups.order_by(OfferTargetGroup.id)))
    return filled(OfferInput, session.get_one(Offer, offer_id), target_group_ids=ids)


def save(session: Session, offer_id: int | None, data: OfferInput) -> int:
    """Write an offer; its id. Raises Invalid: quarter, actor and title are needed, each title once there."""
    values = values_of(data, without=("target_group_ids",))
    refuse(_problems(session, offer_id, data))
    record = write(session, Offer, offer_id, values)
    write_links(session, OfferTargetGroup, "offer_id", record.id, "target_group_id", data.target_group_ids)
    return record.id


def remove(session: Session, offer_id: int) -> None:
    """Delete an offer."""
    delete(session, Offer, offer_id)


def confirm(session: Session, offer_id: int, day: date) -> None:
    """Note that the actor has confirmed the offer on a day."""
    session.get_one(Offer, offer_id).confirmed_on = day


def choices(session: Session) -> OfferChoices:
    """What the form offers."""
    blocks = select(BuildingBlock.id, BuildingBlock.name).order_by(BuildingBlock.position)
    groups = select(TargetGroup.id, TargetGroup.name).order_by(TargetGroup.position)
    return OfferChoices(
        quarters=pairs(session, select(Quarter.id, Quarter.name).order_by(Quarter.name)),
        actors=pairs(session, select(Actor.id, Actor.name).order_by(Actor.name)),
        building_blocks=pairs(session, blocks),
        target_groups=pairs(session, groups),
    )


def _problems(session: Session, offer_id: int | None, data: OfferInput) -> dict[str, str]:
    problems = lacking(
        data,
        quarter_id="Bitte das Quartier wählen.",
        actor_id="Bitte den Träger wählen.",
        title="Bitte einen Titel eintragen.",
    )
    if session.scalar(
        select(Offer.id).where(
            Offer.quarter_id == data.quarter_id,
            Offer.actor_id == data.actor_id,
            Offer.title == data.title.strip(),
            Offer.id != (offer_id or 0),
        )
    ):
        problems["title"] = "Dieses Angebot des Trägers gibt es im Quartier schon."
    for name, word in (("seats", "Plätze"), ("paid_hours", "Stunden"), ("volunteers", "Ehrenamtliche")):
        value = getattr(data, name)
        if value is not None and value < 0:
            problems[name] = f"{word}: Die Zahl darf nicht negativ sein."
    return problems


def _group_names(session: Session) -> dict[int, str]:
    query = (
        select(OfferTargetGroup.offer_id, TargetGroup.name)
        .join(TargetGroup, TargetGroup.id == OfferTargetGroup.target_group_id)
        .order_by(TargetGroup.position)
    )
    return {offer_id: "; ".join(names) for offer_id, names in grouped(session, query).items()}
