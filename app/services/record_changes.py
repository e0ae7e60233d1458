"""The history of a record as people read it: what was done when, and which values it changed."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from textwrap import shorten
from typing import Any, cast

from sqlalchemy import Boolean, Date, DateTime, Enum

from app.domain.dates import german
from app.domain.money import euro
from app.domain.terms import Worded
from db.history import RecordChange
from db.models import Model
from db.models.history import Operation

LONGEST = 160
"""Longer texts are cut in a line of the history."""
FEW = 4
"""More rows than these that one command added or took away are told as a number."""


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
    `names`: column -> what the ids in it stand for. `lists`: columns with several values in one text. `many`: the word
    for several rows, where a command may add or take many at once.
    """

    titles: Mapping[str, str]
    row: Callable[[Mapping[str, Any]], str] = lambda values: ""
    names: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    lists: Collection[str] = ()
    many: str = ""

    def written(self, table: str, column: str, value: Any) -> str:
        """A stored value as a person reads it; its kind follows from the model's column."""
        kind = Model.metadata.tables[table].c[column].type
        if value is None or value == "":
            return "leer"
        if column in self.names:
            return self.names[column].get(int(value), "gelöscht")
        if isinstance(kind, Date):
            return german(date.fromisoformat(value))
        if isinstance(kind, DateTime):
            at = datetime.fromisoformat(value)
            return f"{german(at.date())}, {at:%H:%M} Uhr"
        if isinstance(kind, Boolean):
            return "ja" if value else "nein"
        if isinstance(kind, Enum) and kind.enum_class is not None:
            return cast("type[Worded]", kind.enum_class)(value).word
        if column in self.lists:
            return str(value).replace(";", ", ")
        if column.endswith("_cents"):
            return euro(int(value))
        return shorten(str(value), LONGEST, placeholder=" …")


def entries(changes: Sequence[RecordChange], words: Mapping[str, TableWords]) -> list[HistoryEntry]:
    """The changes of a record and its parts, one entry for each command, in their order."""
    grouped: dict[tuple[datetime, str], list[RecordChange]] = {}
    for change in changes:
        grouped.setdefault((change.at, change.label), []).insert(
            0, change
        )  # what was done first stands first
    return [HistoryEntry(at, label, tuple(_told(done, words))) for (at, label), done in grouped.items()]


def _told(done: Sequence[RecordChange], words: Mapping[str, TableWords]) -> Iterator[str]:
    """The lines of one command; many rows of one kind are told as a number."""
    counts = Counter((change.table, change.operation) for change in done)
    told = set()
    new = {(change.table, change.row_id) for change in done if change.operation is Operation.INSERT}
    for change in done:
        found, kind = words.get(change.table), (change.table, change.operation)
        completed = change.operation is Operation.UPDATE and (change.table, change.row_id) in new
        if found is None or kind in told or completed:
            continue
        if not found.many or counts[kind] <= FEW or change.operation is Operation.UPDATE:
            yield from _lines(change, found)
        else:
            told.add(kind)
            verb = "hinzugefügt" if change.operation is Operation.INSERT else "entfernt"
            yield f"{counts[kind]} {found.many} {verb}"


def _lines(change: RecordChange, words: TableWords) -> list[str]:
    name = words.row(change.whole)
    if change.operation is Operation.DELETE:
        return [f"{name} entfernt" if name else "gelöscht"]
    if change.operation is Operation.INSERT:
        return [f"{name} hinzugefügt" if name else "angelegt"]
    lines, of = [], f"{name}, " if name else ""
    for column, title in words.titles.items():
        if column in change.after or column in change.before:
            old, new = (
                words.written(change.table, column, values.get(column))
                for values in (change.before, change.after)
            )
            lines.append(f"{of}{title}: {old} → {new}")
    return lines
