"""What every new database begins with: districts, city parts and the two catalogues."""

import csv
from pathlib import Path

from sqlalchemy.orm import Session

from app.domain.offers import BUILDING_BLOCKS, TARGET_GROUPS
from db.models import BuildingBlock, CityDistrict, CityPart, TargetGroup

CITY_PARTS = Path(__file__).parents[1] / "resources" / "stadtteile.csv"
"""City parts with label points; GeoNames, CC BY 4.0."""


def city_names() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of all city parts and of all districts, as a new database has them."""
    lines = _lines()
    districts = {int(line["bezirk_nr"]): line["bezirk"] for line in lines}
    return tuple(line["name"] for line in lines), tuple(districts[number] for number in sorted(districts))


def plant(session: Session) -> None:
    """Add the official areas and the catalogues to an empty database."""
    lines = _lines()
    session.add_all(
        CityDistrict(id=number, name=name)
        for number, name in sorted({(int(line["bezirk_nr"]), line["bezirk"]) for line in lines})
    )
    session.flush()
    session.add_all(
        CityPart(
            id=int(line["nr"]),
            name=line["name"],
            city_district_id=int(line["bezirk_nr"]),
            latitude=float(line["lat"]),
            longitude=float(line["lon"]),
            statistic_unit=line["statistik_einheit"],
        )
        for line in lines
    )
    session.add_all(BuildingBlock(name=name, position=i) for i, name in enumerate(BUILDING_BLOCKS, 1))
    session.add_all(TargetGroup(name=name, position=i) for i, name in enumerate(TARGET_GROUPS, 1))


def _lines() -> list[dict[str, str]]:
    with CITY_PARTS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
