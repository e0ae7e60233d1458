"""Quarters: the areas the office works with, to list, to edit and to see at a glance."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.domain.budgets.budgets import BudgetFigures
from app.domain.errors import refuse
from app.domain.quarters.quarters import PHASES
from app.services.agreements import agreed
from app.services.budgets import budgets
from app.services.budgets.budgets import BudgetRow, BudgetSelection
from app.services.records import (
    columns,
    delete,
    filled,
    grouped,
    is_taken,
    lacking,
    pairs,
    proposed,
    read,
    refuse_if_used,
    values_of,
    write,
    write_links,
)
from db.models import (
    Actor,
    Agreement,
    Budget,
    CityDistrict,
    CityPart,
    Indicator,
    IndicatorValue,
    Offer,
    Party,
    Quarter,
    QuarterCityPart,
)


@dataclass(frozen=True, slots=True)
class QuarterInput:
    """A quarter to edit; Kürzel and name are needed."""

    short: str = ""
    name: str = ""
    city_district_id: int | None = None
    city_part_ids: tuple[int, ...] = ()
    phase: str | None = None
    description: str | None = None
    contact_person: str | None = None
    notes: str | None = None


@dataclass(frozen=True, slots=True)
class QuarterRow:
    """A quarter in the list. `figures` of the year asked for, of all its budgets; None without one.

    `overspent`: the numbers of those of its budgets that are overspent, even if the others make up for it.
    """

    id: int
    short: str
    name: str
    district: str | None
    city_parts: str
    phase: str | None
    contact_person: str | None
    actors: int
    offers: int
    agreements: int
    figures: BudgetFigures | None
    overspent: tuple[str, ...]

    @property
    def phase_number(self) -> int | None:
        """1 to 7 on the usual way; None for a phase of its own, or none yet."""
        return PHASES.index(self.phase) + 1 if self.phase in PHASES else None


@dataclass(frozen=True, slots=True)
class QuarterActor:
    """An actor with an offer or an agreement in the quarter."""

    id: int
    name: str
    kind: str | None
    offers: int
    agreements: int


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """A figure of the needs analysis for the quarter or one of its city parts."""

    indicator: str
    area: str
    year: int
    value: Decimal
    unit: str | None
    source: str | None


@dataclass(frozen=True, slots=True)
class QuarterChoices:
    """What the form offers: districts as (id, name), city parts as (id, name, district id)."""

    districts: tuple[tuple[int, str], ...]
    city_parts: tuple[tuple[int, str, int], ...]


def rows(session: Session, year: int) -> list[QuarterRow]:
    """All quarters by name, with the budget figures of the year."""
    actors = _actor_counts(session)
    offers = _counts(session, Offer)
    agreements = _counts(session, Agreement)
    parts = _city_part_names(session)
    money = _budgets_by_quarter(session, year)
    query = (
        select(Quarter, CityDistrict.name)
        .outerjoin(CityDistrict, CityDistrict.id == Quarter.city_district_id)
        .order_by(Quarter.name)
    )
    return [
        filled(
            QuarterRow,
            quarter,
            district=district,
            city_parts=", ".join(parts.get(quarter.id, ())),
            actors=actors.get(quarter.id, 0),
            offers=offers.get(quarter.id, 0),
            agreements=agreements.get(quarter.id, 0),
            figures=sum((row.figures for row in of_quarter), BudgetFigures()) if of_quarter else None,
            overspent=tuple(row.number for row in of_quarter if row.figures.overspent_cents),
        )
        for quarter, district in session.execute(query)
        for of_quarter in (money.get(quarter.id, ()),)
    ]


def actors(session: Session, quarter_id: int) -> list[QuarterActor]:
    """The actors with an offer or, today, an agreement in a quarter, by name."""
    is_party = agreed.is_party(session, date.today())
    offers = (
        select(func.count(Offer.id))
        .where(Offer.actor_id == Actor.id, Offer.quarter_id == quarter_id)
        .scalar_subquery()
    )
    agreements = (
        select(func.count(Party.id))
        .join(Agreement, Agreement.id == Party.agreement_id)
        .where(Party.actor_id == Actor.id, Agreement.quarter_id == quarter_id, is_party)
        .scalar_subquery()
    )
    shown = columns(QuarterActor, Actor, offers=offers, agreements=agreements)
    query = select(*shown).where(or_(offers > 0, agreements > 0))
    return read(session, QuarterActor, query.order_by(Actor.name))


def indicators(session: Session, quarter_id: int) -> list[IndicatorRow]:
    """The figures of a quarter and of its city parts, newest first for each indicator."""
    parts = select(QuarterCityPart.city_part_id).where(QuarterCityPart.quarter_id == quarter_id)
    area = func.coalesce(CityPart.name, Quarter.name)
    query = (
        select(*columns(IndicatorRow, IndicatorValue, indicator=Indicator.name, area=area))
        .join(Indicator, Indicator.id == IndicatorValue.indicator_id)
        .outerjoin(CityPart, CityPart.id == IndicatorValue.city_part_id)
        .outerjoin(Quarter, Quarter.id == IndicatorValue.quarter_id)
        .where(or_(IndicatorValue.quarter_id == quarter_id, IndicatorValue.city_part_id.in_(parts)))
        .order_by(Indicator.name, area, IndicatorValue.year.desc())
    )
    return read(session, IndicatorRow, query)


def load(session: Session, quarter_id: int) -> QuarterInput:
    """The quarter as it can be edited."""
    parts = select(QuarterCityPart.city_part_id).where(QuarterCityPart.quarter_id == quarter_id)
    ids = tuple(session.scalars(parts.order_by(QuarterCityPart.id)))
    return filled(QuarterInput, session.get_one(Quarter, quarter_id), city_part_ids=ids)


def save(session: Session, quarter_id: int | None, data: QuarterInput) -> int:
    """Write a quarter; its id. Raises Invalid: Kürzel and name are needed, a Kürzel only once."""
    values = values_of(data, without=("city_part_ids",))
    problems = lacking(
        data,
        short="Bitte ein Kürzel eintragen, zum Beispiel „LIN“.",
        name="Bitte den Namen des Quartiers eintragen.",
    )
    if is_taken(session, Quarter.short, values["short"], quarter_id):
        problems["short"] = f"Das Kürzel {values['short']} hat schon ein anderes Quartier."
    refuse(problems)
    record = write(session, Quarter, quarter_id, values)
    write_links(session, QuarterCityPart, "quarter_id", record.id, "city_part_id", data.city_part_ids)
    return record.id


def remove(session: Session, quarter_id: int) -> None:
    """Delete a quarter; raises UserError while agreements, budgets or offers belong to it."""
    record = session.get_one(Quarter, quarter_id)
    refuse_if_used(
        session,
        record.name,
        quarter_id,
        (
            (Agreement.quarter_id, "Vereinbarung", "Vereinbarungen"),
            (Budget.quarter_id, "Budget", "Budgets"),
            (Offer.quarter_id, "Angebot", "Angebote"),
        ),
    )
    delete(session, Quarter, quarter_id)


def choices(session: Session) -> QuarterChoices:
    """What the form offers."""
    districts = select(CityDistrict.id, CityDistrict.name).order_by(CityDistrict.id)
    parts = session.execute(
        select(CityPart.id, CityPart.name, CityPart.city_district_id).order_by(CityPart.name)
    )
    return QuarterChoices(
        pairs(session, districts),
        tuple((row_id, name, district) for row_id, name, district in parts),
    )


def phases(session: Session) -> list[str]:
    """Phases to propose: the usual way, then those quarters have of their own."""
    return proposed(session, Quarter.phase, PHASES)


def _city_part_names(session: Session) -> dict[int, list[str]]:
    query = (
        select(QuarterCityPart.quarter_id, CityPart.name)
        .join(CityPart, CityPart.id == QuarterCityPart.city_part_id)
        .order_by(QuarterCityPart.id)
    )
    return grouped(session, query)


def _counts(session: Session, model: type[Offer | Agreement]) -> dict[int | None, int]:
    query = select(model.quarter_id, func.count()).group_by(model.quarter_id)
    return dict(session.execute(query).all())


def _actor_counts(session: Session) -> dict[int | None, int]:
    """Distinct actors with an offer or, today, an agreement, for each quarter."""
    both = (
        select(Offer.quarter_id.label("quarter"), Offer.actor_id.label("actor"))
        .union(
            select(Agreement.quarter_id, Party.actor_id)
            .join(Party, Party.agreement_id == Agreement.id)
            .where(Agreement.quarter_id.is_not(None), agreed.is_party(session, date.today()))
        )
        .subquery()
    )
    query = select(both.c.quarter, func.count()).group_by(both.c.quarter)
    return dict(session.execute(query).all())


def _budgets_by_quarter(session: Session, year: int) -> dict[int, list[BudgetRow]]:
    found: defaultdict[int, list[BudgetRow]] = defaultdict(list)
    for row in budgets.rows(session, BudgetSelection(year=year)):
        if row.quarter_id is not None:
            found[row.quarter_id].append(row)
    return found
