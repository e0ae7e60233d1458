"""Proposals read from a budget year, accepted as a set; budgets are right to the cent before, after and undone."""

from collections.abc import Iterable
from datetime import date

import pytest
from sqlalchemy.orm import Session

from app.domain.agreements.agreements import AgreementKind
from app.domain.budgets.budgets import AssignedBy, BookingSource, BudgetFigures
from app.domain.errors import UserError
from app.domain.settlement.settlement import SettlementKind, Strength
from app.services.budgets import budgets, commitments
from app.services.budgets.budgets import BudgetInput, BudgetSelection
from app.services.budgets.commitments import CommitmentInput
from app.services.settlement import settlement_declined, settlement_proposals
from app.services.settlement.settlement_proposals import Acceptance, Overspent, ProposalRow
from db.database import Database
from db.models import Actor, Agreement, Booking, Commitment, Instalment, Party

TODAY = date(2026, 7, 1)
PARTIAL, FINAL = SettlementKind.PARTIAL, SettlementKind.FINAL


def booking(
    session: Session, budget_id: int | None, cents: int, payee: str | None = None, **more: object
) -> int:
    values: dict[str, object] = {
        "day": date(2026, 4, 1),
        "budget_year": 2026,
        "source": BookingSource.FINANCE,
        "assigned_by": AssignedBy.ORDER if budget_id else None,
    }
    made = Booking(budget_id=budget_id, amount_cents=cents, payee=payee, **(values | more))
    session.add(made)
    session.flush()
    return int(made.id)


def budget(session: Session, number: str = "B26-DOE", year: int = 2026, order: str | None = "5700") -> int:
    return budgets.save(
        session, None, BudgetInput(number, "Starterbudget", year, 100_000, internal_order=order)
    )


def promised(session: Session, budget_id: int, cents: int, recipient: str | None, **more: object) -> int:
    values = CommitmentInput(budget_id, "Möbel", cents, day=date(2026, 3, 1), recipient=recipient, **more)  # type: ignore[arg-type]
    return commitments.save(session, None, values)


def rows(database: Database, year: int = 2026) -> dict[int, ProposalRow]:
    with database.read() as session:
        return {row.id: row for row in settlement_proposals.rows(session, year)}


def accept(database: Database, chosen: Iterable[ProposalRow], kind: SettlementKind | None = None) -> None:
    with database.write("Abgeglichen") as session:
        accepted = [Acceptance(row.id, row.commitment_id, kind or row.kind) for row in chosen]
        settlement_proposals.accept(session, accepted, TODAY)


def figures(database: Database, budget_id: int) -> BudgetFigures:
    with database.read() as session:
        return budgets.figures(session, BudgetSelection(budget_id=budget_id))


def test_parts_and_a_final_booking_to_the_cent_and_back(database: Database) -> None:
    with database.write("Test") as session:
        mine = budget(session)
        commitment = promised(session, mine, 60_001, "Brandt")
        first = booking(session, mine, 20_000, "Brandt")
        last = booking(session, mine, 39_999, "Brandt", text="Schlussrechnung", day=date(2026, 5, 2))
    start = figures(database, mine)
    assert (start.committed_cents, start.actual_cents, start.available_cents) == (60_001, 59_999, -20_000)
    found = rows(database)
    assert {row.id: (row.commitment_id, row.kind) for row in found.values()} == {
        first: (commitment, PARTIAL),
        last: (commitment, FINAL),
    }
    accept(database, [found[first]])
    assert figures(database, mine) == BudgetFigures(100_000, committed_cents=40_001, actual_cents=59_999)
    accept(database, rows(database).values())
    assert figures(database, mine) == BudgetFigures(100_000, committed_cents=0, actual_cents=59_999)
    with database.read() as session:
        (row,) = commitments.rows(session, budget_ids=[mine])
    assert (row.booked_cents, row.open_cents, row.closed_on) == (59_999, 0, TODAY)
    assert rows(database) == {}
    database.undo()
    assert figures(database, mine).committed_cents == 40_001
    database.undo()
    assert figures(database, mine) == start
    assert rows(database) == found


def test_all_of_a_set_is_one_step_of_undo(database: Database) -> None:
    with database.write("Test") as session:
        mine = budget(session)
        promised(session, mine, 10_000, "Brandt")
        promised(session, mine, 20_000, "Abendlicht")
        booking(session, mine, 10_000, "Brandt")
        booking(session, mine, 20_000, "Abendlicht")
    start = figures(database, mine)
    accept(database, rows(database).values())
    assert figures(database, mine) == BudgetFigures(100_000, actual_cents=30_000)
    database.undo()
    assert figures(database, mine) == start
    database.redo()
    assert figures(database, mine).committed_cents == 0


def test_what_is_left_stays_bound_until_it_is_final(database: Database) -> None:
    with database.write("Test") as session:
        mine = budget(session)
        promised(session, mine, 50_000, "Brandt")
        booking(session, mine, 30_000, "Brandt")
    accept(database, rows(database).values(), PARTIAL)
    assert figures(database, mine).available_cents == 100_000 - 20_000 - 30_000
    database.undo()
    accept(database, rows(database).values(), FINAL)
    assert figures(database, mine).available_cents == 100_000 - 30_000


def test_income_differences_and_other_budgets_are_never_proposed(database: Database) -> None:
    with database.write("Test") as session:
        mine, other = budget(session), budget(session, "B26-OE", order="5701")
        commitment = promised(session, mine, 10_000, "Brandt")
        booking(session, mine, 10_000, "Brandt", is_income=True)
        booking(session, mine, 10_000, "Brandt", source=BookingSource.DIFFERENCE)
        booking(session, other, 10_000, "Brandt")
        booking(session, mine, 10_000, "Brandt", budget_year=2025, commitment_id=commitment)
    assert rows(database) == {}


def test_a_booking_without_budget_gets_that_of_the_commitment(database: Database) -> None:
    with database.write("Test") as session:
        mine = budget(session)
        promised(session, mine, 150_000, "Brandt")
        fits = booking(session, None, 150_000, "Brandt", internal_order="005700")
        told = booking(session, None, 1_000, "Brandt", text="MB 2026-01", internal_order="999")
        booking(session, None, 2_000, "Brandt", internal_order="999")
    found = rows(database)
    assert {number: row.home_id for number, row in found.items()} == {fits: mine, told: mine}
    with database.read() as session:
        chosen = [(found[told], FINAL), (found[fits], FINAL)]
        over = settlement_proposals.overspent_by(session, chosen[:1])
        assert over == []  # what is set free is more than what is spent
        over = settlement_proposals.overspent_by(session, chosen)
    assert over == [Overspent(mine, "B26-DOE", 51_000)]
    accept(database, found.values())
    assert figures(database, mine).actual_cents == 151_000
    with database.read() as session:
        assert session.get_one(Booking, fits).assigned_by is AssignedBy.HAND


def test_a_commitment_into_later_years_is_settled_from_the_later_budget(database: Database) -> None:
    with database.write("Test") as session:
        mine, later = budget(session), budget(session, "B27-DOE", 2027)
        commitment = promised(session, mine, 10_000, "Brandt", until_year=2027)
        promised(session, mine, 10_000, "Brandt")
        assigned = booking(session, later, 4_000, "Brandt", budget_year=2027, day=date(2027, 2, 1))
        homeless = booking(
            session, None, 6_000, "Brandt", budget_year=2027, day=date(2027, 3, 1), internal_order="5700"
        )
    assert rows(database) == {}
    found = rows(database, 2027)
    assert {row.id: (row.commitment_id, row.home_id) for row in found.values()} == {
        assigned: (commitment, None),
        homeless: (commitment, later),
    }
    accept(database, found.values())
    assert figures(database, later).actual_cents == 10_000
    assert figures(database, mine).committed_cents == 10_000  # the other one


def test_the_agreement_says_who_is_paid_and_in_which_instalments(database: Database) -> None:
    with database.write("Test") as session:
        actor = Actor(short="BRA", name="Tischlerei Brandt GmbH")
        agreement = Agreement(number="ZV-2026-01", kind=AgreementKind.TARGET, title="Umbau")
        session.add_all([actor, agreement])
        session.flush()
        session.add(Party(agreement_id=agreement.id, actor_id=actor.id, position=1))
        session.add(Instalment(agreement_id=agreement.id, nr=1, amount_cents=12_345))
        mine = budget(session)
        promised(session, mine, 60_000, None, agreement_id=agreement.id)
        rate = booking(session, mine, 12_345, "Tischlerei Brandt")
    (row,) = rows(database).values()
    assert (row.id, row.strength, row.recipient) == (rate, Strength.SURE, "Tischlerei Brandt GmbH")
    assert "Betrag ist eine Rate der Vereinbarung" in row.reasons


def test_a_credit_note_opens_what_its_booking_had_used(database: Database) -> None:
    with database.write("Test") as session:
        mine = budget(session)
        commitment = promised(session, mine, 50_000, "Brandt")
        booking(session, mine, 30_000, "Brandt", commitment_id=commitment)
        credit = booking(session, mine, -30_000, "Brandt", day=date(2026, 5, 1))
    before = figures(database, mine).available_cents
    (row,) = rows(database).values()
    assert (row.id, row.strength, row.kind) == (credit, Strength.SURE, PARTIAL)
    accept(database, [row])
    assert figures(database, mine).committed_cents == 50_000
    assert figures(database, mine).available_cents == before - 30_000  # it is promised again


def test_what_is_declined_stays_away_until_finance_corrects_it_or_she_asks(database: Database) -> None:
    with database.write("Test") as session:
        mine = budget(session)
        commitment = promised(session, mine, 50_000, "Brandt")
        number = booking(session, mine, 50_000, "Brandt")
    with database.write("Abgelehnt") as session:
        settlement_declined.decline(session, [(number, commitment)])
        assert settlement_declined.count(session, 2026) == 1
        assert settlement_declined.count(session, 2025) == 0
    assert rows(database) == {}
    with database.write("Betrag berichtigt") as session:
        session.get_one(Booking, number).amount_cents = 49_000
    assert set(rows(database)) == {number}
    with database.write("Wieder abgelehnt") as session:
        settlement_declined.decline(session, [(number, commitment)])
    assert rows(database) == {}
    with database.write("Wieder vorschlagen") as session:
        settlement_declined.undo(session, 2026)
    assert set(rows(database)) == {number}
    database.undo()
    assert rows(database) == {}


def test_a_booking_that_was_settled_meanwhile_is_not_taken_away(database: Database) -> None:
    with database.write("Test") as session:
        mine = budget(session)
        first, other = promised(session, mine, 50_000, "Brandt"), promised(session, mine, 70_000, "Brandt")
        number = booking(session, mine, 50_000, "Brandt")
    (row,) = rows(database).values()
    assert row.commitment_id == first
    with database.write("Von Hand") as session:
        commitments.settle(session, other, [number], final_on=None)
    with pytest.raises(UserError, match="neu abgleichen"):
        accept(database, [row])
    with database.read() as session:
        assert session.get_one(Booking, number).commitment_id == other


def test_closing_never_lies_before_the_day_of_the_commitment(database: Database) -> None:
    with database.write("Test") as session:
        mine = budget(session)
        commitment = promised(session, mine, 50_000, "Brandt", number="MB26-7")
        session.get_one(Commitment, commitment).day = date(2026, 7, 3)
        booking(session, mine, 50_000, "Brandt", text="MB26-7")
    accept(database, rows(database).values())
    with database.read() as session:
        assert session.get_one(Commitment, commitment).closed_on == date(2026, 7, 3)
