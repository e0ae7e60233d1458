"""Finds which budget goes on as which in the next year, so that a rule for one holds for those that follow it."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from app.domain.budgets.budgets import number_of_next_year


class KnownBudget(NamedTuple):
    """A budget as far as its line needs it."""

    id: int
    number: str
    year: int
    internal_order: str | None


def successors(budgets: Iterable[KnownBudget]) -> dict[int, int]:
    """Budget -> the one that follows it: by number (B26-DOE, B27-DOE), else the only one with its internal order."""
    known = list(budgets)
    by_number = {(one.number, one.year): one.id for one in known}
    by_order: dict[tuple[str, int], list[int]] = {}
    for one in known:
        if one.internal_order:
            by_order.setdefault((one.internal_order, one.year), []).append(one.id)
    found = {}
    for one in known:
        following = by_number.get((number_of_next_year(one.number, one.year), one.year + 1))
        same_order = by_order.get((one.internal_order or "", one.year + 1), [])
        if following is None and len(same_order) == 1:
            following = same_order[0]
        if following is not None:
            found[one.id] = following
    return found


def line_of(budget_id: int, budgets: Mapping[int, KnownBudget], follows: Mapping[int, int]) -> dict[int, int]:
    """The line a budget is part of: budget year -> budget; `follows` as of `successors`."""
    line = {budgets[budget_id].year: budget_id}
    later = follows.get(budget_id)
    while later is not None:
        line[budgets[later].year] = later
        later = follows.get(later)
    earlier = _predecessor(budget_id, budgets, follows)
    while earlier is not None:
        line[budgets[earlier].year] = earlier
        earlier = _predecessor(earlier, budgets, follows)
    return line


def _predecessor(
    budget_id: int, budgets: Mapping[int, KnownBudget], follows: Mapping[int, int]
) -> int | None:
    """None also where several became one and no number says which of them was meant."""
    before = [earlier for earlier, later in follows.items() if later == budget_id]
    if len(before) > 1:
        number = budgets[budget_id].number
        before = [
            one for one in before if number_of_next_year(budgets[one].number, budgets[one].year) == number
        ]
    return before[0] if len(before) == 1 else None
