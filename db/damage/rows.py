"""Holds every row of a file against what the file itself knows of it: checksum, hashes, log, types."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Enum, Integer, LargeBinary, Table
from sqlalchemy.dialects.sqlite import dialect as sqlite_dialect

from db import checksums
from db.checksums import HASHED
from db.damage.reading import UNREADABLE
from db.driver import sqlite
from db.models import Model
from db.triggers import BLOB_MARK, UNLOGGED_COLUMNS, UNLOGGED_TABLES

Found = Iterator[tuple[int, str]]
"""Id of a row, and what is wrong with it."""

_DIALECT = sqlite_dialect()
_READABLE = "is_readable"


@dataclass(frozen=True, slots=True)
class WrongRow:
    """A row in which something is wrong; `row_id` None: the table cannot be read to its end."""

    table: str
    row_id: int | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Looked:
    """A table of an open file. `log_since`: older entries of the log say nothing of the rows as they are."""

    connection: sqlite.Connection
    name: str
    columns: list[str]
    log_since: int
    has_checksums: bool

    @property
    def model(self) -> Table | None:
        return Model.metadata.tables.get(self.name)


def wrong_rows(
    connection: sqlite.Connection, table: str, log_since: int, has_checksums: bool
) -> list[WrongRow]:
    """All rows of a table that are not as they were written, each once with every reason."""
    connection.create_function(_READABLE, 1, _is_readable, deterministic=True)
    looked = _Looked(connection, table, checksums.columns(connection, table), log_since, has_checksums)
    reasons: dict[int | None, list[str]] = defaultdict(list)
    looks: tuple[Callable[[_Looked], Found], ...] = (_sums, _texts, _hashes, _logged, _values)
    for look in looks:
        try:
            for row_id, reason in look(looked):
                reasons[row_id].append(reason)
        except UNREADABLE as error:
            if "interrupted" in str(error):
                raise
            reasons[None] = ["lässt sich nicht bis zum Ende lesen"]
    return [WrongRow(table, row_id, tuple(dict.fromkeys(found))) for row_id, found in reasons.items()]


def _sums(table: _Looked) -> Found:
    if not table.has_checksums:
        return
    sum_now = checksums.of_row(table.name, table.columns, "t.")
    for row_id, known in table.connection.execute(
        f'SELECT t.id, c.value FROM "{table.name}" t LEFT JOIN checksum c ON c.table_name = ? AND c.row_id = t.id '
        f"WHERE c.value IS NOT {sum_now}",
        (table.name,),
    ):
        yield row_id, "hat keine Prüfsumme" if known is None else "passt nicht zu ihrer Prüfsumme"
    for (row_id,) in table.connection.execute(
        f'SELECT row_id FROM checksum WHERE table_name = ? AND row_id NOT IN (SELECT id FROM "{table.name}")',
        (table.name,),
    ):
        yield row_id, "fehlt"


def _texts(table: _Looked) -> Found:
    values = "||".join(f'quote("{name}")' for name in table.columns if (table.name, name) not in HASHED)
    for (row_id,) in table.connection.execute(
        f'SELECT id FROM "{table.name}" WHERE NOT {_READABLE}(CAST({values} AS BLOB))'
    ):
        yield row_id, "enthält Zeichen, die keine sind"


def _is_readable(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _hashes(table: _Looked) -> Found:
    for (name, content), digest in HASHED.items():
        if name == table.name and content in table.columns:
            for row_id, kept, raw in table.connection.execute(
                f'SELECT id, "{digest}", "{content}" FROM "{name}" WHERE "{content}" IS NOT NULL'
            ):
                if not isinstance(raw, bytes) or hashlib.sha256(raw).hexdigest() != kept:
                    yield row_id, "enthält eine Datei, die nicht mehr zu ihrer Prüfsumme passt"


def _logged(table: _Looked) -> Found:
    """The newest entry of the log about each row says what the row is now, or that it is gone."""
    if table.name in UNLOGGED_TABLES or table.model is None:
        return
    as_logged = _json(table)
    for row_id, after, is_there, now in table.connection.execute(
        "SELECT c.row_id, c.after, t.id IS NOT NULL, now FROM (SELECT row_id, max(id) AS id FROM change "
        "WHERE table_name = ? GROUP BY row_id) newest JOIN change c ON c.id = newest.id "
        f'LEFT JOIN (SELECT id, {as_logged} AS now FROM "{table.name}") t ON t.id = c.row_id '
        "WHERE newest.id > ? AND (c.after IS NULL) = (t.id IS NOT NULL) "
        "OR (newest.id > ? AND t.id IS NOT NULL AND c.after IS NOT now)",
        (table.name, table.log_since, table.log_since),
    ):
        if after is None:
            yield row_id, "ist laut Verlauf gelöscht und doch da"
        elif not is_there:
            yield row_id, "fehlt"
        elif _differ(after, now):
            yield row_id, "ist anders, als der Verlauf sagt"


def _differ(after: str, now: str) -> bool:
    """Whether two rows in the JSON of the log differ in a column that both know."""
    try:
        logged, there = json.loads(after), json.loads(now)
    except ValueError:
        return True
    return any(logged[name] != there[name] for name in logged.keys() & there.keys())


def _json(table: _Looked) -> str:
    """A row as the log writes it, also where damage has made bytes of a text."""
    model = table.model
    names = table.columns
    if model is not None and set(names) == set(model.columns.keys()):
        names = model.columns.keys()  # in the order of the log, so that equal rows are equal texts
    pairs = ", ".join(
        f"""'{name}', iif(typeof("{name}") = 'blob', '{BLOB_MARK}' || hex("{name}"), "{name}")"""
        for name in names
        if (table.name, name) not in UNLOGGED_COLUMNS
    )
    return f"json_object({pairs})"


def _values(table: _Looked) -> Found:
    if table.model is None:
        return
    for column in table.model.columns:
        if column.name in table.columns:
            yield from _unfit(table, column)


def _unfit(table: _Looked, column: "Column[Any]") -> Found:
    name = column.name
    kind = _storage(column)
    for (row_id,) in table.connection.execute(
        f'SELECT id FROM "{table.name}" WHERE typeof("{name}") NOT IN ({kind}, \'null\')'
    ):
        yield row_id, f"enthält in „{name}“ etwas, das dort nicht stehen kann"
    convert = column.type.dialect_impl(_DIALECT).result_processor(_DIALECT, None)
    known = set(column.type.enums) if isinstance(column.type, Enum) else None
    if convert is None and known is None:
        return
    distinct = table.connection.execute(f'SELECT DISTINCT "{name}" FROM "{table.name}"').fetchall()
    for (value,) in distinct:
        if value is not None and not _fits(value, convert, known):
            for (row_id,) in table.connection.execute(
                f'SELECT id FROM "{table.name}" WHERE "{name}" IS ?', (value,)
            ):
                yield row_id, f"enthält in „{name}“ den unbekannten Wert „{value}“"


def _storage(column: "Column[Any]") -> str:
    if isinstance(column.type, LargeBinary):
        return "'blob'"
    python = column.type.python_type
    if isinstance(column.type, Integer) or python is bool:
        return "'integer'"
    return "'real', 'integer'" if python is float else "'text'"


def _fits(value: Any, convert: Callable[[Any], Any] | None, known: set[str] | None) -> bool:
    if known is not None:
        return value in known
    try:
        return convert is None or convert(value) is not None
    except (ValueError, TypeError, ArithmeticError):
        return False
