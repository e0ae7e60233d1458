from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from app.domain.budgets.budgets import BookingSource, BudgetFigures
from app.domain.errors import Invalid, UserError
from app.services.bookings import manual_bookings
from app.services.bookings.manual_bookings import ManualBookingInput
from app.services.budgets import budgets, commitments, next_year, transfers
from app.services.budgets.budgets import BudgetInput, BudgetSelection
from app.services.budgets.commitments import CommitmentInput
from app.services.budgets.transfers import TransferInput
from app.services.records import proposed
from db.database import Database
from db.models import Booking, Budget, Grant, PlanItem, Quarter, Transfer


def booking(session: Session, budget_id: int | None, cents: int, **more: object) -> int:
    values: dict[str, object] = {
        "day": date(2026, 3, 1),
        "budget_year": 2026,
        "source": BookingSource.FINANCE,
    }
    made = Booking(budget_id=budget_id, amount_cents=cents, **(values | more))
    session.add(made)
    session.flush()
    return int(made.id)


def budget(session: Session, number: str = "B26-DOE", cents: int = 100_000, **more: object) -> int:
    values = BudgetInput(number, f"Starterbudget {number} 2026", 2026, cents)
    return budgets.save(session, None, replace(values, **more))  # type: ignore[arg-type]


def available(session: Session, budget_id: int) -> int:
    return budgets.figures(session, BudgetSelection(budget_id=budget_id)).available_cents


def test_figures_follow_the_arithmetic_of_the_office(database: Database) -> None:
    with database.write("Test") as session:
        first, second = budget(session), budget(session, "B26-OE")
        transfers.save(session, None, TransferInput(second, first, 20_000))
        transfers.save(session, None, TransferInput(first, second, 5_000))
        partly = commitments.save(session, None, CommitmentInput(first, "Honorar", 30_000))
        over = commitments.save(session, None, CommitmentInput(first, "Möbel", 10_000))
        done = commitments.save(
            session, None, CommitmentInput(first, "Flyer", 9_000, closed_on=date(2026, 4, 1))
        )
        booking(session, first, 12_000, commitment_id=partly)
        booking(session, first, 11_000, commitment_id=over)  # more than promised binds nothing, not less
        booking(session, first, -500)
        booking(session, first, 7_777, is_income=True)
        booking(session, None, 5_286)
        booking(session, None, 1_000, is_income=True)
        booking(session, None, 99, budget_year=2025)
    with database.read() as session:
        assert budgets.figures(session, BudgetSelection(budget_id=first)) == BudgetFigures(
            100_000, 20_000, 5_000, 18_000, 22_500, 7_777
        )
        assert available(session, first) == 74_500
        assert budgets.unassigned(session, 2026) == budgets.Unassigned(1, 5_286, 1, 1_000)
        assert budgets.open_amount(session, partly) == 18_000
        assert budgets.open_amount(session, over) == 0
        assert done
        assert budgets.years(session) == [2026, 2025]
        total = budgets.figures(session, BudgetSelection(year=2026))
        assert (
            sum((row.figures for row in budgets.rows(session, BudgetSelection(year=2026))), BudgetFigures())
            == total
        )


def test_a_selection_narrows_by_year_quarter_kind_grant_and_item(database: Database) -> None:
    with database.write("Test") as session:
        quarter = Quarter(short="DOE", name="Döhren")
        grant = Grant(
            short="LAND",
            funder="Land",
            begin=date(2026, 1, 1),
            end=date(2026, 12, 31),
            granted_cents=1,
            rules_as_of=date(2024, 1, 1),
        )
        session.add_all([quarter, grant])
        session.flush()
        item = PlanItem(grant_id=grant.id, position="1", title="Personal", planned_cents=1)
        session.add(item)
        session.flush()
        budget(session, "A", 1, quarter_id=quarter.id, kind="Starterbudget")
        budget(session, "B", 2, grant_id=grant.id, plan_item_id=item.id)
        budget(session, "C", 4, year=2027)
        budget(session, "D", 8, grant_id=grant.id)
        keys = quarter.id, grant.id, item.id

    with database.read() as session:

        def numbers(**wanted: int | str) -> list[str]:
            return [row.number for row in budgets.rows(session, BudgetSelection(**wanted))]  # type: ignore[arg-type]

        assert numbers() == ["A", "B", "C", "D"]
        assert numbers(year=2027) == ["C"]
        assert numbers(quarter_id=keys[0]) == ["A"]
        assert numbers(kind="Starterbudget") == ["A"]
        assert numbers(grant_id=keys[1]) == ["B", "D"]
        assert numbers(plan_item_id=keys[2]) == ["B"]
        assert budgets.figures(session, BudgetSelection(year=2026)).planned_cents == 11
        assert budgets.figures(session, BudgetSelection(year=1999)) == BudgetFigures()
        assert proposed(session, Budget.kind) == ["Starterbudget"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"number": " "}, "number"),
        ({"number": "B26-X"}, "number"),
        ({"title": ""}, "title"),
        ({"year": 26}, "year"),
        ({"planned_cents": -1}, "planned_cents"),
        ({"plan_item_id": 77}, "plan_item_id"),
    ],
)
def test_what_cannot_be_saved_is_said_at_its_field(
    database: Database, change: dict[str, object], field: str
) -> None:
    with database.write("Test") as session:
        budget(session, "B26-X")
        mine = budget(session, "B26-Y")
    with pytest.raises(Invalid) as refused, database.write("Test") as session:
        budgets.save(session, mine, replace(budgets.load(session, mine), **change))  # type: ignore[arg-type]
    assert set(refused.value.problems) == {field}


def test_a_budget_in_use_is_not_deleted(database: Database) -> None:
    with database.write("Test") as session:
        used, other, free = (budget(session, number) for number in "ABC")
        booking(session, used, 1)
        transfers.save(session, None, TransferInput(used, other, 5))
    with (
        pytest.raises(UserError, match="1 Buchung und 1 abgehende Umschichtung daran"),
        database.write("Test") as session,
    ):
        budgets.remove(session, used)
    with database.write("Test") as session:
        budgets.remove(session, free)
        assert session.get(Budget, free) is None


def test_overspending_is_told_and_its_reason_kept_without_blocking(database: Database) -> None:
    with database.write("Test") as session:
        mine = budget(session, cents=1_000)
        assert budgets.overspent_after(session, mine, 1_000) == 0
        assert budgets.overspent_after(session, mine, 1_250) == 250
        commitments.save(
            session, None, CommitmentInput(mine, "Möbel", 1_250, overspending_reason=" Beschluss ")
        )
        assert budgets.load(session, mine).overspending_reason == "Beschluss"
        budgets.give_reason(session, mine, None)
        assert budgets.load(session, mine).overspending_reason == "Beschluss"
        assert available(session, mine) == -250
        assert [
            row.number for row in budgets.tightest(budgets.rows(session, BudgetSelection(year=2026)))
        ] == ["B26-DOE"]


# transfers


def test_transfers_get_running_numbers_and_know_their_kind(database: Database) -> None:
    with database.write("Test") as session:
        a, b, later = budget(session, "A"), budget(session, "B"), budget(session, "C", year=2027)
        transfers.save(session, None, TransferInput(a, b, 100, date(2026, 5, 1), "Bedarf"))
        second = transfers.save(session, None, TransferInput(b, a, 50))
        carried = transfers.save(session, None, TransferInput(a, later, 30))
        rows = {row.number: row for row in transfers.rows(session, budget_ids=[a])}
        assert sorted(rows) == ["UE26-1", "UM26-1", "UM26-2"]
        assert rows["UE26-1"].origin_year == 2026
        assert rows["UM26-1"].reason == "Bedarf"
        assert [row.id for row in transfers.rows(session, year=2027)] == [carried]
        values = transfers.load(session, second)
        transfers.save(session, second, replace(values, amount_cents=60))
        assert session.get_one(Transfer, second).number == "UM26-2"
        transfers.remove(session, second)
        assert len(transfers.rows(session, year=2026)) == 2


@pytest.mark.parametrize(
    ("values", "field"),
    [
        (lambda a, b, old: TransferInput(None, b, 1), "from_budget_id"),
        (lambda a, b, old: TransferInput(a, None, 1), "to_budget_id"),
        (lambda a, b, old: TransferInput(a, a, 1), "to_budget_id"),
        (lambda a, b, old: TransferInput(a, old, 1), "to_budget_id"),
        (lambda a, b, old: TransferInput(a, b, 0), "amount_cents"),
        (lambda a, b, old: TransferInput(a, b, 1, number="UM26-1"), "number"),
    ],
)
def test_transfers_that_make_no_sense(
    database: Database, values: Callable[[int, int, int], TransferInput], field: str
) -> None:
    with database.write("Test") as session:
        a, b, old = budget(session, "A"), budget(session, "B"), budget(session, "C", year=2025)
        transfers.save(session, None, TransferInput(a, b, 1))
    with pytest.raises(Invalid) as refused, database.write("Test") as session:
        transfers.save(session, None, values(a, b, old))
    assert set(refused.value.problems) == {field}


def test_unspent_money_is_carried_into_the_next_year_with_its_origin(database: Database) -> None:
    with database.write("Test") as session:
        by_number = budget(session, "B26-DOE", 1_000)
        by_order = budget(session, "PERS", 2_000, internal_order="57001000")
        budget(session, "LEER", 0)
        without = budget(session, "B26-X", 30)
        target = budget(session, "B27-DOE", 5, year=2027)
        target2 = budget(session, "P27", 5, year=2027, internal_order="57001000")
        found = {
            row.budget_id: (row.available_cents, row.target_id) for row in transfers.unspent(session, 2026)
        }
        assert found == {by_number: (1_000, target), by_order: (2_000, target2), without: (30, None)}
        assert transfers.carry_over(session, [(by_number, target, 900)], date(2026, 12, 31)) == 1
        assert available(session, by_number) == 100
        assert available(session, target) == 905
    with pytest.raises(Invalid, match="nur noch 1,00 €"), database.write("Test") as session:
        transfers.carry_over(session, [(by_number, target, 101)], date(2026, 12, 31))


# commitments


def test_commitments_are_settled_partly_then_finally(database: Database) -> None:
    with database.write("Test") as session:
        mine = budget(session)
        promised = commitments.save(session, None, CommitmentInput(mine, "Honorar", 60_000))
        first, last = booking(session, mine, 20_000), booking(session, None, 30_000)
        income = booking(session, mine, 5, is_income=True)
        assert [row.id for row in commitments.candidates(session, promised)] == [first]

        commitments.settle(session, promised, [first], final_on=None)
        assert budgets.open_amount(session, promised) == 40_000
        commitments.settle(session, promised, [last], final_on=date(2026, 6, 1))
        [row] = commitments.rows(session, budget_ids=[mine])
        assert (row.number, row.booked_cents, row.open_cents) == ("MB26-1", 50_000, 0)
        assert session.get_one(Booking, last).budget_id == mine
        assert [settled.id for settled in commitments.settled_by(session, promised)] == [first, last]
        assert commitments.rows(session, year=2026, open_only=True) == []

        commitments.reopen(session, [promised])
        commitments.remove_bookings(session, [last])
        assert commitments.rows(session, year=2026)[0].open_cents == 40_000
        commitments.close(session, [promised], date(2026, 7, 1))
        assert budgets.figures(session, BudgetSelection(budget_id=mine)).committed_cents == 0
        with pytest.raises(UserError, match="Einnahmen"):
            commitments.settle(session, promised, [income], final_on=None)
        with pytest.raises(UserError, match="liegen Buchungen"):
            commitments.remove(session, promised)


def test_a_commitment_may_reach_into_later_years(database: Database) -> None:
    with database.write("Test") as session:
        mine = budget(session, internal_order="57001000")
        later = budget(session, "B27", year=2027, internal_order="57001000")
        much_later = budget(session, "B28", year=2028, internal_order="57001000")
        promised = commitments.save(session, None, CommitmentInput(mine, "Miete", 100, until_year=2027))
        assert commitments.rows(session, budget_ids=[mine])[0].later_years
        booked = booking(session, later, 40, budget_year=2027)
        booking(session, much_later, 1, budget_year=2028)
        assert [row.id for row in commitments.candidates(session, promised)] == [booked]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"budget_id": None}, "budget_id"),
        ({"title": ""}, "title"),
        ({"amount_cents": -1}, "amount_cents"),
        ({"until_year": 2025}, "until_year"),
        ({"closed_on": date(2026, 1, 1)}, "closed_on"),
        ({"number": "MB26-1"}, "number"),
    ],
)
def test_commitments_that_cannot_be_saved(database: Database, change: dict[str, object], field: str) -> None:
    with database.write("Test") as session:
        mine = budget(session)
        commitments.save(session, None, CommitmentInput(mine, "Erste", 1))
    sound = CommitmentInput(mine, "Zweite", 5, day=date(2026, 2, 1))
    with pytest.raises(Invalid) as refused, database.write("Test") as session:
        commitments.save(session, None, replace(sound, **change))  # type: ignore[arg-type]
    assert set(refused.value.problems) == {field}


# manual bookings


def test_manual_bookings_are_hers_and_finance_s_are_not(database: Database) -> None:
    with database.write("Test") as session:
        mine = budget(session, internal_order="57001000")
        entered = manual_bookings.save(
            session, None, ManualBookingInput(date(2027, 1, 5), -500, mine, text="Gutschrift")
        )
        stored = session.get_one(Booking, entered)
        assert (stored.budget_year, stored.internal_order, stored.source) == (
            2026,
            "57001000",
            BookingSource.MANUAL,
        )
        manual_bookings.save(
            session, entered, replace(manual_bookings.load(session, entered), amount_cents=-600)
        )
        assert available(session, mine) == 100_600
        manual_bookings.remove(session, entered)
        assert available(session, mine) == 100_000
        finance = booking(session, mine, 5)
        with pytest.raises(UserError, match="Finanzabteilung"):
            manual_bookings.remove(session, finance)
    with pytest.raises(Invalid) as refused, database.write("Test") as session:
        manual_bookings.save(session, None, ManualBookingInput(None, 0, None))
    assert set(refused.value.problems) == {"budget_id", "day", "amount_cents"}


# next year


def test_next_year_is_made_once_and_ended_grants_are_left_behind(database: Database) -> None:
    with database.write("Test") as session:
        ended = Grant(
            short="ALT",
            funder="Land",
            begin=date(2024, 1, 1),
            end=date(2026, 12, 31),
            granted_cents=1,
            rules_as_of=date(2024, 1, 1),
        )
        session.add(ended)
        session.flush()
        first = budget(session, "B26-DOE", 600, kind="Starterbudget", internal_order="57001102")
        second = budget(session, "B26-P", 500, grant_id=ended.id, overspending_reason="alt")
        third = budget(session, "B26-Z", 400)
        budget(session, "B27-Z", 1, year=2027)
        planned = {row.budget_id: row.planned_cents for row in next_year.proposals(session, 2026)}
        assert planned == {first: 600, second: 500, third: 400}
        assert next_year.create(session, 2026, planned | {second: 700}) == 2
        made = {row.number: row for row in budgets.rows(session, BudgetSelection(year=2027))}
        assert sorted(made) == ["B27-DOE", "B27-P", "B27-Z"]
        assert made["B27-DOE"].title == "Starterbudget B26-DOE 2027"
        assert made["B27-DOE"].internal_order == "57001102"
        assert made["B27-P"].figures.planned_cents == 700
        assert (made["B27-P"].grant, made["B27-P"].overspending_reason) == (None, None)
        assert next_year.create(session, 2026, planned) == 0
