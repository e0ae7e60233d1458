"""Which budget a booking belongs to: by hand for several at once, "always for this order", and by order again."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.domain.booking_plan import Facts
from app.domain.bookings import normal_code
from app.domain.budgets import AssignedBy
from app.domain.errors import UserError
from app.services.booking_import import budgets_by_order, rules
from db.models import AssignmentRule, Booking, Budget

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class AssignmentQuestion:
    """What the dialog asks about: how many bookings, their sum, and the orders a rule could be kept for."""

    count: int
    sum_cents: int
    orders: tuple[tuple[str, int], ...]  # (internal order, budget year)


def question(session: Session, booking_ids: Collection[int]) -> AssignmentQuestion:
    """The bookings of an assignment in short."""
    count = total = 0
    orders: set[tuple[str, int]] = set()
    for ids in _portions(booking_ids):
        some = Booking.id.in_(ids)
        number, cents = session.execute(
            select(func.count(), func.coalesce(func.sum(Booking.amount_cents), 0)).where(some)
        ).one()
        count, total = count + int(number), total + int(cents)
        pairs = select(Booking.internal_order, Booking.budget_year).where(
            some, Booking.internal_order.is_not(None)
        )
        orders.update((order, year) for order, year in session.execute(pairs.distinct()) if order)
    return AssignmentQuestion(count, total, tuple(sorted(orders)))


def assign(
    session: Session, booking_ids: Collection[int], budget_id: int | None, *, always: bool = False
) -> int:
    """Give bookings to a budget by hand (None: take the budget away); how many bookings were assigned in all.

    `always`: other bookings of the same orders and years that have no budget yet, and all later ones, go there, too.
    """
    if budget_id is not None and session.get(Budget, budget_id) is None:
        raise UserError("Dieses Budget gibt es nicht mehr. Bitte ein anderes wählen.")
    by_hand = AssignedBy.HAND if budget_id is not None else None
    for ids in _portions(booking_ids):
        session.execute(
            update(Booking).where(Booking.id.in_(ids)).values(budget_id=budget_id, assigned_by=by_hand)
        )
    count = len(set(booking_ids))
    if always and budget_id is not None:
        for order, year in question(session, booking_ids).orders:
            _keep_rule(session, order, year, budget_id)
        count += assign_by_order(session)
    return count


def assign_by_order(session: Session) -> int:
    """Give bookings without a budget to the one that has their order and year by now; how many there were.

    For after a budget was made or got its order.
    """
    query = select(Booking.internal_order, Booking.budget_year).where(
        Booking.budget_id.is_(None), Booking.internal_order.is_not(None)
    )
    waiting = session.execute(query.distinct()).all()
    facts = Facts((), budgets_by_order(session), rules(session))
    count = 0
    for order, year in waiting:
        found = facts.assignment(normal_code(order), year)
        if found.budget_id is not None:
            these = (
                Booking.budget_id.is_(None),
                Booking.internal_order == order,
                Booking.budget_year == year,
            )
            count += session.scalar(select(func.count()).select_from(Booking).where(*these)) or 0
            session.execute(
                update(Booking).where(*these).values(budget_id=found.budget_id, assigned_by=found.by)
            )
    return count


def _keep_rule(session: Session, order: str, year: int, budget_id: int) -> None:
    rule = session.scalar(
        select(AssignmentRule).where(AssignmentRule.internal_order == order, AssignmentRule.year == year)
    )
    if rule is None:
        last = session.scalar(select(func.max(AssignmentRule.position))) or 0
        session.add(AssignmentRule(position=last + 1, internal_order=order, year=year, budget_id=budget_id))
    else:
        rule.budget_id = budget_id
    session.flush()


def _portions(ids: Collection[int]) -> list[list[int]]:
    unique = sorted(set(ids))
    return [unique[start : start + _AT_ONCE] for start in range(0, len(unique), _AT_ONCE)]


def budget_numbers(session: Session) -> dict[int, str]:
    """The number of each budget, to show assignments by."""
    return dict(session.execute(select(Budget.id, Budget.number)).all())
