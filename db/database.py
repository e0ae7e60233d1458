"""The one door to the store: `read()` and `write(label)`, undo and redo."""

import glob
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

from sqlalchemy import URL, create_engine, event
from sqlalchemy.orm import Session, sessionmaker

from app.domain.errors import OutputError, StoreError, UserError
from app.domain.system_errors import said
from db import attachments, checksums, history, seed
from db.attachments import Progress
from db.connection import WRITES, connect, make_engine
from db.copies.attached import add_attachments
from db.copies.copying import silent, take_snapshot
from db.copies.snapshots import folder_for, name_for, next_number
from db.driver import sqlite
from db.errors import Unwritable, sentences
from db.file.kept import KeptFile, write_copy
from db.file.places import require_usable
from db.file.reading import passing_folder
from db.file.unfinished import remove_unfinished, settle, unfinished_path
from db.identity import APPLICATION_ID, identify
from db.lock import WriterLock
from db.migrations import LATEST, upgrade
from db.models import Command, Model
from db.models.history import CommandKind, CommandState
from db.private_files import tighten
from db.session import RecordSession
from db.triggers import create_statements

if TYPE_CHECKING:
    from db.file.working_copy import WorkingCopy


@dataclass(frozen=True, slots=True)
class Changed:
    """The notice of one write: what the person did, which tables are different now, and whether it is outside undo.

    `command`: the id of what was done, taken back or done again, as `kind` says; of several the last one.
    """

    label: str
    tables: frozenset[str]
    undoable: bool = True
    kind: CommandKind = CommandKind.DO
    command: int = field(default=0, compare=False)

    @property
    def is_new(self) -> bool:
        """Something was done, not taken back or done again."""
        return self.kind is CommandKind.DO

    @property
    def is_undone(self) -> bool:
        """Something was taken back."""
        return self.kind is CommandKind.UNDO


class Database:
    """An open database file. Make one with `open_database` or `create_database`, end it with `close`."""

    def __init__(self, path: Path, lock: WriterLock | None, *, at: Path | None = None, why: str = "") -> None:
        """`at`: where it is read instead. `why` it is only read, though it was to be written."""
        self.path = path
        self.why_only_read = why
        self.copy: WorkingCopy | None = None
        self.on_change: list[Callable[[Changed], None]] = []
        self._lock = lock
        self._kept = KeptFile(path) if lock is not None else None
        self._engine = make_engine(at or path, writes=lock is not None)
        self._reading = sessionmaker(self._engine, class_=RecordSession, expire_on_commit=False)
        self._writing = sessionmaker(
            self._engine.execution_options(**{WRITES: True}), class_=RecordSession, expire_on_commit=False
        )

    @property
    def is_writer(self) -> bool:
        return self._lock is not None

    @property
    def original(self) -> Path:
        """The file as she knows it, also where a copy of it is worked on."""
        return self.path if self.copy is None else self.copy.original

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session for questions; it cannot change anything. Close it before anything is painted."""
        with sentences(self.path), self._reading() as session, session.begin():
            yield session

    @contextmanager
    def write(self, label: str, *, undoable: bool = True) -> Iterator[Session]:
        """A session for one user command: one transaction, one step of undo, one notice.

        `label` says in German what was done. Everything is rolled back on any exception. The id of the
        running command is in `session.info["command_id"]`. A command that changed nothing leaves no trace.
        """
        with self._command(Command(label=label, at=_now(), undoable=undoable)) as session:
            yield session

    def undo(self, until: int | None = None) -> str | None:
        """Take back the newest command, or all back to the command `until`, in one transaction.

        Returns the label of the last one, or None if there is none. Raises UserError, and nothing is taken back, if
        later entries that are outside undo depend on one of them.
        """
        return self._play(CommandKind.UNDO, until)

    def redo(self, until: int | None = None) -> str | None:
        """Do again what was taken back last, or all up to the command `until`; the label of the last one."""
        return self._play(CommandKind.REDO, until)

    @property
    def undo_label(self) -> str | None:
        return self._next_label(CommandKind.UNDO)

    @property
    def redo_label(self) -> str | None:
        return self._next_label(CommandKind.REDO)

    def rest(self) -> bool:
        """End all connections until `wake`, and keep other writers away all the same. False: not all of them yet."""
        self._engine.dispose()
        return self._kept is None or self._kept.rest()

    def wake(self) -> None:
        """Look after the file again; what became of it meanwhile is told before the next write."""
        if self._kept is not None:
            self._kept.wake()

    def wipe(self) -> bool:
        """Write the file anew and empty its log: nothing of what was deleted is left in a gap between the rows.

        False if another program is reading it: then the log holds it until that one has ended. Raises OutputError
        if there is no room for the new file.
        """
        with sentences(self.path):
            return self._kept is not None and self._kept.wipe()

    def close(self) -> None:
        """End all connections and free the file for other writers."""
        if self._kept is not None:
            self._kept.close(self._engine.dispose)
        else:
            self._engine.dispose()
        if self._lock is not None:
            self._lock.release()
        if self.copy is not None:
            with suppress(UserError):  # then it goes on, or is told, when the file is opened next
                self.copy.put_back()
            self.copy.close()

    def put_back(self, progress: Progress = silent) -> None:
        """Put what was saved in a working copy in the place of the file; raises Parted if others have changed that."""
        self.settle()
        if self.copy is not None:
            self.copy.put_back(progress)

    def settle(self) -> bool:
        """Bring all that was saved into the file itself; takes as long as the disk, so not where she waits.

        False if somebody who reads was in the way. Raises Parted if the file is no longer ours.
        """
        return self._kept is None or self._kept.settle()

    def require_same_file(self) -> None:
        """Raise Parted if others have replaced, deleted or overwritten the file; costs a glance."""
        if self._kept is not None:
            self._kept.require_same()

    def rescue(self, target: Path, *, with_attachments: bool = True) -> None:
        """Write what was saved here to another file when ours was replaced, deleted or overwritten."""
        if self._kept is not None:
            refuse_existing(target)
            with sentences(target):
                self._kept.rescue(target)
            if with_attachments:
                add_attachments(self.path, target)

    def _next_label(self, kind: CommandKind) -> str | None:
        with self.read() as session:
            targets = history.targets(session, kind)
            return targets[0].label if targets else None

    def _play(self, kind: CommandKind, until: int | None) -> str | None:
        with self.read() as session:
            targets = history.targets(session, kind, until)
        if not targets:
            return None
        last = targets[-1]
        steps = "" if len(targets) == 1 else f"{len(targets)} Schritte bis "
        label = f"{'Rückgängig' if kind is CommandKind.UNDO else 'Wiederholt'}: {steps}{last.label}"
        with self._command(Command(label=label, at=_now(), kind=kind, target_id=last.id)) as session:
            for target in targets:
                if kind is CommandKind.UNDO:
                    history.revert(session, target.id)
                else:
                    history.replay(session, target.id)
                taken_back = kind is CommandKind.UNDO
                session.get_one(Command, target.id).state = (
                    CommandState.UNDONE if taken_back else CommandState.DONE
                )
        return last.label

    @contextmanager
    def _command(self, command: Command) -> Iterator[Session]:
        if self._lock is None or self._kept is None:
            raise StoreError(f"„{self.path.name}“ ist nur zum Lesen geöffnet. {self.why_only_read}".rstrip())
        with sentences(self.path), self._writing() as session, session.begin():
            self._kept.begin(session)
            session.add(command)
            session.flush()
            session.info["command_id"] = command.id
            yield session
            session.flush()
            tables = history.tables_changed(session, command.id)
            if command.kind is CommandKind.DO:
                if tables:
                    history.discard_undone(session)
                else:
                    session.delete(command)
        if tables:
            done = command.target_id or command.id
            notice = Changed(command.label, tables, command.undoable, command.kind, done)
            for listener in list(self.on_change):
                listener(notice)


def open_database(path: Path, *, writer: bool, or_reader: bool = False) -> Database:
    """Open a database file; an older one is first brought up to date, with a snapshot beside it.

    Raises StoreError if it is missing, damaged, newer than the program, or (for a writer) in use or read-only; with
    `or_reader` one that cannot be written is opened to be read, and the database says why.
    """
    version = identify(path)
    tighten(*_ours(path))
    if version > LATEST:
        raise StoreError(
            f"„{path}“ wurde mit einer neueren Ausgabe von Quartiersbüro gespeichert und bleibt unverändert. "
            "Bitte die neue Ausgabe des Programms verwenden."
        )
    try:
        return _open(path, version, writer)
    except (Unwritable, OutputError) as error:
        if writer and not or_reader:
            raise
        return _open_as_it_is(path, version, error.sentence)


def _open(path: Path, version: int, writer: bool) -> Database:
    if not writer and version == LATEST:
        return Database(path, None)
    lock = WriterLock(path)
    lock.acquire()
    try:
        with sentences(path):
            if version < LATEST:
                name = name_for(path, next_number(path), datetime.now(), f"Stand{version}")
                take_snapshot(path, folder_for(path) / name)
                upgrade(path)
            if writer:
                _require_writable(path)
                return Database(path, lock)
    except BaseException:
        lock.release()
        raise
    lock.release()
    return Database(path, None)


def _open_as_it_is(path: Path, version: int, why: str) -> Database:
    """To be read where nothing can be written; an older file is brought up to date in a passing copy."""
    if version == LATEST:
        return Database(path, None, why=why)
    with sentences(path):
        copy = passing_folder() / path.name
        with closing(connect(path)) as connection:
            write_copy(connection, copy)
        upgrade(copy)
    return Database(path, None, at=copy, why=why)


def _ours(path: Path) -> Iterator[Path]:
    """What belongs to a database and lies beside it: log, lock, what was replaced, snapshots, attached files."""
    for pattern in (f"{glob.escape(path.name)}*", f"{glob.escape(path.stem)}_ersetzt_*"):
        yield from path.parent.glob(pattern)
    yield folder_for(path)
    yield attachments.folder_for(path)


def create_database(path: Path) -> Database:
    """Make a new database file and open it for writing; raises UserError if there is a file already."""
    require_usable(path)
    refuse_existing(path)
    temporary = unfinished_path(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        remove_unfinished(path, datetime.now())
        temporary.touch(exist_ok=False)
        with sentences(path):
            _fill(temporary)
        settle(temporary, path)
    except OSError as error:
        raise OutputError(
            f"Im Ordner „{path.parent}“ lässt sich keine Datei anlegen ({said(error)}). "
            "Bitte Platz und Schreibrechte prüfen oder einen anderen Ort wählen."
        ) from error
    finally:
        if temporary.is_file():
            temporary.unlink()
    return open_database(path, writer=True)


def refuse_existing(path: Path) -> None:
    """Raise UserError if there is a file already: nothing of hers is overwritten."""
    if path.exists():
        raise UserError(
            f"„{path}“ gibt es schon und wird nicht überschrieben. Bitte einen anderen Namen wählen."
        )


def _fill(path: Path) -> None:
    """Tables, triggers and first rows; foreign facts are planted before the log begins."""
    engine = create_engine(URL.create("sqlite", database=str(path)), module=sqlite, hide_parameters=True)
    event.listen(engine, "connect", lambda connection, _record: checksums.register(connection))
    try:
        with engine.begin() as connection:
            Model.metadata.create_all(connection)
        with Session(engine) as session, session.begin():
            seed.plant(session)
        with engine.begin() as connection:
            for statement in create_statements():
                connection.exec_driver_sql(statement)
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version = {LATEST}")
            checksums.seal_all(cast(sqlite.Connection, connection.connection.driver_connection))
    finally:
        engine.dispose()


def _require_writable(path: Path) -> None:
    connection = connect(path, writes=True)
    try:
        if path.stat().st_nlink > 1:
            # By another name others would have another log; this wants the file for itself, whatever it is called.
            connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
    finally:
        connection.close()


def _now() -> datetime:
    return datetime.now().replace(microsecond=0)
