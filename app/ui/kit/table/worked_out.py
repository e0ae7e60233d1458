"""Keeps what was worked out about the rows of a table: the keys that order a column, the words that are searched."""

from collections.abc import Callable, Collection, Sequence
from typing import Any, Generic, TypeVar

from app.ui.kit.table.columns import Column, Kind, sort_key, written
from app.ui.kit.table.folding import folded
from app.ui.kit.table.value_filter import listed

R = TypeVar("R")
MOST_ORDERED_AHEAD = 20_000
"""Of more rows an order takes so long that nothing must wait for it unasked."""


class WorkedOut(Generic[R]):
    """Sort keys and folded texts of some rows, column by column, each worked out when it is first needed."""

    def __init__(self, columns: Sequence[Column[R]], rows: Sequence[R]) -> None:
        self._columns = columns
        self._rows = rows
        self._keys: dict[int, list[Any]] = {}
        self._texts: dict[int, list[str]] = {}
        self._values: dict[int, list[str]] = {}
        self._all_texts: list[str] | None = None
        self._searched = [at for at, column in enumerate(columns) if column.kind is not Kind.BAR]

    def keys(self, column: int) -> list[Any]:
        """What orders each row by a column; None where it is empty."""
        if column not in self._keys:
            sort = self._columns[column].sort
            if sort is not None:
                self._keys[column] = [sort(row) for row in self._rows]
            else:
                self._keys[column] = self._of_each_value(column, sort_key)
        return self._keys[column]

    def texts(self, column: int) -> list[str]:
        """The words of each row in a column, folded."""
        if column not in self._texts:
            kind = self._columns[column].kind
            self._texts[column] = self._of_each_value(column, lambda value: folded(written(value, kind)))
        return self._texts[column]

    def values(self, column: int) -> list[str]:
        """What a value list tells apart in a column: the words of each row, of a date its month ("2026-03")."""
        if column not in self._values:
            kind = self._columns[column].kind
            self._values[column] = self._of_each_value(column, lambda value: listed(value, kind))
        return self._values[column]

    def all_texts(self) -> list[str]:
        """The words of each row in all columns, folded."""
        if self._all_texts is None:
            self._all_texts = list(map("\n".join, zip(*map(self.texts, self._searched), strict=True)))
        return self._all_texts

    def replace(self, rows: Sequence[R], places: Collection[int]) -> None:
        """Other rows, which differ from those before at these places."""
        self._rows = rows
        for place in places:
            row = rows[place]
            for column, keys in self._keys.items():
                declared = self._columns[column]
                keys[place] = (
                    declared.sort(row) if declared.sort is not None else sort_key(declared.value(row))
                )
            for column, texts in self._texts.items():
                texts[place] = folded(self._columns[column].text(row))
            for column, values in self._values.items():
                declared = self._columns[column]
                values[place] = listed(declared.value(row), declared.kind)
            if self._all_texts is not None:
                self._all_texts[place] = "\n".join(self._texts[column][place] for column in self._searched)

    def work_ahead(self) -> bool:
        """Get ready for a search, an order or a list of values by one more step; False when nothing is left to do."""
        steps: list[tuple[Collection[int], Callable[[int], object]]] = [(self._texts, self.texts)]
        if len(self._rows) <= MOST_ORDERED_AHEAD:
            steps += [(self._keys, self.keys), (self._values, self.values)]
        for known, work in steps:
            waiting = next((column for column in self._searched if column not in known), None)
            if waiting is not None:
                work(waiting)
                return True
        self.all_texts()
        return False

    def _of_each_value(self, column: int, work: Callable[[Any], Any]) -> list[Any]:
        """`work` on the value of each row; values repeat, so each is worked on only once."""
        value = self._columns[column].value
        known: dict[Any, Any] = {}
        result = []
        for row in self._rows:
            found = value(row)
            if found not in known:
                known[found] = work(found)
            result.append(known[found])
        return result
