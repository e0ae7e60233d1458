"""Puts a mark in the place of a person: in rows, in the log of their changes, and in the labels of commands.

Outside undo: what is played back later finds the mark. Which rows mean the person is for others to say.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, delete, func, or_, select, update
from sqlalchemy.orm import Session

from app.domain.privacy.people import Person
from app.domain.privacy.personal_data import BY_NAME, PersonalTable
from db.history import Values
from db.models import Change, Command, Model
from db.models.history import CommandKind, Operation


@dataclass(frozen=True, slots=True)
class Place:
    """Columns of a row in which a person stands, or stood as far as the log knows.

    `whole`: the row is the person and goes altogether. `born`: the entry of the log that made the row, 0 if none did;
    an id may be given again, and then it is another row.
    """

    table: str
    row_id: int
    columns: tuple[str, ...]
    whole: bool = False
    born: int = 0


def born(session: Session, table: str, row_id: int) -> int:
    """The entry of the log that made the row that has this id now, or had it last; 0 if none did.

    What undo or redo puts back is the row that was there before.
    """
    made = (
        select(func.max(Change.id))
        .join(Command)
        .where(
            Change.table_name == table,
            Change.row_id == row_id,
            Change.operation == Operation.INSERT,
            Command.kind == CommandKind.DO,
        )
    )
    return session.scalar(made) or 0


def erase(session: Session, person: Person, places: Sequence[Place], mark: str) -> None:
    """Put `mark` in the place of the person. Rows first: their own changes are logged with what was there before."""
    session.flush()
    for place in places:
        _erase_row(session, place, person, mark)
    commands: set[int] = set()
    for place in places:
        commands |= _erase_log(session, place, person, mark)
    _erase_labels(session, person, commands, mark)
    session.expire_all()


def values_at(session: Session, place: Place) -> Values | None:
    """The texts of a row; None if it is not there."""
    table = Model.metadata.tables[place.table]
    columns = [table.c[name] for name in BY_NAME[place.table].columns]
    found = session.execute(select(*columns).where(table.c.id == place.row_id)).one_or_none()
    return None if found is None else dict(found._mapping)


def names_of(place: Place) -> list[str]:
    """The columns of a place that are the name of a person."""
    return [name for name in BY_NAME[place.table].names if name in place.columns]


def _erase_row(session: Session, place: Place, person: Person, mark: str) -> None:
    table = Model.metadata.tables[place.table]
    if place.whole:
        session.execute(delete(table).where(table.c.id == place.row_id))
        return
    before = values_at(session, place)
    if before is None:
        return
    after = _without(before, place, person, mark)
    differing = {name: value for name, value in after.items() if before[name] != value}
    if differing:
        session.execute(update(table).where(table.c.id == place.row_id).values(differing))


def _erase_log(session: Session, place: Place, person: Person, mark: str) -> set[int]:
    """The commands that changed the row."""
    entries = select(Change).where(
        Change.table_name == place.table, Change.row_id == place.row_id, Change.id >= place.born
    )
    commands = set()
    for entry in session.scalars(entries):
        commands.add(entry.command_id)
        entry.before = _log_without(entry.before, place, person, mark)
        entry.after = _log_without(entry.after, place, person, mark)
    session.flush()
    return commands


def _log_without(text: str | None, place: Place, person: Person, mark: str) -> str | None:
    if text is None:
        return None
    values = json.loads(text)
    without = _without(values, place, person, mark)
    return text if without == values else json.dumps(without, ensure_ascii=False, separators=(",", ":"))


def _without(values: Values, place: Place, person: Person, mark: str) -> Values:
    """The values of a row without the person."""
    entry = BY_NAME[place.table]
    if place.whole:
        return values | _blank(entry, values, mark)
    changed: dict[str, Any] = {}
    for name in place.columns:
        text = values.get(name)
        if isinstance(text, str) and name not in entry.about_them:
            new = person.replaced(text, mark)
            if new != text:
                changed[name] = new
    if changed.keys() & set(entry.names):
        changed |= {name: None for name in entry.about_them if name in values}
    return values | changed


def _blank(entry: PersonalTable, values: Values, mark: str) -> Values:
    """A row that was a person: the mark for the name, nothing else; whose it is stays, so that it finds its place."""
    table: Table = Model.metadata.tables[entry.table]
    emptied: Values = {
        column.name: None if column.nullable else ""
        for column in table.columns
        if column.name in values and not column.foreign_keys and not column.primary_key
    }
    return emptied | {entry.names[0]: mark}


def _erase_labels(session: Session, person: Person, commands: set[int], mark: str) -> None:
    """In commands that changed her rows the last name is hers; in all others only the whole name is."""
    found = select(Command.id, Command.label, Command.target_id)
    named = or_(*(Command.label.icontains(hint, autoescape=True) for hint in person.hints or ("",)))
    for command_id, label, target_id in session.execute(found.where(named)).all():
        hers = command_id in commands or target_id in commands
        new = person.replaced(label, mark, about_her=hers)
        if new != label:
            session.execute(update(Command).where(Command.id == command_id).values(label=new))


def states(session: Session, table: str, row_id: int) -> Iterator[Values]:
    """What a row said before and after each of its changes, since it was made."""
    entries = select(Change.before, Change.after).where(
        Change.table_name == table, Change.row_id == row_id, Change.id >= born(session, table, row_id)
    )
    for entry in session.execute(entries):
        yield from (json.loads(text) for text in entry if text is not None)


def log_of(session: Session, person: Person) -> Iterator[tuple[str, int, Values]]:
    """The rows (table, id, texts as they were) whose log may name a person; several for a row."""
    hints = person.hints or ("",)
    named = or_(
        *(
            column.icontains(hint, autoescape=True)
            for column in (Change.before, Change.after)
            for hint in hints
        )
    )
    found = select(Change.table_name, Change.row_id, Change.before, Change.after).where(
        named, Change.table_name.in_(BY_NAME)
    )
    for table, row_id, before, after in session.execute(found.order_by(Change.id.desc())):
        for text in (after, before):
            if text is not None:
                yield table, row_id, json.loads(text)
