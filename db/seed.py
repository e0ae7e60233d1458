"""Fills a new database: its id, districts, city parts, catalogues, and the standard clauses."""

import csv
import tomllib
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.agreements.agreements import AgreementKind
from app.domain.agreements.clauses import ClauseCondition
from app.domain.offers.offers import BUILDING_BLOCKS, TARGET_GROUPS
from app.resources import RESOURCES
from db.identity import DATABASE_ID
from db.models import (
    Agreement,
    BuildingBlock,
    CityDistrict,
    CityPart,
    Clause,
    ClauseVersion,
    FileState,
    Setting,
    TargetGroup,
    Template,
    TemplateClause,
    TemplateVersion,
)

CITY_PARTS = RESOURCES / "stadtteile.csv"
"""City parts with label points; GeoNames, CC BY 4.0."""

STANDARD = (
    (AgreementKind.TARGET, "zv", "Zielvereinbarung (Standard)", "target_agreement.toml"),
    (AgreementKind.COOPERATION, "kv", "Kooperationsvereinbarung (Standard)", "cooperation_agreement.toml"),
)
"""Kind, beginning of the clauses' keys, name and file of the templates that come with the program."""
STANDARD_AS_OF = date(2026, 12, 1)
"""The edition of the standard texts; every change of them moves it on."""


def city_names() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of all city parts and of all districts, as a new database has them."""
    lines = _lines()
    districts = {int(line["bezirk_nr"]): line["bezirk"] for line in lines}
    return tuple(line["name"] for line in lines), tuple(districts[number] for number in sorted(districts))


def plant(session: Session) -> None:
    """Give an empty database its id, the official areas and the catalogues."""
    session.add(Setting(name=DATABASE_ID, value=uuid4().hex))
    session.add(FileState(id=1, stretch=uuid4().hex, after=""))
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
    plant_templates(session)


def lacks_templates(session: Session) -> bool:
    """Whether the file is from before clauses could be edited."""
    return session.scalar(select(Template.id).limit(1)) is None


@dataclass(frozen=True, slots=True)
class StandardClause:
    """A clause as it comes with the program."""

    key: str
    kind: AgreementKind
    title: str
    text: str
    condition: ClauseCondition | None
    is_numbered: bool
    is_obligatory: bool
    note: str  # the norm it rests on, and who has the last word

    @property
    def values(self) -> dict[str, Any]:
        """What a version of the clause says."""
        return {field.name: getattr(self, field.name) for field in fields(self) if field.name != "key"}


@cache
def standard_clauses(kind: AgreementKind) -> tuple[StandardClause, ...]:
    """The clauses of the standard template of a kind, in their order."""
    prefix, file = next((prefix, file) for of, prefix, _, file in STANDARD if of is kind)
    given = tomllib.loads((RESOURCES / "templates" / file).read_text("utf-8"))
    return tuple(
        StandardClause(
            f"{prefix}_{entry['key']}",
            kind,
            entry["title"],
            "\n\n".join(entry["paragraphs"]).replace("{§", f"{{§{prefix}_"),
            ClauseCondition(entry["when"]) if "when" in entry else None,
            entry.get("numbered", True),
            entry.get("obligatory", False),
            f"{entry['note']} {given['last_word']}",
        )
        for entry in given["clause"]
    )


def plant_templates(session: Session) -> None:
    """Add the standard clauses and the templates made of them; agreements there are count as made from them."""
    for kind, _, name, _ in STANDARD:
        template = Template(name=name, kind=kind, is_default=True)
        session.add(template)
        session.flush()
        version = TemplateVersion(template_id=template.id, number=1, as_of=STANDARD_AS_OF)
        session.add(version)
        session.flush()
        for agreement in session.scalars(select(Agreement).where(Agreement.kind == kind)):
            agreement.template_version_id = version.id
        for position, standard in enumerate(standard_clauses(kind), 1):
            clause = Clause(key=standard.key)
            session.add(clause)
            session.flush()
            wording = ClauseVersion(
                clause_id=clause.id,
                number=1,
                as_of=STANDARD_AS_OF,
                standard_as_of=STANDARD_AS_OF,
                **standard.values,
            )
            session.add(wording)
            session.flush()
            session.add(
                TemplateClause(
                    template_version_id=version.id, position=position, clause_version_id=wording.id
                )
            )


def _lines() -> list[dict[str, str]]:
    with CITY_PARTS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
