"""Quarters, actors, contacts and offers on a real file."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.agreements.agreements import AgreementKind, Stage
from app.domain.errors import Invalid, UserError
from app.services.actors import actors, contacts
from app.services.agreements import agreements
from app.services.agreements.agreements import AgreementInput, PartyInput
from app.services.budgets import budgets
from app.services.budgets.budgets import BudgetInput
from app.services.deadlines import deadlines
from app.services.offers import offers
from app.services.quarters import quarters
from db.database import Database
from db.models import Change, CityPart, Indicator, IndicatorValue

TODAY = date(2026, 3, 1)


def seed(session: Session) -> tuple[int, int, int]:
    """A quarter with an actor, an offer, an agreement and a budget: ids of quarter, actor, offer."""
    parts = tuple(session.scalars(select(CityPart.id).order_by(CityPart.name).limit(2)))
    quarter = quarters.save(
        session, None, quarters.QuarterInput("LIN", "Linden-Süd", phase="Aufbau", city_part_ids=parts)
    )
    actor = actors.save(session, None, actors.ActorInput("DIAK", "Diakonie", kind="Wohlfahrtsverband"))
    offer = offers.save(
        session,
        None,
        offers.OfferInput(
            quarter, actor, "Offener Treff", confirmed_on=date(2025, 6, 1), paid_hours=Decimal("7.5")
        ),
    )
    agreements.save(
        session,
        None,
        AgreementInput(
            "ZV-2026-01",
            AgreementKind.TARGET,
            "Treff",
            (PartyInput(actor),),
            quarter_id=quarter,
            stage=Stage.IN_FORCE,
            begin=date(2026, 1, 1),
            end=date(2026, 12, 31),
        ),
    )
    budgets.save(session, None, BudgetInput("B-1", "Quartiersbudget", 2026, 1_000_000, quarter_id=quarter))
    budgets.save(session, None, BudgetInput("B-2", "Starter", 2026, 500_000, quarter_id=quarter))
    return quarter, actor, offer


def test_the_list_shows_phase_counts_money_and_next_date(database: Database) -> None:
    with database.write("Probe") as session:
        seed(session)
        quarters.save(session, None, quarters.QuarterInput("ALL", "Allein", phase="eigener Schritt"))
    with database.read() as session:
        alone, linden = quarters.rows(session, TODAY.year)
        due = deadlines.by_quarter(session, TODAY)
    assert (linden.actors, linden.offers, linden.agreements) == (1, 1, 1)
    assert linden.phase_number == 5
    assert linden.figures is not None
    assert linden.figures.planned_cents == 1_500_000
    assert linden.overspent == ()
    assert due[linden.id][0].day == date(2026, 6, 1)
    assert linden.city_parts.count(",") == 1
    assert (alone.phase_number, alone.figures, due.get(alone.id)) == (None, None, None)


def test_a_quarter_at_a_glance(database: Database) -> None:
    with database.write("Probe") as session:
        quarter, actor, _ = seed(session)
        indicator = Indicator(name="65 und älter")
        session.add(indicator)
        session.flush()
        part = quarters.load(session, quarter).city_part_ids[0]
        session.add(
            IndicatorValue(indicator_id=indicator.id, quarter_id=quarter, year=2025, value=Decimal("12.5"))
        )
        session.add(
            IndicatorValue(indicator_id=indicator.id, city_part_id=part, year=2024, value=Decimal(11))
        )
    with database.read() as session:
        assert [(a.id, a.offers, a.agreements) for a in quarters.actors(session, quarter)] == [(actor, 1, 1)]
        assert {row.year for row in quarters.indicators(session, quarter)} == {2024, 2025}
        days = [deadline.day for deadline in deadlines.by_quarter(session, TODAY)[quarter]]
    assert days == sorted(days)
    assert date(2026, 12, 31) in days


def test_saving_again_changes_only_what_is_different(database: Database) -> None:
    with database.write("Probe") as session:
        quarter, _, _ = seed(session)
    with database.read() as session:
        data = quarters.load(session, quarter)
        before = session.query(Change).count()
    with database.write("Nichts") as session:
        quarters.save(session, quarter, data)
    with database.write("Stadtteil weg") as session:
        quarters.save(session, quarter, replace(data, city_part_ids=data.city_part_ids[1:], phase="  "))
    with database.read() as session:
        assert quarters.load(session, quarter).phase is None
        assert quarters.load(session, quarter).city_part_ids == data.city_part_ids[1:]
        assert session.query(Change).count() == before + 2


def test_what_is_needed_is_said_at_its_field(database: Database) -> None:
    with database.write("Probe") as session:
        quarter, actor, _ = seed(session)
    cases = [
        (lambda s: quarters.save(s, None, quarters.QuarterInput("LIN", "")), {"short", "name"}),
        (lambda s: quarters.save(s, None, quarters.QuarterInput(" ", "X")), {"short"}),
        (lambda s: actors.save(s, None, actors.ActorInput("DIAK", "Y", email="nix")), {"short", "email"}),
        (lambda s: contacts.save(s, None, contacts.ContactInput(actor)), {"last_name"}),
        (lambda s: offers.save(s, None, offers.OfferInput()), {"quarter_id", "actor_id", "title"}),
        (
            lambda s: offers.save(s, None, offers.OfferInput(quarter, actor, "Offener Treff", seats=-1)),
            {"title", "seats"},
        ),
    ]
    for command, fields in cases:
        with pytest.raises(Invalid) as caught, database.write("Falsch") as session:
            command(session)
        assert set(caught.value.problems) == fields


def test_what_hangs_on_a_record_keeps_it(database: Database) -> None:
    with database.write("Probe") as session:
        quarter, actor, offer = seed(session)
    with (
        pytest.raises(UserError, match="1 Vereinbarung, 2 Budgets und 1 Angebot"),
        database.write("Weg") as session,
    ):
        quarters.remove(session, quarter)
    with (
        pytest.raises(UserError, match="Diakonie kann nicht gelöscht werden"),
        database.write("Weg") as session,
    ):
        actors.remove(session, actor)
    with database.write("Weg") as session:
        offers.remove(session, offer)
    with database.read() as session:
        assert offers.rows(session, quarter_id=quarter) == []


def test_contacts_carry_why_they_are_kept(database: Database) -> None:
    with database.write("Probe") as session:
        actor = actors.save(session, None, actors.ActorInput("A", "Actor"))
        person = contacts.save(session, None, contacts.ContactInput(actor, "Yıldız", "Mehmet"))
        contacts.save(session, None, contacts.ContactInput(actor, "Ander"))
    with database.write("Ergänzt") as session:
        data = contacts.load(session, person)
        contacts.save(
            session,
            person,
            replace(data, purpose="Vertrag", legal_basis="Art. 6", delete_on=date(2030, 1, 1)),
        )
    with database.read() as session:
        first, second = contacts.rows(session, actor)
        assert (first.name, first.explained, second.name, second.explained) == (
            "Mehmet Yıldız",
            True,
            "Ander",
            False,
        )
        assert actors.rows(session)[0].contacts == 2
    with database.write("Weg") as session:
        actors.remove(session, actor)
    with database.read() as session:
        assert contacts.rows(session, actor) == []


def test_offers_with_groups_and_confirmation(database: Database) -> None:
    with database.write("Probe") as session:
        quarter, actor, offer = seed(session)
        groups = tuple(row_id for row_id, _ in offers.choices(session).target_groups[:3])
        data = replace(
            offers.load(session, offer),
            target_group_ids=groups,
            rhythm="wöchentlich",
            weekday="Mittwoch",
            begins="14:30",
            ends="16:00",
        )
        offers.save(session, offer, data)
        offers.save(session, offer, replace(data, target_group_ids=groups[1:]))
    with database.read() as session:
        (row,) = offers.rows(session, actor_id=actor)
        assert offers.load(session, offer).target_group_ids == groups[1:]
        assert offers.load(session, offer).paid_hours == Decimal("7.5")
    assert row.when == "wöchentlich, Mittwoch, 14:30–16:00"
    assert row.target_groups.count(";") == 1
    assert not row.stale(date(2026, 6, 1))
    assert row.stale(date(2026, 6, 2))
    with database.write("Bestätigt") as session:
        offers.confirm(session, offer, date(2026, 6, 2))
    with database.read() as session:
        assert not offers.rows(session, quarter_id=quarter)[0].stale(date(2026, 6, 2))


def test_what_hangs_on_an_actor_is_counted(database: Database) -> None:
    with database.write("Probe") as session:
        _, actor, _ = seed(session)
        row = next(row for row in actors.rows(session) if row.id == actor)
    assert (row.quarters, row.offers, row.agreements) == (1, 1, 1)
