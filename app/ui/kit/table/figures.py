"""Count, sum and mean of the selected rows, as a spreadsheet says them in its status bar."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, TypeVar

from app.domain.counting import dotted
from app.domain.money import amount, euro
from app.ui.kit.table.columns import RIGHT_ALIGNED, Column, Kind

R = TypeVar("R")
MOST_COLUMNS = 2
"""So many columns are summed up in the status bar; all of them where the mouse rests on it."""


@dataclass(frozen=True, slots=True)
class SelectionFigures:
    """The short line, and the one that names every column of figures; empty while less than two rows are chosen."""

    short: str = ""
    whole: str = ""


def figures(rows: Sequence[R], columns: Sequence[Column[R]], first: Column[R] | None) -> SelectionFigures:
    """What the rows come to in those of the columns that hold figures; `first` is the column with the cursor."""
    if len(rows) < 2:
        return SelectionFigures()
    summed = [one for one in columns if one.kind in RIGHT_ALIGNED]
    shown = [first] if first is not None and first in summed else summed[:MOST_COLUMNS]
    count = f"{dotted(len(rows))} ausgewählt"
    parts = {one.key: words for one in summed if (words := _column(rows, one))}
    short = [parts[one.key] for one in shown if one.key in parts]
    return SelectionFigures(" · ".join([count, *short]), "\n".join([count, *parts.values()]))


def _column(rows: Sequence[R], column: Column[R]) -> str:
    """ "Betrag: Summe 300,00 €, Mittelwert 150,00 €"; empty cells do not count and are said."""
    values = [
        Decimal(str(value)) for row in rows if isinstance(value := column.value(row), int | float | Decimal)
    ]
    if not values:
        return ""
    total = sum(values, Decimal(0))
    only = f", Anzahl {dotted(len(values))}" if len(values) < len(rows) else ""
    return (
        f"{column.title}: Summe {_said(total, column)}, Mittelwert {_said(total / len(values), column)}{only}"
    )


def _said(value: Decimal, column: Column[Any]) -> str:
    """Cents as Euro, other figures with as many as two decimals."""
    cents = value if column.kind is Kind.AMOUNT else value * 100
    whole = int(cents.quantize(Decimal(1), ROUND_HALF_UP))
    return euro(whole) if column.kind is Kind.AMOUNT else amount(whole).removesuffix(",00")
