"""Draws the figures of budgets as a bar, wherever a budget is shown."""

from app.domain.budgets.budgets import BudgetFigures
from app.ui.kit.widgets.figures import Bar


def bar_of(figures: BudgetFigures) -> Bar:
    """What is planned with its transfers, spent, and committed."""
    return Bar(figures.disposable_cents, figures.actual_cents, figures.committed_cents)
