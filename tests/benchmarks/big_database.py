"""A ten-year database for measuring: 60 quarters, 200 actors, 100.000 bookings, always the same."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.domain.agreements.agreements import AgreementKind, Stage
from app.domain.agreements.term import NoticeEffect, NoticeUnit
from app.domain.budgets.budgets import AssignedBy, BookingSource
from db.database import create_database
from db.models import (
    Actor,
    Agreement,
    Booking,
    Budget,
    Commitment,
    Contact,
    DrawDown,
    Goal,
    Grant,
    Offer,
    Party,
    PlanItem,
    Quarter,
    QuarterCityPart,
    Transfer,
)

QUARTERS, ACTORS, OFFERS, AGREEMENTS, BOOKINGS = 60, 200, 900, 240, 100_000
YEARS = 10
CITY_PARTS = [number for number in range(1, 54) if number not in (23, 46)]


def build_big(path: Path, day: date, bookings: int = BOOKINGS) -> Path:
    """Make the file; about ten seconds. `day` lies in the last of the ten budget years."""
    database = create_database(path)
    try:
        with database.write("Zehn Jahre", undoable=False) as session:
            _places(session, day)
            _agreements(session, day)
            _money(session, day, bookings)
    finally:
        database.close()
    return path


def _places(session: Session, day: date) -> None:
    quarters = range(1, QUARTERS + 1)
    named = ({"id": n, "short": f"Q{n:02d}", "name": f"Quartier {n}", "phase": "Aufbau"} for n in quarters)
    _many(session, Quarter, named)
    _many(
        session,
        QuarterCityPart,
        ({"quarter_id": n, "city_part_id": CITY_PARTS[n % len(CITY_PARTS)]} for n in quarters),
    )
    _many(
        session,
        Actor,
        (
            {
                "id": n,
                "short": f"T{n:03d}",
                "name": f"Träger Nummer {n} e.V.",
                "kind": "Verein",
                "city": "Hannover",
            }
            for n in range(1, ACTORS + 1)
        ),
    )
    _many(
        session,
        Contact,
        (
            {
                "actor_id": n % ACTORS + 1,
                "last_name": f"Nachname {n}",
                "first_name": "Vorname",
                "phone": "030 23125-0",
            }
            for n in range(2 * ACTORS)
        ),
    )
    _many(
        session,
        Offer,
        (
            {
                "quarter_id": n % QUARTERS + 1, "actor_id": n % ACTORS + 1, "title": f"Angebot {n}",
                "building_block_id": n % 10 + 1, "weekday": "Montag", "confirmed_on": day - timedelta(days=n % 400),
            }
            for n in range(OFFERS)
        ),
    )  # fmt: skip


def _agreements(session: Session, day: date) -> None:
    stages = list(Stage)
    _many(
        session,
        Agreement,
        (
            {
                "id": n, "number": f"ZV-{n:04d}", "kind": AgreementKind.TARGET, "quarter_id": n % QUARTERS + 1,
                "title": f"Vereinbarung {n}", "stage": stages[n % len(stages)],
                "begin": day - timedelta(days=700 + n), "end": day + timedelta(days=n * 3),
                "renewal_months": 12 if n % 2 else None, "notice": 3, "notice_unit": NoticeUnit.MONTHS,
                "notice_effect": NoticeEffect.END_OF_TERM, "amount_cents": 12_000_00, "reminder_days": "90;30;7",
            }
            for n in range(1, AGREEMENTS + 1)
        ),
    )  # fmt: skip
    _many(
        session,
        Party,
        ({"agreement_id": n, "actor_id": n % ACTORS + 1, "position": 1} for n in range(1, AGREEMENTS + 1)),
    )
    _many(
        session,
        Goal,
        (
            {
                "agreement_id": n % AGREEMENTS + 1, "nr": str(n // AGREEMENTS + 1), "title": f"Ziel {n}",
                "due": day + timedelta(days=n % 900 - 200),
            }
            for n in range(3 * AGREEMENTS)
        ),
    )  # fmt: skip


def _money(session: Session, day: date, count: int) -> None:
    first = day.year - YEARS + 1
    _many(
        session,
        Grant,
        [{
            "id": 1, "short": "LAND", "funder": "Land", "begin": date(day.year - 2, 1, 1),
            "end": date(day.year, 12, 31), "granted_cents": 10**9, "own_funds_cents": 10**9,
            "rules_as_of": date(2024, 1, 1),
        }],
    )  # fmt: skip
    positions = range(1, 6)
    _many(
        session,
        PlanItem,
        (
            {"id": n, "grant_id": 1, "position": str(n), "title": f"Position {n}", "planned_cents": 10**8}
            for n in positions
        ),
    )
    begin = date(day.year - 2, 1, 10)
    _many(
        session,
        DrawDown,
        (
            {"grant_id": 1, "nr": n, "received_on": begin + timedelta(days=60 * n), "received_cents": 10**7}
            for n in range(1, 13)
        ),
    )
    budgets = [
        {
            "number": f"B{year % 100:02d}-{n:03d}", "title": f"Budget {n} {year}", "year": year,
            "planned_cents": 10_000_00, "quarter_id": n % QUARTERS + 1,
            "kind": "Starterbudget" if n % 2 else "Quartiersbudget", "internal_order": str(57001000 + n),
            "grant_id": 1 if year > day.year - 3 and n % 4 == 0 else None,
            "plan_item_id": n % 5 + 1 if year > day.year - 3 and n % 4 == 0 else None,
        }
        for year in range(first, day.year + 1)
        for n in range(2 * QUARTERS)
    ]  # fmt: skip
    _many(session, Budget, ({"id": n, **values} for n, values in enumerate(budgets, 1)))
    _many(
        session,
        Commitment,
        (
            {"id": n, "number": f"MB-{n}", "budget_id": n, "title": "Honorarvertrag", "amount_cents": 500_00}
            for n in range(1, len(budgets) + 1)
        ),
    )
    _many(
        session,
        Transfer,
        (
            {"number": f"UM-{n}", "from_budget_id": n, "to_budget_id": n + 1, "amount_cents": 50_00}
            for n in range(1, len(budgets), 7)
        ),
    )
    _many(session, Booking, _bookings(budgets, first, count))


def _bookings(budgets: list[dict[str, Any]], first: int, count: int) -> Iterator[dict[str, Any]]:
    for n in range(count):
        year = first + n * YEARS // count
        place = (year - first) * 2 * QUARTERS + n * 7 % (2 * QUARTERS)
        budget = budgets[place]
        free = n % 97 == 0
        yield {
            "source": BookingSource.FINANCE,
            "day": date(year, 1, 1) + timedelta(days=n * 11 % 365),
            "budget_year": year,
            "document_number": f"19{n:08d}",
            "line": str(n % 3 + 1),
            "occurrence": 1,
            "internal_order": "57009999" if free else budget["internal_order"],
            "account": "4271000",
            "account_name": "Besondere Verwaltungsaufwendungen",
            "amount_cents": n * 7919 % 50_000 - 2_000,
            "text": f"Sachkosten Mittagstisch {n}",
            "payee": f"Träger Nummer {n % ACTORS + 1} e.V.",
            "is_income": n % 101 == 0,
            "budget_id": None if free else place + 1,
            "assigned_by": None if free else AssignedBy.ORDER,
            "commitment_id": place + 1 if n % 20 == 0 and not free else None,
        }


def _many(session: Session, model: type[Any], rows: Any) -> None:
    session.execute(insert(model), list(rows))
