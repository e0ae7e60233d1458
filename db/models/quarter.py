"""Quarters: the areas the office works with."""

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Model, key, owned, refers


class Quarter(Model):
    """Quartier: one or more city parts, or a piece of one. `phase` is free text, proposed from a list."""

    __tablename__ = "quarter"

    id: Mapped[int] = key()
    short: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    city_district_id: Mapped[int | None] = refers("city_district.id")
    phase: Mapped[str | None]
    description: Mapped[str | None]
    contact_person: Mapped[str | None]
    notes: Mapped[str | None]


class QuarterCityPart(Model):
    """A city part that belongs to a quarter."""

    __tablename__ = "quarter_city_part"
    __table_args__ = (UniqueConstraint("quarter_id", "city_part_id"),)

    id: Mapped[int] = key()
    quarter_id: Mapped[int] = owned("quarter.id")
    city_part_id: Mapped[int] = refers("city_part.id")
