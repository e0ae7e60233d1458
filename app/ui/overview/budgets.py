"""The five budgets with the least left."""

from app.services.overview.overview import YearFigures
from app.ui.context import Context
from app.ui.kit.layout import STRETCH, add, column
from app.ui.kit.widgets.bars import BudgetBar
from app.ui.kit.widgets.card import Card, clear_layout
from app.ui.kit.widgets.figures import Bar
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
            money = budget.figures
            bar = BudgetBar(
                Bar(money.disposable_cents, money.actual_cents, money.committed_cents), budget.title
            )
            bar.clicked.connect(lambda budget_id=budget.id: self._context.open("budget", budget_id))
            self._bars.addWidget(bar)
        if not figures.tightest:
            self._bars.addWidget(label(f"Für {figures.year} gibt es noch keine Budgets.", "muted", wrap=True))
