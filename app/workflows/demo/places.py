"""Demo data of places and people: office, quarters, actors, contacts, offers, figures, board."""

import csv
import re
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from sqlalchemy import select

from app.domain import terms
from app.domain.offers.offers import CareSetting
from app.resources import RESOURCES
from app.services import office
from app.workflows.demo.making import Making, actors_of, demo_texts, random_for
from db.models import (
    Actor,
    BuildingBlock,
    CityPart,
    Contact,
    Indicator,
    IndicatorValue,
    Member,
    Offer,
    OfferTargetGroup,
    Quarter,
    QuarterCityPart,
    TargetGroup,
)

OFFERS_PER_QUARTER = 12
_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ş": "s", "ı": "i"})


def make_office(making: Making) -> None:
    """The letterhead of an invented office, with its logo."""
    given = demo_texts()["office"]
    people = tuple(office.Signatory(**person) for person in given["signatories"])
    logo = (RESOURCES / "demo" / "logo.png").read_bytes()
    office.save(making.session, office.OfficeInput(**{**given, "signatories": people, "logo": logo}))


def make_quarters(making: Making) -> None:
    """Quarters with the city parts that belong to them."""
    parts = {part.name: part for part in making.session.scalars(select(CityPart))}
    for given in demo_texts()["quarter"]:
        values = {name: value for name, value in given.items() if name != "parts"}
        own = [parts[name] for name in given["parts"]]
        quarter = Quarter(**values, city_district_id=own[0].city_district_id)
        making.keep("quarter", {quarter.short: quarter})
        making.session.add_all(QuarterCityPart(quarter_id=quarter.id, city_part_id=part.id) for part in own)


def make_actors(making: Making) -> None:
    """Actors with an address, and one or two contacts of each."""
    roll = random_for("actors")
    streets = demo_texts()["actors"]["streets"]
    actors: dict[str, Actor] = {}
    for place, (short, name, kind, _) in enumerate(demo_texts()["actors"]["list"]):
        salutation, first, last = _person(roll)
        actors[short] = Actor(
            short=short,
            name=name,
            kind=kind,
            street=f"{roll.choice(streets)} {roll.randint(1, 78)}",
            postcode=f"300{roll.randint(10, 69)}",
            city="Hannover",
            phone=f"030 23125-{200 + place}",
            email=f"kontakt@{_domain(name)}.example",
            represented_by=f"{salutation} {first} {last}",
            function=roll.choice(("Geschäftsführung", "1. Vorsitz", "Vorstand")),
        )
    making.keep("actor", actors)
    for short, actor in actors.items():
        _make_contacts(making, roll, short, actor)


def _make_contacts(making: Making, roll: Random, short: str, actor: Actor) -> None:
    functions = demo_texts()["people"]["functions"]
    for number in range(2 if roll.random() < 0.4 else 1):
        salutation, first, last = _person(roll)
        # Two are due for deletion around the day; most have years to go.
        delete_on = {"TFL": making.ahead(18), "BKO": making.ago(6)}.get(short) if number == 0 else None
        if delete_on is None and roll.random() < 0.5:
            delete_on = making.ahead(roll.randint(200, 1100))
        making.session.add(
            Contact(
                actor_id=making.ids["actor"][short],
                salutation=salutation,
                first_name=first,
                last_name=last if number == 0 else f"{last}-{roll.choice(demo_texts()['people']['last'])}",
                function=roll.choice(functions),
                phone=actor.phone,
                email=f"{_domain(last)}@{_domain(actor.name)}.example",
                purpose="Zusammenarbeit im Quartier",
                legal_basis="Art. 6 Abs. 1 lit. e DSGVO",
                source="von der Person selbst",
                delete_on=delete_on,
            )
        )


def _person(roll: Random) -> tuple[str, str, str]:
    people = demo_texts()["people"]
    salutation = roll.choice(("Frau", "Herr"))
    first = roll.choice(people["first_f" if salutation == "Frau" else "first_m"])
    return salutation, first, roll.choice(people["last"])


def _domain(name: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", name.casefold().translate(_SPELT_OUT))[:2])


def make_offers(making: Making) -> None:
    """Offers of the actors at home in each quarter, most confirmed within the last year."""
    roll = random_for("offers")
    making.ids["block"] = dict(making.session.execute(select(BuildingBlock.name, BuildingBlock.id)).all())
    groups = dict(making.session.execute(select(TargetGroup.name, TargetGroup.id)).all())
    every = demo_texts()["offers"]["list"]
    for place, quarter in enumerate(making.ids["quarter"]):
        home = actors_of(quarter)
        for number in range(OFFERS_PER_QUARTER):
            row = every[(place * 5 + number * 2) % len(every)]
            actor = home[number % len(home)]
            offer = _offer(making, roll, row, quarter, actor)
            making.session.add(offer)
            making.session.flush()
            making.session.add_all(
                OfferTargetGroup(offer_id=offer.id, target_group_id=groups[name]) for name in row[7]
            )


def _offer(making: Making, roll: Random, row: list[Any], quarter: str, actor: str) -> Offer:
    title, block, rhythm, weekday, begins, ends, seats, _, care = row
    return Offer(
        quarter_id=making.ids["quarter"][quarter],
        actor_id=making.ids["actor"][actor],
        title=title,
        building_block_id=making.ids["block"][block],
        rhythm=rhythm,
        weekday=weekday or None,
        begins=begins or None,
        ends=ends or None,
        place=roll.choice(demo_texts()["offers"]["places"]),
        seats=seats or None,
        paid_hours=Decimal(roll.randint(2, 39)) / 2 if roll.random() < 0.6 else None,
        volunteers=roll.randint(1, 14) if roll.random() < 0.7 else None,
        care_setting=terms.find(CareSetting, care) if care else None,
        # A few confirmations are older than a year, a few become so in the next weeks.
        confirmed_on=making.ago(
            roll.choice((372, 352, 345)) if roll.random() < 0.06 else roll.randint(3, 320)
        ),
    )


def make_figures(making: Making) -> None:
    """The city's own figures (of mixed years) for all city parts, and one of each quarter."""
    columns = {
        "einwohner": ("Einwohner*innen", "Personen", "einwohner_stand"),
        "anteil_60plus": ("Anteil 60 Jahre und älter", "%", "quoten_stand"),
        "anteil_migrationshintergrund": ("Anteil mit Migrationshintergrund", "%", "quoten_stand"),
        "transferleistungsquote": ("Transferleistungsquote", "%", "quoten_stand"),
    }
    making.keep("indicator", {name: Indicator(name=name) for name, _, _ in columns.values()})
    with (RESOURCES / "stadtteile.csv").open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            for column, (name, unit, as_of) in columns.items():
                if not line[column]:
                    continue
                stated = line[as_of] or line["einwohner_stand"]
                value = IndicatorValue(
                    indicator_id=making.ids["indicator"][name],
                    city_part_id=int(line["nr"]),
                    year=int(re.findall(r"20\d\d", stated)[0]),
                    value=Decimal(line[column]),
                    unit=unit,
                    source=f"Stadt Hannover, {stated}",
                )
                making.session.add(value)
    making.keep("indicator", {"Besuche im Treff": Indicator(name="Besuche im Treff")})
    roll = random_for("figures")
    making.session.add_all(
        IndicatorValue(
            indicator_id=making.ids["indicator"]["Besuche im Treff"],
            quarter_id=quarter_id,
            year=making.day.year - 1,
            value=Decimal(roll.randint(180, 2400)),
            unit="Besuche",
            source="eigene Zählung",
        )
        for quarter_id in making.ids["quarter"].values()
    )


def make_board(making: Making) -> None:
    """The members of the steering board."""
    begin = date(2023, 12, 1)  # the board is permanent since then
    making.keep(
        "member",
        {
            name: Member(
                name=name,
                institution=institution,
                function=function,
                voting=voting,
                actor_id=making.id_of("actor", actor),
                begin=begin,
            )
            for name, institution, function, voting, actor in demo_texts()["board"]["list"]
        },
    )
