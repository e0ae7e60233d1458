"""The five budgets with the least left."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.overview.overview import YearFigures
from app.ui.context import Context
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
        box = QWidget()
        self._bars = QVBoxLayout(box)
        self._bars.setContentsMargins(0, 0, 0, 0)
        self._bars.setSpacing(4)
        self.add(box)
        self.column.addStretch(1)

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
