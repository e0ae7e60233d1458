"""Rules for assignment as she keeps them: their list in order, and the rule book that imports and commands use."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.assignment.assignment_rules import (
    Conditions,
    Rule,
    RuleBook,
    RuleSubject,
    Target,
    never_reached,
)
from app.domain.assignment.rule_patterns import normal_pattern
from app.domain.bookings.bookings import normal_code
from app.domain.budgets.budget_lines import KnownBudget, line_of, successors
from app.domain.errors import UserError, refuse
from app.services.budgets import budgets
from app.services.records import assign, filled, values_of
from db.models import AssignmentRule, Budget, PlanItem

_CODES = ("internal_order", "cost_centre", "account")
_CONDITIONS = tuple(Conditions.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class RuleInput:
    """A rule as the form edits it: conditions as in `Conditions`, and a budget or `always_ask`."""

    title: str | None = None
    is_active: bool = True
    year: int | None = None
    internal_order: str | None = None
    cost_centre: str | None = None
    account: str | None = None
    text: str | None = None
    amount_from_cents: int | None = None
    amount_to_cents: int | None = None
    budget_id: int | None = None
    plan_item_id: int | None = None
    always_ask: bool = False

    @property
    def conditions(self) -> Conditions:
        """Its conditions with normalised codes. Raises Invalid where a code cannot be read."""
        read: dict[str, str | None] = {}
        problems = {}
        for name in _CODES:
            try:
                read[name] = normal_pattern(getattr(self, name))
            except ValueError as error:
                problems[name] = str(error)
        refuse(problems)
        text = " ".join((self.text or "").split()) or None
        return Conditions(
            self.year,
            text=text,
            amount_from_cents=self.amount_from_cents,
            amount_to_cents=self.amount_to_cents,
            **read,
        )


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule in the list. `number`: its place from 1; `years`: the budget years it says something about, None: all.

    `unreachable_after`: the number of the earlier rule that catches all it would catch.
    """

    id: int
    number: int
    title: str | None
    conditions: Conditions
    is_active: bool
    budget_number: str | None  # None: always ask
    years: tuple[int, ...] | None
    plan_item: str | None
    unreachable_after: int | None

    @property
    def name(self) -> str:
        """What she calls it, else its conditions."""
        return self.title or self.conditions.words


def rows(session: Session) -> list[RuleRow]:
    """All rules in their order."""
    ready = rules(session)
    numbers = {rule.id: place for place, rule in enumerate(ready, 1)}
    hidden = never_reached(ready)
    found = session.execute(
        select(AssignmentRule.id, Budget.number, PlanItem.position, PlanItem.title)
        .outerjoin(Budget, Budget.id == AssignmentRule.budget_id)
        .outerjoin(PlanItem, PlanItem.id == AssignmentRule.plan_item_id)
    )
    named = {rule_id: (number, position, title) for rule_id, number, position, title in found}
    made = []
    for rule in ready:
        number, position, title = named[rule.id]
        earlier = hidden.get(rule.id)
        made.append(
            RuleRow(
                id=rule.id,
                number=numbers[rule.id],
                title=rule.title,
                conditions=rule.conditions,
                is_active=rule.is_active,
                budget_number=number,
                years=None if rule.targets is None else tuple(sorted(rule.targets)),
                plan_item=None if position is None else f"{position} · {title}",
                unreachable_after=None if earlier is None else numbers[earlier.id],
            )
        )
    return made


def book(session: Session) -> RuleBook:
    """The rules ready for use."""
    return RuleBook(rules(session))


def rules(session: Session) -> list[Rule]:
    """All rules in their order, each with its budgets by year."""
    stored = _stored(session)
    if not stored:
        return []
    lines = _Lines(session)
    return [
        Rule(
            one.id,
            _conditions(one),
            None if one.budget_id is None else lines.targets(one.budget_id, one.plan_item_id, one.year),
            one.title,
            one.is_active,
        )
        for one in stored
    ]


def as_rule(session: Session, rule_id: int, values: RuleInput) -> Rule:
    """A rule that is not stored (yet) made ready; without a budget it is one that asks. Raises Invalid."""
    conditions = values.conditions
    targets = None
    if values.budget_id is not None and not values.always_ask:
        targets = _Lines(session).targets(values.budget_id, values.plan_item_id, values.year)
    return Rule(rule_id, conditions, targets, values.title, values.is_active)


def place_for(known: Sequence[Rule], subjects: Iterable[RuleSubject]) -> int | None:
    """The number a rule needs so that none before it decides about bookings that look like this; None: any."""
    ready = RuleBook(known)
    deciding = {rule.id for subject in subjects if (rule := ready.find(subject)) is not None}
    return next((number for number, rule in enumerate(known, 1) if rule.id in deciding), None)


def load(session: Session, rule_id: int) -> RuleInput:
    """A rule for the form."""
    rule = _one(session, rule_id)
    return filled(RuleInput, rule, always_ask=rule.budget_id is None)


def save(session: Session, rule_id: int | None, values: RuleInput, number: int | None = None) -> int:
    """Create or change a rule; a new one gets the place `number`, or the last. Raises Invalid."""
    if values.always_ask:
        values = replace(values, budget_id=None, plan_item_id=None)
    conditions = values.conditions
    refuse(_problems(session, values, conditions))
    rule = AssignmentRule(position=0) if rule_id is None else _one(session, rule_id)
    stored = values_of(values, without=(*_CONDITIONS, "always_ask"))
    assign(rule, stored | {name: getattr(conditions, name) for name in _CONDITIONS})
    if rule_id is None:
        others = _stored(session)
        others.insert(len(others) if number is None else number - 1, rule)
        session.add(rule)
        _number(others)
    session.flush()
    return int(rule.id)


def remove(session: Session, rule_ids: Collection[int]) -> None:
    """Delete rules; what they assigned stays assigned."""
    for rule_id in rule_ids:
        session.delete(_one(session, rule_id))


def move(session: Session, rule_id: int, number: int) -> None:
    """Put a rule at another place, from 1; one beyond the ends goes to the end."""
    rule = _one(session, rule_id)
    others = [one for one in _stored(session) if one.id != rule_id]
    others.insert(max(0, number - 1), rule)
    _number(others)


def set_active(session: Session, rule_ids: Collection[int], active: bool) -> None:
    """Switch rules on or off."""
    for rule_id in rule_ids:
        _one(session, rule_id).is_active = active


def _stored(session: Session) -> list[AssignmentRule]:
    return list(session.scalars(select(AssignmentRule).order_by(AssignmentRule.position, AssignmentRule.id)))


def _one(session: Session, rule_id: int) -> AssignmentRule:
    rule = session.get(AssignmentRule, rule_id)
    if rule is None:
        raise UserError("Diese Regel gibt es nicht mehr.")
    return rule


def _number(in_order: Sequence[AssignmentRule]) -> None:
    for place, rule in enumerate(in_order, 1):
        if rule.position != place:
            rule.position = place


def _conditions(rule: AssignmentRule) -> Conditions:
    """As stored; the code of an older "always for this order" may not be normalised."""
    order = rule.internal_order
    if order is not None and not order.endswith("*"):
        order = normal_code(order) or order
    return filled(Conditions, rule, internal_order=order)


def _problems(session: Session, values: RuleInput, conditions: Conditions) -> dict[str, str]:
    problems = {}
    if conditions.empty:
        problems["internal_order"] = "Bitte mindestens eine Bedingung angeben; das Jahr allein genügt nicht."
    least, most = conditions.amount_from_cents, conditions.amount_to_cents
    if least is not None and most is not None and least > most:
        problems["amount_to_cents"] = "Der Betrag bis ist kleiner als der Betrag von."
    if conditions.year is not None and not 1990 <= conditions.year <= 2100:
        problems["year"] = "Das Haushaltsjahr muss zwischen 1990 und 2100 liegen."
    if not values.always_ask:
        budget = session.get(Budget, values.budget_id) if values.budget_id is not None else None
        if budget is None:
            problems["budget_id"] = "Bitte ein Budget wählen oder „immer fragen“."
        elif values.plan_item_id is not None:
            item = session.get(PlanItem, values.plan_item_id)
            if item is None or item.grant_id != budget.grant_id:
                problems["plan_item_id"] = "Diese Position gehört nicht zur Förderung des Budgets."
    return problems


class _Lines:
    """Which budget a rule means in which year, read once for all rules."""

    def __init__(self, session: Session) -> None:
        self._known: dict[int, KnownBudget] = {one.id: one for one in budgets.known(session)}
        self._follows = successors(self._known.values())
        self._grants = dict(session.execute(select(Budget.id, Budget.grant_id)).all())
        self._grant_of_item = dict(session.execute(select(PlanItem.id, PlanItem.grant_id)).all())

    def targets(self, budget_id: int, plan_item_id: int | None, year: int | None) -> dict[int, Target]:
        """A rule for one year means just this budget; one for every year those that follow it and came before, too."""
        if year is not None:
            line = {year: budget_id}
        elif budget_id in self._known:
            line = line_of(budget_id, self._known, self._follows)
        else:
            line = {}
        return {of_year: Target(one, self._item(one, plan_item_id)) for of_year, one in line.items()}

    def _item(self, budget_id: int, plan_item_id: int | None) -> int | None:
        """The plan item as far as it belongs to the budget's grant, which may be another one a year later."""
        if plan_item_id is None or self._grant_of_item.get(plan_item_id) != self._grants.get(budget_id):
            return None
        return plan_item_id
