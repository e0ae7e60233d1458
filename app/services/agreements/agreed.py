"""Agreements and goals as agreed on a day: the stored rows say what was signed, the amendments what acts since."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from app.domain.agreements.agreed import TERM_FIELDS, UNAMENDED, Acting, GoalChange, SignedAmendment
from app.domain.agreements.agreed import acting as acting_on
from app.domain.agreements.agreement_wording import ComingTerm
from app.domain.agreements.agreements import UNFINISHED_GOALS, GoalAction, GoalState, Stage
from app.domain.agreements.goals import goal_order
from app.domain.agreements.term import Term
from app.services.records import assign, columns, filled, grouped, read
from db.models import Agreement, Amendment, AmendmentGoal, Goal, Party

GOAL_WORDS = (
    "title", "building_block_id", "measure", "indicator", "target", "target_value", "unit", "due", "responsible",
    "evidence",
)  # fmt: skip
"""The fields of a goal that an amendment can change; number and state stay with the goal."""
AS_SIGNED = date.min
"""A day on which no amendment acts yet."""


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A goal as agreed on a day, under the names of its table."""

    id: int
    agreement_id: int
    nr: str
    title: str
    building_block_id: int | None
    measure: str | None
    indicator: str | None
    target: str | None
    target_value: Decimal | None
    unit: str | None
    due: date | None
    responsible: str | None
    evidence: str | None
    state: GoalState


def changed_fields(text: str) -> tuple[str, ...]:
    """`end;notice`: the fields of the term that an amendment changes."""
    return tuple(filter(None, text.split(";")))


def amendments_of(session: Session, agreement_id: int | None = None) -> dict[int, list[SignedAmendment]]:
    """The amendments that all have signed, by agreement: of one, or of all."""
    signed = Amendment.stage == Stage.SIGNED, Amendment.effective_from.is_not(None)
    chosen = signed if agreement_id is None else (*signed, Amendment.agreement_id == agreement_id)
    amendments = session.scalars(select(Amendment).where(*chosen)).all()
    if not amendments:
        return {}
    goals = grouped(
        session,
        select(AmendmentGoal.amendment_id, AmendmentGoal)
        .join(Amendment, Amendment.id == AmendmentGoal.amendment_id)
        .where(*chosen, AmendmentGoal.goal_id.is_not(None)),
    )
    found: dict[int, list[SignedAmendment]] = {}
    for one in amendments:
        assert one.effective_from is not None
        values = {name: getattr(one, name) for name in changed_fields(one.changed_fields)}
        if one.changes_amount:
            values["amount_cents"] = one.amount_cents
        changes = tuple(_goal_change(goal) for goal in goals.get(one.id, ()))
        signed_one = SignedAmendment(one.id, one.nr, one.effective_from, values, changes)
        found.setdefault(one.agreement_id, []).append(signed_one)
    return found


def last_amount(session: Session, agreement_id: int) -> tuple[int, date] | None:
    """(amount, day from which it holds) by the last signed amendment that changes it, also before that day; None
    without one, and where the agreement ends before.
    """
    last = acting_of(session, agreement_id, date.max)
    source = last.sources.get("amount_cents")
    if source is None:
        return None
    since = next(one.effective_from for one in last.amendments if one.id == source)
    return last.values["amount_cents"] or 0, since


def acting(session: Session, on: date, agreement_id: int | None = None) -> dict[int, Acting]:
    """What acts on a day of the amendments of one agreement, or of all; only agreements that have amendments."""
    amendments = amendments_of(session, agreement_id)
    if not amendments:
        return {}
    query = select(Agreement.id, *columns(Term, Agreement)).where(Agreement.id.in_(amendments))
    return {row.id: acting_on(filled(Term, row), amendments[row.id], on) for row in session.execute(query)}


def acting_of(session: Session, agreement_id: int, on: date) -> Acting:
    """What acts on a day of the amendments of an agreement."""
    return acting(session, on, agreement_id).get(agreement_id, UNAMENDED)


def term(session: Session, agreement_id: int, on: date) -> Term:
    """What an agreement says on a day about its duration."""
    record = session.get_one(Agreement, agreement_id)
    return acting_of(session, agreement_id, on).term(filled(Term, record))


def coming(session: Session, on: date, agreement_id: int | None = None) -> dict[int, tuple[ComingTerm, ...]]:
    """What signed amendments make of the terms after a day, by agreement, in order; those that change no term not."""
    amendments = amendments_of(session, agreement_id)
    if not amendments:
        return {}
    query = select(Agreement.id, *columns(Term, Agreement)).where(Agreement.id.in_(amendments))
    found = {}
    for row in session.execute(query):
        first, known = filled(Term, row), amendments[row.id]
        before, terms = acting_on(first, known, on).term(first), []
        for day in sorted({one.effective_from for one in known if one.effective_from > on}):
            now = acting_on(first, known, day)
            if (term := now.term(first)) != before:
                terms.append(ComingTerm(now.amendments[-1].nr, day, term))
                before = term
        found[row.id] = tuple(terms)
    return found


def goals(
    session: Session, on: date, agreement_id: int | None = None, *, unfinished: bool = False
) -> list[GoalRow]:
    """The goals as agreed on a day, of one agreement or of all, in the order of agreement and number."""
    query = select(*columns(GoalRow, Goal))
    if agreement_id is not None:
        query = query.where(Goal.agreement_id == agreement_id)
    if unfinished:
        query = query.where(Goal.state.in_(UNFINISHED_GOALS))
    by_agreement = acting(session, on, agreement_id)
    found = []
    for goal in read(session, GoalRow, query):
        now = by_agreement.get(goal.agreement_id, UNAMENDED)
        if goal.id not in now.hidden:
            words = now.goal_words.get(goal.id)
            found.append(replace(goal, **words) if words else goal)
    return sorted(found, key=lambda goal: (goal.agreement_id, goal_order(goal.nr)))


def hidden_parties(session: Session, on: date, agreement_id: int | None = None) -> frozenset[int]:
    """The parties that are none on a day, of one agreement or of all: they join later, or have left."""
    moved = or_(Party.joins_with.is_not(None), Party.leaves_with.is_not(None))
    if agreement_id is not None:
        moved &= Party.agreement_id == agreement_id
    found = session.execute(select(Party.id, Party.joins_with, Party.leaves_with).where(moved)).all()
    if not found:
        return frozenset()
    acts = {one.id for now in acting(session, on, agreement_id).values() for one in now.amendments}
    return frozenset(
        party_id
        for party_id, joins_with, leaves_with in found
        if (joins_with is not None and joins_with not in acts) or leaves_with in acts
    )


def is_party(session: Session, on: date, agreement_id: int | None = None) -> ColumnElement[bool]:
    """SQL: a party is one on a day."""
    return Party.id.not_in(hidden_parties(session, on, agreement_id))


def at_source(session: Session, agreement_id: int, values: dict[str, Any], on: date) -> dict[str, Any]:
    """Put what differs from what holds on a day where it is said; what belongs to the agreement itself comes back.

    A field that an amendment says is corrected there, so that the answers for days before it stay. What is the same as
    before is written nowhere.
    """
    now = acting_of(session, agreement_id, on)
    own = dict(values)
    for name in now.sources.keys() & own.keys():
        assign(session.get_one(Amendment, now.sources[name]), {name: own.pop(name)})
    if "stage" in own and own["stage"] is now.stage(session.get_one(Agreement, agreement_id).stage):
        del own["stage"]
    return own


def words_holder(session: Session, agreement_id: int, on: date) -> dict[int, AmendmentGoal]:
    """Where the words of goals stand that an amendment has changed by a day, by goal; all others say their own."""
    sources = acting_of(session, agreement_id, on).goal_sources
    query = select(AmendmentGoal).where(AmendmentGoal.goal_id.in_(sources))
    return {
        one.goal_id: one
        for one in session.scalars(query)
        if one.goal_id is not None and sources[one.goal_id] == one.amendment_id
    }


def goal_at_source(session: Session, goal_id: int, values: dict[str, Any], on: date) -> dict[str, Any]:
    """The same for a goal: words that an amendment says are corrected there, the others come back."""
    holder = words_holder(session, session.get_one(Goal, goal_id).agreement_id, on).get(goal_id)
    if holder is None:
        return values
    assign(holder, {name: value for name, value in values.items() if name in GOAL_WORDS})
    return {name: value for name, value in values.items() if name not in GOAL_WORDS}


def changes_between(before: Any, after: Any) -> tuple[str, ...]:
    """The fields of the term in which two differ."""
    return tuple(name for name in TERM_FIELDS if getattr(before, name) != getattr(after, name))


def _goal_change(goal: AmendmentGoal) -> GoalChange:
    assert goal.goal_id is not None
    changed = goal.action is GoalAction.CHANGE
    return GoalChange(
        goal.goal_id, goal.action, {name: getattr(goal, name) for name in GOAL_WORDS} if changed else {}
    )
