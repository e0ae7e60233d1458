"""Puts a filter bar to work on a table: its search and its chips decide which rows are shown."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import TypeVar

from app.ui.kit.filter_bar import FilterBar
from app.ui.kit.table.search_keys import SearchKeys
from app.ui.kit.table.table import Table

R = TypeVar("R")


def filter_by(
    bar: FilterBar, table: Table[R], changing: Callable[[], AbstractContextManager[None]] = nullcontext
) -> None:
    """The bar gets the tools of the table and decides which rows it shows; others are shown within `changing()`."""
    bar.add_widget(table.tools)
    SearchKeys(bar.search, table)

    def show() -> None:
        with changing():
            table.set_search(bar.text)
            table.set_predicate(bar.passes)
            table.outer_words = bar.words()

    table.filter_reset_requested.connect(bar.reset)
    table.filters_changed.connect(lambda: bar.note_others(table.has_filters))
    bar.was_reset.connect(table.clear_value_filters)
    bar.changed.connect(show)
    show()
