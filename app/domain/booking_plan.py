"""The plan of an import: what each row of a finance file is to the bookings that are there (exchange.md, 2)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from app.domain.assignment_rules import NO_RULES, Look, RuleBook
from app.domain.bookings import (
    INCOME_CLASSES,
    Field,
    Posting,
    Rejected,
    RowState,
    Shape,
    StoredBooking,
    is_income,
)
from app.domain.budgets import AssignedBy


class WhyUnassigned(StrEnum):
    """Why a booking has no budget yet."""

    NO_ORDER = "no_order"
    NO_BUDGET = "no_budget"
    SEVERAL_BUDGETS = "several_budgets"
    ALWAYS_ASK = "always_ask"  # a rule says so


class Decision(StrEnum):
    """What she says to an uncertain row."""

    NEW = "new"
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class Assignment:
    """The budget of a booking and who found it, or why there is none.

    `plan_item_id`: another plan item than the budget's own; `rule_id`: the rule that decided.
    """

    budget_id: int | None
    by: AssignedBy | None
    why_not: WhyUnassigned | None = None
    plan_item_id: int | None = None
    rule_id: int | None = None


def look_of(posting: Posting, amount_cents: int) -> Look:
    """What rules see of a line; `amount_cents` is what is booked for it."""
    return Look(
        posting.budget_year,
        posting.internal_order,
        posting.cost_centre,
        posting.account,
        posting.text,
        posting.payee,
        amount_cents,
    )


@dataclass(frozen=True, slots=True)
class Facts:
    """What the database knows that matching needs; `budgets` are by (internal order, budget year)."""

    stored: Sequence[StoredBooking]
    budgets: Mapping[tuple[str, int], Sequence[int]]
    rules: RuleBook = NO_RULES
    income_classes: str = INCOME_CLASSES

    def assignment(self, look: Look) -> Assignment:
        """Her first rule that fits, else the one budget with this order and year."""
        rule = self.rules.find(look)
        if rule is None:
            return self.by_order(look.internal_order, look.budget_year)
        if rule.targets is None:
            return Assignment(None, None, WhyUnassigned.ALWAYS_ASK, rule_id=rule.id)
        budget_id, plan_item_id = rule.targets[look.budget_year]
        return Assignment(budget_id, AssignedBy.RULE, None, plan_item_id, rule.id)

    def by_order(self, order: str | None, year: int) -> Assignment:
        """Without any rule: the one budget with this order and year."""
        if order is None:
            return Assignment(None, None, WhyUnassigned.NO_ORDER)
        budgets = self.budgets.get((order, year), ())
        if len(budgets) == 1:
            return Assignment(budgets[0], AssignedBy.ORDER)
        several = WhyUnassigned.SEVERAL_BUDGETS if budgets else WhyUnassigned.NO_BUDGET
        return Assignment(None, None, several)


class PlannedRow(NamedTuple):
    """A row with its state. `stored`: the booking it is, changes or may be; `changes`: the fields that differ.

    `amount_cents` is what is booked: the row's amount, or the difference in a cumulative file.
    """

    posting: Posting
    state: RowState
    amount_cents: int
    assignment: Assignment
    stored: StoredBooking | None = None
    changes: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class Replacement:
    """A difference booking that single lines replace (`amount_cents` None) or partly explain (the rest)."""

    stored: StoredBooking
    amount_cents: int | None


@dataclass(slots=True)
class BookingPlan:
    """What an import would do. `missing`: earlier bookings no row stands for, kept unless she decides otherwise."""

    shape: Shape
    rows: list[PlannedRow]
    rejected: list[Rejected]
    missing: list[StoredBooking] = field(default_factory=list)
    differences: list[StoredBooking] = field(default_factory=list)  # earlier ones that new rows may explain

    @property
    def replaced(self) -> list[Replacement]:
        """The difference bookings that the new rows replace or partly explain."""
        return replacements(self.rows, self.differences)

    def count(self, state: RowState) -> int:
        if state is RowState.REJECTED:
            return len(self.rejected)
        return sum(row.state is state for row in self.rows)


def decided(plan: BookingPlan, decide: Callable[[PlannedRow], Decision | None]) -> BookingPlan:
    """The plan after her decisions on uncertain rows; undecided ones stay uncertain and are not written."""
    if not plan.count(RowState.UNCERTAIN):
        return plan
    rows = []
    for row in plan.rows:
        decision = decide(row) if row.state is RowState.UNCERTAIN else None
        if decision is Decision.NEW:
            rows.append(row._replace(state=RowState.NEW, stored=None))
        elif decision is Decision.KNOWN:
            rows.append(row._replace(state=RowState.KNOWN))
        else:
            rows.append(row)
    return replace(plan, rows=rows)


def replacements(rows: Iterable[PlannedRow], differences: Sequence[StoredBooking]) -> list[Replacement]:
    """Which difference bookings the new rows replace.

    A line of the same order in the difference's own month replaces it. An earlier line that came later was part of
    the sum so far: the difference shrinks by it, so that the sum stays what finance said.
    """
    if not differences:
        return []
    by_order: dict[tuple[str | None, int], list[PlannedRow]] = {}
    for row in rows:
        if row.state is RowState.NEW:
            by_order.setdefault((row.posting.internal_order, row.posting.budget_year), []).append(row)
    found = []
    for difference in differences:
        new = [
            row
            for row in by_order.get((difference.internal_order, difference.budget_year), ())
            if _same_money(row.posting.account, difference)
        ]
        if any(_month(row.posting.day) == _month(difference.day) for row in new):
            found.append(Replacement(difference, None))
        else:
            since = _covered_since(difference, differences)
            earlier = sum(row.amount_cents for row in new if since < row.posting.day <= difference.day)
            if earlier:
                found.append(Replacement(difference, difference.amount_cents - earlier))
    return found


def _same_money(account: str | None, difference: StoredBooking) -> bool:
    """Whether a line is part of what the difference sums: its account, or all spending if it has none."""
    if difference.account is not None:
        return account == difference.account
    return not is_income(account)


def _covered_since(difference: StoredBooking, differences: Sequence[StoredBooking]) -> date:
    """The day after which a difference speaks: the difference before it of the same order, account and year."""
    before = [
        other.day
        for other in differences
        if (other.internal_order, other.account, other.budget_year)
        == (difference.internal_order, difference.account, difference.budget_year)
        and other.day < difference.day
    ]
    return max(before, default=date.min)


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month
