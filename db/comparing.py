"""What differs between two files of the program, record by record."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Table

from db.connection import OurConnection, connect
from db.errors import sentences
from db.identity import identify
from db.triggers import logged_tables

NAMING = (
    "number",
    "short",
    "name",
    "title",
    "file_name",
    "last_name",
    "label",
    "nr",
    "document_number",
    "text",
    "year",
    "value",
)
"""The columns by which people know a record, the best first."""
LONGEST_NAME = 80
_OF_THE_FILE = ("database.", "log.", "encryption.")
"""How the settings begin that say how a file is kept; they are nothing that she has entered, some are keys."""


class Side(StrEnum):
    """Where a record is."""

    BOTH = "both"  # and differs
    ONE = "one"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """A field that differs; a reference is given by the name of what it refers to."""

    column: str
    one: Any
    other: Any


@dataclass(frozen=True, slots=True)
class RecordDifference:
    """A record that only one of the files has, or that says something else in each.

    `name`: what people know it by, `of`: the name of the record it belongs to; both may be empty.
    `fields`: what differs, or all that is filled in of a record that only one file has.
    """

    table: str
    row_id: int
    side: Side
    name: str
    of: str
    fields: tuple[FieldDifference, ...]


def compare(one: Path, other: Path) -> list[RecordDifference]:
    """All records that differ, table by table, owners before what they own. Records are told apart by their ids.

    Raises StoreError if one of the files is not ours or cannot be read. Tables and columns that only one of them
    knows, because it is of another version, are left out.
    """
    for path in (one, other):
        identify(path)
    with (
        sentences(one),
        closing(connect(one)) as first,
        sentences(other),
        closing(connect(other)) as second,
    ):
        files = _File(first), _File(second)
        return [found for table in logged_tables() for found in _differences(table, *files)]


def is_of_the_file(table: str, row: Mapping[str, Any]) -> bool:
    """Is this a row that belongs to one file as such, so that it is neither shown nor taken into another?"""
    return table == "setting" and str(row["name"]).startswith(_OF_THE_FILE)


def name_of(row: Mapping[str, Any]) -> str:
    """By what people know a record; empty if it has no name of its own."""
    named = (row.get(column) for column in NAMING)
    return next((str(value)[:LONGEST_NAME] for value in named if value not in (None, "")), "")


def _differences(table: Table, one: "_File", other: "_File") -> Iterator[RecordDifference]:
    columns = [column for column in one.columns(table.name) if column in other.columns(table.name)]
    if "id" not in columns:
        return
    ours, theirs = one.rows(table.name, columns), other.rows(table.name, columns)
    for row_id in sorted(ours.keys() | theirs.keys()):
        first, second = ours.get(row_id), theirs.get(row_id)
        if first == second:
            continue
        side = Side.OTHER if first is None else Side.ONE if second is None else Side.BOTH
        file, row = (other, second) if first is None else (one, first)
        yield RecordDifference(
            table.name,
            row_id,
            side,
            file.name(table, row_id),
            file.owner(table, row or {}),
            tuple(
                FieldDifference(column, one.said(table, column, first), other.said(table, column, second))
                for column in columns
                if column != "id" and (first or {}).get(column) != (second or {}).get(column)
            ),
        )


class _File:
    """Asks one of the two files."""

    def __init__(self, connection: OurConnection) -> None:
        self._connection = connection
        self.columns = cache(self._columns)
        self._row = cache(self._read_row)

    def rows(self, table: str, columns: list[str]) -> dict[int, dict[str, Any]]:
        asked = ", ".join(f'"{column}"' for column in columns)
        found = self._connection.execute(f'SELECT {asked} FROM "{table}"')
        rows = (dict(zip(columns, values, strict=True)) for values in found)
        return {row["id"]: row for row in rows if not is_of_the_file(table, row)}

    def name(self, table: Table, row_id: int) -> str:
        return name_of(self._row(table.name, row_id))

    def owner(self, table: Table, row: Mapping[str, Any]) -> str:
        """The name of the record that goes with this one if it goes."""
        for key in table.foreign_keys:
            if key.ondelete == "CASCADE" and row.get(key.parent.name) is not None:
                return self.name(key.column.table, row[key.parent.name])
        return ""

    def said(self, table: Table, column: str, row: Mapping[str, Any] | None) -> Any:
        value = None if row is None else row[column]
        if value is None or column not in table.columns:
            return value
        targets = [key.column.table for key in table.columns[column].foreign_keys]
        return (self.name(targets[0], value) or value) if targets else value

    def _columns(self, table: str) -> tuple[str, ...]:
        return tuple(row[1] for row in self._connection.execute(f'PRAGMA table_info("{table}")'))

    def _read_row(self, table: str, row_id: int) -> dict[str, Any]:
        columns = self.columns(table)
        found = self._connection.execute(f'SELECT * FROM "{table}" WHERE id = ?', (row_id,)).fetchone()
        return {} if found is None else dict(zip(columns, found, strict=True))
