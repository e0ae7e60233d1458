"""Rules for assignment: where bookings go that look like this; the first rule in order that fits decides.

Codes are normalised (app.domain.bookings.bookings.normal_code). Amounts are in cents, money spent is positive.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from app.domain.assignment.rule_patterns import code_test, code_within, haystack_of, text_test, text_within
from app.domain.money import euro


class RuleSubject(NamedTuple):
    """What a rule can see of a booking."""

    budget_year: int
    internal_order: str | None = None
    cost_centre: str | None = None
    account: str | None = None
    text: str | None = None
    payee: str | None = None
    amount_cents: int = 0


class Target(NamedTuple):
    """Where a booking goes; `plan_item_id` None: the budget's own plan item."""

    budget_id: int
    plan_item_id: int | None = None


@dataclass(frozen=True, slots=True)
class Conditions:
    """All that are not None must hold. Codes may end in `*` for any ending, both amounts are included.

    `text`: contained in text or payee whatever the case, accents and way of writing umlauts; with `*` (anything)
    or `?` (one sign) it must describe the whole text or the whole payee.
    """

    year: int | None = None
    internal_order: str | None = None
    cost_centre: str | None = None
    account: str | None = None
    text: str | None = None
    amount_from_cents: int | None = None
    amount_to_cents: int | None = None

    @property
    def empty(self) -> bool:
        """Nothing but perhaps a year: such a rule would catch everything."""
        return self == Conditions(self.year)

    @property
    def words(self) -> str:
        """The conditions in one German line."""
        parts = [
            f"{word} {code}"
            for word, code in (
                ("Innenauftrag", self.internal_order),
                ("Kostenstelle", self.cost_centre),
                ("Sachkonto", self.account),
            )
            if code is not None
        ]
        if self.text is not None:
            parts.append(f"Text oder Empfänger: {self.text}")
        parts += _range_words(self.amount_from_cents, self.amount_to_cents)
        if self.year is not None:
            parts.append(f"nur {self.year}")
        return " · ".join(parts)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule ready for use. `targets` by budget year; None: always ask, that is, leave bookings without a budget.

    A rule says nothing about years its budget has no successor or predecessor for.
    """

    id: int
    conditions: Conditions
    targets: Mapping[int, Target] | None = None
    title: str | None = None
    is_active: bool = True

    @property
    def name(self) -> str:
        """What she calls it, else its conditions."""
        return self.title or self.conditions.words

    def holds_in(self, year: int) -> bool:
        """Whether it says anything about bookings of a budget year."""
        return self.conditions.year in (None, year) and (self.targets is None or year in self.targets)


@dataclass(slots=True)
class _Compiled:
    """A rule with its tests made; `certain` once the codes fit."""

    rule: Rule
    codes: tuple[Callable[[str | None], bool], ...]
    text: Callable[[str], bool] | None
    least: int | None
    most: int | None

    @property
    def certain(self) -> bool:
        return self.text is None and self.least is None and self.most is None


@dataclass(slots=True, eq=False)
class RuleBook:
    """Rules in their order, made ready once and remembered by codes, so that 50.000 bookings are quick."""

    rules: Sequence[Rule] = ()
    _compiled: list[_Compiled] = field(init=False, repr=False)
    _candidates: dict[tuple[object, ...], tuple[_Compiled, ...]] = field(
        init=False, repr=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        self._compiled = [_compile(rule) for rule in self.rules if rule.is_active]

    def __bool__(self) -> bool:
        return bool(self._compiled)

    def name(self, rule_id: int | None) -> str:
        """The name of a rule, "" if there is none such."""
        return next((rule.name for rule in self.rules if rule.id == rule_id), "")

    def find(self, subject: RuleSubject) -> Rule | None:
        """The first active rule that fits."""
        if not self._compiled:
            return None
        codes = subject[:4]
        candidates = self._candidates.get(codes)
        if candidates is None:
            candidates = self._candidates[codes] = self._by_codes(subject)
        haystack: str | None = None
        cents = subject.amount_cents
        for one in candidates:
            if (one.least is not None and cents < one.least) or (one.most is not None and cents > one.most):
                continue
            if one.text is not None:
                if haystack is None:
                    haystack = haystack_of(subject.text, subject.payee)
                if not one.text(haystack):
                    continue
            return one.rule
        return None

    def _by_codes(self, subject: RuleSubject) -> tuple[_Compiled, ...]:
        """Those whose year and codes fit, up to the first that then needs nothing more."""
        found = []
        for one in self._compiled:
            fits = one.rule.holds_in(subject.budget_year) and all(
                test(code) for test, code in zip(one.codes, subject[1:4], strict=True)
            )
            if fits:
                found.append(one)
                if one.certain:
                    break
        return tuple(found)


NO_RULES = RuleBook()


def never_reached(rules: Sequence[Rule]) -> dict[int, Rule]:
    """Rules that can never decide -> the earlier rule that catches all they would catch.

    Sound, not complete: what only several earlier rules catch together is not found.
    """
    found: dict[int, Rule] = {}
    active = [rule for rule in rules if rule.is_active]
    for place, rule in enumerate(active):
        for earlier in active[:place]:
            if _catches_all(earlier, rule):
                found[rule.id] = earlier
                break
    return found


def _compile(rule: Rule) -> _Compiled:
    asked = rule.conditions
    codes = tuple(map(code_test, (asked.internal_order, asked.cost_centre, asked.account)))
    text = None if asked.text is None else text_test(asked.text)
    return _Compiled(rule, codes, text, asked.amount_from_cents, asked.amount_to_cents)


def _catches_all(earlier: Rule, later: Rule) -> bool:
    one, other = earlier.conditions, later.conditions
    return (
        _years_within(later, earlier)
        and code_within(other.internal_order, one.internal_order)
        and code_within(other.cost_centre, one.cost_centre)
        and code_within(other.account, one.account)
        and text_within(other.text, one.text)
        and _least_within(other.amount_from_cents, one.amount_from_cents)
        and _most_within(other.amount_to_cents, one.amount_to_cents)
    )


def _years_within(narrow: Rule, wide: Rule) -> bool:
    """Whether the wide rule holds in every year the narrow one does."""
    if narrow.targets is None:
        year = narrow.conditions.year
        if year is None:
            return wide.targets is None and wide.conditions.year is None
        return wide.holds_in(year)
    return all(wide.holds_in(year) for year in narrow.targets if narrow.holds_in(year))


def _least_within(narrow: int | None, wide: int | None) -> bool:
    return wide is None or (narrow is not None and narrow >= wide)


def _most_within(narrow: int | None, wide: int | None) -> bool:
    return wide is None or (narrow is not None and narrow <= wide)


def _range_words(least: int | None, most: int | None) -> list[str]:
    if least is not None and most is not None:
        return [f"Betrag {euro(least)}" if least == most else f"Betrag {euro(least)} bis {euro(most)}"]
    if least is not None:
        return [f"Betrag ab {euro(least)}"]
    return [f"Betrag bis {euro(most)}"] if most is not None else []
