"""The bar above the matrix: search, filters, and by what the lines are grouped."""

from app.domain.budgets.budgets import BudgetFigures
from app.services.budgets.budgets import BudgetRow
from app.ui.budgets.lines import GROUPING_WORDS, Grouping
from app.ui.kit.filter_bar import Filter, FilterBar, FilterChip
from app.ui.kit.table.folding import folded
from app.ui.preferences import page_state

STATES = (("overspent", "überzogen"), ("tight", "über 90 % verbraucht"), ("free", "mit freien Mitteln"))
FILTERS: tuple[Filter[BudgetRow], ...] = (
    Filter("quarter_name", "Quartier", lambda row: row.quarter or "Ohne Quartier"),
    Filter("kind", "Art", lambda row: row.kind or "Ohne Art"),
    Filter("state", "Stand", lambda row: _states(row.figures), STATES),
)
_TIGHT_SHARE = 0.9


class BudgetFilters(FilterBar):
    """Quarter, kind and state of budgets; the grouping stays when filters are taken away."""

    def __init__(self) -> None:
        super().__init__("budget", "Budget suchen …", FILTERS)
        self._page = page_state("budget/page")
        words = [(grouping.value, GROUPING_WORDS[grouping]) for grouping in Grouping]
        self.chip = FilterChip("Gruppiert nach", words, multiple=False)
        kept = self._page.get().get("grouping")
        self.chip.choose(frozenset({kept if kept in list(Grouping) else Grouping.QUARTER.value}))
        self.chip.changed.connect(self._regroup)
        self.add_widget(self.chip)

    @property
    def grouping(self) -> Grouping:
        """By what the lines are grouped."""
        return Grouping(str(next(iter(self.chip.values), Grouping.QUARTER.value)))

    def passes(self, row: BudgetRow) -> bool:
        """Whether a budget is shown: by the filters, and by every word that is searched for."""
        parts = (row.number, row.title, row.quarter, row.kind, row.internal_order, row.cost_centre, row.grant)
        haystack = folded(" ".join(part for part in parts if part))
        return super().passes(row) and all(word in haystack for word in folded(self.text).split())

    def _regroup(self) -> None:
        self._page.update(grouping=self.grouping.value)
        self.chip.choose(frozenset({self.grouping.value}))
        self.changed.emit()


def _states(figures: BudgetFigures) -> frozenset[str]:
    tight = figures.used_share is not None and figures.used_share > _TIGHT_SHARE
    yes = (("overspent", figures.overspent_cents), ("tight", tight), ("free", figures.available_cents > 0))
    return frozenset(state for state, holds in yes if holds)
