"""The bookings behind a figure of the budget page."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.domain.budgets.budgets import AssignedBy, BookingSource
from app.services.assignment import assignment_rules
from app.services.bookings.rule_subjects import subjects
from app.services.records import columns, read
from db.models import Booking, Budget, Commitment, PlanItem


@dataclass(frozen=True, slots=True)
class BudgetBooking:
    """A booking as the list shows it; `matching` counts the budgets with its order and year.

    `plan_item`: of the grant's financing plan, its own or that of its budget. `rule`: what a rule says about a booking
    that has no budget.
    """

    id: int
    day: date
    budget_year: int
    document_number: str | None
    internal_order: str | None
    account: str | None
    account_name: str | None
    text: str | None
    payee: str | None
    amount_cents: int
    is_income: bool
    source: BookingSource
    budget_id: int | None
    budget_number: str | None
    assigned_by: AssignedBy | None
    commitment_number: str | None
    note: str | None
    matching: int
    plan_item: str | None = None
    has_own_item: bool = False
    rule: str | None = None

    @property
    def why_unassigned(self) -> str:
        """Why no budget has got it (exchange.md, Assignment); "" if one has."""
        if self.budget_id is not None:
            return ""
        if self.rule is not None:
            return self.rule
        if not self.internal_order:
            return "ohne Innenauftrag"
        if self.matching == 0:
            return f"kein Budget {self.budget_year} mit diesem Innenauftrag"
        if self.matching > 1:
            return f"{self.matching} Budgets {self.budget_year} mit diesem Innenauftrag"
        return "noch nicht zugeordnet"


def rows(
    session: Session,
    *,
    budget_ids: Collection[int] | None = None,
    unassigned_year: int | None = None,
    booking_ids: Collection[int] | None = None,
    income_year: int | None = None,
) -> list[BudgetBooking]:
    """Bookings of some budgets, those of a year that have none, certain ones, or all income of a year; newest first."""
    other = aliased(Budget)
    own_item, budget_item = aliased(PlanItem), aliased(PlanItem)
    matching = (
        select(func.count())
        .where(other.internal_order == Booking.internal_order, other.year == Booking.budget_year)
        .correlate(Booking)
        .scalar_subquery()
    )
    shown = columns(
        BudgetBooking,
        Booking,
        without=("rule",),
        budget_number=Budget.number,
        commitment_number=Commitment.number,
        matching=matching,
        plan_item=func.coalesce(_words(own_item), _words(budget_item)),
        has_own_item=own_item.id.is_not(None),
    )
    query = (
        select(*shown)
        .outerjoin(Budget, Budget.id == Booking.budget_id)
        .outerjoin(own_item, and_(own_item.id == Booking.plan_item_id, own_item.grant_id == Budget.grant_id))
        .outerjoin(budget_item, budget_item.id == Budget.plan_item_id)
        .outerjoin(Commitment, Commitment.id == Booking.commitment_id)
        .order_by(Booking.day.desc(), Booking.id.desc())
    )
    if budget_ids is not None:
        query = query.where(Booking.budget_id.in_(budget_ids))
    if unassigned_year is not None:
        query = query.where(_unassigned(unassigned_year))
    if booking_ids is not None:
        query = query.where(Booking.id.in_(booking_ids))
    if income_year is not None:
        of_year = or_(Budget.year == income_year, _unassigned(income_year))
        query = query.where(Booking.is_income.is_(True), of_year)
    found = read(session, BudgetBooking, query)
    said = _rules_say(session, [row.id for row in found if row.budget_id is None])
    return [replace(row, rule=said[row.id]) if row.id in said else row for row in found]


def _unassigned(year: int) -> ColumnElement[bool]:
    return and_(Booking.budget_id.is_(None), Booking.budget_year == year)


def _words(item: type[PlanItem]) -> ColumnElement[str]:
    return item.position + " · " + item.title


def _rules_say(session: Session, waiting: Collection[int]) -> dict[int, str]:
    """What rules say about bookings that have no budget, where they say anything."""
    book = assignment_rules.book(session) if waiting else None
    if not book:
        return {}
    said = {}
    for booking_id, subject in subjects(session, waiting).items():
        if (rule := book.find(subject)) is not None:
            asks = rule.targets is None
            said[booking_id] = "Regel: immer fragen" if asks else f"Regel „{rule.name}“ noch nicht angewendet"
    return said
