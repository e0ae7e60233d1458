"""Demo data of budgets: three years, one of them tight, one overspent."""

from app.workflows.demo.budget_plan import OVERSPENT, Spending, demo_budgets, number_of
from app.workflows.demo.making import Making
from app.workflows.demo.postings import COST_CENTRE, starter_order
from db.models import Budget


def make_budgets(making: Making, spending: Spending) -> None:
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
                overspending_reason="Zweite Kursgruppe vorgezogen, Ausgleich aus dem Quartiersbudget beantragt"
                if overspent
                else None,
            )
            making.keep("budget", {number: budget})
