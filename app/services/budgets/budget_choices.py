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

    @property
    def named_budgets(self) -> list[tuple[int, str]]:
        """The budgets to choose from: id and words."""
        return [(budget.id, budget.words) for budget in self.budgets]

    def items_of(self, budget_id: int | None) -> tuple[tuple[int, str], ...]:
        """The plan items that a booking on this budget may count for; none where it has no grant."""
        budget = self._budget(budget_id)
        return self.plan_items.get(budget.grant_id or 0, ()) if budget is not None else ()

    def own_item(self, budget_id: int | None) -> str:
        """Words of the plan item that the budget itself counts for; "" if there is none."""
        budget = self._budget(budget_id)
        return dict(self.items_of(budget_id)).get(budget.plan_item_id or 0, "") if budget is not None else ""

    def _budget(self, budget_id: int | None) -> BudgetChoice | None:
        return next((budget for budget in self.budgets if budget.id == budget_id), None)


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
