"""The only way of a page to the database, and how pages hear of changes and reach each other."""

import threading
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar, cast

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid
from sqlalchemy.orm import Session

from app.ui.kit.jobs import Job, Jobs, Progress
from db.database import Changed, Database
from db.reads import noting_reads
from db.triggers import UNLOGGED_TABLES

P = ParamSpec("P")
T = TypeVar("T")
S = TypeVar("S", bound=QObject)

TODAY = "today"
"""Noted beside the tables by whoever has asked which day it is."""


class OpenFile(QObject):
    """What all contexts of one open database file share: its signals, its long work, its clock."""

    changed = Signal(object)  # db.database.Changed
    outdated = Signal(object)  # the same, or a new day as a change of `TODAY`
    opened = Signal(str, object)  # page id, record id or None
    part_opened = Signal(str, str, object)  # page id, name of a part of it, budget year or None
    said = Signal(str)  # a sentence for the status bar
    recast_wanted = Signal(object, bool)  # a new password or None for no encryption; whether to remember it
    lock_wanted = Signal()
    copy_wanted = Signal(bool)  # whether to work in a copy of the file or in its folder
    saved = Signal(str, object)  # such a sentence, and the path of the file or folder that was written

    def __init__(self, database: Database, clock: Callable[[], date], parent: QObject) -> None:
        super().__init__(parent)
        self.database = database
        self.clock = clock
        self.jobs = Jobs(self)
        self.is_resting = False
        self.jobs.cancelled.connect(lambda label: self.said.emit(f"{label}: abgebrochen, nichts geändert"))
        self.shared: dict[object, QObject] = {}
        self._gui_thread = threading.get_ident()
        database.on_change.append(self._notice)

    def close(self) -> None:
        """Stop running work, tell nobody any more, let go of the file."""
        self.is_resting = True
        self.jobs.close()
        self.database.on_change.remove(self._notice)
        self.database.close()

    def _notice(self, changed: Changed) -> None:
        """A write has ended, perhaps on a worker thread; pages hear of it on theirs."""
        if threading.get_ident() == self._gui_thread:
            self._tell(changed)
        else:
            self.jobs.queue.post(lambda: self._tell(changed))

    def _tell(self, changed: Changed) -> None:
        self.changed.emit(changed)
        self.outdated.emit(changed)


class Context(QObject):
    """Asks, commands and news of one open database file, for one page, dialog or other part of the window.

    What is asked through a context is noted; when it is no longer true, the context says so by `outdated`:

        self.context = context.own(self)
        self.context.outdated.connect(self.refresh)

    `changed` tells of every change, for those who repeat what was done. `opened`, `part_opened`, `said`, `saved`,
    `recast_wanted`, `lock_wanted` and `copy_wanted` are addressed to the window.
    """

    outdated = Signal(object)  # db.database.Changed, also when `TODAY` has changed

    def __init__(
        self,
        database: Database,
        parent: QObject | None = None,
        *,
        clock: Callable[[], date] = date.today,
        file: OpenFile | None = None,
    ) -> None:
        super().__init__(parent)
        self.database = database
        self._file = file or OpenFile(database, clock, self)
        self._read: set[str] = set()
        self.jobs = self._file.jobs
        self.changed = self._file.changed
        self.opened = self._file.opened
        self.part_opened = self._file.part_opened
        self.said = self._file.said
        self.saved = self._file.saved
        self.recast_wanted = self._file.recast_wanted
        self.lock_wanted = self._file.lock_wanted
        self.copy_wanted = self._file.copy_wanted
        self._file.outdated.connect(self._hear)

    def own(self, owner: QObject) -> "Context":
        """A context of the same file for a part of the window that wants to hear of what it has asked itself."""
        return Context(self.database, owner, file=self._file)

    def shared(self, kind: Callable[["Context", QObject], S]) -> S:
        """The one `kind` that all parts of the window share as long as this file is open, made when wanted first."""
        known = self._file.shared
        if kind not in known:
            known[kind] = kind(self.own(self._file), self._file)
        return cast(S, known[kind])

    def ask(self, question: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Answer a question of the services in a short read."""
        with noting_reads(self._read), self.database.read() as session:
            return question(session, *args, **kwargs)

    def do(
        self, label: str, command: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a command of the services as one transaction and one undo step.

        `label` is the German sentence of the status bar and the undo menu. Errors go up to the caller;
        then nothing has changed.
        """
        with self.database.write(label) as session:
            return command(session, *args, **kwargs)

    def do_later(
        self,
        label: str,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        ended: Callable[[], None] | None = None,
        *,
        owner: QObject,
    ) -> Job:
        """Run long work on a worker thread; `done(result)` runs on the GUI thread afterwards.

        A progress dialog shows after 400 ms. Cancelling raises in `progress()`, so the work's transaction
        rolls back. `ended` runs in every case (done, failed, cancelled). `work` must not touch widgets;
        what it reads is noted like a question. Once `owner`, such as a dialog, is gone, nobody is told any more.
        """

        def tell(found: T) -> None:
            if isValid(owner):
                done(found)

        def tell_end() -> None:
            if ended is not None and isValid(owner):
                ended()

        def noted(progress: Progress) -> T:
            with noting_reads(self._read):
                return work(progress)

        return self.jobs.start(label, noted, tell, tell_end)

    def ask_later(
        self,
        owner: QObject,
        done: Callable[[T], None],
        question: Callable[Concatenate[Session, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Job:
        """Answer a question that takes long without holding up the window; then `done(answer)`.

        Nothing is shown meanwhile. Once the job is cancelled or `owner` is gone, the answer is not wanted any more.
        """

        def tell(found: T) -> None:
            if not job.is_cancelled:
                done(found)

        job = self.do_later("", lambda _progress: self.ask(question, *args, **kwargs), tell, owner=owner)
        owner.destroyed.connect(job.cancel)
        return job

    @property
    def is_resting(self) -> bool:
        """The file is closed, or waits for its password behind a cover: whoever looks by himself asks nothing."""
        return self._file.is_resting

    def rest(self) -> None:
        """Begin no more work until `wake`; what is wanted meanwhile waits."""
        self._file.is_resting = True
        self.jobs.hold()

    def let_go(self) -> bool:
        """End all connections once nothing runs any more: they know the key. False: not all of them yet."""
        return self.database.rest()

    def wake(self) -> None:
        """The file can be read again."""
        self._file.is_resting = False
        self.database.wake()
        self.jobs.go_on()

    def today(self) -> date:
        """The day by the clock; who has asked for it hears when another begins."""
        self._read.add(TODAY)
        return self._file.clock()

    def now(self) -> datetime:
        """Today's date with the time of the clock, to the second: the moment a paper or a file is dated with."""
        return datetime.combine(self._file.clock(), datetime.now().time().replace(microsecond=0))

    def begin_day(self) -> None:
        """Another day has begun: whatever asked which day it is, is no longer true."""
        self._file.outdated.emit(Changed("", frozenset({TODAY})))

    @property
    def reads(self) -> frozenset[str]:
        """The tables a change of which makes untrue what was asked here, and perhaps `TODAY`."""
        return frozenset(self._read)

    def forget_reads(self) -> None:
        """Everything is about to be asked again: from now on only that counts, and what long work has read."""
        if not self.jobs.running:
            self._read.clear()

    def open(self, page_id: str, record_id: int | None = None) -> None:
        """Go to a page, and there to a record."""
        self.opened.emit(page_id, record_id)

    def open_part(self, page_id: str, part: str, year: int | None = None) -> None:
        """Go to a page, and there to something to be done (see the page's `open_part`), perhaps of a budget year."""
        self.part_opened.emit(page_id, part, year)

    def say(self, sentence: str) -> None:
        """Show a sentence in the status bar."""
        self.said.emit(sentence)

    def tell_saved(self, path: Path, sentence: str = "") -> None:
        """Say that a file or folder was written, with the ways to it; the usual sentence names its place."""
        self.saved.emit(sentence or f"Gespeichert: {path}", path)

    def undo(self, until: int | None = None) -> None:
        """Take back the last command, or all back to one (its id); the notice says so."""
        self.database.undo(until)

    def redo(self, until: int | None = None) -> None:
        """Do again what was taken back last, or all up to a command (its id); the notice says so."""
        self.database.redo(until)

    def close(self) -> None:
        """Stop running work and let go of the database file."""
        self._file.close()

    def _hear(self, changed: Changed) -> None:
        """Reading the log of changes, or what hangs on it, is reading what every change writes.

        Questions of the services look at the calendar themselves, so at a new day no answer is sure to be true.
        """
        if (changed.tables | UNLOGGED_TABLES) & self._read or (TODAY in changed.tables and self._read):
            self.outdated.emit(changed)
