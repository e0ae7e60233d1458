"""Demo data of the money of agreements: budget, decision, instalments, and for some what is bound and paid of it."""

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import select

from app.domain.agreements.agreements import BINDING_STAGES, AgreementKind, Stage
from app.domain.agreements.instalments import due_days, equal_parts
from app.domain.budgets.budgets import AssignedBy, BookingSource
from app.domain.dates import add_months, german
from app.workflows.demo.budget_plan import number_of
from app.workflows.demo.making import Making, agreements, random_for
from db.models import Actor, Agreement, Booking, Budget, Commitment, Instalment, Party

CONDITIONS = (
    "nach Unterzeichnung",
    None,
    "nach Vorlage des Zwischenberichts",
    "nach Vorlage des Verwendungsnachweises",
)
RHYTHMS = ((4, 6), (8, 3), (2, 12))
"""(number of instalments, months between them)."""
PAID_STAGES = BINDING_STAGES | {Stage.ENDED}


def make_funding(making: Making, years: Iterable[int]) -> None:
    """Every target agreement has a plan; for those that bind, each year's part is bound and mostly paid.

    The last signed one is not bound yet: the program offers to do it. Two have an instalment that is overdue.
    """
    roll = random_for("funding")
    shorts = {row_id: short for short, row_id in making.ids["quarter"].items()}
    found = agreements(making.session, kind=AgreementKind.TARGET)
    unbound = [agreement for agreement in found if agreement.stage is Stage.SIGNED][-1:]
    for place, agreement in enumerate(found):
        assert agreement.quarter_id is not None
        tail = _tail(making, shorts[agreement.quarter_id])
        agreement.budget_id = making.ids["budget"][number_of(tail, making.day.year)]
        if agreement.stage not in (Stage.DRAFT, Stage.NEGOTIATION):
            day = (agreement.signed_on or making.day) - timedelta(days=roll.randint(20, 60))
            agreement.decision = f"Sitzung vom {german(day)}, TOP {roll.randint(3, 8)}"
        rows = _instalments(agreement, *RHYTHMS[place % len(RHYTHMS)])
        making.session.add_all(rows)
        if agreement.stage in PAID_STAGES and agreement not in unbound:
            for year in years:
                _bind(making, agreement, tail, year, rows, overdue=place in (0, 7))
    making.session.flush()


def _tail(making: Making, short: str) -> str:
    """The quarter's own budget if it has one, else its starter budget."""
    has_own = number_of(f"{short}-Q", making.day.year) in making.ids["budget"]
    return f"{short}-Q" if has_own else short


def _instalments(agreement: Agreement, count: int, months: int) -> list[Instalment]:
    assert agreement.begin is not None
    amounts = equal_parts(agreement.amount_cents or 0, count)
    days = due_days(add_months(agreement.begin, 1).replace(day=15), months, count)
    return [
        Instalment(
            agreement_id=agreement.id,
            nr=place + 1,
            due=day,
            amount_cents=cents,
            condition=CONDITIONS[-1] if place == count - 1 else CONDITIONS[place % (len(CONDITIONS) - 1)],
        )
        for place, (day, cents) in enumerate(zip(days, amounts, strict=True))
    ]


def _bind(
    making: Making, agreement: Agreement, tail: str, year: int, rows: list[Instalment], *, overdue: bool
) -> None:
    """A year's instalments as a commitment, for which the budget has got more; what has fallen due is paid.

    `overdue`: the last one that has fallen due is not.
    """
    due = [row for row in rows if row.due is not None and row.due.year == year]
    if not due:
        return
    budget = making.session.get_one(Budget, making.ids["budget"][number_of(tail, year)])
    total = sum(row.amount_cents for row in due)
    budget.planned_cents += total
    actor = making.session.scalar(
        select(Actor.name)
        .join(Party, Party.actor_id == Actor.id)
        .where(Party.agreement_id == agreement.id)
        .order_by(Party.position)
    )
    number = f"MB{year % 100:02d}-{20 + agreement.id}"
    commitment = Commitment(
        number=number,
        budget_id=budget.id,
        title=f"{agreement.number} {agreement.title}",
        amount_cents=total,
        day=max(agreement.signed_on or making.day, date(year, 1, 10)),
        recipient=actor,
        agreement_id=agreement.id,
        decision=agreement.decision,
        closed_on=date(year, 12, 18) if year < making.day.year else None,
    )
    making.keep("commitment", {number: commitment})
    fallen_due = [row for row in due if row.due is not None and row.due < making.day]
    for row in fallen_due[:-1] if overdue and year == making.day.year else fallen_due:
        assert row.due is not None
        making.session.add(
            Booking(
                day=row.due,
                budget_year=year,
                amount_cents=row.amount_cents,
                text=f"Rate {row.nr} {agreement.number}",
                payee=actor,
                source=BookingSource.MANUAL,
                budget_id=budget.id,
                assigned_by=AssignedBy.HAND,
                commitment_id=commitment.id,
            )
        )
