"""Gives bookings their budget: by hand for several at once, "always for this order", and by rules and orders."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session

from app.domain.assignment.assignment_rules import Conditions, RuleSubject
from app.domain.bookings.booking_plan import Assignment, MatchingFacts
from app.domain.budgets.budgets import AssignedBy
from app.domain.errors import UserError
from app.services.assignment import assignment_rules
from app.services.assignment.assignment_rules import RuleInput
from app.services.bookings.rule_subjects import BY_HAND, SUBJECT_COLUMNS, portions, subject_at, subjects
from app.services.budgets import budgets
from db.models import Booking, Budget, PlanItem

_WAITING = (Booking.budget_id.is_(None),)


@dataclass(frozen=True, slots=True)
class Applied:
    """What applying the rules did: bookings that got a budget, another one, or none any more."""

    assigned: int = 0
    moved: int = 0
    released: int = 0

    def __bool__(self) -> bool:
        return bool(self.assigned or self.moved or self.released)

    @property
    def words(self) -> str:
        """In one German sentence, for the status bar."""
        parts = [
            words
            for count, words in (
                (self.assigned, f"{self.assigned} zugeordnet"),
                (self.moved, f"{self.moved} anders zugeordnet"),
                (self.released, f"{self.released} zum Nachfragen zurückgelegt"),
            )
            if count
        ]
        return f"Regeln angewendet: {', '.join(parts)}" if parts else "Alle Buchungen liegen schon richtig"


def assign(
    session: Session,
    booking_ids: Collection[int],
    budget_id: int | None,
    *,
    plan_item_id: int | None = None,
    always: bool = False,
) -> int:
    """Give bookings to a budget by hand (None: take the budget away); how many bookings were assigned in all.

    `plan_item_id`: another plan item of the budget's grant than its own. `always`: a rule for each of their orders, so
    that other bookings that have no budget yet, and all later ones, go there, too.
    """
    budget = session.get(Budget, budget_id) if budget_id is not None else None
    if budget_id is not None and budget is None:
        raise UserError("Dieses Budget gibt es nicht mehr. Bitte ein anderes wählen.")
    if plan_item_id is not None:
        item = session.get(PlanItem, plan_item_id)
        if item is None or budget is None or item.grant_id != budget.grant_id:
            raise UserError(
                "Diese Position gehört nicht zur Förderung des Budgets. Bitte eine andere wählen."
            )
    by_hand = AssignedBy.HAND if budget_id is not None else None
    for ids in portions(booking_ids):
        session.execute(
            update(Booking)
            .where(Booking.id.in_(ids))
            .values(budget_id=budget_id, assigned_by=by_hand, plan_item_id=plan_item_id)
        )
    count = len(set(booking_ids))
    if always and budget is not None:
        by_order: dict[tuple[str, int], list[RuleSubject]] = {}
        for subject in subjects(session, booking_ids).values():
            if subject.internal_order is not None:
                by_order.setdefault((subject.internal_order, subject.budget_year), []).append(subject)
        for (order, year), same in by_order.items():
            _keep_rule(session, order, budget, plan_item_id, year, same)
        count += assign_waiting(session)
    return count


def assign_waiting(session: Session) -> int:
    """Give bookings without a budget to the one that rules or their order find by now; how many there were.

    For after a budget was made or got its order, or a rule was made.
    """
    return _put(session, _decided(session, _WAITING, assignment_facts(session)))


def assign_waiting_by(session: Session, rule_id: int) -> int:
    """The same for the bookings that one rule decides about; how many there were."""
    found = _decided(session, _WAITING, assignment_facts(session))
    return _put(session, (one for one in found if one.assignment.rule_id == rule_id))


def outcome(session: Session, year: int | None = None) -> Applied:
    """What `apply_rules` would do."""
    return _settled(session, year).applied


def apply_rules(session: Session, year: int | None = None) -> Applied:
    """Let rules and orders decide about bookings without a budget, and rules about automatic assignments of a year.

    What was assigned by hand stays; an automatic assignment no rule says anything about stays as well.
    """
    settled = _settled(session, year)
    _put(session, settled.waiting)
    _put(session, settled.moved)
    _write(session, Assignment(None, None), [one.booking_id for one in settled.released])
    return settled.applied


def assignment_facts(session: Session) -> MatchingFacts:
    """What an assignment follows from, without any booking."""
    return MatchingFacts((), budgets.by_order(session), assignment_rules.book(session))


class _Decided(NamedTuple):
    """A booking, where it is, and where rules and orders would have it."""

    booking_id: int
    budget_id: int | None
    plan_item_id: int | None
    assignment: Assignment


class _Settled(NamedTuple):
    waiting: list[_Decided]
    moved: list[_Decided]
    released: list[_Decided]

    @property
    def applied(self) -> Applied:
        return Applied(assigned=len(self.waiting), moved=len(self.moved), released=len(self.released))


def _settled(session: Session, year: int | None) -> _Settled:
    """What applying the rules changes."""
    facts = assignment_facts(session)
    waiting = [one for one in _decided(session, _WAITING, facts) if one.assignment.budget_id is not None]
    if year is None or not facts.rules:
        return _Settled(waiting, [], [])
    automatic = (
        Booking.budget_year == year,
        Booking.budget_id.is_not(None),
        or_(Booking.assigned_by.is_(None), Booking.assigned_by != AssignedBy.HAND),
    )
    others = [
        one
        for one in _decided(session, automatic, facts)
        if one.assignment.rule_id is not None
        and (one.budget_id, one.plan_item_id) != (one.assignment.budget_id, one.assignment.plan_item_id)
    ]
    moved = [one for one in others if one.assignment.budget_id is not None]
    return _Settled(waiting, moved, [one for one in others if one.assignment.budget_id is None])


def _decided(
    session: Session, conditions: Iterable[ColumnElement[bool]], facts: MatchingFacts
) -> Iterator[_Decided]:
    query = select(Booking.id, Booking.budget_id, Booking.plan_item_id, BY_HAND, *SUBJECT_COLUMNS)
    for booking_id, budget_id, item_id, by_hand, *cells in session.execute(query.where(*conditions)).all():
        yield _Decided(booking_id, budget_id, item_id, facts.assignment(subject_at(by_hand, cells)))


def _put(session: Session, found: Iterable[_Decided]) -> int:
    """Write assignments as far as they found a budget; how many there were."""
    same: dict[Assignment, list[int]] = {}
    for one in found:
        if one.assignment.budget_id is not None:
            same.setdefault(one.assignment, []).append(one.booking_id)
    for assignment, booking_ids in same.items():
        _write(session, assignment, booking_ids)
    return sum(map(len, same.values()))


def _write(session: Session, assignment: Assignment, booking_ids: Collection[int]) -> None:
    values = {
        "budget_id": assignment.budget_id,
        "assigned_by": assignment.by,
        "plan_item_id": assignment.plan_item_id,
    }
    for ids in portions(booking_ids):
        session.execute(update(Booking).where(Booking.id.in_(ids)).values(values))


def _keep_rule(
    session: Session,
    order: str,
    budget: Budget,
    plan_item_id: int | None,
    year: int,
    same: Collection[RuleSubject],
) -> None:
    """Always for this order: in every year if the budget is of the bookings' year, else in their year only."""
    of_year = None if budget.year == year else year
    rules = assignment_rules.rules(session)
    known = next((rule.id for rule in rules if rule.conditions == Conditions(of_year, order)), None)
    place = assignment_rules.place_for(rules, same)
    if known is None:
        values = RuleInput(year=of_year, internal_order=order)
    else:
        values = replace(assignment_rules.load(session, known), is_active=True, always_ask=False)
    values = replace(values, budget_id=budget.id, plan_item_id=plan_item_id)
    saved = assignment_rules.save(session, known, values, place)
    if known is not None and place is not None:
        assignment_rules.move(session, saved, place)


def budget_numbers(session: Session) -> dict[int, str]:
    """The number of each budget, to show assignments by."""
    return dict(session.execute(select(Budget.id, Budget.number)).all())
