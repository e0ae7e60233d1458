"""The official areas of the city: districts and parts."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Model, key


class CityDistrict(Model):
    """Stadtbezirk; `id` is the official number."""

    __tablename__ = "city_district"

    id: Mapped[int] = key()
    name: Mapped[str] = mapped_column(unique=True)


class CityPart(Model):
    """Stadtteil; `id` is the official number. Label point in WGS84."""

    __tablename__ = "city_part"

    id: Mapped[int] = key()
    name: Mapped[str] = mapped_column(unique=True)
    city_district_id: Mapped[int] = mapped_column(ForeignKey("city_district.id"), index=True)
    latitude: Mapped[float]
    longitude: Mapped[float]
    statistic_unit: Mapped[str]
