"""From a table's columns to the list that is printed: what is shown, in words."""

from collections.abc import Sequence
from typing import TypeVar

from app.domain.list_sheet import ListSheet
from app.ui.kit.table.columns import RIGHT_ALIGNED, Column

R = TypeVar("R")


def sheet(
    title: str,
    columns: Sequence[Column[R]],
    rows: Sequence[R],
    *,
    totals: bool,
    filters: str,
    all_rows: int,
) -> ListSheet:
    """What is shown of these rows."""
    right = frozenset(place for place, column in enumerate(columns) if column.kind in RIGHT_ALIGNED)
    return ListSheet(
        title,
        tuple(column.title for column in columns),
        tuple(tuple(column.text(row) for column in columns) for row in rows),
        right,
        tuple(column.sum_text(rows) for column in columns) if totals else (),
        filters,
        all_rows,
    )
