"""Demo data of grants: the state's, used up payout by payout, and an ended one whose proof is due."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from app.domain.grants.grant_rules import current_version
from app.domain.grants.grant_standing import FinancingKind, RuleSetName
from app.domain.money import share
from app.workflows.demo.budget_plan import Spending, demo_budgets, is_income, rounded_up
from app.workflows.demo.making import Making, demo_texts
from app.workflows.demo.postings import DIGITAL
from db.models import DrawDown, Grant, PlanItem


def make_grants(making: Making, spending: Spending) -> None:
    """The state's and the one for digital participation, with their payouts."""
    _make_state_grant(making, spending)
    _make_digital_grant(making, spending)


def _make_state_grant(making: Making, spending: Spending) -> None:
    """The state's grant: three years from last year on, a share of the cost, payouts used up one by one."""
    year = making.day.year
    period = date(year - 1, 1, 1), date(year + 1, 12, 31)
    sums: dict[str, int] = defaultdict(int)
    for budget in demo_budgets():
        if budget.item:
            sums[budget.item] += spending.planned(budget, year - 1) + spending.planned(budget, year)
    planned = [rounded_up(cents * 3 // 2, 1000_00) for _, cents in sorted(sums.items())]
    total = sum(planned)
    own = total - total * 60 // 100
    grant = _make_grant(
        making,
        "LAND",
        date(year - 2, 12, 4),
        period,
        planned,
        RuleSetName.ANBEST_GK,
        FinancingKind.SHARE,
        own,
    )
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
    draw_down = DrawDown(grant_id=grant.id, nr=nr, requested_on=requested, requested_cents=cents)
    draw_down.received_on, draw_down.received_cents = received, cents if received else None
    making.session.add(draw_down)


def _make_digital_grant(making: Making, spending: Spending) -> None:
    """A fixed sum for a project that has ended, paid out at once."""
    begin, end = period = spending.digital_period
    spent = sum(
        line.amount_cents
        for line in spending.known
        if line.internal_order == DIGITAL and begin <= line.day <= end
    )
    planned, notice = [rounded_up(spent, 500_00), 500_00], begin - timedelta(days=40)
    grant = _make_grant(
        making, "DIGI", notice, period, planned, RuleSetName.ANBEST_P, FinancingKind.FIXED, own_cents=0
    )
    day = begin + timedelta(days=60)
    _draw_down(making, grant, 1, day - timedelta(days=20), grant.granted_cents, day)


def _make_grant(
    making: Making,
    short: str,
    notice: date,
    period: tuple[date, date],
    planned: Sequence[int],
    rules: RuleSetName,
    kind: FinancingKind,
    own_cents: int,
) -> Grant:
    """A grant with its plan: `planned` are the cents of its items in their order, `own_cents` what is not granted."""
    given = next(one for one in demo_texts()["grant"] if one["short"] == short)
    grant = Grant(
        short=short, funder=given["funder"], reference=given["reference"], notice_date=notice, begin=period[0],
        end=period[1], granted_cents=sum(planned) - own_cents, financing_kind=kind, own_funds_cents=own_cents,
        rule_set=rules, rules_as_of=current_version(rules, notice),
    )  # fmt: skip
    making.keep("grant", {short: grant})
    items = {
        f"{short} {nr}": PlanItem(grant_id=grant.id, position=nr, title=title, planned_cents=cents)
        for (nr, title), cents in zip(given["items"], planned, strict=True)
    }
    making.keep("item", items)
    return grant
