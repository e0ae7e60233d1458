"""Figures of the needs analysis."""

from decimal import Decimal

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import DecimalText, Model, key, owned, refers


class Indicator(Model):
    """Bedarfsindikator."""

    __tablename__ = "indicator"

    id: Mapped[int] = key()
    name: Mapped[str] = mapped_column(unique=True)


class IndicatorValue(Model):
    """A figure for a city part or a quarter (exactly one of them) and a year, with its source."""

    __tablename__ = "indicator_value"
    __table_args__ = (
        UniqueConstraint("indicator_id", "year", "city_part_id"),
        UniqueConstraint("indicator_id", "year", "quarter_id"),
        CheckConstraint("(city_part_id IS NULL) != (quarter_id IS NULL)", name="one_area"),
    )

    id: Mapped[int] = key()
    indicator_id: Mapped[int] = owned("indicator.id")
    city_part_id: Mapped[int | None] = refers("city_part.id")
    quarter_id: Mapped[int | None] = owned("quarter.id")
    year: Mapped[int]
    value: Mapped[Decimal] = mapped_column(DecimalText)
    unit: Mapped[str | None]
    source: Mapped[str | None]
