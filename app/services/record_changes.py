"""The history of a record as people read it: what was done when, and which values it changed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from app.domain.dates import german
from app.domain.money import euro
from app.domain.terms import word
from db.history import RecordChange
from db.models.history import Operation

Written = Callable[[Any], str]
"""How a stored value is written for a person."""


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One command: when, what, and a line for each value it changed."""

    at: datetime
    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableWords:
    """How the rows of one table are named in a history.

    `row` names a part by its stored values, "" for the record itself; `columns`: column -> title, writer.
    """

    row: Callable[[Mapping[str, Any]], str]
    columns: Mapping[str, tuple[str, Written]]


def day_value(value: Any) -> str:
    """A stored date."""
    return german(date.fromisoformat(value))


def euro_value(value: Any) -> str:
    """Stored cents."""
    return euro(int(value))


def word_value(kind: type[StrEnum]) -> Written:
    """A stored enum value."""
    return lambda value: word(kind(value))


def named_value(names: Mapping[int, str]) -> Written:
    """A stored reference."""
    return lambda value: names.get(int(value), "gelöscht")


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
    for column, (title, written) in words.columns.items():
        if column in change.after or column in change.before:
            old, new = (_written(values.get(column), written) for values in (change.before, change.after))
            lines.append(f"{title}: {old} → {new}")
    return lines


def _written(value: Any, written: Written) -> str:
    return "leer" if value in (None, "") else written(value)
