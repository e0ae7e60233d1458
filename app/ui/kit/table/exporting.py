"""From a table's columns to the workbook that shows the same."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

from app.ui.kit.table.columns import Column, Kind, written
from app.ui.kit.widgets.figures import Bar, OldNew, Pill, Track

R = TypeVar("R")


def export(path: Path, title: str, columns: Sequence[Column[R]], rows: Sequence[R]) -> None:
    """Write what is shown. Raises OutputError."""
    # At start nothing may import what writes Excel files.
    from app.workflows.export_table import SheetColumn, export_table

    sheet = [SheetColumn(column.title, column.kind.value, column.total) for column in columns]
    export_table(
        path, title, sheet, [[_plain(column.value(row), column.kind) for column in columns] for row in rows]
    )


def _plain(value: Any, kind: Kind) -> Any:
    """What a spreadsheet can hold: text, number, date; drawings become words."""
    if isinstance(value, bool | Pill | Bar | Track | OldNew):
        return written(value, kind)
    return value
