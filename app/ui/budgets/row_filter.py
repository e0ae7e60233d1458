"""Which budgets pass what is chosen and searched above the matrix."""

from app.domain.budgets.budgets import BudgetFigures
from app.services.budgets.budgets import BudgetRow
from app.ui.kit.page import FilterBar
from app.ui.kit.table.folding import folded

STATES = (("overspent", "überzogen"), ("tight", "über 90 % verbraucht"), ("free", "mit freien Mitteln"))
_TIGHT_SHARE = 0.9


def passes(row: BudgetRow, filters: FilterBar) -> bool:
    """Whether a budget is shown; within a filter one of the chosen values suffices."""
    chosen = filters.chosen
    if chosen("quarter") and (row.quarter_id or 0) not in chosen("quarter"):
        return False
    if chosen("kind") and (row.kind or "") not in chosen("kind"):
        return False
    if chosen("state") and not (chosen("state") & _states(row.figures)):
        return False
    parts = (row.number, row.title, row.quarter, row.kind, row.internal_order, row.cost_centre, row.grant)
    haystack = folded(" ".join(part for part in parts if part))
    return all(word in haystack for word in folded(filters.text).split())


def _states(figures: BudgetFigures) -> frozenset[str]:
    found = set()
    if figures.overspent_cents:
        found.add("overspent")
    if figures.used_share is not None and figures.used_share > _TIGHT_SHARE:
        found.add("tight")
    if figures.available_cents > 0:
        found.add("free")
    return frozenset(found)
