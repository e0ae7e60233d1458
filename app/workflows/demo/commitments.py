"""Demo data of commitments and transfers."""

from datetime import date, timedelta

from app.domain.agreements.agreements import Stage
from app.domain.budgets.budgets import TransferKind
from app.domain.dates import german
from app.workflows.demo.budget_plan import OVERSPENT, Spending, demo_budgets, is_income, number_of, rounded_up
from app.workflows.demo.making import Making, agreements, demo_texts, random_for
from app.workflows.demo.postings import PostingLine, starter_order
from db.models import Commitment, Transfer

Settled = dict[tuple[str, int], int]
"""(document number, line) of a booking -> id of the commitment it settles."""


def make_commitments(making: Making, spending: Spending) -> Settled:
    """Closed ones in the years before; in this year open ones, some of them partly booked."""
    roll = random_for("commitments")
    settled: Settled = {}
    titles = demo_texts()["commitments"]["list"]
    agreed = _agreements_by_quarter(making)
    of_quarters = [budget for budget in demo_budgets() if budget.quarter]
    for year in spending.years:
        current = year == making.day.year
        for number in range(14 if current else 6):
            budget = of_quarters[(number * 3 + year) % len(of_quarters)]
            if current and budget.order == starter_order(OVERSPENT):
                continue
            booked = _bookable(spending, settled, budget.order, year)[:: 2 + number % 3][: number % 3]
            spent = sum(line.amount_cents for line in booked)
            amount = rounded_up(max(spent * 3 // 2, roll.randrange(120_00, 900_00, 10_00)), 10_00)
            day = min(date(year, 1 + number % 12, 10), making.day - timedelta(days=2))
            commitment = Commitment(
                number=f"MB{year % 100:02d}-{number + 1}",
                budget_id=making.ids["budget"][number_of(budget.tail, year)],
                title=titles[(number + year) % len(titles)],
                amount_cents=amount,
                day=day,
                recipient=booked[0].payee if booked else roll.choice(demo_texts()["actors"]["list"])[1],
                agreement_id=agreed.get(budget.quarter or "") if number % 2 else None,
                decision=f"Steuerungsbeirat {german(day)}, TOP {number % 6 + 3}" if number % 4 == 0 else None,
                closed_on=None if current else date(year, 12, 18),
                until_year=year + 1 if current and number == 5 else None,
            )
            making.keep("commitment", {commitment.number: commitment})
            for line in booked:
                settled[line.document_number, line.line] = commitment.id
    return settled


def _bookable(spending: Spending, settled: Settled, order: str, year: int) -> list[PostingLine]:
    return [
        line
        for line in spending.known
        if line.internal_order == order
        and line.day.year == year
        and line.amount_cents > 0
        and not is_income(line)
        and (line.document_number, line.line) not in settled
    ]


def _agreements_by_quarter(making: Making) -> dict[str, int]:
    by_id = {one.quarter_id: one.id for one in agreements(making.session, Stage.IN_FORCE)}
    return {short: by_id[row_id] for short, row_id in making.ids["quarter"].items() if row_id in by_id}


def make_transfers(making: Making, spending: Spending) -> None:
    """Some within each year, and unspent money carried over from the last one."""
    reasons = demo_texts()["transfers"]["reasons"]
    tails = [budget.tail for budget in demo_budgets() if budget.order != starter_order(OVERSPENT)]
    for year in spending.years:
        for number in range(3):
            day = min(date(year, 3 + 3 * number, 14), making.day - timedelta(days=1))
            if day.year == year:
                giver, taker = number_of("OE", year), number_of(tails[3 + number * 2], year)
                cents = 120_00 + number * 65_00
                name = f"UM{year % 100:02d}-{number + 1}"
                _transfer(making, name, giver, taker, cents, day, reasons[number % len(reasons)])
    year = making.day.year
    day = min(date(year, 1, 20), making.day)
    reason = f"Übertragung nicht verbrauchter Mittel aus {year - 1}"
    best = sorted(demo_budgets(), key=lambda budget: spending.left(budget, year - 1), reverse=True)
    for number, budget in enumerate([budget for budget in best if budget.quarter][:3], 1):
        giver, taker = number_of(budget.tail, year - 1), number_of(budget.tail, year)
        cents = spending.left(budget, year - 1) // 2 // 10_00 * 10_00
        _transfer(making, f"UE{(year - 1) % 100:02d}-{number}", giver, taker, cents, day, reason)


def _transfer(
    making: Making, number: str, giver: str, taker: str, cents: int, day: date, reason: str
) -> None:
    carried = number.startswith("UE")
    making.session.add(
        Transfer(
            number=number,
            kind=TransferKind.CARRY_OVER if carried else TransferKind.SHIFT,
            from_budget_id=making.ids["budget"][giver],
            to_budget_id=making.ids["budget"][taker],
            amount_cents=cents,
            day=day,
            reason=reason,
            origin_year=day.year - 1 if carried else None,
        )
    )
