"""The history of a record as people read it: what was done when, and which values it changed."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Date, Enum

from app.domain.dates import german
from app.domain.money import euro
from app.domain.terms import Worded
from db.history import RecordChange
from db.models import Model
from db.models.history import Operation


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One command: when, what, and a line for each value it changed."""

    at: datetime
    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableWords:
    """How the rows of one table are named in a history.

    `titles`: column -> title. `row` names a part by its stored values; without it the rows are the record itself.
    `names`: column -> what the ids in it stand for. `lists`: columns with several values in one text.
    """

    titles: Mapping[str, str]
    row: Callable[[Mapping[str, Any]], str] = lambda values: ""
    names: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    lists: Collection[str] = ()

    def written(self, table: str, column: str, value: Any) -> str:
        """A stored value as a person reads it; its kind follows from the model's column."""
        if value in (None, ""):
            return "leer"
        kind = Model.metadata.tables[table].c[column].type
        if column in self.names:
            return self.names[column].get(int(value), "gelöscht")
        if isinstance(kind, Date):
            return german(date.fromisoformat(value))
        if isinstance(kind, Enum) and kind.enum_class is not None:
            return cast("type[Worded]", kind.enum_class)(value).word
        if column in self.lists:
            return str(value).replace(";", ", ")
        return euro(int(value)) if column.endswith("_cents") else str(value)


def entries(changes: Sequence[RecordChange], words: Mapping[str, TableWords]) -> list[HistoryEntry]:
    """The changes of a record and its parts, one entry for each command, in their order."""
    grouped: dict[tuple[datetime, str], list[str]] = {}
    for change in changes:
        lines = grouped.setdefault((change.at, change.label), [])
        if found := words.get(change.table):
            lines[:0] = _lines(change, found)  # within a command what was done first stands first
    return [HistoryEntry(at, label, tuple(lines)) for (at, label), lines in grouped.items()]


def _lines(change: RecordChange, words: TableWords) -> list[str]:
    name = words.row({**change.before, **change.after})
    if change.operation is Operation.DELETE:
        return [f"{name} entfernt" if name else "gelöscht"]
    if change.operation is Operation.INSERT:
        return [f"{name} hinzugefügt" if name else "angelegt"]
    lines = []
    for column, title in words.titles.items():
        if column in change.after or column in change.before:
            old, new = (
                words.written(change.table, column, values.get(column))
                for values in (change.before, change.after)
            )
            lines.append(f"{title}: {old} → {new}")
    return lines
