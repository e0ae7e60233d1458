"""Makes next year's budgets from this year's (Folgejahr anlegen)."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.budgets.budgets import number_of_next_year, title_of_next_year
from app.services.assignment import booking_assignment
from app.services.budgets import budgets
from db.models import Budget, Grant


@dataclass(frozen=True, slots=True)
class Successor:
    """A budget and what it would become next year; `exists` when that number is there already."""

    budget_id: int
    number: str
    next_number: str
    next_title: str
    planned_cents: int
    exists: bool
    grant_ends: bool  # the grant does not reach into the next year, so the copy stands without it


def proposals(session: Session, year: int) -> list[Successor]:
    """What "Folgejahr anlegen" would do, one entry for each budget of the year."""
    taken = set(session.scalars(select(Budget.number)))
    found = session.execute(
        select(Budget.id, Budget.number, Budget.title, Budget.planned_cents, Grant.end)
        .outerjoin(Grant, Grant.id == Budget.grant_id)
        .where(Budget.year == year)
        .order_by(Budget.number)
    )
    return [
        Successor(
            budget_id,
            number,
            following := number_of_next_year(number, year),
            title_of_next_year(title, year),
            planned_cents,
            exists=following in taken,
            grant_ends=end is not None and end < date(year + 1, 1, 1),
        )
        for budget_id, number, title, planned_cents, end in found
    ]


def create(session: Session, year: int, planned: dict[int, int]) -> int:
    """Make the budgets of the next year: budget id -> planned cents; how many were made.

    A budget whose next number is taken is passed over, so doing it twice makes nothing new. Bookings of the next
    year that waited for a budget with their order find it.
    """
    made = 0
    for successor in proposals(session, year):
        if successor.exists or successor.budget_id not in planned:
            continue
        values = budgets.load(session, successor.budget_id)
        if successor.grant_ends:
            values = replace(values, grant_id=None, plan_item_id=None)
        budgets.save(
            session,
            None,
            replace(
                values,
                number=successor.next_number,
                title=successor.next_title,
                year=year + 1,
                planned_cents=planned[successor.budget_id],
                overspending_reason=None,
            ),
        )
        made += 1
    if made:
        booking_assignment.assign_waiting(session)
    return made
