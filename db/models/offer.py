"""Offers: who offers what where, when, for whom."""

from datetime import date
from decimal import Decimal

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.offers.offers import CareSetting
from db.models.base import DecimalText, Model, key, owned, refers, word


class BuildingBlock(Model):
    """Baustein: what a centre consists of; an editable catalogue."""

    __tablename__ = "building_block"

    id: Mapped[int] = key()
    name: Mapped[str] = mapped_column(unique=True)
    position: Mapped[int]


class TargetGroup(Model):
    """Zielgruppe: an aggregated group, never a mark on a person."""

    __tablename__ = "target_group"

    id: Mapped[int] = key()
    name: Mapped[str] = mapped_column(unique=True)
    position: Mapped[int]


class Offer(Model):
    """Angebot of an actor in a quarter. `begins` and `ends` are as she writes them ("14:30", "März")."""

    __tablename__ = "offer"
    __table_args__ = (UniqueConstraint("quarter_id", "actor_id", "title"),)

    id: Mapped[int] = key()
    quarter_id: Mapped[int] = refers("quarter.id")
    actor_id: Mapped[int] = refers("actor.id")
    title: Mapped[str]
    building_block_id: Mapped[int | None] = refers("building_block.id")
    rhythm: Mapped[str | None]
    weekday: Mapped[str | None]
    begins: Mapped[str | None]
    ends: Mapped[str | None]
    place: Mapped[str | None]
    seats: Mapped[int | None]
    paid_hours: Mapped[Decimal | None] = mapped_column(DecimalText)  # a week
    volunteers: Mapped[int | None]
    care_setting: Mapped[CareSetting | None] = mapped_column(word(CareSetting))
    confirmed_on: Mapped[date | None]
    notes: Mapped[str | None]


class OfferTargetGroup(Model):
    """A group an offer is for."""

    __tablename__ = "offer_target_group"
    __table_args__ = (UniqueConstraint("offer_id", "target_group_id"),)

    id: Mapped[int] = key()
    offer_id: Mapped[int] = owned("offer.id")
    target_group_id: Mapped[int] = refers("target_group.id")
