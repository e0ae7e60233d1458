"""The five budgets with the least left."""

from functools import partial

from app.services.overview.overview import YearFigures
from app.ui.budget_bar import bar_of
from app.ui.context import Context
from app.ui.kit.layout import STRETCH, add, column
from app.ui.kit.widgets.bars import BudgetBar
from app.ui.kit.widgets.card import Card, clear_layout
from app.ui.kit.widgets.text import label


class BudgetsCard(Card):
    """Bars by strain, overspent ones first; each leads to its budget."""

    def __init__(self, context: Context) -> None:
        super().__init__("Knappste Budgets", spacing=6)
        self._context = context
        self.add_action("Alle Budgets", lambda: context.open("budget"))
        self._bars = column(spacing=4)
        add(self.column, self._bars, STRETCH)

    def show_budgets(self, figures: YearFigures) -> None:
        """The tightest budgets of the year."""
        clear_layout(self._bars)
        for budget in figures.tightest:
            show = partial(self._context.open, "budget", budget.id)
            self._bars.addWidget(BudgetBar(bar_of(budget.figures), budget.title, show))
        if not figures.tightest:
            self._bars.addWidget(label(f"Für {figures.year} gibt es noch keine Budgets.", "muted", wrap=True))
