"""The change log: what was done when, and what every row looked like before and after."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Model, key, owned, refers, word


class CommandKind(StrEnum):
    """Whether a command was done, or takes another back, or does that again."""

    DO = "do"
    UNDO = "undo"
    REDO = "redo"


class CommandState(StrEnum):
    """Whether what a command did holds now."""

    DONE = "done"
    UNDONE = "undone"
    DISCARDED = "discarded"  # undone, then something else was done: no way back to it


class Operation(StrEnum):
    """What became of one row."""

    INSERT = "insert"
    UPDATE = "update"
    DELETE = "delete"


class Command(Model):
    """One user command: one transaction, one step of undo. `target_id`: the command it undoes or redoes."""

    __tablename__ = "command"

    id: Mapped[int] = key()
    label: Mapped[str]
    at: Mapped[datetime]
    kind: Mapped[CommandKind] = mapped_column(word(CommandKind), default=CommandKind.DO)
    target_id: Mapped[int | None] = refers("command.id")
    undoable: Mapped[bool] = mapped_column(default=True)
    state: Mapped[CommandState] = mapped_column(word(CommandState), default=CommandState.DONE, index=True)


class Change(Model):
    """One row of one table before and after one command; `before` and `after` are JSON objects."""

    __tablename__ = "change"
    __table_args__ = (Index("ix_change_row", "table_name", "row_id"),)

    id: Mapped[int] = key()
    command_id: Mapped[int] = owned("command.id")
    table_name: Mapped[str]
    row_id: Mapped[int]
    operation: Mapped[Operation] = mapped_column(word(Operation))
    before: Mapped[str | None]
    after: Mapped[str | None]
