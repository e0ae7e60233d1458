"""The plan of an import: what each row of a finance file is to the bookings that are there (exchange.md, 2)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from app.domain.assignment.assignment_rules import NO_RULES, RuleBook, RuleSubject
from app.domain.bookings.bookings import (
    INCOME_CLASSES,
    BookingField,
    Posting,
    Rejected,
    RowState,
    Shape,
    StoredBooking,
    is_income,
)
from app.domain.budgets.budgets import AssignedBy


class WhyUnassigned(StrEnum):
    """Why a booking has no budget yet."""

    NO_ORDER = "no_order"
    NO_BUDGET = "no_budget"
    SEVERAL_BUDGETS = "several_budgets"
    ALWAYS_ASK = "always_ask"  # a rule says so


class Decision(StrEnum):
    """What she says to a row that asks: an uncertain one, or a correction."""

    NEW = "new"
    KNOWN = "known"  # the booking that is proposed
    KEPT = "kept"  # the correction is not taken over


@dataclass(frozen=True, slots=True)
class SameBooking:
    """Her answer to an uncertain row: it is this booking."""

    booking: StoredBooking


Answer = Decision | SameBooking
Decide = Callable[["PlannedRow"], Answer | None]


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


def subject_of(posting: Posting, amount_cents: int) -> RuleSubject:
    """What rules see of a line; `amount_cents` is what is booked for it."""
    return RuleSubject(
        posting.budget_year,
        posting.internal_order,
        posting.cost_centre,
        posting.account,
        posting.text,
        posting.payee,
        amount_cents,
    )


@dataclass(frozen=True, slots=True)
class MatchingFacts:
    """What the database knows that matching needs; `budgets` are by (internal order, budget year)."""

    stored: Sequence[StoredBooking]
    budgets: Mapping[tuple[str, int], Sequence[int]]
    rules: RuleBook = NO_RULES
    income_classes: str = INCOME_CLASSES

    def assignment(self, subject: RuleSubject) -> Assignment:
        """Her first rule that fits, else the one budget with this order and year."""
        rule = self.rules.find(subject)
        if rule is None:
            return self.by_order(subject.internal_order, subject.budget_year)
        if rule.targets is None:
            return Assignment(None, None, WhyUnassigned.ALWAYS_ASK, rule_id=rule.id)
        budget_id, plan_item_id = rule.targets[subject.budget_year]
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

    `amount_cents` is what is booked: the row's amount, or the difference in a cumulative file. `kept`: she decided that
    the booking stays as it is, so the change is counted but not written.
    """

    posting: Posting
    state: RowState
    amount_cents: int
    assignment: Assignment
    stored: StoredBooking | None = None
    changes: tuple[BookingField, ...] = ()
    kept: bool = False

    @property
    def is_correction(self) -> bool:
        """Whether it changes a booking."""
        return self.state is RowState.CHANGED and not self.kept


def as_stored(booking: StoredBooking) -> Assignment:
    """The assignment that a booking has."""
    return Assignment(booking.budget_id, booking.assigned_by, plan_item_id=booking.plan_item_id)


@dataclass(frozen=True, slots=True)
class Replacement:
    """A difference booking that single lines replace (`amount_cents` None) or partly explain (the rest)."""

    stored: StoredBooking
    amount_cents: int | None


@dataclass(slots=True)
class BookingPlan:
    """What an import would do. `missing`: earlier bookings no row stands for, kept unless she decides otherwise.

    `doubtful`: those that would be missing if it were not for uncertain rows.
    """

    shape: Shape
    rows: list[PlannedRow]
    rejected: list[Rejected]
    missing: list[StoredBooking] = field(default_factory=list)
    doubtful: list[StoredBooking] = field(default_factory=list)
    differences: list[StoredBooking] = field(default_factory=list)  # earlier ones that new rows may explain

    @property
    def replaced(self) -> list[Replacement]:
        """The difference bookings that the new rows replace or partly explain."""
        return replacements(self.rows, self.differences)


ASKING = (RowState.UNCERTAIN, RowState.CHANGED)


def decided(plan: BookingPlan, decide: Decide) -> BookingPlan:
    """The plan after her decisions; undecided uncertain rows stay so and are not written.

    No two rows are the same booking: a row that is said to be one which another row is already stays uncertain. A row
    decided to be new still stands for the booking it resembles, which so does not fall away.
    """
    answers = {
        place: answer
        for place, row in enumerate(plan.rows)
        if row.state in ASKING and (answer := decide(row)) is not None
    }
    if not answers:
        return plan
    rows = list(plan.rows)
    taken = {row.stored.id for row in rows if row.stored is not None and row.state is not RowState.UNCERTAIN}
    # Bookings that were chosen go before those that are only proposed.
    for place, answer in sorted(answers.items(), key=lambda one: not isinstance(one[1], SameBooking)):
        row = answered(rows[place], answer)
        if row.state is RowState.KNOWN and row.stored is not None:
            if row.stored.id in taken:
                continue
            taken.add(row.stored.id)
        rows[place] = row
    stood_for = {row.stored.id for row in rows if row.stored is not None}
    stood_for.update(
        before.stored.id
        for before, row in zip(plan.rows, rows, strict=True)
        if before.stored is not None and row.stored is None
    )
    missing = [one for one in (*plan.missing, *plan.doubtful) if one.id not in stood_for]
    return replace(plan, rows=rows, missing=missing)


def answered(row: PlannedRow, answer: Answer | None) -> PlannedRow:
    """A row that asks, after an answer to it; an answer that does not fit its question changes nothing."""
    if row.state is RowState.CHANGED:
        return row._replace(kept=answer is Decision.KEPT)
    if answer is Decision.NEW:
        return row._replace(state=RowState.NEW, stored=None)
    booking = answer.booking if isinstance(answer, SameBooking) else row.stored
    if answer is None or answer is Decision.KEPT or booking is None:
        return row
    return row._replace(state=RowState.KNOWN, stored=booking, assignment=as_stored(booking))


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
