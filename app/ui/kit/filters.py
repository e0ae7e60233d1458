"""Filters of a list, declared as data, and the bar above it that applies them."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Generic, TypeVar

from app.ui.kit.filter_bar import FilterBar
from app.ui.kit.table.columns import sort_key
from app.ui.kit.table.search_keys import SearchKeys
from app.ui.kit.table.table import Table

R = TypeVar("R")


@dataclass(frozen=True)  # no slots: "Filter[Row](...)" cannot set its type on them
class Filter(Generic[R]):
    """A chip above the list. `value`: what a row has of it, a frozenset where that may be several things.

    `options` are always offered, after them whatever else the rows have. A row passes if it has one of the
    values that are chosen, or with `every` all of them. Without `multiple` only one can be chosen.
    """

    key: str
    title: str
    value: Callable[[R], Hashable]
    options: Sequence[tuple[Hashable, str]] = ()
    every: bool = False
    multiple: bool = True

    def offered(self, rows: Iterable[R]) -> list[tuple[Hashable, str]]:
        """Values to choose from, with their words."""
        found = frozenset().union(*map(self._values, rows)) - {value for value, _ in self.options}
        return [*self.options, *((value, str(value)) for value in sorted(found, key=sort_key))]

    def passes(self, row: R, chosen: frozenset[Hashable]) -> bool:
        """Whether a row is shown when these values are chosen."""
        values = self._values(row)
        return chosen <= values if self.every else bool(chosen & values)

    def _values(self, row: R) -> frozenset[Hashable]:
        value = self.value(row)
        return value if isinstance(value, frozenset) else frozenset({value} - {None, ""})


def filter_by(
    bar: FilterBar,
    table: Table[R],
    filters: Sequence[Filter[R]],
    changing: Callable[[], AbstractContextManager[None]] = nullcontext,
) -> None:
    """The bar gets a chip for each filter and the tools of the table; it decides which rows are shown.

    Other rows are shown within `changing()`.
    """
    for one in filters:
        bar.add_chip(one.key, one.title, one.options, multiple=one.multiple)
    bar.add_widget(table.tools)
    SearchKeys(bar.search, table)

    def show() -> None:
        asked = [(one, chosen) for one in filters if (chosen := bar.chosen(one.key))]
        with changing():
            table.set_search(bar.text)
            table.set_predicate(lambda row: all(one.passes(row, chosen) for one, chosen in asked))

    table.filter_reset_requested.connect(bar.reset)
    bar.changed.connect(show)
    show()
