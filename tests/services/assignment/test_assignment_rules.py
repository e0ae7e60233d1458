"""Rules in their list, through the years, and applied to bookings."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.domain.assignment.assignment_rules import Target
from app.domain.budgets.budgets import AssignedBy
from app.domain.errors import Invalid, UserError
from app.services.assignment import assignment_rules, booking_assignment
from app.services.assignment.assignment_rules import RuleInput
from app.services.bookings import budget_bookings, manual_bookings
from app.services.bookings.manual_bookings import ManualBookingInput
from app.services.budgets import budgets, next_year
from app.services.budgets.budgets import BudgetInput
from app.services.grants import grants
from db.database import Database
from db.models import Booking, PlanItem
from tests.services.assignment.rule_samples import booked, made_budgets, ruled


@pytest.fixture
def ids(database: Database) -> dict[str, int]:
    return made_budgets(database)


def state(session: Session, booking_id: int) -> tuple[int | None, AssignedBy | None, int | None]:
    session.expire_all()
    booking = session.get_one(Booking, booking_id)
    return booking.budget_id, booking.assigned_by, booking.plan_item_id


def numbered(session: Session) -> list[tuple[int, str]]:
    return [(row.number, row.name) for row in assignment_rules.rows(session)]


# --- the list --------------------------------------------------------------------------------------------------


def test_rules_keep_their_order(database: Database, ids: dict[str, int]) -> None:
    with database.write("Regeln") as session:
        one = ruled(session, ids["B26-N"], title="eins", account="7*")
        ruled(session, ids["B26-N"], title="zwei", account="8*")
        three = ruled(session, None, 2, title="drei", text="  Miete   Treff ")
        assert numbered(session) == [(1, "eins"), (2, "drei"), (3, "zwei")]
        assignment_rules.move(session, one, 2)
        assert numbered(session) == [(1, "drei"), (2, "eins"), (3, "zwei")]
        assignment_rules.move(session, three, 99)
        assert [name for _, name in numbered(session)] == ["eins", "zwei", "drei"]
        assignment_rules.move(session, three, 0)
        assert [name for _, name in numbered(session)] == ["drei", "eins", "zwei"]
        assert assignment_rules.load(session, three) == RuleInput("drei", text="Miete Treff", always_ask=True)
        assignment_rules.remove(session, [one])
        assert numbered(session) == [(1, "drei"), (2, "zwei")]
        with pytest.raises(UserError, match="nicht mehr"):
            assignment_rules.load(session, one)


def test_deleting_a_rule_can_be_undone(database: Database, ids: dict[str, int]) -> None:
    with database.write("Regeln") as session:
        rule = ruled(session, ids["B26-N"], title="eins", account="7*")
        ruled(session, ids["B26-N"], title="zwei", account="8*")
    with database.write("Weg") as session:
        assignment_rules.remove(session, [rule])
    database.undo()
    with database.read() as session:
        assert numbered(session) == [(1, "eins"), (2, "zwei")]


def test_the_list_says_what_a_rule_means(database: Database, ids: dict[str, int]) -> None:
    with database.write("Regeln") as session:
        ruled(session, ids["B26-N"], account="0073*", plan_item_id=ids["item 2"])
        ruled(session, ids["B26-M"], account="7319", year=2026)
        ruled(session, None, account="1")
        wide, narrow, ask = assignment_rules.rows(session)
        assert (wide.name, wide.budget_number, wide.years, wide.plan_item, wide.unreachable_after) == (
            "Sachkonto 73*", "B26-N", (2025, 2026), "2 · Sachkosten", None,
        )  # fmt: skip
        assert (narrow.years, narrow.unreachable_after) == ((2026,), 1)
        assert (ask.budget_number, ask.years) == (None, None)
        assignment_rules.set_active(session, [wide.id], False)
        assert [row.unreachable_after for row in assignment_rules.rows(session)] == [None, None, None]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({}, "internal_order"),
        ({"year": 2026}, "internal_order"),
        ({"account": "7*3"}, "account"),
        ({"text": "x", "amount_from_cents": 2, "amount_to_cents": 1}, "amount_to_cents"),
        ({"text": "x", "year": 26}, "year"),
        ({"text": "x", "budget_id": None}, "budget_id"),
        ({"text": "x", "budget_id": 777}, "budget_id"),
        ({"text": "x", "budget": "B26-M", "item": "item 1"}, "plan_item_id"),
    ],
)
def test_rules_that_cannot_be(
    database: Database, ids: dict[str, int], values: dict[str, Any], field: str
) -> None:
    item = values.pop("item", None)
    budget = values.pop("budget", "B26-N")
    made = RuleInput(budget_id=ids[budget], plan_item_id=ids.get(item))
    with pytest.raises(Invalid) as refused, database.write("Regel") as session:
        assignment_rules.save(session, None, replace(made, **values))
    assert set(refused.value.problems) == {field}


def test_a_rule_goes_with_its_budget(database: Database, ids: dict[str, int]) -> None:
    with database.write("Regel") as session:
        ruled(session, ids["B26-M"], account="7*")
    with database.write("Budget weg") as session:
        budgets.remove(session, ids["B26-M"])
        assert assignment_rules.rows(session) == []
    database.undo()
    with database.read() as session:
        assert numbered(session) == [(1, "Sachkonto 7*")]


def test_a_plan_item_in_use_stays(database: Database, ids: dict[str, int]) -> None:
    with database.write("Regel") as session:
        ruled(session, ids["B26-N"], account="7*", plan_item_id=ids["item 2"])
        grant_id = session.get_one(PlanItem, ids["item 2"]).grant_id
    with database.read() as session:
        values = grants.load(session, grant_id)
    with pytest.raises(UserError, match="1 Zuordnungsregel"), database.write("Plan") as session:
        grants.save(session, grant_id, replace(values, items=values.items[:1]))


# --- the years -------------------------------------------------------------------------------------------------


def test_a_rule_of_every_year_goes_on_with_its_budget(database: Database, ids: dict[str, int]) -> None:
    with database.write("Regel") as session:
        ruled(session, ids["B26-N"], text="miete", plan_item_id=ids["item 2"])
        ruled(session, ids["B26-M"], text="miete", account="7*", year=2026)
        late = booked(session, budget_year=2027, day=date(2027, 1, 5))
        early = booked(session, budget_year=2025, day=date(2025, 1, 5))
        assert booking_assignment.assign_waiting(session) == 1
        assert state(session, early) == (ids["B25-N"], AssignedBy.RULE, None)  # which has no grant
        assert state(session, late) == (None, None, None)
    with database.write("Folgejahr") as session:
        planned = {row.budget_id: row.planned_cents for row in next_year.proposals(session, 2026)}
        assert next_year.create(session, 2026, planned) == 2
        made = {row.number: row.id for row in budgets.rows(session, budgets.BudgetSelection(year=2027))}
        assert state(session, late) == (made["B27-N"], AssignedBy.RULE, ids["item 2"])
        rules = assignment_rules.rules(session)
        assert rules[0].targets == {
            2025: Target(ids["B25-N"]),
            2026: Target(ids["B26-N"], ids["item 2"]),
            2027: Target(made["B27-N"], ids["item 2"]),
        }
        assert rules[1].targets == {2026: Target(ids["B26-M"])}  # a rule for one year ends with it


# --- applying --------------------------------------------------------------------------------------------------


def test_applying_leaves_what_was_assigned_by_hand(database: Database, ids: dict[str, int]) -> None:
    with database.write("Regeln") as session:
        nord, mitte = ids["B26-N"], ids["B26-M"]
        by_hand = booked(session, budget_id=mitte, assigned_by=AssignedBy.HAND)
        by_order = booked(session, budget_id=mitte, assigned_by=AssignedBy.ORDER, internal_order="580")
        same = booked(session, budget_id=nord, assigned_by=AssignedBy.ORDER)
        waiting = booked(session)
        by_its_order = booked(session, text="Strom", internal_order="580")
        asked = booked(session, budget_id=mitte, assigned_by=AssignedBy.ORDER, text="Honorar", payee=None)
        other_year = booked(
            session,
            budget_id=ids["B26-M"],
            assigned_by=AssignedBy.ORDER,
            budget_year=2025,
            day=date(2025, 1, 1),
        )
        ruled(session, nord, text="miete")
        ruled(session, None, text="honorar")
        applied = booking_assignment.apply_rules(session)
        assert (applied.assigned, applied.moved, applied.released) == (2, 0, 0)
        assert state(session, waiting) == (nord, AssignedBy.RULE, None)
        assert state(session, by_its_order) == (mitte, AssignedBy.ORDER, None)
        applied = booking_assignment.apply_rules(session, 2026)
        assert (applied.assigned, applied.moved, applied.released) == (0, 1, 1)
        assert applied.words == "Regeln angewendet: 1 anders zugeordnet, 1 zum Nachfragen zurückgelegt"
        assert state(session, by_hand) == (mitte, AssignedBy.HAND, None)
        assert state(session, by_order) == (nord, AssignedBy.RULE, None)
        assert state(session, same) == (nord, AssignedBy.ORDER, None)
        assert state(session, asked) == (None, None, None)
        assert state(session, other_year) == (mitte, AssignedBy.ORDER, None)
        assert booking_assignment.apply_rules(session, 2026) == booking_assignment.Applied()


def test_one_rule_alone_is_applied(database: Database, ids: dict[str, int]) -> None:
    with database.write("Regeln") as session:
        first = ruled(session, ids["B26-N"], text="miete")
        second = ruled(session, ids["B26-M"], account="7*")
        rent, other = booked(session), booked(session, text="Strom", payee=None)
        by_order = booked(session, internal_order="570", account="1", text="x")
        assert booking_assignment.assign_waiting_by(session, second) == 1
        assert state(session, other)[0] == ids["B26-M"]
        assert booking_assignment.assign_waiting_by(session, first) == 1
        assert state(session, rent)[0] == ids["B26-N"]
        assert state(session, by_order)[0] is None


def test_always_for_an_order_goes_before_a_rule_that_would_decide_otherwise(
    database: Database, ids: dict[str, int]
) -> None:
    with database.write("Regeln") as session:
        ruled(session, ids["B26-N"], title="Strom", text="strom")
        ruled(session, None, title="Fragen", account="7*")
        one, two = booked(session), booked(session, text="März")
        assert booking_assignment.assign(session, [one], ids["B26-M"], always=True) == 2
        assert numbered(session) == [(1, "Strom"), (2, "Innenauftrag 999"), (3, "Fragen")]
        assert state(session, two) == (ids["B26-M"], AssignedBy.RULE, None)
        assert (
            booking_assignment.assign(session, [one], ids["B26-N"], plan_item_id=ids["item 2"], always=True)
            == 1
        )
        assert [name for _, name in numbered(session)] == ["Strom", "Innenauftrag 999", "Fragen"]
        assert (
            assignment_rules.load(session, assignment_rules.rows(session)[1].id).plan_item_id == ids["item 2"]
        )


def test_always_for_an_order_on_a_budget_of_another_year_is_for_this_year(
    database: Database, ids: dict[str, int]
) -> None:
    with database.write("Regeln") as session:
        booking_assignment.assign(session, [booked(session)], ids["B25-N"], always=True)
        assert [row.conditions.year for row in assignment_rules.rows(session)] == [2026]


def test_a_plan_item_by_hand(database: Database, ids: dict[str, int]) -> None:
    with database.write("Zugeordnet") as session:
        one, other = booked(session), booked(session, text="Strom")
        booking_assignment.assign(session, [one], ids["B26-N"], plan_item_id=ids["item 2"])
        booking_assignment.assign(session, [other], ids["B26-N"])
        rows = {row.id: row for row in budget_bookings.rows(session, budget_ids=[ids["B26-N"]])}
        assert (rows[one].plan_item, rows[one].has_own_item) == ("2 · Sachkosten", True)
        assert (rows[other].plan_item, rows[other].has_own_item) == ("1 · Personal", False)
        booking_assignment.assign(session, [one], ids["B26-N"])
        assert state(session, one) == (ids["B26-N"], AssignedBy.HAND, None)
    with pytest.raises(UserError, match="Position"), database.write("Falsch") as session:
        booking_assignment.assign(session, [one], ids["B26-M"], plan_item_id=ids["item 2"])


def test_an_entry_by_hand_on_another_budget_loses_the_item_of_the_first(
    database: Database, ids: dict[str, int]
) -> None:
    with database.write("Von Hand") as session:
        values = ManualBookingInput(date(2026, 3, 1), 1_000, ids["B26-N"])
        made = manual_bookings.save(session, None, values)
        booking_assignment.assign(session, [made], ids["B26-N"], plan_item_id=ids["item 2"])
        manual_bookings.save(session, made, replace(values, text="Stühle"))
        assert state(session, made)[2] == ids["item 2"]
        manual_bookings.save(session, made, replace(values, budget_id=ids["B26-M"]))
        assert state(session, made) == (ids["B26-M"], AssignedBy.HAND, None)


def test_why_a_booking_has_no_budget(database: Database, ids: dict[str, int]) -> None:
    with database.write("Regeln") as session:
        booked(session, text="Strom", payee=None)
        booked(session)
        booked(session, account="1", internal_order=None)
        ruled(session, None, text="strom")
        ruled(session, ids["B26-N"], title="Miete", text="miete", account="7*")
        said = [row.why_unassigned for row in budget_bookings.rows(session, unassigned_year=2026)]
        assert said == ["ohne Innenauftrag", "Regel „Miete“ noch nicht angewendet", "Regel: immer fragen"]


def test_an_order_that_several_budgets_share_is_left_to_her(database: Database, ids: dict[str, int]) -> None:
    with database.write("Zweites Budget") as session:
        budgets.save(session, None, BudgetInput("B26-X", "Extra", 2026, 1_000, internal_order="580"))
        shared = booked(session, text="Tee", internal_order="580")
        later = booked(session, text="Kaffee", internal_order="570", budget_year=2027)
        own = booked(session, text="Saft", internal_order="570", budget_id=ids["B26-N"])
        said = {row.id: row.why_unassigned for row in budget_bookings.rows(session, unassigned_year=2026)}
        assert said[shared] == "2 Budgets 2026 mit diesem Innenauftrag"
        [row] = budget_bookings.rows(session, unassigned_year=2027)
        assert (row.id, row.why_unassigned) == (later, "kein Budget 2027 mit diesem Innenauftrag")
        [row] = budget_bookings.rows(session, budget_ids=[ids["B26-N"]])
        assert (row.id, row.why_unassigned) == (own, "")


def test_a_budget_that_is_gone_takes_no_bookings(database: Database, ids: dict[str, int]) -> None:
    with database.write("weg") as session:
        budgets.remove(session, ids["B26-M"])
        one = booked(session)
    with pytest.raises(UserError, match="gibt es nicht mehr"), database.write("Zuordnung") as session:
        booking_assignment.assign(session, [one], ids["B26-M"])
