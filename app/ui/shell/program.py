"""The running program: which database file is open, and the window that shows it."""

import gc
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from app.domain.errors import Damaged, UserError
from app.ui import preferences
from app.ui.context import Context
from app.ui.kit.garbage import GarbageCollection
from app.ui.kit.jobs import Jobs, Progress
from app.ui.kit.questions import ask_which
from app.ui.kit.theme import Theme
from app.ui.shell.errors import ErrorReporter
from app.ui.shell.main_window import MainWindow
from app.ui.shell.protection import Protection
from app.ui.shell.start_window import Beginning, StartWindow
from app.ui.shell.synchronised import PuttingBack, advise, open_here, work_in_copy
from app.workflows.places import demo_database
from db.copies import restoring
from db.copies.erased import KnownErasure
from db.database import Database, create_database, refuse_existing
from db.encryption.unlocking import is_locked
from db.file.kept import Parted
from db.file.log import take_notices
from db.file.passing import sweep

if TYPE_CHECKING:
    from app.ui.copies.checking import LastCheck
    from app.ui.encryption.unlock import UnlockWindow
    from app.ui.shell.damage import WaysOut
    from app.ui.shell.parted import PartedDialog

NOT_STARTED = 4
"""Exit code when the database cannot be opened (exchange.md, section 4)."""


class Program(QObject):
    """Owns the open file and its window; at most one of each."""

    def __init__(
        self, app: QApplication, theme: Theme, reporter: ErrorReporter, frame: MainWindow | None = None
    ) -> None:
        """`frame`: a window that is shown already and waits for its file."""
        super().__init__(app)
        self.window: MainWindow | None = None
        self._frame = frame
        self.start_window: StartWindow | None = None
        self._app = app
        self._theme = theme
        self._reporter = reporter
        self._jobs = Jobs(self)
        self._garbage: GarbageCollection | None = None
        self.protection = Protection(self, reporter, self._jobs)
        self._parted: PartedDialog | None = None
        reporter.tell_elsewhere(Parted, self._tell_parted)
        reporter.tell_elsewhere(Damaged, self._offer_ways_out)
        self._ways_out: WaysOut | None = None
        self._asked: QMessageBox | None = None

    @property
    def ways_out(self) -> "WaysOut":
        """Of a damaged file: hopefully never needed, so made and loaded only then."""
        if self._ways_out is None:
            from app.ui.shell.damage import WaysOut

            self._ways_out = WaysOut(self._jobs, self.protection.unlock_first, self)
            self._ways_out.opened.connect(self._go_on)
            self._ways_out.open_wanted.connect(self.open)
            self._ways_out.closed.connect(self._quit_without_window)
        return self._ways_out

    def start(self, path: Path) -> None:
        """Show the window on `path`, or ask how to begin if there is nothing yet."""
        if not path.exists():
            self._ask_beginning(path)
            return
        if is_locked(path):
            self.protection.begin(path)
            return
        self.start_on(path)

    def open(self, path: Path) -> None:
        """Leave the open file for another; raises UserError, and the open one stays, if that fails."""
        if is_locked(path):
            self.protection.unlock_first(path, lambda: self.open(path))
            return
        if self.window is not None and path.resolve() == self.window.context.database.original.resolve():
            self.window.context.say(f"„{path.name}“ ist schon geöffnet.")
            return
        self._show(*open_here(path))

    def _offer_ways_out(self, error: Damaged) -> None:
        """Damage was met: of the open file in the midst of work, or of another that she wanted to open."""
        if self.window is None or not _is_same(error.path, self.window.context.database.path):
            self.ways_out.offer(error.path)
            if self.window is None and self.protection.window is not None:  # the password was right
                self._leave(self.protection.window)
                self.protection.window = None
        elif self._asked is None:
            question = (
                f"„{error.path.name}“ ist beschädigt: Ein Teil davon lässt sich nicht mehr lesen. Am besten gleich zu "
                "den Auswegen gehen: eine Sicherung wiederherstellen oder retten, was zu lesen ist."
            )
            self._reporter.note(question)
            self._ask_for_ways_out(question)

    def _tell_of_check(self, last: "LastCheck") -> None:
        """The weekly look through the file has found something; it is said once."""
        first = f"{last.wrong[0]}{' (und mehr)' if last.count > 1 else ''}"
        if last.is_damaged and self._asked is None:
            question = (
                f"Beim Prüfen der Datei wurden Schäden gefunden: {first}. Alles dazu steht in den Einstellungen unter "
                "„Sicherungen“."
            )
            self._reporter.note(question)
            self._ask_for_ways_out(question)
        elif not last.is_damaged:
            self._reporter.tell(
                f"Beim Prüfen der Anlagen fiel auf: {first}. Die Datei selbst ist in Ordnung. Unter „Einstellungen – "
                "Sicherungen“ steht, was fehlt; eine Sicherung enthält auch die Anlagen."
            )

    def _ask_for_ways_out(self, question: str) -> None:
        self._asked = ask_which(self.window, question, [("Auswege zeigen", self._leave_for_ways_out)])
        self._asked.finished.connect(self._answered)

    def _answered(self) -> None:
        self._asked = None

    def _leave_for_ways_out(self) -> None:
        if self.window is not None:
            window, self.window = self.window, None
            self.ways_out.offer(window.context.database.path)
            self._leave(window)

    def _go_on(self, database: Database, said: str) -> None:
        """A way out of the damaged file was gone; in the open window it says which."""
        self._show(database)
        if said and self.window is not None:
            self.window.context.say(said)

    def create(self, path: Path) -> None:
        """Begin a new file; the open one stays until it is there. Raises UserError if there is a file already."""
        refuse_existing(path)
        self._ask_beginning(path)

    def restore(self, snapshot: Path) -> None:
        """Put a snapshot in the place of the open file and open it again, whatever comes of it.

        While it is looked at whether that can be done, the window stays. Whoever was erased since it was taken is
        erased in it, too.
        """
        if self.window is None:
            return
        if is_locked(snapshot):
            self.protection.unlock_first(snapshot, lambda: self.restore(snapshot))
            return
        window, database = self.window, self.window.context.database

        def check(progress: Progress) -> None:
            restoring.require_fit(snapshot, database.path, progress)

        window.context.do_later(
            "Sicherung wird geprüft",
            check,
            lambda _: self._put_in_place(snapshot, database, window),
            owner=self,
        )

    def _put_in_place(self, snapshot: Path, database: Database, window: MainWindow) -> None:
        from app.ui.copies.rows import called_by_day
        from app.workflows.privacy.forgetting import known_around

        known = known_around(database.path)
        self._leave(window)
        self.window = None
        said = ""
        try:
            kept = restoring.put_in_place(snapshot, database.path)
            before = "" if kept is None else f"; der Stand davor ist jetzt „{kept.name}“"
            said = f"Wiederhergestellt: Sicherung {called_by_day(database.path, snapshot)}{before}"
        finally:
            self._open_again(database.original, said)
        self._repeat_erasures(known)

    def _repeat_erasures(self, known: list[KnownErasure]) -> None:
        from app.workflows.privacy.forgetting import repeat_erasures

        if self.window is not None and (said := repeat_erasures(self.window.context.database, known)):
            self.window.context.say(said)

    def _open_again(self, path: Path, said: str = "") -> None:
        try:
            opened = open_here(path)
        except Damaged as error:
            self.ways_out.offer(error.path)
            return
        except UserError as error:  # without a window the program would go on unseen
            self._reporter.tell(error.sentence, lambda: self._app.exit(NOT_STARTED))
            return
        self._show(*opened)
        if said and self.window is not None:
            self.window.context.say(said)

    def reopen(self) -> None:
        """Open what lies now where the open file was."""
        if self.window is None:
            return
        path = self.window.context.database.original
        self._leave(self.window)
        self.window = None
        self._open_again(path)

    def _tell_parted(self, error: Parted) -> None:
        """Others have meddled with the open file; told once at a time."""
        if self.window is None or self._parted is not None:
            return
        from app.ui.shell.parted import PartedDialog  # hopefully never needed

        self._parted = PartedDialog(self.window.context, error, QApplication.activeWindow() or self.window)
        self._parted.finished.connect(self._parted_closed)
        self._parted.rescued.connect(self.open)
        self._parted.reopen_wanted.connect(self.reopen)
        self._parted.open()

    def _parted_closed(self) -> None:
        self._parted = None

    def _ask_beginning(self, path: Path) -> None:
        window = StartWindow(path)
        window.chosen.connect(
            lambda beginning, name, password, remember: self._begin(path, beginning, name, password, remember)
        )
        window.open_wanted.connect(self.open)
        window.closed.connect(self._start_window_closed)
        self.start_window = window
        window.show()

    def _begin(
        self, path: Path, beginning: Beginning, name: str, password: str | None = None, remember: bool = False
    ) -> None:
        if beginning is Beginning.DEMO:
            self._begin_demo()
            return
        from app.services import office  # only for a new file

        database = create_database(path)
        with database.write(f"Büro „{name}“ angelegt", undoable=False) as session:
            office.save(session, replace(office.load(session), name=name))
        first_page = "imports" if beginning is Beginning.EXCEL else None
        if password is not None:
            database.close()
            self.protection.recast_file(path, password, remember, first_page)
            return
        self._show(database)
        if first_page and self.window is not None:
            self.window.open_page(first_page)

    def _begin_demo(self) -> None:
        from app.workflows.demo import build  # rarely needed, so not part of every start

        path = demo_database()
        if path.exists():
            self.open(path)
            return
        self._jobs.start(
            "Demo wird vorbereitet",
            lambda progress: build(path, date.today(), progress),
            lambda _: self.open(path),
        )

    def leave_window(self) -> Path:
        """Close the window for work on its file, which is returned; `show_file` opens it again."""
        assert self.window is not None
        path = self.window.context.database.original
        self._leave(self.window)
        self.window = None
        return path

    def show_file(self, path: Path, page: str | None = None) -> None:
        """Open a file for which no window is open, on a page."""
        self._open_again(path)
        if page and self.window is not None:
            self.window.open_page(page)

    def start_on(self, path: Path) -> None:
        """Show the window on a file that is there and needs no password any more."""
        try:
            opened = open_here(path)
        except UserError as error:
            # There is no window in which to go on, so the program ends once she has read why.
            if self._frame is not None:
                self._frame.close()
                self._frame = None
            if isinstance(error, Damaged):
                self.ways_out.offer(error.path)
                self._leave_question()
                return
            self._reporter.tell(error.sentence, lambda: self._app.exit(NOT_STARTED))
            return
        self._show(*opened)

    def _leave_question(self) -> None:
        """The password was given, and there is nothing that it opens."""
        window, self.protection.window = self.protection.window, None
        if window is not None:
            self._leave(window)

    def _start_window_closed(self) -> None:
        self.start_window = None
        self._quit_without_window()

    def _quit_without_window(self) -> None:
        leads_out = self._ways_out is not None and self._ways_out.is_shown
        if self.window is None and self.start_window is None and not leads_out:
            self._app.quit()

    def _window_closed(self) -> None:
        """The ways out of a damaged file stay while she has only looked at what can be read of it."""
        self.window = None
        self._quit_without_window()

    def _show(self, database: Database, to_tell: str = "") -> None:
        if database.is_writer:
            preferences.remember_file(database.original)
        before: list[MainWindow | StartWindow | UnlockWindow] = [
            w for w in (self.window, self.start_window, self.protection.window) if w is not None
        ]
        window = self._frame or MainWindow(None, self._theme)
        self._frame = None
        window.show_file(Context(database))
        window.files.open_wanted.connect(self.open)
        window.files.create_wanted.connect(self.create)
        window.files.restore_wanted.connect(self.restore)
        window.files.backed_up.connect(window.show_backup_age)
        window.new_day.begun.connect(lambda: self._begin_day(window))
        window.file_watch.parted.connect(self._tell_parted)
        window.context.copy_wanted.connect(lambda wanted: work_in_copy(window, wanted, self.reopen))
        window.closed.connect(self._window_closed)
        window.show()
        self.window = window
        self.protection.watch(window)
        self.start_window = None
        for old in before:
            self._leave(old)
        if database.copy is not None:
            PuttingBack(window, database.copy)
        for sentence in filter(None, (to_tell, *take_notices())):
            self._reporter.tell(sentence)
        QTimer.singleShot(0, self, self._started)

    def _started(self) -> None:
        """The first page is there: from now on garbage is collected, what the start has made left aside.

        And only now there is time for the snapshot of the day, which would slow the page down.
        """
        if self._garbage is None:
            self._jobs.start("", lambda _: sweep(), lambda _: None)
            gc.freeze()
            self._garbage = GarbageCollection(self)
        if self.window is not None:
            self.window.make_pages_ready()
            self.window.file_watch.settle()
            advise(self.window, self.reopen)
            self._begin_day(self.window)

    def _begin_day(self, window: MainWindow) -> None:
        """What is done once a day, at the start or when another day begins in the open window."""
        from app.ui.copies.checking import Checking
        from app.ui.shell.coming_into_force import ComingIntoForce  # not part of every start

        if not window.context.database.is_writer:
            return
        window.copies.take_daily()
        ComingIntoForce(window.context, window.status.news, window).begin()
        self.protection.settle(window)
        checking = window.context.shared(Checking)
        checking.found.connect(self._tell_of_check, Qt.ConnectionType.UniqueConnection)
        checking.look()

    def _leave(self, window: "MainWindow | StartWindow | UnlockWindow") -> None:
        """Close a window without ending the program."""
        window.closed.disconnect()
        window.close()
        window.deleteLater()


def _is_same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()
