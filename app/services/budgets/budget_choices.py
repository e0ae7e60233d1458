"""Loads what the forms of budgets offer to choose from."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.budgets.budgets import BUDGET_KINDS
from app.services.records import columns, pairs, proposed, read
from db.models import Agreement, Budget, Grant, PlanItem, Quarter


@dataclass(frozen=True, slots=True)
class BudgetChoice:
    """A budget to choose, with what a form takes over from it."""

    id: int
    number: str
    title: str
    year: int
    internal_order: str | None
    grant_id: int | None = None
    plan_item_id: int | None = None

    @property
    def words(self) -> str:
        return f"{self.number} · {self.title}"


@dataclass(frozen=True, slots=True)
class BudgetChoices:
    """(id, words) each; plan items by grant."""

    budgets: tuple[BudgetChoice, ...]
    quarters: tuple[tuple[int, str], ...]
    kinds: tuple[str, ...]
    grants: tuple[tuple[int, str], ...]
    plan_items: dict[int, tuple[tuple[int, str], ...]]
    agreements: tuple[tuple[int, str], ...]


def load(session: Session) -> BudgetChoices:
    """Everything at once; budgets of the newest year first."""
    items: dict[int, list[tuple[int, str]]] = {}
    for item in session.scalars(select(PlanItem).order_by(PlanItem.id)):
        items.setdefault(item.grant_id, []).append((item.id, f"{item.position} · {item.title}"))
    return BudgetChoices(
        budgets=tuple(
            read(
                session,
                BudgetChoice,
                select(*columns(BudgetChoice, Budget)).order_by(Budget.year.desc(), Budget.number),
            )
        ),
        quarters=pairs(session, select(Quarter.id, Quarter.name).order_by(Quarter.name)),
        kinds=tuple(proposed(session, Budget.kind, BUDGET_KINDS)),
        grants=pairs(session, select(Grant.id, Grant.short + " · " + Grant.funder).order_by(Grant.short)),
        plan_items={grant_id: tuple(found) for grant_id, found in items.items()},
        agreements=pairs(
            session,
            select(Agreement.id, Agreement.number + " · " + Agreement.title).order_by(Agreement.number),
        ),
    )
