from datetime import date

import pytest
from sqlalchemy.orm import Session

from app.domain.budgets.budgets import BookingSource
from app.domain.errors import UserError
from app.services.budgets import budgets
from app.services.budgets.budgets import BudgetInput
from app.services.grants import grants
from app.services.grants.grant_income import take_as_other_income, take_as_payouts
from app.services.grants.grants import DrawDownInput, GrantInput
from db.database import Database
from db.models import Booking


def grant(session: Session, short: str = "LAND") -> int:
    values = GrantInput(
        short, "Land", date(2026, 1, 1), date(2027, 12, 31), 100, draw_downs=(DrawDownInput(None, 4),)
    )
    return grants.save(session, None, values)


def income(session: Session, cents: int, budget_id: int | None = None, *, is_income: bool = True) -> int:
    made = Booking(
        source=BookingSource.FINANCE,
        day=date(2026, 5, 20),
        budget_year=2026,
        amount_cents=cents,
        is_income=is_income,
        budget_id=budget_id,
    )
    session.add(made)
    session.flush()
    return int(made.id)


def test_income_becomes_a_payout_of_the_budgets_grant_once(database: Database) -> None:
    with database.write("Test") as session:
        mine, _other = grant(session), grant(session, "BUND")
        budget = budgets.save(session, None, BudgetInput("B", "B", 2026, 0, grant_id=mine))
        came = income(session, -30_000, budget)
        take_as_payouts(session, [came])
        last = grants.load(session, mine).draw_downs[-1]
        assert (last.nr, last.received_on, last.received_cents) == (5, date(2026, 5, 20), 30_000)
        assert session.get_one(Booking, came).note == "Übernommen: Mittelabruf 5 der Förderung LAND"
        with pytest.raises(UserError, match="schon übernommen"):
            take_as_other_income(session, [came])


def test_other_income_adds_up_on_the_only_grant(database: Database) -> None:
    with database.write("Test") as session:
        mine = grant(session)
        take_as_other_income(session, [income(session, -100), income(session, -50)])
        assert grants.load(session, mine).other_income_cents == 150


def test_what_does_not_belong_to_a_grant_is_refused(database: Database) -> None:
    with database.write("Test") as session:
        grant(session)
        spending = income(session, 100, is_income=False)
        with pytest.raises(UserError, match="keine Einnahme"):
            take_as_payouts(session, [spending])
        without = budgets.save(session, None, BudgetInput("B", "B", 2026, 0))
        with pytest.raises(UserError, match="nicht klar"):
            take_as_payouts(session, [income(session, -1, without)])
