"""Takes single records out of another state of the file into the one of today, with all that belongs to them.

A record is known by its id, and an id may be given again: what was made since the two states went apart is another
record unless it bears the same name.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Table
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.domain.errors import UserError
from db.attachments import AttachmentStore, FileState
from db.comparing import is_of_the_file, name_of
from db.connection import connect
from db.copies.copying import arriving
from db.driver import sqlite
from db.errors import sentences
from db.identity import identify
from db.migrations import LATEST, upgrade
from db.triggers import UNLOGGED_COLUMNS, logged_tables

Key = tuple[str, int]
Row = dict[str, Any]
FROZEN = frozenset(table for table, _ in UNLOGGED_COLUMNS)
"""What was handed out: undo could not take it away again."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A record that what is taken refers to, and that is not there today. `needed`: without it nothing can be taken."""

    table: str
    row_id: int
    name: str
    needed: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """What taking over comes to: rows by table and id as they were then.

    `missing`: what they refer to in vain; `left`: how many handed out papers and lists are not taken.
    """

    rows: Mapping[Key, Row]
    missing: tuple[Missing, ...] = ()
    left: int = 0
    new_ids: Mapping[Key, int] = field(default_factory=dict)
    known: frozenset[Key] = frozenset()
    """Those that are there today as well, and are put back to what they were."""


@contextmanager
def readable(snapshot: Path) -> Iterator[Path]:
    """The snapshot, or a copy of it brought up to date while it is looked into, where it is of an older version."""
    if identify(snapshot) == LATEST:
        yield snapshot
        return
    with arriving(snapshot, snapshot.with_name(f"{snapshot.stem}_Vergleich{snapshot.suffix}")) as copy:
        upgrade(copy.path)
        yield copy.path


def plan(session: Session, then: Path, wanted: Iterable[Key], *, with_missing: bool = False) -> Plan:
    """What must be taken over for these records to be as they were: they, and all that goes with them if they go.

    `with_missing`: what they refer to and is gone is taken as well. What came to them since stays with them.
    """
    with sentences(then), closing(connect(then)) as connection:
        old, today = _State(connection), _State(session.connection().connection.driver_connection)
        apart = _went_apart(old, today)
        rows: dict[Key, Row] = {}
        left: set[Key] = set()
        missing: dict[Key, Missing] = {}
        waiting = list(wanted)
        while waiting:
            left |= _gather(old, waiting, rows)
            missing = _missing(old, today, rows, apart)
            waiting = list(missing) if with_missing else []
        new_ids, known = _places(today, old, rows, apart)
        for key in [key for key in known if not new_ids and today.row(key) == rows[key]]:
            del rows[key]  # it is as it was
    return Plan(rows, tuple(missing.values()), len(left), new_ids, known)


def lost_files(database: Path, snapshot: Path, found: Plan) -> list[str]:
    """The names of attached files that are neither here nor beside the snapshot."""
    stores = AttachmentStore.of(database), AttachmentStore.of(snapshot)
    return [
        row["file_name"]
        for (table, _), row in found.rows.items()
        if table == "attachment"
        and all(store.glance(row["sha256"], row["size"]) is FileState.MISSING for store in stores)
    ]


def take_over(session: Session, database: Path, snapshot: Path, found: Plan) -> int:
    """Do it, in the running command; how many rows. Raises UserError where something of today stands against it."""
    _bring_files(database, snapshot, found)
    session.flush()
    connection = session.connection()
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    order = {table.name: place for place, table in enumerate(logged_tables())}
    gone = {(one.table, one.row_id) for one in found.missing}
    try:
        for key in sorted(found.rows, key=lambda one: (order[one[0]], one[1])):
            values = _moved(key, found, gone)
            names = list(values)
            if key in found.known:
                sets = ", ".join(f'"{name}" = ?' for name in names)
                connection.exec_driver_sql(
                    f'UPDATE "{key[0]}" SET {sets} WHERE id = ?', (*values.values(), key[1])
                )
            else:
                columns = ", ".join(f'"{name}"' for name in names)
                marks = ", ".join("?" for _ in names)
                connection.exec_driver_sql(
                    f'INSERT INTO "{key[0]}" ({columns}) VALUES ({marks})', tuple(values.values())
                )
    except IntegrityError as error:
        raise UserError(
            "Das lässt sich nicht übernehmen: Heute gibt es schon einen anderen Eintrag mit derselben Nummer oder "
            "demselben Namen. Bitte erst diesen umbenennen. Es wurde nichts geändert."
        ) from error
    session.expire_all()
    return len(found.rows)


class _State:
    """One of the two states of the file."""

    def __init__(self, connection: Any) -> None:
        self._connection: sqlite.Connection = connection
        self.tables = {table.name: table for table in logged_tables()}

    def row(self, key: Key) -> Row | None:
        found = self._connection.execute(f'SELECT * FROM "{key[0]}" WHERE id = ?', (key[1],))
        values = found.fetchone()
        return (
            None if values is None else dict(zip([one[0] for one in found.description], values, strict=True))
        )

    def owned(self, key: Key) -> Iterator[Key]:
        """The rows that go with this one if it goes."""
        for table in self.tables.values():
            for reference in table.foreign_keys:
                if reference.ondelete == "CASCADE" and reference.column.table.name == key[0]:
                    column = reference.parent.name
                    asked = f'SELECT id FROM "{table.name}" WHERE "{column}" = ?'
                    for (row_id,) in self._connection.execute(asked, (key[1],)).fetchall():
                        yield table.name, row_id

    def next_id(self, table: str) -> int:
        return int(self._connection.execute(f'SELECT coalesce(max(id), 0) + 1 FROM "{table}"').fetchone()[0])

    def command(self, number: int) -> tuple[Any, ...] | None:
        asked = "SELECT at, label FROM command WHERE id = ?"
        found: tuple[Any, ...] | None = self._connection.execute(asked, (number,)).fetchone()
        return found

    def last_command(self) -> int:
        return int(self._connection.execute("SELECT coalesce(max(id), 0) FROM command").fetchone()[0])

    def made_after(self, command: int, key: Key) -> bool:
        asked = "SELECT 1 FROM change WHERE table_name = ? AND row_id = ? AND operation = 'insert' AND command_id > ?"
        return self._connection.execute(asked, (*key, command)).fetchone() is not None


def _went_apart(old: _State, today: _State) -> int:
    """The last command that both states have."""
    number = min(old.last_command(), today.last_command())
    while number > 0 and ((done := old.command(number)) is None or done != today.command(number)):
        number -= 1
    return number


def _gather(old: _State, waiting: list[Key], rows: dict[Key, Row]) -> set[Key]:
    """Fill in the records and what belongs to them; those that are not taken because they were handed out."""
    left: set[Key] = set()
    while waiting:
        key = waiting.pop()
        if key in rows:
            continue
        if key[0] in FROZEN:
            left.add(key)
        elif (row := old.row(key)) is not None and not is_of_the_file(key[0], row):
            rows[key] = row
            waiting.extend(old.owned(key))
    return left


def _missing(old: _State, today: _State, rows: Mapping[Key, Row], apart: int) -> dict[Key, Missing]:
    found: dict[Key, Missing] = {}
    for (table, _), row in rows.items():
        for reference in old.tables[table].foreign_keys:
            value = row.get(reference.parent.name)
            if value is None:
                continue
            target = (reference.column.table.name, int(value))
            if target in rows or _is_same(old, today, target, apart):
                continue
            needed = not reference.parent.nullable or (target in found and found[target].needed)
            found[target] = Missing(target[0], target[1], _name(old, target), needed)
    return found


def _places(
    today: _State, old: _State, rows: Mapping[Key, Row], apart: int
) -> tuple[dict[Key, int], frozenset[Key]]:
    """New ids for those whose own is another record's today, and which are there today."""
    new_ids: dict[Key, int] = {}
    known = set()
    for key in rows:
        if _is_same(old, today, key, apart):
            known.add(key)
        elif today.row(key) is not None:
            taken = [number for (table, _), number in new_ids.items() if table == key[0]]
            most = max((row_id for table, row_id in rows if table == key[0]), default=0)
            new_ids[key] = max([today.next_id(key[0]), most + 1, *(number + 1 for number in taken)])
    return new_ids, frozenset(known)


def _is_same(old: _State, today: _State, key: Key, apart: int) -> bool:
    """Whether what has this id today is the record that had it then."""
    now = today.row(key)
    if now is None or is_of_the_file(key[0], now):
        return False
    if not old.made_after(apart, key) and not today.made_after(apart, key):
        return True
    then = old.row(key)
    return then is not None and name_of(then) == name_of(now)


def _moved(key: Key, found: Plan, gone: set[Key]) -> Row:
    """The row as it is to be written: with references to where things are today."""
    values = dict(found.rows[key])
    values["id"] = found.new_ids.get(key, key[1])
    table: Table = next(one for one in logged_tables() if one.name == key[0])
    for reference in table.foreign_keys:
        column = reference.parent.name
        target = (reference.column.table.name, values.get(column))
        if target in gone:
            values[column] = None
        elif target in found.new_ids:
            values[column] = found.new_ids[target]  # type: ignore[index]
    return values


def _bring_files(database: Path, snapshot: Path, found: Plan) -> None:
    """Attached files come before their rows, as ever; one that is lost is missed in its row."""
    ours, theirs = AttachmentStore.of(database), AttachmentStore.of(snapshot)
    for (table, _), row in found.rows.items():
        if table != "attachment" or ours.state(row["sha256"], row["size"]) is FileState.SOUND:
            continue
        if theirs.state(row["sha256"], row["size"]) is FileState.SOUND:
            ours.take_from(theirs, row["sha256"])


def _name(state: _State, key: Key) -> str:
    row = state.row(key)
    return "" if row is None else name_of(row)
