"""What is searched and chosen above the matrix, and by what its lines are grouped."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from app.domain.budgets.budgets import BudgetFigures
from app.services.budgets.budgets import BudgetRow
from app.ui.budgets.lines import GROUPING_WORDS, Grouping
from app.ui.kit.filter_bar import FilterBar, FilterChip
from app.ui.kit.table.folding import folded
from app.ui.preferences import page_state

STATES = (("overspent", "überzogen"), ("tight", "über 90 % verbraucht"), ("free", "mit freien Mitteln"))
_TIGHT_SHARE = 0.9


class BudgetFilters(FilterBar):
    """Quarter, kind and state of budgets; the grouping stays when filters are taken away."""

    regrouped = Signal()

    def __init__(self) -> None:
        super().__init__("budget", "Budget suchen …")
        self._page = page_state("budget/page")
        self.add_chip("quarter", "Quartier")
        self.add_chip("kind", "Art")
        self.add_chip("state", "Stand", STATES)
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

    def offer(self, rows: Sequence[BudgetRow]) -> None:
        """Offer the quarters and kinds of these budgets."""
        quarters = {row.quarter_id or 0: row.quarter or "Ohne Quartier" for row in rows}
        kinds = {row.kind or "": row.kind or "Ohne Art" for row in rows}
        for key, options in (("quarter", quarters), ("kind", kinds)):
            self.set_options(key, sorted(options.items(), key=lambda option: folded(option[1])))

    def passes(self, row: BudgetRow) -> bool:
        """Whether a budget is shown; within a filter one of the chosen values suffices."""
        quarters, kinds, states = (self.chosen(key) for key in ("quarter", "kind", "state"))
        if quarters and (row.quarter_id or 0) not in quarters:
            return False
        if kinds and (row.kind or "") not in kinds:
            return False
        if states and not (states & _states(row.figures)):
            return False
        parts = (row.number, row.title, row.quarter, row.kind, row.internal_order, row.cost_centre, row.grant)
        haystack = folded(" ".join(part for part in parts if part))
        return all(word in haystack for word in folded(self.text).split())

    def _regroup(self) -> None:
        self._page.set(self._page.get() | {"grouping": self.grouping.value})
        self.chip.choose(frozenset({self.grouping.value}))
        self.regrouped.emit()


def _states(figures: BudgetFigures) -> frozenset[str]:
    found = set()
    if figures.overspent_cents:
        found.add("overspent")
    if figures.used_share is not None and figures.used_share > _TIGHT_SHARE:
        found.add("tight")
    if figures.available_cents > 0:
        found.add("free")
    return frozenset(found)
