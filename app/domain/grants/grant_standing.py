"""Arithmetic of grants: the final grant, the lights of plan items, the use of payouts (domain.md, Grant rules)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.dates import add_months
from app.domain.money import share
from app.domain.terms import Worded

UNLIMITED = -1
"""A tolerance without limit: items may be exceeded as long as the others have as much left."""


class FinancingKind(Worded):
    """How the funder bears the cost (domain.md, Final grant)."""

    SHARE = "share", "Anteilfinanzierung", "Anteilsfinanzierung", "Anteil"
    DEFICIT = "deficit", "Fehlbedarfsfinanzierung", "Fehlbedarf"
    FIXED = "fixed", "Festbetragsfinanzierung", "Festbetrag"


class RuleSetName(Worded):
    """The general conditions that a grant is bound to, for local authorities or for others."""

    ANBEST_GK = "ANBest-Gk", "ANBest-Gk"
    ANBEST_P = "ANBest-P", "ANBest-P"


class Light(Worded):
    """How a plan item stands against its plan."""

    GREEN = "green", "im Plan"  # up to plan
    YELLOW = "yellow", "über Plan, geduldet"  # above plan, within the tolerance and saved elsewhere
    RED = "red", "über Plan"


@dataclass(frozen=True, slots=True)
class Financing:
    """What decides how much of the cost the funder bears; amounts in cents."""

    kind: FinancingKind
    granted_cents: int
    own_funds_cents: int  # own and other planned funds
    other_income_cents: int = 0  # income that was not in the plan

    def part_of(self, cost_cents: int) -> int:
        """The funder's part of a cost, G / (G + O) of it; rounded once, half up."""
        return share(cost_cents, self.granted_cents, self.granted_cents + self.own_funds_cents)

    def final_grant(self, eligible_cents: int) -> int:
        """The grant that `eligible_cents` of actual cost justify; rounded once, half up."""
        cost = max(0, eligible_cents - self.other_income_cents)
        match self.kind:
            case FinancingKind.SHARE:
                due = self.part_of(cost)
            case FinancingKind.DEFICIT:
                due = cost - self.own_funds_cents
            case FinancingKind.FIXED:
                due = eligible_cents
        return max(0, min(self.granted_cents, due))

    def payouts_needed(self, eligible_cents: int) -> int:
        """How much of the payouts the spending has used up.

        The funder's share for Anteil- and Festbetragsfinanzierung; own money goes first for
        Fehlbedarfsfinanzierung.
        """
        if self.kind is FinancingKind.FIXED:
            return min(self.granted_cents, self.part_of(max(0, eligible_cents)))
        return self.final_grant(eligible_cents)


def refund(received_cents: int, final_cents: int) -> int:
    """What is to be paid back, or before the proof: what is not yet covered by spending."""
    return max(0, received_cents - final_cents)


@dataclass(frozen=True, slots=True)
class ItemCost:
    """A plan item with what it cost, or money of the grant without an item (planned 0)."""

    planned_cents: int
    actual_cents: int


def lights(items: Sequence[ItemCost], tolerance_percent: int, kind: FinancingKind) -> list[Light]:
    """The light of each item; `UNLIMITED` leaves only the rule that overruns are saved elsewhere."""
    if kind is FinancingKind.FIXED:
        return [Light.GREEN] * len(items)
    over = sum(max(0, item.actual_cents - item.planned_cents) for item in items)
    left = sum(max(0, item.planned_cents - item.actual_cents) for item in items)
    return [_light(item, tolerance_percent, saved_elsewhere=over <= left) for item in items]


def _light(item: ItemCost, tolerance_percent: int, *, saved_elsewhere: bool) -> Light:
    if item.actual_cents <= item.planned_cents:
        return Light.GREEN
    if not saved_elsewhere:
        return Light.RED
    if tolerance_percent == UNLIMITED:
        return Light.YELLOW
    if item.planned_cents == 0 or item.actual_cents * 100 > item.planned_cents * (100 + tolerance_percent):
        return Light.RED
    return Light.YELLOW


@dataclass(frozen=True, slots=True)
class Window:
    """A time to do something in, as notices state it: months, or weeks where they are given."""

    months: int = 0
    weeks: int | None = None

    def last_day(self, start: date) -> date:
        return add_months(start, self.months) if self.weeks is None else start + timedelta(weeks=self.weeks)


@dataclass(frozen=True, slots=True)
class Payout:
    """A received payout in cents; `use_by`: the last day of its usage window."""

    nr: int
    received_on: date
    received_cents: int
    use_by: date


@dataclass(frozen=True, slots=True)
class PayoutUse:
    """How far a payout is used; `late_cents` were left on its use-by date and took `late_days` more."""

    payout: Payout
    used_cents: int
    late_cents: int
    late_days: int

    @property
    def open_cents(self) -> int:
        return self.payout.received_cents - self.used_cents


def payout_uses(
    payouts: Sequence[Payout],
    spending: Sequence[tuple[date, int]],
    needed: Callable[[int], int],
    on: date,
) -> list[PayoutUse]:
    """Spending uses up payouts, oldest first, spending before a payout included.

    `spending`: eligible cost by day in order of date, up to `on`. `needed`: how much of the payouts a sum of
    eligible cost uses up (`Financing.payouts_needed`), so that the share is rounded once, on the sum.
    """
    used_by_day = _running(spending, needed)
    used_now = used_by_day[-1][1] if used_by_day else 0
    uses, before = [], 0
    for payout in sorted(payouts, key=lambda payout: (payout.received_on, payout.nr)):
        used = _part(payout, used_now - before)
        late_cents, late_days = 0, 0
        if payout.use_by < on:
            by_then = max((step for step in used_by_day if step[0] <= payout.use_by), default=None)
            late_cents = payout.received_cents - _part(payout, (by_then[1] if by_then else 0) - before)
        if late_cents > 0:
            covered = next(
                (
                    day
                    for day, needed_cents in used_by_day
                    if day > payout.use_by and needed_cents - before >= payout.received_cents
                ),
                on,
            )
            late_days = (covered - payout.use_by).days
        uses.append(PayoutUse(payout, used, late_cents, late_days))
        before += payout.received_cents
    return uses


def _part(payout: Payout, remaining_cents: int) -> int:
    return max(0, min(payout.received_cents, remaining_cents))


def _running(spending: Sequence[tuple[date, int]], needed: Callable[[int], int]) -> list[tuple[date, int]]:
    steps, total = [], 0
    for day, cents in spending:
        total += cents
        steps.append((day, needed(total)))
    return steps


def interim_proofs(begin: date, end: date, months: int | None) -> list[date]:
    """When interim proofs are due: `months` after each budget year that ends before the grant does; 0: none."""
    if not months:
        return []
    return [add_months(date(year, 12, 31), months) for year in range(begin.year, end.year)]
