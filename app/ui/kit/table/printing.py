"""From a table's columns to the list that is printed: what is shown, in words."""

from collections.abc import Sequence
from typing import TypeVar

from app.domain.list_sheet import ListSheet
from app.ui.kit.table.columns import RIGHT_ALIGNED, Column, written
from app.ui.kit.widgets.figures import Bar

R = TypeVar("R")


def sheet(
    title: str,
    columns: Sequence[Column[R]],
    rows: Sequence[R],
    of_all: tuple[int, int],
    filters: str,
    sums: frozenset[int] = frozenset(),
) -> ListSheet:
    """These rows as they are shown. `of_all`: how many they are, and how many there are without filters.

    `sums`: the places of rows that sum up others.
    """
    right = frozenset(place for place, column in enumerate(columns) if column.kind in RIGHT_ALIGNED)
    totals = tuple(column.sum_text(rows) for column in columns)
    texts = tuple(tuple(_text(column, row) for column in columns) for row in rows)
    return ListSheet(
        title,
        tuple(column.title for column in columns),
        texts,
        *of_all,
        right,
        totals if any(totals) else (),
        filters,
        sums,
    )


def _text(column: Column[R], row: R) -> str:
    value = column.value(row)
    return value.short if isinstance(value, Bar) else written(value, column.kind)
