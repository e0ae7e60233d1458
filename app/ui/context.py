"""The only way of a page to the database, and how pages hear of changes and reach each other."""

import threading
from collections.abc import Callable
from datetime import date, datetime
from typing import Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QObject, Signal
from sqlalchemy.orm import Session

from app.ui.kit.jobs import Job, Jobs, Progress
from db.database import Changed, Database

P = ParamSpec("P")
T = TypeVar("T")


class Context(QObject):
    """Asks, commands and news of one open database file.

    `changed` is the only signal pages listen to. `opened`, `part_opened` and `said` are addressed to the window.
    """

    changed = Signal(object)  # db.database.Changed
    opened = Signal(str, object)  # page id, record id or None
    part_opened = Signal(str, str, object)  # page id, name of a part of it, budget year or None
    said = Signal(str)  # a sentence for the status bar

    def __init__(
        self,
        database: Database,
        parent: QObject | None = None,
        *,
        clock: Callable[[], date] = date.today,
    ) -> None:
        super().__init__(parent)
        self.database = database
        self.jobs = Jobs(self)
        self.jobs.cancelled.connect(lambda label: self.say(f"{label}: abgebrochen, nichts geändert"))
        self._clock = clock
        self._gui_thread = threading.get_ident()
        database.on_change.append(self._notice)

    def ask(self, question: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Answer a question of the services in a short read."""
        with self.database.read() as session:
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
    ) -> Job:
        """Run long work on a worker thread; `done(result)` runs on the GUI thread afterwards.

        A progress dialog shows after 400 ms. Cancelling raises in `progress()`, so the work's transaction
        rolls back. `ended` runs in every case (done, failed, cancelled). `work` must not touch widgets.
        """
        return self.jobs.start(label, work, done, ended)

    def today(self) -> date:
        return self._clock()

    def now(self) -> datetime:
        """Today's date with the time of the clock, to the second: the moment a paper or a file is dated with."""
        return datetime.combine(self.today(), datetime.now().time().replace(microsecond=0))

    def open(self, page_id: str, record_id: int | None = None) -> None:
        """Go to a page, and there to a record."""
        self.opened.emit(page_id, record_id)

    def open_part(self, page_id: str, part: str, year: int | None = None) -> None:
        """Go to a page, and there to something to be done (see the page's `open_part`), perhaps of a budget year."""
        self.part_opened.emit(page_id, part, year)

    def say(self, sentence: str) -> None:
        """Show a sentence in the status bar."""
        self.said.emit(sentence)

    def undo(self) -> None:
        """Take back the last command; its notice says so."""
        self.database.undo()

    def redo(self) -> None:
        """Do again what was taken back last; its notice says so."""
        self.database.redo()

    def close(self) -> None:
        """Stop running work and let go of the database file."""
        self.jobs.close()
        self.database.on_change.remove(self._notice)
        self.database.close()

    def _notice(self, changed: Changed) -> None:
        """A write has ended, perhaps on a worker thread; pages hear of it on theirs."""
        if threading.get_ident() == self._gui_thread:
            self.changed.emit(changed)
        else:
            self.jobs.queue.post(lambda: self.changed.emit(changed))
