"""Rules for assignment at an import: which rule decided, corrections by finance, undoing a batch."""

import csv
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from app.domain.bookings.booking_plan import WhyUnassigned
from app.domain.budgets.budgets import AssignedBy
from app.services.assignment import assignment_rules, booking_assignment
from app.services.assignment.assignment_rules import RuleInput
from app.services.budgets import budgets
from app.services.budgets.budgets import BudgetInput
from app.services.grants import grant_standing, grants
from app.services.grants.grants import GrantInput, PlanItemInput
from app.workflows.bookings import import_bookings
from db.database import Database
from db.models import Booking, PlanItem

HEADER = [
    "Buchungsdatum", "Belegnummer", "Pos.", "Innenauftrag", "Kostenstelle", "Sachkonto", "Betrag", "Buchungstext",
    "Kreditor",
]  # fmt: skip
RENT = ["10.03.2026", "19", "1", "570", "41", "7319001", "500,00", "Miete März", "Hausverwaltung Müller"]
POWER = ["11.03.2026", "20", "1", "570", "41", "7320000", "80,00", "Strom", "Stadtwerke"]
TALK = ["12.03.2026", "21", "1", "570", "41", "7400000", "300,00", "Vortrag", ""]


@pytest.fixture
def ids(database: Database) -> dict[str, int]:
    with database.write("Budgets") as session:
        items = (PlanItemInput(None, "1", "Personal", 60_000), PlanItemInput(None, "2", "Sachkosten", 40_000))
        grant = grants.save(
            session,
            None,
            GrantInput("LAND", "Land", date(2026, 1, 1), date(2026, 12, 31), 100_000, items=items),
        )
        found = {f"item {item.position}": item.id for item in session.scalars(select(PlanItem))}
        made = {
            number: budgets.save(
                session,
                None,
                BudgetInput(
                    number,
                    number,
                    2026,
                    100_000,
                    internal_order=order,
                    grant_id=grant,
                    plan_item_id=found["item 1"],
                ),
            )
            for number, order in (("B26-N", "570"), ("B26-M", "580"))
        }
        rules = (
            RuleInput("Miete", text="mueller", budget_id=made["B26-M"], plan_item_id=found["item 2"]),
            RuleInput("Honorare", account="74*", amount_from_cents=20_000, always_ask=True),
        )
        saved = {str(rule.title): assignment_rules.save(session, None, rule) for rule in rules}
    return made | found | saved | {"grant": grant}


def written(path: Path, *lines: list[str], header: list[str] = HEADER) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([header, *lines])
    return path


def stored(database: Database, document: str = "19") -> tuple[int | None, AssignedBy | None, int | None]:
    with database.read() as session:
        booking = session.scalars(select(Booking).where(Booking.document_number == document)).one()
        return booking.budget_id, booking.assigned_by, booking.plan_item_id


def test_the_preview_says_which_rule_decides(database: Database, ids: dict[str, int], tmp_path: Path) -> None:
    prepared = import_bookings.prepare(database, written(tmp_path / "a.csv", RENT, POWER, TALK))
    rent, power, talk = (row.assignment for row in prepared.plan.rows)
    assert (rent.budget_id, rent.by, rent.plan_item_id, rent.rule_id) == (
        ids["B26-M"], AssignedBy.RULE, ids["item 2"], ids["Miete"],
    )  # fmt: skip
    assert prepared.facts.rules.name(rent.rule_id) == "Miete"
    assert (power.budget_id, power.by) == (ids["B26-N"], AssignedBy.ORDER)
    assert (talk.budget_id, talk.why_not) == (None, WhyUnassigned.ALWAYS_ASK)
    assert import_bookings.apply(database, prepared).counts.unassigned == 1
    assert stored(database) == (ids["B26-M"], AssignedBy.RULE, ids["item 2"])
    assert stored(database, "21") == (None, None, None)


def test_the_plan_item_of_a_booking_counts_in_the_grant(
    database: Database, ids: dict[str, int], tmp_path: Path
) -> None:
    import_bookings.apply(
        database, import_bookings.prepare(database, written(tmp_path / "a.csv", RENT, POWER))
    )
    with database.read() as session:
        standing = grant_standing.standing(session, ids["grant"], date(2026, 7, 1))
    assert [(item.position, item.actual_cents) for item in standing.items] == [("1", 8_000), ("2", 50_000)]
    assert standing.eligible_cents == 58_000


def test_an_automatic_assignment_follows_a_correction(
    database: Database, ids: dict[str, int], tmp_path: Path
) -> None:
    import_bookings.apply(
        database, import_bookings.prepare(database, written(tmp_path / "a.csv", RENT, TALK))
    )
    header = [name for name in HEADER if name not in ("Buchungstext", "Kreditor")]
    dearer = written(tmp_path / "b.csv", [*RENT[:6], "510,00"], [*TALK[:6], "100,00"], header=header)
    import_bookings.apply(database, import_bookings.prepare(database, dearer))
    assert stored(database) == (
        ids["B26-M"],
        AssignedBy.RULE,
        ids["item 2"],
    )  # by the payee that the file lacks
    assert stored(database, "21") == (ids["B26-N"], AssignedBy.ORDER, None)  # below the amount of the rule
    import_bookings.undo(database, 2)
    assert stored(database, "21") == (None, None, None)


def test_an_assignment_by_hand_survives_corrections_and_undo(
    database: Database, ids: dict[str, int], tmp_path: Path
) -> None:
    import_bookings.apply(database, import_bookings.prepare(database, written(tmp_path / "a.csv", RENT)))
    with database.read() as session:
        booking = session.scalars(select(Booking.id)).one()
    with database.write("Von Hand") as session:
        booking_assignment.assign(session, [booking], ids["B26-N"], plan_item_id=ids["item 2"])
    by_hand = (ids["B26-N"], AssignedBy.HAND, ids["item 2"])
    dearer = written(tmp_path / "b.csv", [*RENT[:6], "510,00", *RENT[7:]])
    import_bookings.apply(database, import_bookings.prepare(database, dearer))
    assert stored(database) == by_hand
    import_bookings.undo(database, 2)
    assert stored(database) == by_hand


def test_a_rule_changed_since_the_preview_is_noticed(
    database: Database, ids: dict[str, int], tmp_path: Path
) -> None:
    prepared = import_bookings.prepare(database, written(tmp_path / "a.csv", RENT))
    with database.write("Aus") as session:
        assignment_rules.set_active(session, [ids["Miete"]], False)
    with pytest.raises(import_bookings.UserError, match="seit der Prüfung geändert"):
        import_bookings.apply(database, prepared)
