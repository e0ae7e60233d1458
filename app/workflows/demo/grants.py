"""Demo data of grants: the state's, used up payout by payout, and an ended one whose proof is due."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from app.domain.grants.grant_rules import current_version
from app.domain.grants.grants import FinancingKind, RuleSetName
from app.domain.money import share
from app.workflows.demo.budget_plan import Spending, demo_budgets, is_income, rounded_up
from app.workflows.demo.making import Making, demo_texts
from app.workflows.demo.postings import DIGITAL
from db.models import DrawDown, Grant, PlanItem


def make_grants(making: Making, spending: Spending) -> None:
    _make_state_grant(making, spending)
    _make_digital_grant(making, spending)


def _make_state_grant(making: Making, spending: Spending) -> None:
    """The state's grant: three years from last year on, a share of the cost, payouts used up one by one."""
    year = making.day.year
    begin, end = date(year - 1, 1, 1), date(year + 1, 12, 31)
    given = next(g for g in demo_texts()["grant"] if g["short"] == "LAND")
    sums: dict[str, int] = defaultdict(int)
    for budget in demo_budgets():
        if budget.item:
            sums[budget.item] += spending.planned(budget, year - 1) + spending.planned(budget, year)
    items = [(nr, title, rounded_up(sums[nr] * 3 // 2, 1000_00)) for nr, title, _ in given["items"]]
    total = sum(cents for _, _, cents in items)
    granted = total * 60 // 100
    grant = Grant(
        short="LAND", funder=given["funder"], reference=given["reference"],
        notice_date=date(year - 2, 12, 4), begin=begin, end=end, granted_cents=granted,
        financing_kind=FinancingKind.SHARE, own_funds_cents=total - granted, rule_set=RuleSetName.ANBEST_GK,
        rules_as_of=current_version(RuleSetName.ANBEST_GK, date(year - 2, 12, 4)),
    )  # fmt: skip
    _keep_grant(making, grant, items)
    _make_payouts(making, spending, grant, total)


def _make_payouts(making: Making, spending: Spending, grant: Grant, total: int) -> None:
    """Each payout is what was spent until the next one; the newest must be used up in the next weeks."""
    funded = {budget.order for budget in demo_budgets() if budget.item}
    newest = making.day - timedelta(days=44)
    days = [newest]
    while days[0] > grant.begin + timedelta(days=110):
        days.insert(0, days[0] - timedelta(days=95))
    received = 0
    for nr, day in enumerate(days, 1):
        until = days[nr] if nr < len(days) else making.day
        spent = sum(
            line.amount_cents
            for line in spending.known
            if line.internal_order in funded and grant.begin <= line.day <= until and not is_income(line)
        )
        due = share(spent, grant.granted_cents, total)
        cents = max(rounded_up(due - received, 500_00), 1000_00) + (4500_00 if nr == len(days) else 0)
        received += cents
        _draw_down(making, grant, nr, day - timedelta(days=21), cents, day)
    _draw_down(making, grant, len(days) + 1, making.ago(5), 12_000_00)


def _draw_down(
    making: Making, grant: Grant, nr: int, requested: date, cents: int, received: date | None = None
) -> None:
    """A payout that was asked for, and received in full if a day is given."""
    making.session.add(
        DrawDown(
            grant_id=grant.id,
            nr=nr,
            requested_on=requested,
            requested_cents=cents,
            received_on=received,
            received_cents=cents if received else None,
        )
    )


def _make_digital_grant(making: Making, spending: Spending) -> None:
    begin, end = spending.digital_period
    spent = sum(
        line.amount_cents
        for line in spending.known
        if line.internal_order == DIGITAL and begin <= line.day <= end
    )
    given = next(g for g in demo_texts()["grant"] if g["short"] == "DIGI")
    (a, a_title, _), (b, b_title, _) = given["items"]
    items = [(a, a_title, rounded_up(spent, 500_00)), (b, b_title, 500_00)]
    granted = sum(cents for _, _, cents in items)
    notice = begin - timedelta(days=40)
    grant = Grant(
        short="DIGI", funder=given["funder"], reference=given["reference"], notice_date=notice, begin=begin,
        end=end, granted_cents=granted, financing_kind=FinancingKind.FIXED, own_funds_cents=0,
        rule_set=RuleSetName.ANBEST_P, rules_as_of=current_version(RuleSetName.ANBEST_P, notice),
    )  # fmt: skip
    _keep_grant(making, grant, items)
    day = begin + timedelta(days=60)
    _draw_down(making, grant, 1, day - timedelta(days=20), granted, day)


def _keep_grant(making: Making, grant: Grant, items: Sequence[tuple[str, str, int]]) -> None:
    making.keep("grant", {grant.short: grant})
    making.keep(
        "item",
        {
            f"{grant.short} {position}": PlanItem(
                grant_id=grant.id, position=position, title=title, planned_cents=cents
            )
            for position, title, cents in items
        },
    )
