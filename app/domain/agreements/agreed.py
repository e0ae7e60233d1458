"""What is agreed on a day: the agreement as signed, with the amendments that act by then (domain.md, Dates).

An amendment acts from its effective day; signing it moves nothing that holds before. So nothing is written over at the
signature: whoever asks names a day, and gets that day's answer.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

from app.domain.agreements.agreements import GoalAction, Stage, stage_words
from app.domain.agreements.amendments import TermChange
from app.domain.agreements.term import Term, is_over
from app.domain.dates import ONE_DAY

TERM_FIELDS = tuple(one.name for one in fields(TermChange))
AMENDABLE = frozenset({Stage.SIGNED, Stage.IN_FORCE})
"""From these an agreement comes to "geändert durch" once an amendment acts; one that was ended by notice stays so."""


@dataclass(frozen=True, slots=True)
class GoalChange:
    """What an amendment does to a goal: `words` are its new fields where it is changed."""

    goal_id: int
    action: GoalAction
    words: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SignedAmendment:
    """An amendment that all have signed. `values`: the fields of the agreement it changes, and only those: of the term,
    and `amount_cents`.
    """

    id: int
    nr: int
    effective_from: date
    values: Mapping[str, Any] = field(default_factory=dict)
    goals: tuple[GoalChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Acting:
    """What the amendments that act on a day make of an agreement.

    `values`: the fields that they changed, `sources`: the amendment that said each of them last. `goal_words`: the
    fields of each changed goal, `goal_sources`: the amendment that said them; `hidden`: goals that are not agreed on
    that day, because they went, or because the amendment that adds them does not act (yet).
    """

    amendments: tuple[SignedAmendment, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    sources: Mapping[str, int] = field(default_factory=dict)
    goal_words: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    goal_sources: Mapping[int, int] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()

    def term(self, signed: Term) -> Term:
        """The term on that day; `signed`: as it was signed."""
        return with_values(signed, self.values)

    def amount_cents(self, signed: int | None) -> int | None:
        """The amount on that day."""
        amount: int | None = self.values.get("amount_cents", signed)
        return amount

    @property
    def last_nr(self) -> int | None:
        """The number of the amendment that acts last; None without one."""
        return self.amendments[-1].nr if self.amendments else None

    def stage_words(self, stored: Stage, signed: Term, on: date) -> str:
        """The stage on a day with what its word points to; `signed`: the term as it was signed."""
        term = self.term(signed)
        starts = term.begin if term.begin is not None and term.begin > on else None
        return stage_words(self.stage(stored), starts=starts, ends=term.terminated_to, amendment=self.last_nr)

    def stage(self, stored: Stage) -> Stage:
        """The stage on that day: "geändert durch" from the day on which the first amendment acts."""
        return Stage.AMENDED if self.amendments and stored in AMENDABLE else stored


UNAMENDED = Acting()
"""Of an agreement without amendments."""


def acting(signed: Term, amendments: Iterable[SignedAmendment], on: date) -> Acting:
    """What acts on a day, in the order of the effective days, on the same day by number.

    `signed`: the term as it was signed, with the end by notice if there was one. An agreement that has ended is not
    amended any more: what would take effect later than the day after its end never acts.
    """
    known = sorted(amendments, key=lambda one: (one.effective_from, one.nr))
    term = signed
    found: list[SignedAmendment] = []
    for one in known:
        if one.effective_from > on or comes_too_late(term, one.effective_from):
            break
        found.append(one)
        term = with_values(term, one.values)
    values: dict[str, Any] = {}
    sources: dict[str, int] = {}
    words: dict[int, Mapping[str, Any]] = {}
    goal_sources: dict[int, int] = {}
    hidden = {goal.goal_id for one in known for goal in one.goals if goal.action is GoalAction.ADD}
    for one in found:
        values |= one.values
        sources |= dict.fromkeys(one.values, one.id)
        for goal in one.goals:
            if goal.action is GoalAction.ADD:
                hidden.discard(goal.goal_id)
            elif goal.action is GoalAction.DROP:
                hidden.add(goal.goal_id)
            else:
                words[goal.goal_id], goal_sources[goal.goal_id] = goal.words, one.id
    return Acting(tuple(found), values, sources, words, goal_sources, frozenset(hidden))


def comes_too_late(term: Term, effective_from: date) -> bool:
    """The agreement has ended before: nothing is left to go on with, not even from the day after its end."""
    return is_over(term, effective_from - ONE_DAY)


def with_values(term: Term, values: Mapping[str, Any]) -> Term:
    """The term with these of its fields in it; others do not matter here."""
    changed = {name: value for name, value in values.items() if name in TERM_FIELDS}
    return replace(term, **changed) if changed else term
