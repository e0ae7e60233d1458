"""Budgets as lines of the matrix: groups by quarter or kind with their sums, and the budgets below them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.budgets.budgets import BudgetFigures
from app.services.budgets.budgets import BudgetRow
from app.ui.kit.table.folding import natural


class Grouping(StrEnum):
    """By what budgets are put together to groups with sums."""

    QUARTER = "quarter"
    KIND = "kind"
    NONE = "none"


GROUPING_WORDS = {Grouping.QUARTER: "Quartier", Grouping.KIND: "Art", Grouping.NONE: "keine"}
WITHOUT = {Grouping.QUARTER: "Ohne Quartier", Grouping.KIND: "Ohne Art"}


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """A group (`row` None) or a budget. `key` outlives a refresh."""

    key: str
    name: str
    title: str
    side: str
    figures: BudgetFigures
    budget_ids: tuple[int, ...]
    row: BudgetRow | None = None
    is_open: bool = True
    indented: bool = False

    @property
    def is_group(self) -> bool:
        """Whether it stands for several budgets."""
        return self.row is None

    @property
    def spoken(self) -> str:
        """What a screen reader says of it: of a group also whether it is open."""
        if not self.is_group:
            return self.name
        return f"{self.name}, Gruppe, {'aufgeklappt' if self.is_open else 'zugeklappt'}"


def build(rows: Sequence[BudgetRow], grouping: Grouping, closed: Collection[str]) -> list[BudgetLine]:
    """The lines of the matrix; `closed` names the groups whose budgets are hidden."""
    if grouping is Grouping.NONE:
        return [_budget(row, _both(row), indented=False) for row in rows]
    groups: dict[str, list[BudgetRow]] = {}
    for row in rows:
        groups.setdefault(_group_of(row, grouping), []).append(row)
    lines = []
    for name in sorted(groups, key=lambda name: (name == WITHOUT[grouping], natural(name))):
        members = groups[name]
        key = f"{grouping}:{name}"
        total = sum((row.figures for row in members), BudgetFigures())
        ids = tuple(row.id for row in members)
        lines.append(
            BudgetLine(key, f"{name} ({len(members)})", "", "", total, ids, is_open=key not in closed)
        )
        if key not in closed:
            by_quarter = grouping is Grouping.QUARTER
            lines += [
                _budget(row, (row.kind if by_quarter else row.quarter) or "", indented=True)
                for row in members
            ]
    return lines


def _budget(row: BudgetRow, side: str, *, indented: bool) -> BudgetLine:
    return BudgetLine(
        f"budget:{row.id}", row.number, row.title, side, row.figures, (row.id,), row, indented=indented
    )


def _both(row: BudgetRow) -> str:
    return " · ".join(part for part in (row.quarter, row.kind) if part)


def _group_of(row: BudgetRow, grouping: Grouping) -> str:
    return (row.quarter if grouping is Grouping.QUARTER else row.kind) or WITHOUT[grouping]
