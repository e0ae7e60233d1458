"""A rule made from bookings she assigned by hand: the conditions they have in common, and the place it needs."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.assignment.assignment_rules import RuleSubject
from app.domain.assignment.rule_patterns import ANY_ENDING, literal
from app.services.assignment import assignment_rules
from app.services.assignment.assignment_rules import RuleInput
from app.services.bookings.rule_subjects import subjects
from db.models import Booking, Budget, PlanItem

T = TypeVar("T")

LEAST_DIGITS = 3
"""So many first signs accounts must share to be the same kind of cost."""
LEAST_LETTERS = 4
"""So long a beginning texts must share to say something."""


@dataclass(frozen=True, slots=True)
class RuleProposal:
    """A rule to look at before it is saved; `number`: its place, None: the last."""

    values: RuleInput
    number: int | None


def proposal(
    session: Session,
    booking_ids: Collection[int],
    budget_id: int | None = None,
    plan_item_id: int | None = None,
) -> RuleProposal:
    """From what the bookings have in common: their order; without one, or where several budgets have it, account and
    payee or the beginning of their texts. `budget_id` None: the one they are on, if it is one.
    """
    seen = list(subjects(session, booking_ids).values())
    if budget_id is None:
        budget_id, plan_item_id = _where_they_are(session, booking_ids)
    budget = session.get(Budget, budget_id) if budget_id is not None else None
    order = _common(seen, lambda subject: subject.internal_order)
    years = {subject.budget_year for subject in seen}
    account = words = None
    if order is None or _budgets_with(session, order, years) > 1:
        account = _common_account(seen)
        words = _common_words(seen)
    values = RuleInput(
        title=words or (f"Innenauftrag {order}" if order else None),
        year=None if budget is None or years == {budget.year} else _only(years),
        internal_order=order,
        cost_centre=None if order else _common(seen, lambda subject: subject.cost_centre),
        account=account,
        text=words,
        budget_id=budget_id,
        plan_item_id=plan_item_id,
    )
    return RuleProposal(values, assignment_rules.place_for(assignment_rules.rules(session), seen))


def _where_they_are(session: Session, booking_ids: Collection[int]) -> tuple[int | None, int | None]:
    found = session.execute(
        select(Booking.budget_id, PlanItem.id)
        .outerjoin(Budget, Budget.id == Booking.budget_id)
        .outerjoin(PlanItem, (PlanItem.id == Booking.plan_item_id) & (PlanItem.grant_id == Budget.grant_id))
        .where(Booking.id.in_(booking_ids))
        .distinct()
        .limit(2)
    ).all()
    return (found[0][0], found[0][1]) if len(found) == 1 else (None, None)


def _budgets_with(session: Session, order: str, years: Collection[int]) -> int:
    """The most budgets that one of the years has with an order."""
    query = select(func.count()).where(Budget.internal_order == order, Budget.year.in_(years))
    return max(session.scalars(query.group_by(Budget.year)), default=0)


def _common(seen: Sequence[RuleSubject], part: Callable[[RuleSubject], str | None]) -> str | None:
    return _only({part(subject) for subject in seen})


def _only(values: Collection[T]) -> T | None:
    return next(iter(values)) if len(values) == 1 else None


def _common_account(seen: Sequence[RuleSubject]) -> str | None:
    """The account, else the beginning that all share as a pattern."""
    account = _common(seen, lambda subject: subject.account)
    beginning = "".join(_shared([subject.account or "" for subject in seen]))
    if account is None and len(beginning) >= LEAST_DIGITS:
        return beginning + ANY_ENDING
    return account


def _common_words(seen: Sequence[RuleSubject]) -> str | None:
    """The payee, else the words that all texts begin with, up to the first number: that one is another next time."""
    payee = _common(seen, lambda subject: subject.payee)
    if payee is not None and (found := literal(payee)):
        return found
    shared = _shared([(subject.text or "").split() for subject in seen])
    words = literal(" ".join(takewhile(lambda word: not any(map(str.isdigit, word)), shared)))
    return words if len(words) >= LEAST_LETTERS else None


def _shared(sequences: Sequence[Sequence[str]]) -> list[str]:
    """The beginning that all have in common."""
    return [
        parts[0] for parts in takewhile(lambda parts: len(set(parts)) == 1, zip(*sequences, strict=False))
    ]
