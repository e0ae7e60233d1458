"""The change log read and played back: undo, redo, the history of a record, what changed since."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, LargeBinary, false, func, or_, select, true, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.domain.errors import UserError
from db.models import Model
from db.models.history import Change, Command, CommandKind, CommandState, Operation
from db.triggers import BLOB_MARK

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RecordChange:
    """What one command did to one row; `before` and `after` hold only the columns that differ.

    `whole`: all that the row says since, or said before it went.
    """

    at: datetime
    label: str
    table: str
    row_id: int
    operation: Operation
    before: Values
    after: Values
    whole: Values


@dataclass(frozen=True, slots=True)
class NetChange:
    """A row before the first and after the last of many commands; None = it did not exist."""

    table: str
    row_id: int
    before: Values | None
    after: Values | None


@dataclass(frozen=True, slots=True)
class Reverted:
    """How many rows a playback took away, put back and changed."""

    removed: int
    put_back: int
    changed: int


def record_history(
    session: Session,
    table: str,
    row_id: int,
    *,
    owned: Sequence[tuple[str, str]] = (),
    nested: Sequence[tuple[str, str, str]] = (),
) -> list[RecordChange]:
    """All changes of a row, newest first; with `owned` (table, column that names the owner) its parts too.

    `nested`: parts of its parts (table, column that names the part, table of the part), also of parts that are gone.
    """
    wanted: ColumnElement[bool] = (Change.table_name == table) & (Change.row_id == row_id)
    parts = {part: (Change.table_name == part) & _names(column, {row_id}) for part, column in owned}
    ids: dict[str, set[int]] = {via: set() for _, _, via in nested}
    named = (
        select(Change.table_name, Change.row_id).where(or_(false(), *(parts[via] for via in ids))).distinct()
    )
    for via, part_id in session.execute(named) if ids else ():
        ids[via].add(part_id)
    below = ((Change.table_name == part) & _names(column, ids[via]) for part, column, via in nested)
    wanted = or_(wanted, *parts.values(), *below)
    found = session.execute(
        select(Command.at, Command.label, Change).join(Change).where(wanted).order_by(Change.id.desc())
    )
    return [_record_change(at, label, change) for at, label, change in found]


def _names(column: str, ids: Iterable[int]) -> ColumnElement[bool]:
    """Whether the column of a changed row named one of these before or after."""
    path, wanted = f"$.{column}", list(ids)
    return or_(
        func.json_extract(Change.after, path).in_(wanted), func.json_extract(Change.before, path).in_(wanted)
    )


def last_change_id(session: Session) -> int:
    """The newest entry of the log, 0 if there is none."""
    return session.scalar(select(func.coalesce(func.max(Change.id), 0))) or 0


def last_moment(session: Session) -> datetime | None:
    """When the newest command was done, by the clock of then."""
    return session.scalar(select(Command.at).order_by(Command.id.desc()).limit(1))


def tables_changed(session: Session, command_id: int) -> frozenset[str]:
    """The tables that a command changed."""
    return frozenset(
        session.scalars(select(Change.table_name).where(Change.command_id == command_id).distinct())
    )


def net_changes(
    session: Session, since_change_id: int, tables: Iterable[str], *, command_id: int | None = None
) -> list[NetChange]:
    """What is different in `tables` from right after `since_change_id`, one entry for each row.

    `command_id`: by this command alone. Rows that ended as they began (made and removed, changed and undone) are left
    out.
    """
    by_command = true() if command_id is None else Change.command_id == command_id
    span = (
        select(
            Change.table_name,
            Change.row_id,
            func.min(Change.id).label("first"),
            func.max(Change.id).label("last"),
        )
        .where(Change.id > since_change_id, Change.table_name.in_(list(tables)), by_command)
        .group_by(Change.table_name, Change.row_id)
        .subquery()
    )
    first = select(Change.id, Change.before).subquery()
    last = select(Change.id, Change.after).subquery()
    found = session.execute(
        select(span.c.table_name, span.c.row_id, first.c.before, last.c.after)
        .join(first, first.c.id == span.c.first)
        .join(last, last.c.id == span.c.last)
        .order_by(span.c.table_name, span.c.row_id)
    )
    changes = (
        NetChange(table, row_id, _values(table, before), _values(table, after))
        for table, row_id, before, after in found
    )
    return [change for change in changes if change.before != change.after]


def commands_touching(session: Session, table: str, row_ids: Sequence[int], after_command: int) -> set[int]:
    """The commands after `after_command` that changed any of these rows."""
    found: set[int] = set()
    for start in range(0, len(row_ids), 500):
        found.update(
            session.scalars(
                select(Change.command_id)
                .where(
                    Change.table_name == table,
                    Change.row_id.in_(row_ids[start : start + 500]),
                    Change.command_id > after_command,
                )
                .distinct()
            )
        )
    return found


def targets(session: Session, kind: CommandKind, until: int | None = None) -> list[Command]:
    """The commands to take back or to do again, in this order: the next one, or all up to the command `until`.

    Nothing can be done again once something new was done.
    """
    if kind is CommandKind.UNDO:
        query = (
            select(Command)
            .where(Command.kind == CommandKind.DO, Command.undoable, Command.state == CommandState.DONE)
            .order_by(Command.id.desc())
        )
        limit = Command.id >= (until or 0)
    else:
        query = select(Command).where(Command.state == CommandState.UNDONE).order_by(Command.id)
        limit = Command.id <= (until or 0)
    return list(session.scalars(query.limit(1) if until is None else query.where(limit)))


def steps(session: Session, limit: int) -> list[Command]:
    """The newest commands of the person that hold or can be done again, newest first."""
    return list(
        session.scalars(
            select(Command)
            .where(Command.kind == CommandKind.DO, Command.state != CommandState.DISCARDED)
            .order_by(Command.id.desc())
            .limit(limit)
        )
    )


def discard_undone(session: Session) -> None:
    """Something new was done: what was taken back before cannot be done again."""
    session.execute(
        update(Command).where(Command.state == CommandState.UNDONE).values(state=CommandState.DISCARDED)
    )


def revert(session: Session, command_id: int, *, tables: frozenset[str] | None = None) -> Reverted:
    """Take back what a command did (in `tables` only, if given), newest change first.

    Only the columns that the command changed are set back, so what was entered later in other columns stays.
    Raises UserError if what came later, and cannot be taken back, stands against it.
    """
    changes = _changes(session, command_id, tables)
    try:
        return _play(session, [_inverse(change) for change in reversed(changes)])
    except _Depended as error:
        raise UserError(
            f"„{_label(session, command_id)}“ lässt sich nicht zurücknehmen: Dem steht entgegen, was später kam und "
            "bleibt, zum Beispiel ein gedrucktes Schreiben oder eine Vereinbarung, die in Kraft getreten ist. Neuere "
            "Schritte lassen sich zurücknehmen, ältere nicht mehr; was in ihnen falsch ist, bitte direkt im Eintrag "
            "ändern."
        ) from error


def replay(session: Session, command_id: int) -> Reverted:
    """Do again what a command did. Raises UserError if what it needs is not there any more."""
    try:
        return _play(session, [_forward(change) for change in _changes(session, command_id, None)])
    except _Depended as error:
        raise UserError(
            f"„{_label(session, command_id)}“ lässt sich nicht wiederholen, weil sich seitdem etwas geändert hat. "
            "Bitte es neu eintragen."
        ) from error


@dataclass(frozen=True, slots=True)
class _Step:
    table: str
    row_id: int
    old: Values | None
    new: Values | None


def _changes(session: Session, command_id: int, tables: frozenset[str] | None) -> list[Change]:
    query = select(Change).where(Change.command_id == command_id).order_by(Change.id)
    if tables is not None:
        query = query.where(Change.table_name.in_(tables))
    return list(session.scalars(query))


def _forward(change: Change) -> _Step:
    before, after = _before_and_after(change)
    return _Step(change.table_name, change.row_id, before, after)


def _inverse(change: Change) -> _Step:
    before, after = _before_and_after(change)
    return _Step(change.table_name, change.row_id, after, before)


def _play(session: Session, steps: list[_Step]) -> Reverted:
    removed = put_back = changed = 0
    session.flush()
    start = last_change_id(session)
    connection = session.connection()
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    try:
        for step in steps:
            # Raw parameters: data may hold any sign that a text() statement would read as syntax.
            if step.new is None:
                result = connection.exec_driver_sql(
                    f'DELETE FROM "{step.table}" WHERE id = ?', (step.row_id,)
                )
                removed += result.rowcount
            elif step.old is None:
                names = ", ".join(f'"{name}"' for name in step.new)
                marks = ", ".join("?" for _ in step.new)
                connection.exec_driver_sql(
                    f'INSERT INTO "{step.table}" ({names}) VALUES ({marks})', tuple(step.new.values())
                )
                put_back += 1
            else:
                differing = {k: v for k, v in step.new.items() if step.old.get(k) != v}
                if not differing:  # what was different was a person who is forgotten since
                    continue
                sets = ", ".join(f'"{name}" = ?' for name in differing)
                result = connection.exec_driver_sql(
                    f'UPDATE "{step.table}" SET {sets} WHERE id = ?', (*differing.values(), step.row_id)
                )
                changed += result.rowcount
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first() if removed else None
    except IntegrityError as error:
        raise _Depended from error
    if broken is not None or (removed and _took_along(session, start, steps)):
        raise _Depended
    session.expire_all()
    return Reverted(removed, put_back, changed)


def _took_along(session: Session, start: int, steps: list[_Step]) -> bool:
    """Whether rows went with their owner that no step names: they were made later, outside undo."""
    named = {(step.table, step.row_id) for step in steps}
    gone = select(Change.table_name, Change.row_id).where(
        Change.id > start, Change.operation == Operation.DELETE
    )
    return any(tuple(row) not in named for row in session.execute(gone))


class _Depended(Exception):
    """What is there depends on what would go, or has the place of what would come."""


def _label(session: Session, command_id: int) -> str:
    return session.get_one(Command, command_id).label


def _before_and_after(change: Change) -> tuple[Values | None, Values | None]:
    return _values(change.table_name, change.before), _values(change.table_name, change.after)


def _values(table: str, text: str | None) -> Values | None:
    """A row as it is in the log. Which values are bytes is known from the model: a text may begin with any words."""
    if text is None:
        return None
    values: Values = json.loads(text)
    for name in _bytes_columns(table) & values.keys():
        if values[name] is not None:
            values[name] = bytes.fromhex(values[name].removeprefix(BLOB_MARK))
    return values


@cache
def _bytes_columns(table: str) -> frozenset[str]:
    known = Model.metadata.tables.get(table)
    columns = () if known is None else known.columns  # none: the table was given up in a later version
    return frozenset(column.name for column in columns if isinstance(column.type, LargeBinary))


def _record_change(at: datetime, label: str, change: Change) -> RecordChange:
    before, after = (values or {} for values in _before_and_after(change))
    whole = after or before
    if change.operation is Operation.UPDATE:
        differing = {name for name in after if before.get(name) != after[name]}
        before = {name: value for name, value in before.items() if name in differing}
        after = {name: value for name, value in after.items() if name in differing}
    return RecordChange(
        at, label, change.table_name, change.row_id, Operation(change.operation), before, after, whole
    )
