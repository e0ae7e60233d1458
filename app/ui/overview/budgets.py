"""The budgets with the least left, as many as there is room for."""

from functools import partial

from PySide6.QtWidgets import QWidget

from app.services.budgets.budgets import BudgetRow
from app.services.overview.overview import YearFigures
from app.ui.budget_bar import bar_of
from app.ui.context import Context
from app.ui.kit.widgets.bars import BudgetBar
from app.ui.kit.widgets.card import Card
from app.ui.kit.widgets.text import label
from app.ui.kit.widgets.what_fits import WhatFits

LEAST = 3


class BudgetsCard(Card):
    """Bars by strain, overspent ones first; each leads to its budget."""

    def __init__(self, context: Context) -> None:
        super().__init__("Knappste Budgets", spacing=6)
        self._context = context
        self.add_action("Alle Budgets", lambda: context.open("budget"))
        self._bars = WhatFits(least=LEAST, spacing=4)
        self.add(self._bars, 1)

    def show_budgets(self, figures: YearFigures) -> None:
        """The tightest budgets of the year."""
        bars: list[QWidget] = [self._bar(budget) for budget in figures.tightest]
        nothing = f"Für {figures.budgets.year} gibt es noch keine Budgets."
        self._bars.show_rows(bars or [label(nothing, "muted", wrap=True)])

    def _bar(self, budget: BudgetRow) -> BudgetBar:
        return BudgetBar(
            bar_of(budget.figures), budget.title, partial(self._context.open, "budget", budget.id)
        )
