"""The budgets of the demo in three years, and what finance has booked on them; all other figures follow from it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.bookings.bookings import INCOME_CLASSES
from app.domain.dates import ONE_DAY, add_months, last_of_month
from app.workflows.demo.making import Making, demo_texts
from app.workflows.demo.postings import (
    COST_CENTRE,
    DIGITAL,
    PUBLIC,
    STAFF,
    WITH_QUARTER_BUDGET,
    PostingLine,
    first_year,
    is_known,
    quarter_order,
    starter_order,
)
from db.models import Budget

TIGHT, OVERSPENT = 1, 3
"""Places of the quarters whose starter budget is nearly used up, and more than used up."""

OVERSPENDING_REASON = "Zweite Kursgruppe vorgezogen, Ausgleich aus dem Quartiersbudget beantragt"

FUNDED = (1, 3, 4, 7, 8)
"""Places of the quarters whose starter budget the state pays for."""


@dataclass(frozen=True, slots=True)
class DemoBudget:
    """What is the same about a budget in each year."""

    order: str
    tail: str  # of the number, behind "B26-"
    title: str
    kind: str
    quarter: str | None = None
    item: str | None = None  # of the state's grant


def demo_budgets() -> list[DemoBudget]:
    """All of them, the same in each year."""
    found = [
        DemoBudget(STAFF, "P", "Personal", "Personal", item="1"),
        DemoBudget(PUBLIC, "OE", "Öffentlichkeitsarbeit", "Öffentlichkeitsarbeit", item="3"),
        DemoBudget(DIGITAL, "DIG", "Digitale Teilhabe", "Projekt"),
    ]
    for place, quarter in enumerate(demo_texts()["quarter"]):
        name, short, item = quarter["name"], quarter["short"], "2" if place in FUNDED else None
        title = f"Starterbudget {name}"
        found.append(DemoBudget(starter_order(place), short, title, "Starterbudget", short, item))
        if place in WITH_QUARTER_BUDGET:
            order, title = quarter_order(place), f"Quartiersbudget {name}"
            found.append(DemoBudget(order, f"{short}-Q", title, "Quartiersbudget", short))
    return found


def number_of(tail: str, year: int) -> str:
    """Nummer of a budget: B26-DOE."""
    return f"B{year % 100:02d}-{tail}"


def is_income(line: PostingLine) -> bool:
    """By the class of its account."""
    return line.account[0] in INCOME_CLASSES


class Spending:
    """The booked lines, and what budgets must have been planned for them to make sense."""

    def __init__(self, lines: Sequence[PostingLine], day: date) -> None:
        self.day = day
        self.known = [line for line in lines if is_known(line, day)]
        self.years = range(first_year(day), day.year + 1)
        self._spent: dict[tuple[str, int], int] = defaultdict(int)
        for line in lines:
            if not is_income(line):
                self._spent[line.internal_order, line.day.year] += line.amount_cents

    def planned(self, budget: DemoBudget, year: int) -> int:
        """Ansatz in cents: enough for most, nearly used up for one, too little for another."""
        spent = self._spent[budget.order, year]
        if year < self.day.year:
            left_for_others = 1000_00 if budget.order == PUBLIC else 0
            return rounded_up(spent * 105 // 100, 500_00) + left_for_others
        if budget.order == starter_order(TIGHT):
            return rounded_up(spent * 103 // 100, 50_00)
        if budget.order == starter_order(OVERSPENT):
            return spent * 94 // 100 // 100_00 * 100_00
        part = max(0.2, self.day.timetuple().tm_yday / 365)
        before = self._spent[budget.order, year - 1]
        return rounded_up(max(int(spent / part * 1.12), before // 2), 500_00)

    def left(self, budget: DemoBudget, year: int) -> int:
        """What of the Ansatz was not spent, in cents."""
        return self.planned(budget, year) - self._spent[budget.order, year]

    @property
    def digital_period(self) -> tuple[date, date]:
        """An ended project: its proof of use is due in about a month."""
        end = last_of_month(add_months(self.day, -5))
        return add_months(end + ONE_DAY, -18), end

    def grant_of(self, budget: DemoBudget, year: int) -> str | None:
        """Kürzel of the grant that pays for a budget."""
        if budget.item and year >= self.day.year - 1:
            return "LAND"
        is_digital = budget.order == DIGITAL and year <= self.digital_period[1].year
        return "DIGI" if is_digital else None


def rounded_up(cents: int, step: int) -> int:
    """To the next whole step; never negative."""
    return -(-max(cents, 0) // step) * step


def make_budgets(making: Making, spending: Spending) -> None:
    """All budgets of all years; one is tight, one overspent."""
    for year in spending.years:
        for planned in demo_budgets():
            number = number_of(planned.tail, year)
            grant = spending.grant_of(planned, year)
            overspent = year == making.day.year and planned.order == starter_order(OVERSPENT)
            budget = Budget(
                number=number,
                title=f"{planned.title} {year}",
                quarter_id=making.id_of("quarter", planned.quarter),
                kind=planned.kind,
                year=year,
                planned_cents=spending.planned(planned, year),
                internal_order=planned.order,
                cost_centre=COST_CENTRE,
                grant_id=making.id_of("grant", grant),
                plan_item_id=making.id_of("item", f"{grant} {planned.item or 'A'}") if grant else None,
                overspending_reason=OVERSPENDING_REASON if overspent else None,
            )
            making.keep("budget", {number: budget})
