"""What a rule would catch among the bookings that are there, before it is saved."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, LargeBinary, Select, and_, cast, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.domain.assignment_rules import Conditions, Rule, RuleBook
from app.domain.budgets import AssignedBy, BookingSource
from app.domain.rule_patterns import ANY_ENDING, text_pieces
from app.services import assignment_rules
from app.services.assignment_rules import RuleInput
from app.services.booking_looks import LOOK, look_at
from db.models import Booking, Budget

UNSAVED = 0
"""The id of a rule that is not stored yet."""


class Outcome(StrEnum):
    """What a rule means for a booking it fits."""

    WAITING = "waiting"  # has no budget and would get one
    OTHER = "other"  # was assigned automatically to something else
    SAME = "same"  # is already where the rule wants it
    BY_HAND = "by_hand"  # was assigned by hand and stays
    EARLIER = "earlier"  # an earlier rule decides


class Hit(NamedTuple):
    """A booking the rule fits. `target`: the number of the budget it would get, None: none (always ask)."""

    id: int
    day: date
    text: str | None
    payee: str | None
    internal_order: str | None
    account: str | None
    amount_cents: int
    budget_number: str | None
    target: str | None
    outcome: Outcome
    earlier: str = ""  # the name of the earlier rule that decides


@dataclass(frozen=True, slots=True)
class Probe:
    """All bookings a rule fits, newest first, and how many of them come out how.

    `budgets`: the budget it means in each budget year; empty for one that asks.
    """

    hits: tuple[Hit, ...] = ()
    counts: Counter[Outcome] = field(default_factory=Counter)
    budgets: tuple[tuple[int, str], ...] = ()

    @property
    def caught(self) -> int:
        """Those it decides about."""
        return len(self.hits) - self.counts[Outcome.EARLIER]


def probe(session: Session, rule_id: int | None, values: RuleInput, number: int | None = None) -> Probe:
    """Try a rule at its place (a new one at `number`, or as the last). Raises Invalid for codes that cannot be read.

    Without a budget chosen, what it catches is shown and nothing goes anywhere.
    """
    tried = assignment_rules.as_rule(session, rule_id or UNSAVED, values)
    numbers = dict(session.execute(select(Budget.id, Budget.number)).all())
    by_year = tuple((year, numbers[one.budget_id]) for year, one in sorted((tried.targets or {}).items()))
    if tried.conditions.empty:
        return Probe(budgets=by_year)
    earlier = RuleBook(_before(assignment_rules.rules(session), rule_id, number))
    this = RuleBook([Rule(tried.id, tried.conditions, tried.targets)])
    undecided = values.budget_id is None and not values.always_ask
    hits = []
    for row in session.execute(_query(tried)):
        booking_id, day, budget_id, item_id, by, source, *cells = row
        look = look_at(source, cells)
        if this.find(look) is None:
            continue
        target = None if tried.targets is None else tried.targets[look.budget_year]
        outcome, name = Outcome.OTHER, ""
        if (deciding := earlier.find(look)) is not None:
            outcome, name = Outcome.EARLIER, deciding.name
        elif budget_id is not None and by is AssignedBy.HAND:
            outcome = Outcome.BY_HAND
        elif not undecided and (budget_id, item_id) == ((None, None) if target is None else target):
            outcome = Outcome.SAME
        elif budget_id is None:
            outcome = Outcome.WAITING
        now = numbers.get(budget_id)
        hits.append(
            Hit(
                booking_id,
                day,
                look.text,
                look.payee,
                look.internal_order,
                look.account,
                look.amount_cents,
                now,
                now if undecided else None if target is None else numbers[target.budget_id],
                outcome,
                name,
            )
        )
    return Probe(tuple(hits), Counter(hit.outcome for hit in hits), by_year)


def _before(known: list[Rule], rule_id: int | None, number: int | None) -> list[Rule]:
    """The rules that come before it."""
    if rule_id is None:
        return known if number is None else known[: number - 1]
    return known[: next(place for place, rule in enumerate(known) if rule.id == rule_id)]


def _query(tried: Rule) -> Select[*tuple[Any, ...]]:
    wanted = narrowed(tried.conditions)
    if tried.targets is not None:
        wanted.append(Booking.budget_year.in_(list(tried.targets)))
    columns = (
        Booking.id, Booking.day, Booking.budget_id, Booking.plan_item_id, Booking.assigned_by, Booking.source
    )  # fmt: skip
    return select(*columns, *LOOK).where(*wanted).order_by(Booking.day.desc(), Booking.id.desc())


def narrowed(conditions: Conditions) -> list[ColumnElement[bool]]:
    """SQL that every booking passes which the conditions fit, and hopefully few others; the engine decides."""
    wanted: list[ColumnElement[bool]] = []
    if conditions.year is not None:
        wanted.append(Booking.budget_year == conditions.year)
    for column, pattern in (
        (Booking.internal_order, conditions.internal_order),
        (Booking.cost_centre, conditions.cost_centre),
        (Booking.account, conditions.account),
    ):
        if pattern is not None:
            # Entries by hand have codes as they are written at their budget.
            wanted.append(or_(_code(column, pattern), Booking.source == BookingSource.MANUAL))
    if conditions.amount_from_cents is not None:
        wanted.append(Booking.amount_cents >= conditions.amount_from_cents)
    if conditions.amount_to_cents is not None:
        wanted.append(Booking.amount_cents <= conditions.amount_to_cents)
    if conditions.text is not None:
        pieces = text_pieces(conditions.text)
        wanted += [
            or_(*(_has(column, piece) for column in (Booking.text, Booking.payee))) for piece in pieces
        ]
    return wanted


def _code(column: InstrumentedAttribute[str | None], pattern: str) -> ColumnElement[bool]:
    if pattern.endswith(ANY_ENDING):
        return column.startswith(pattern[:-1], autoescape=True)
    return column == pattern


def _has(column: InstrumentedAttribute[str | None], piece: tuple[str, ...]) -> ColumnElement[bool]:
    """The text has the piece in one of its spellings, or letters that SQL cannot fold."""
    beyond_ascii = func.length(cast(column, LargeBinary)) != func.length(column)
    return and_(
        column.is_not(None), or_(beyond_ascii, *(column.icontains(one, autoescape=True) for one in piece))
    )
