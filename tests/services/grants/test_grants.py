from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from app.domain.budgets.budgets import BookingSource
from app.domain.errors import Invalid, UserError
from app.domain.grants.grant_rules import RULE_SETS, Origin, SourcedValue, version_of
from app.domain.grants.grant_standing import Light, RuleSetName, Window
from app.services.budgets import budgets, commitments
from app.services.budgets.budgets import BudgetInput
from app.services.budgets.commitments import CommitmentInput
from app.services.grants import grants
from app.services.grants.grant_standing import confirm, standing
from app.services.grants.grants import DrawDownInput, GrantInput, PlanItemInput
from db.database import Database
from db.models import Booking, Grant

LAND = GrantInput(
    "LAND",
    "Landesamt",
    date(2025, 1, 1),
    date(2027, 12, 31),
    7_200_000,
    notice_date=date(2024, 12, 2),
    own_funds_cents=4_800_000,
    items=(
        PlanItemInput(None, "1", "Personal", 8_400_000),
        PlanItemInput(None, "2", "Starterbudgets", 2_400_000),
        PlanItemInput(None, "3", "Öffentlichkeitsarbeit", 1_200_000),
    ),
    draw_downs=(
        DrawDownInput(None, 1, date(2026, 1, 5), 900_000, date(2026, 1, 20), 900_000),
        DrawDownInput(None, 2, date(2026, 4, 28), 3_000_000, date(2026, 5, 20), 3_000_000),
        DrawDownInput(None, 3, date(2026, 6, 28), 100_000),
    ),
)
ON = date(2026, 6, 30)


def booking(session: Session, budget_id: int, cents: int, day: date, **more: object) -> None:
    session.add(
        Booking(
            source=BookingSource.FINANCE,
            budget_id=budget_id,
            amount_cents=cents,
            day=day,
            budget_year=day.year,
            **more,
        )
    )
    session.flush()


def land(session: Session) -> tuple[int, list[int]]:
    """The grant of the check figures with a budget for each item, and one without an item."""
    grant_id = grants.save(session, None, LAND)
    made = []
    for item in (*grants.load(session, grant_id).items, None):
        number = f"B26-{item.position if item else 'X'}"
        values = BudgetInput(
            number, number, 2026, 1, grant_id=grant_id, plan_item_id=item.id if item else None
        )
        made.append(budgets.save(session, None, values))
    return grant_id, made


def test_check_figures_of_a_running_grant(database: Database) -> None:
    with database.write("Test") as session:
        grant_id, (staff, starter, public, _) = land(session)
        booking(session, staff, 3_329_033, date(2026, 3, 1))
        booking(session, starter, 1_788_256, date(2026, 2, 1))
        booking(session, public, 403_298, date(2026, 6, 30))
        booking(session, public, 99_999, date(2026, 7, 1))  # after the day asked for
        booking(session, public, 99_999, date(2024, 12, 31))  # before the period
        booking(session, public, 55_555, date(2026, 6, 1), is_income=True)
        commitments.save(session, None, CommitmentInput(starter, "Honorar", 60_000, day=date(2026, 2, 10)))
        commitments.save(session, None, CommitmentInput(public, "Flyer", 85_075, day=date(2026, 3, 2)))
        commitments.save(session, None, CommitmentInput(public, "später", 1, day=date(2026, 7, 2)))
    with database.read() as session:
        at = standing(session, grant_id, ON)
    assert (at.granted_cents, at.eligible_cents, at.income_cents) == (7_200_000, 5_520_587, 55_555)
    assert (at.final_cents, at.received_cents, at.refund_cents) == (3_312_352, 3_900_000, 587_648)
    assert [(i.position, i.planned_cents, i.actual_cents, i.committed_cents, i.light) for i in at.items] == [
        ("1", 8_400_000, 3_329_033, 0, Light.GREEN),
        ("2", 2_400_000, 1_788_256, 60_000, Light.GREEN),
        ("3", 1_200_000, 403_298, 85_075, Light.GREEN),
    ]
    first, second = at.payouts
    assert (first.used_cents, first.open_cents, first.payout.use_by) == (900_000, 0, date(2026, 3, 20))
    assert (second.used_cents, second.open_cents, second.payout.use_by) == (
        2_412_352,
        587_648,
        date(2026, 7, 20),
    )
    assert at.own_funds == SourcedValue(4_800_000, Origin.NOTICE, "Finanzierung der Förderung")
    assert at.values.tolerance_percent.origin is Origin.ASSUMED
    assert at.values.proof_due.value == date(2028, 12, 31)
    assert at.interim_proofs == []


def test_money_without_an_item_is_an_item_of_its_own_and_the_second_light_warns_early(
    database: Database,
) -> None:
    with database.write("Test") as session:
        grant_id, (_, _, public, without) = land(session)
        booking(session, without, 1, date(2026, 3, 1))
        booking(session, public, 1_100_000, date(2026, 3, 1))
        promised = commitments.save(session, None, CommitmentInput(public, "Plakate", 200_000))
        booking(session, public, 50_000, date(2026, 7, 15), commitment_id=promised)
        at = standing(session, grant_id, ON)
        later = standing(session, grant_id, date(2026, 7, 31))
    *_, third, extra = at.items
    assert (third.committed_cents, third.light, third.early_light) == (200_000, Light.GREEN, Light.YELLOW)
    assert (extra.position, extra.planned_cents, extra.light) == ("", 0, Light.RED)
    assert later.items[2].committed_cents == 150_000


def test_commitments_count_as_things_stood_on_the_day(database: Database) -> None:
    with database.write("Test") as session:
        grant_id, (staff, *_) = land(session)
        closed = CommitmentInput(staff, "Vertrag", 500, closed_on=date(2026, 7, 1))
        commitments.save(session, None, closed)
        assert standing(session, grant_id, ON).items[0].committed_cents == 500
        assert standing(session, grant_id, date(2026, 7, 1)).items[0].committed_cents == 0


def test_trap_6_a_new_version_of_the_rules_leaves_the_grant_alone(database: Database) -> None:
    old = version_of(RuleSetName.ANBEST_GK, ON)
    new = replace(
        old,
        version=date(2025, 9, 1),
        usage_window=SourcedValue(Window(weeks=6), Origin.RULE_SET, "ANBest-Gk 1.2"),
    )
    with database.write("Test") as session:
        grant_id, _ = land(session)
        grants.save(session, grant_id, replace(grants.load(session, grant_id), notes="x"), (*RULE_SETS, new))
        at = standing(session, grant_id, ON, (*RULE_SETS, new))
        assert at.payouts[0].payout.use_by == date(2026, 3, 20)
        assert at.newer_rules == {"usage_window": (Window(months=2), Window(weeks=6))}
        younger = replace(LAND, short="NEU", notice_date=date(2026, 1, 1))
        at = standing(session, grants.save(session, None, younger, (*RULE_SETS, new)), ON, (*RULE_SETS, new))
        assert at.payouts[0].payout.use_by == date(2026, 3, 3)
        assert at.newer_rules == {}


def test_own_funds_follow_from_the_plan_when_nothing_is_stated(database: Database) -> None:
    with database.write("Test") as session:
        grant_id = grants.save(session, None, replace(LAND, own_funds_cents=None, usage_weeks=6))
        at = standing(session, grant_id, ON)
    assert (at.own_funds.value, at.own_funds.origin) == (4_800_000, Origin.ASSUMED)
    assert at.payouts[0].payout.use_by == date(2026, 3, 3)


def test_plan_and_payouts_are_saved_with_the_grant(database: Database) -> None:
    with database.write("Test") as session:
        grant_id, _ = land(session)
        values = grants.load(session, grant_id)
        changed = replace(
            values,
            draw_downs=(*values.draw_downs[:1], DrawDownInput(None, 9)),
            items=(replace(values.items[0], title="Stelle"), *values.items[1:]),
        )
        grants.save(session, grant_id, changed)
        again = grants.load(session, grant_id)
        assert [draw.nr for draw in again.draw_downs] == [1, 9]
        assert again.items[0].title == "Stelle"
        assert sum(draw.received_cents or 0 for draw in again.draw_downs) == 900_000
        assert grants.find(session, "LAND") == grant_id
        with pytest.raises(UserError, match="Vorhanden: LAND"):
            grants.find(session, "BUND")
    with pytest.raises(UserError, match="Position 1 wird vom Budget"), database.write("Test") as session:
        grants.save(session, grant_id, replace(again, items=again.items[1:]))
    with pytest.raises(UserError, match="gehören noch Budgets"), database.write("Test") as session:
        grants.remove(session, grant_id)
    with database.write("Test") as session:
        other = grants.save(session, None, replace(LAND, short="NEU"))
        grants.remove(session, other)
        assert session.get(Grant, other) is None


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"short": ""}, "short"),
        ({"short": "LAND"}, "short"),
        ({"funder": " "}, "funder"),
        ({"begin": None}, "begin"),
        ({"end": None}, "end"),
        ({"end": date(2024, 1, 1)}, "end"),
        ({"granted_cents": -1}, "granted_cents"),
        ({"tolerance_percent": -2}, "tolerance_percent"),
        ({"items": (PlanItemInput(None, "1", "", 0),)}, "items"),
        ({"items": (PlanItemInput(None, "1", "a", 0), PlanItemInput(None, "1", "b", 0))}, "items"),
        ({"draw_downs": (DrawDownInput(None, 1), DrawDownInput(None, 1))}, "draw_downs"),
    ],
)
def test_grants_that_cannot_be_saved(database: Database, change: dict[str, object], field: str) -> None:
    with database.write("Test") as session:
        grants.save(session, None, LAND)
    with pytest.raises(Invalid) as refused, database.write("Test") as session:
        grants.save(session, None, replace(replace(LAND, short="NEU"), **change))  # type: ignore[arg-type]
    assert set(refused.value.problems) == {field}


def test_confirmed_values_come_from_the_notice_and_stay(database: Database) -> None:
    with database.write("Test") as session:
        grant_id, _ = land(session)
        assert standing(session, grant_id, ON).values.tolerance_percent.origin is Origin.ASSUMED
        confirm(session, grant_id)
        values = standing(session, grant_id, ON).values
    assert values.tolerance_percent == SourcedValue(20, Origin.NOTICE, "Bescheid vom 02.12.2024")
    assert values.usage_window.origin is Origin.NOTICE
    assert values.proof_due == SourcedValue(date(2028, 12, 31), Origin.NOTICE, "Bescheid vom 02.12.2024")
    assert values.interim_months == SourcedValue(0, Origin.NOTICE, "Bescheid vom 02.12.2024")
