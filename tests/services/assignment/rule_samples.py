"""Budgets of a grant, bookings and rules for assignment, varied by the tests."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.budgets.budgets import BookingSource
from app.services.assignment import assignment_rules
from app.services.assignment.assignment_rules import RuleInput
from app.services.budgets import budgets
from app.services.budgets.budgets import BudgetInput
from app.services.grants import grants
from app.services.grants.grants import GrantInput, PlanItemInput
from db.database import Database
from db.models import Booking, PlanItem


def made_budgets(database: Database) -> dict[str, int]:
    """Budgets B26-N (of a grant with items 1 and 2), B26-M and B25-N; the items as "item 1" and "item 2"."""
    with database.write("Budgets") as session:
        grant = grants.save(
            session,
            None,
            GrantInput(
                "LAND",
                "Land",
                date(2026, 1, 1),
                date(2027, 12, 31),
                100_000,
                items=(
                    PlanItemInput(None, "1", "Personal", 60_000),
                    PlanItemInput(None, "2", "Sachkosten", 40_000),
                ),
            ),
        )
        items = {f"item {item.position}": item.id for item in session.scalars(select(PlanItem))}
        first = BudgetInput(
            "B26-N", "Nord", 2026, 100_000, internal_order="570", grant_id=grant, plan_item_id=items["item 1"]
        )
        made = {
            values.number: budgets.save(session, None, values)
            for values in (
                first,
                BudgetInput("B26-M", "Mitte", 2026, 100_000, internal_order="580"),
                BudgetInput("B25-N", "Nord", 2025, 100_000, internal_order="570"),
            )
        }
    return made | items


def booked(session: Session, **values: Any) -> int:
    plain: dict[str, Any] = {
        "source": BookingSource.FINANCE, "day": date(2026, 3, 1), "budget_year": 2026, "amount_cents": 1_000,
        "internal_order": "999", "account": "7319001", "text": "Miete März", "payee": "Müller GmbH",
    }  # fmt: skip
    booking = Booking(**(plain | values))
    session.add(booking)
    session.flush()
    return booking.id


def ruled(session: Session, budget_id: int | None, number: int | None = None, **values: Any) -> int:
    made = RuleInput(budget_id=budget_id, always_ask=budget_id is None, **values)
    return assignment_rules.save(session, None, made, number)
