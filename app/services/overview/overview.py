"""The figures of the year for the overview: money, agreements, quarters."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.services.agreements import agreement_terms
from app.services.budgets import budgets
from app.services.budgets.budgets import BudgetRow, BudgetYear
from db.models import Actor, Agreement, Budget, Model, Quarter

TIGHTEST = 5


@dataclass(frozen=True, slots=True)
class YearFigures:
    """What a budget year is made of, and how much there is to look after.

    `agreements`: those that run at present. `tightest`: the budgets with the least left.
    `nothing_yet`: neither quarters nor actors nor agreements nor budgets are on record.
    """

    budgets: BudgetYear
    tightest: tuple[BudgetRow, ...]
    agreements: int
    quarters: int
    nothing_yet: bool


def year_figures(session: Session, on: date) -> YearFigures:
    """The figures of the budget year that `on` lies in."""
    counts = _counts(session)
    of_year = budgets.of_year(session, on.year)
    return YearFigures(
        budgets=of_year,
        tightest=tuple(budgets.tightest(of_year.rows, TIGHTEST)),
        agreements=agreement_terms.running(session, on),
        quarters=counts[Quarter],
        nothing_yet=not any(counts.values()),
    )


_COUNTED = (Quarter, Actor, Agreement, Budget)


def _counts(session: Session) -> dict[type[Model], int]:
    each = (select(func.count()).select_from(model).scalar_subquery() for model in _COUNTED)
    return dict(zip(_COUNTED, session.execute(select(*each)).one(), strict=True))
