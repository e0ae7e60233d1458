"""Tries a rule before it is saved: the bookings it would catch among those that are there."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from heapq import nlargest
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, LargeBinary, Select, and_, cast, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.domain.assignment.assignment_rules import Conditions, Rule, RuleBook, RuleSubject
from app.domain.assignment.rule_patterns import ANY_ENDING, text_pieces
from app.domain.budgets.budgets import AssignedBy, BookingSource
from app.services.assignment import assignment_rules
from app.services.assignment.assignment_rules import RuleInput
from app.services.bookings.rule_subjects import BY_HAND, SUBJECT_COLUMNS, subject_at
from db.models import Booking, Budget

GERMAN = "äöüÄÖÜß"
"""Nearly all that is not ASCII in finance's texts."""
SHOWN = 2_000
"""So many of the newest bookings are listed; the counts are of all."""
UNSAVED = 0
"""The id of a rule that is not stored yet."""


class RuleOutcome(StrEnum):
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
    outcome: RuleOutcome
    earlier: str = ""  # the name of the earlier rule that decides


@dataclass(frozen=True, slots=True)
class Probe:
    """How many bookings a rule fits and how they come out, and the newest of them.

    `budgets`: the budget it means in each budget year; empty for one that asks.
    """

    hits: tuple[Hit, ...] = ()
    counts: Counter[RuleOutcome] = field(default_factory=Counter)
    budgets: tuple[tuple[int, str], ...] = ()

    @property
    def caught(self) -> int:
        """How many it decides about."""
        return self.counts.total() - self.counts[RuleOutcome.EARLIER]


def probe(session: Session, rule_id: int | None, values: RuleInput, number: int | None = None) -> Probe:
    """Try a rule at its place (a new one at `number`, or as the last). Raises Invalid for codes that cannot be read.

    Without a budget chosen, what it catches is shown and nothing goes anywhere.
    """
    tried = assignment_rules.as_rule(session, rule_id or UNSAVED, values)
    numbers: dict[int | None, str] = dict(session.execute(select(Budget.id, Budget.number)).all())
    by_year = tuple((year, numbers[one.budget_id]) for year, one in sorted((tried.targets or {}).items()))
    if tried.conditions.empty:
        return Probe(budgets=by_year)
    earlier = RuleBook(_before(assignment_rules.rules(session), rule_id, number))
    undecided = values.budget_id is None and not values.always_ask
    hits = list(_hits(session, Rule(tried.id, tried.conditions, tried.targets), earlier, undecided, numbers))
    newest = nlargest(SHOWN, hits, key=lambda one: (one.day, one.id))
    return Probe(tuple(newest), Counter(one.outcome for one in hits), by_year)


def _hits(
    session: Session, tried: Rule, earlier: RuleBook, undecided: bool, numbers: Mapping[int | None, str]
) -> Iterator[Hit]:
    """The bookings a rule fits; `undecided`: it is not said yet where they go. `numbers` of budgets."""
    this = RuleBook([tried])
    for booking_id, day, budget_id, item_id, kept, by_hand, *cells in session.execute(_query(tried)):
        subject = subject_at(by_hand, cells)
        if this.find(subject) is None:
            continue
        target, deciding = _target(tried, subject), earlier.find(subject)
        if deciding is not None:
            outcome = RuleOutcome.EARLIER
        elif kept:
            outcome = RuleOutcome.BY_HAND
        elif not undecided and (budget_id, item_id) == target:
            outcome = RuleOutcome.SAME
        else:
            outcome = RuleOutcome.WAITING if budget_id is None else RuleOutcome.OTHER
        now = numbers.get(budget_id)
        yield Hit(
            id=booking_id,
            day=day,
            text=subject.text,
            payee=subject.payee,
            internal_order=subject.internal_order,
            account=subject.account,
            amount_cents=subject.amount_cents,
            budget_number=now,
            target=now if undecided else numbers.get(target[0]),
            outcome=outcome,
            earlier=deciding.name if deciding is not None else "",
        )


def _target(tried: Rule, subject: RuleSubject) -> tuple[int | None, int | None]:
    return (None, None) if tried.targets is None else tried.targets[subject.budget_year]


def _before(known: list[Rule], rule_id: int | None, number: int | None) -> list[Rule]:
    """The rules that come before it."""
    if rule_id is None:
        return known if number is None else known[: number - 1]
    return known[: next(place for place, rule in enumerate(known) if rule.id == rule_id)]


def _query(tried: Rule) -> Select[*tuple[Any, ...]]:
    wanted = narrowed(tried.conditions)
    if tried.targets is not None:
        wanted.append(Booking.budget_year.in_(list(tried.targets)))
    kept = and_(Booking.budget_id.is_not(None), func.coalesce(Booking.assigned_by == AssignedBy.HAND, False))
    columns = Booking.id, Booking.day, Booking.budget_id, Booking.plan_item_id, kept, BY_HAND
    return select(*columns, *SUBJECT_COLUMNS).where(*wanted)


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
        words = func.coalesce(Booking.text, "") + "\n" + func.coalesce(Booking.payee, "")
        for piece in text_pieces(conditions.text):
            patterns = sorted({_written_any_way(one) for one in piece})
            likes = (func.lower(words).like(pattern, escape="\\") for pattern in patterns)
            wanted.append(or_(*likes, and_(_beyond_ascii(words), _beyond_ascii(_without_german(words)))))
    return wanted


def _code(column: InstrumentedAttribute[str | None], pattern: str) -> ColumnElement[bool]:
    if pattern.endswith(ANY_ENDING):
        return column.startswith(pattern[:-1], autoescape=True)
    return column == pattern


def _written_any_way(piece: str) -> str:
    """A LIKE pattern that a folded piece fits however its umlauts are written: ä, a or ae; ß or ss."""
    escaped = re.sub(r"([\\%_])", r"\\\1", piece)
    return f"%{re.sub('[aou]', '_', re.sub('(?:(?<=[aou])|^)e|s{2,}|^s|s$', '%', escaped))}%"


def _without_german(words: ColumnElement[str]) -> ColumnElement[str]:
    for letter in GERMAN:
        words = func.replace(words, letter, "")
    return words


def _beyond_ascii(words: ColumnElement[str]) -> ColumnElement[bool]:
    """There are letters that a pattern in SQL knows nothing of; the engine looks at them."""
    return func.length(cast(words, LargeBinary)) != func.length(words)
