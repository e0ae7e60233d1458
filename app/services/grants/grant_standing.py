"""Reckons where a grant stands on a day: eligible cost, final grant, lights, payouts used (exchange.md, section 4)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from app.domain.grants.grant_rules import (
    RULE_SETS,
    Effective,
    Origin,
    OwnValues,
    RuleSet,
    SourcedValue,
    current_version,
    differences,
    effective,
    version_of,
)
from app.domain.grants.grant_standing import (
    Financing,
    ItemCost,
    Light,
    Payout,
    PayoutUse,
    Window,
    interim_proofs,
    lights,
    payout_uses,
    refund,
)
from app.services.budgets import budgets
from app.services.records import filled
from db.models import Booking, Budget, Commitment, DrawDown, Grant, PlanItem


@dataclass(frozen=True, slots=True)
class ItemStanding:
    """A plan item; position "" is money of the grant without an item."""

    plan_item_id: int | None
    position: str
    title: str
    planned_cents: int
    actual_cents: int
    committed_cents: int
    light: Light
    early_light: Light  # open commitments counted as spent


@dataclass(frozen=True, slots=True)
class Duties:
    """What of a grant has dates: its values, interim proofs, and payouts to use up."""

    values: Effective
    interim_proofs: list[date]
    payouts: list[PayoutUse]


@dataclass(frozen=True, slots=True)
class GrantStanding(Duties):
    """Everything about a grant on a day, in cents.

    `refund_cents`: received less final grant; before the proof it is what is not yet covered by spending.
    """

    grant_id: int
    short: str
    on: date
    granted_cents: int
    own_funds: SourcedValue[int]
    eligible_cents: int
    income_cents: int
    final_cents: int
    received_cents: int
    refund_cents: int
    items: list[ItemStanding]
    newer_rules: dict[str, tuple[object, object]]  # what the current version of the rule set would change


def standing(
    session: Session, grant_id: int, on: date, rule_sets: Sequence[RuleSet] = RULE_SETS
) -> GrantStanding:
    """Where a grant stands on a day; sums come from SQL."""
    grant = session.get_one(Grant, grant_id)
    rules = version_of(grant.rule_set, grant.rules_as_of, rule_sets)
    own_funds = _own_funds(session, grant)
    financing = _financing(grant, own_funds)
    booked = _booked(session, grant, on)
    found = _duties(session, grant, on, rules, financing)
    eligible = sum(booked.by_item.values())
    received = sum(use.payout.received_cents for use in found.payouts)
    final = financing.final_grant(eligible)
    newest = version_of(grant.rule_set, current_version(grant.rule_set, on, rule_sets), rule_sets)
    return filled(
        GrantStanding,
        found,
        grant_id=grant_id,
        short=grant.short,
        on=on,
        granted_cents=grant.granted_cents,
        own_funds=own_funds,
        eligible_cents=eligible,
        income_cents=booked.income_cents,
        final_cents=final,
        received_cents=received,
        refund_cents=refund(received, final),
        items=_items(session, grant, on, found.values.tolerance_percent.value, booked.by_item),
        newer_rules=differences(rules, newest) if newest.version > rules.version else {},
    )


def duties(session: Session, grant: Grant, on: date) -> Duties:
    """The part of the standing that deadlines follow from, without the sums of the plan."""
    rules = version_of(grant.rule_set, grant.rules_as_of)
    financing = _financing(grant, _own_funds(session, grant))
    return _duties(session, grant, on, rules, financing)


def confirm(session: Session, grant_id: int, rule_sets: Sequence[RuleSet] = RULE_SETS) -> None:
    """She has read it in her notice: what came from the rule set is from now on stated for the grant itself."""
    grant = session.get_one(Grant, grant_id)
    rules = version_of(grant.rule_set, grant.rules_as_of, rule_sets)
    values = effective(_own_values(grant), rules, grant.end, grant.notice_date)
    if grant.usage_weeks is None:
        grant.usage_months = values.usage_window.value.months
    for name in ("tolerance_percent", "retention_years", "refund_threshold_cents", "proof_due"):
        setattr(grant, name, getattr(values, name).value)
    grant.interim_months = values.interim_months.value or 0  # 0: the notice asks for none


def _duties(session: Session, grant: Grant, on: date, rules: RuleSet, financing: Financing) -> Duties:
    values = effective(_own_values(grant), rules, grant.end, grant.notice_date)
    payouts = _payouts(session, grant.id, on, values.usage_window.value)
    return Duties(
        values,
        interim_proofs(grant.begin, grant.end, values.interim_months.value),
        payout_uses(payouts, _cost_by_day(session, grant, on), financing.payouts_needed, on),
    )


def _own_values(grant: Grant) -> OwnValues:
    window = None
    if grant.usage_weeks is not None or grant.usage_months is not None:
        window = Window(grant.usage_months or 0, grant.usage_weeks)
    return filled(OwnValues, grant, usage_window=window)


def _financing(grant: Grant, own_funds: SourcedValue[int]) -> Financing:
    return Financing(
        grant.financing_kind, grant.granted_cents, own_funds.value, grant.other_income_cents or 0
    )


def _own_funds(session: Session, grant: Grant) -> SourcedValue[int]:
    """As stated; otherwise what the financing plan has more than was granted."""
    if grant.own_funds_cents is not None:
        origin = Origin.HAND if grant.notice_date is None else Origin.NOTICE
        return SourcedValue(grant.own_funds_cents, origin, "Finanzierung der Förderung")
    planned = session.scalar(
        select(func.coalesce(func.sum(PlanItem.planned_cents), 0)).where(PlanItem.grant_id == grant.id)
    )
    return SourcedValue(
        max(0, int(planned or 0) - grant.granted_cents),
        Origin.ASSUMED,
        "Finanzierungsplan abzüglich Bewilligung",
    )


@dataclass(frozen=True, slots=True)
class _GrantBookings:
    """What is booked on the grant's budgets: cost by plan item, income."""

    by_item: dict[int | None, int]
    income_cents: int


def _on_budgets_of(grant: Grant, on: date) -> ColumnElement[bool]:
    """Bookings on budgets of the grant, dated within its period and up to a day."""
    return and_(
        Budget.id == Booking.budget_id,
        Budget.grant_id == grant.id,
        Booking.day >= grant.begin,
        Booking.day <= min(on, grant.end),
    )


def _cost_by_day(session: Session, grant: Grant, on: date) -> list[tuple[date, int]]:
    """What was spent on each day, in order."""
    found = session.execute(
        select(Booking.day, func.sum(Booking.amount_cents))
        .where(_on_budgets_of(grant, on), Booking.is_income.is_(False))
        .group_by(Booking.day)
        .order_by(Booking.day)
    )
    return [(day, int(cents)) for day, cents in found]


def _booked(session: Session, grant: Grant, on: date) -> _GrantBookings:
    found = session.execute(
        select(Budget.plan_item_id, Booking.is_income, func.sum(Booking.amount_cents))
        .where(_on_budgets_of(grant, on))
        .group_by(Budget.plan_item_id, Booking.is_income)
    )
    by_item: Counter[int | None] = Counter()
    income = 0
    for item_id, is_income, cents in found:
        if is_income:
            income += int(cents)
        else:
            by_item[item_id] += int(cents)
    for budget_item, own_item, cents in _with_own_item(session, grant, on):
        by_item[budget_item] -= cents
        by_item[own_item] += cents
    return _GrantBookings(by_item, income)


def _with_own_item(session: Session, grant: Grant, on: date) -> list[tuple[int | None, int, int]]:
    """Cost of bookings with a plan item of their own: (item of the budget, own item, cents).

    Read apart: they are few, and the sums of all others come from an index alone. An item of another grant than the
    budget's says nothing.
    """
    found = session.execute(
        select(Budget.plan_item_id, PlanItem.id, func.sum(Booking.amount_cents))
        .where(
            _on_budgets_of(grant, on),
            PlanItem.id == Booking.plan_item_id,
            PlanItem.grant_id == grant.id,
            Booking.is_income.is_(False),
        )
        .group_by(Budget.plan_item_id, PlanItem.id)
    )
    return [(budget_item, own_item, int(cents)) for budget_item, own_item, cents in found]


def _payouts(session: Session, grant_id: int, on: date, window: Window) -> list[Payout]:
    found = session.execute(
        select(DrawDown.nr, DrawDown.received_on, DrawDown.received_cents)
        .where(
            DrawDown.grant_id == grant_id, DrawDown.received_on <= on, DrawDown.received_cents.is_not(None)
        )
        .order_by(DrawDown.received_on, DrawDown.nr)
    )
    return [
        Payout(nr, received_on, cents, window.last_day(received_on))
        for nr, received_on, cents in found
        if received_on is not None and cents is not None
    ]


def _items(
    session: Session, grant: Grant, on: date, tolerance_percent: int, actual: dict[int | None, int]
) -> list[ItemStanding]:
    of_budget = budgets.committed(on).where(Commitment.budget_id == Budget.id).correlate(Budget)
    found = session.execute(
        select(Budget.plan_item_id, func.sum(of_budget.scalar_subquery()))
        .where(Budget.grant_id == grant.id)
        .group_by(Budget.plan_item_id)
    )
    bound = {item_id: int(cents or 0) for item_id, cents in found}
    plan: list[tuple[int | None, str, str, int]] = [
        (item.id, item.position, item.title, item.planned_cents)
        for item in session.scalars(
            select(PlanItem).where(PlanItem.grant_id == grant.id).order_by(PlanItem.id)
        )
    ]
    if actual.get(None) or bound.get(None):
        plan.append((None, "", "ohne Position", 0))
    kind = grant.financing_kind
    costs = [ItemCost(planned, actual.get(item_id, 0)) for item_id, _, _, planned in plan]
    early = [
        ItemCost(cost.planned_cents, cost.actual_cents + bound.get(item_id, 0))
        for cost, (item_id, *_) in zip(costs, plan, strict=True)
    ]
    now_lights, early_lights = lights(costs, tolerance_percent, kind), lights(early, tolerance_percent, kind)
    return [
        ItemStanding(
            plan_item_id=item_id,
            position=position,
            title=title,
            planned_cents=planned,
            actual_cents=cost.actual_cents,
            committed_cents=bound.get(item_id, 0),
            light=light,
            early_light=early_light,
        )
        for (item_id, position, title, planned), cost, light, early_light in zip(
            plan, costs, now_lights, early_lights, strict=True
        )
    ]
