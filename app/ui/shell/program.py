"""The running program: which database file is open, and the window that shows it."""

import gc
from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from app.domain.errors import UserError
from app.ui import preferences
from app.ui.context import Context
from app.ui.kit.garbage import GarbageCollection
from app.ui.kit.jobs import Jobs, Progress
from app.ui.kit.theme import Theme
from app.ui.shell.errors import ErrorReporter
from app.ui.shell.main_window import MainWindow
from app.ui.shell.start_window import Beginning, StartWindow
from app.workflows.places import demo_database
from db.copies import restoring
from db.database import Database, create_database, open_database, refuse_existing

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

    def start(self, path: Path) -> None:
        """Show the window on `path`, or ask how to begin if there is nothing yet."""
        if not path.exists():
            self._ask_beginning(path)
            return
        try:
            database = open_database(path, writer=True)
        except UserError as error:
            # There is no window in which to go on, so the program ends once she has read why.
            if self._frame is not None:
                self._frame.close()
            self._reporter.tell(error.sentence, lambda: self._app.exit(NOT_STARTED))
            return
        self._show(database)

    def open(self, path: Path) -> None:
        """Leave the open file for another; raises UserError, and the open one stays, if that fails."""
        if self.window is not None and path.resolve() == self.window.context.database.path.resolve():
            self.window.context.say(f"„{path.name}“ ist schon geöffnet.")
            return
        self._show(open_database(path, writer=True))

    def create(self, path: Path) -> None:
        """Begin a new file; the open one stays until it is there. Raises UserError if there is a file already."""
        refuse_existing(path)
        self._ask_beginning(path)

    def restore(self, snapshot: Path) -> None:
        """Put a snapshot in the place of the open file and open it again, whatever comes of it.

        While it is looked at whether that can be done, the window stays.
        """
        if self.window is None:
            return
        window, path = self.window, self.window.context.database.path

        def check(progress: Progress) -> None:
            restoring.require_fit(snapshot, path, progress)

        window.context.do_later(
            "Sicherung wird geprüft", check, lambda _: self._put_in_place(snapshot, path, window), owner=self
        )

    def _put_in_place(self, snapshot: Path, path: Path, window: MainWindow) -> None:
        self._leave(window)
        self.window = None
        said = ""
        try:
            kept = restoring.put_in_place(snapshot, path)
            before = "" if kept is None else f"; der Stand davor ist jetzt „{kept.name}“"
            said = f"Wiederhergestellt aus „{snapshot.name}“{before}"
        finally:
            self._open_again(path, said)

    def _open_again(self, path: Path, said: str) -> None:
        try:
            database = open_database(path, writer=True)
        except UserError as error:  # without a window the program would go on unseen
            self._reporter.tell(error.sentence, lambda: self._app.exit(NOT_STARTED))
            return
        self._show(database)
        if said and self.window is not None:
            self.window.context.say(said)

    def _ask_beginning(self, path: Path) -> None:
        window = StartWindow(path)
        window.chosen.connect(lambda beginning, name: self._begin(path, beginning, name))
        window.open_wanted.connect(self.open)
        window.closed.connect(self._start_window_closed)
        self.start_window = window
        window.show()

    def _begin(self, path: Path, beginning: Beginning, name: str) -> None:
        if beginning is Beginning.DEMO:
            self._begin_demo()
            return
        from app.services import office  # only for a new file

        database = create_database(path)
        with database.write(f"Büro „{name}“ angelegt", undoable=False) as session:
            office.save(session, replace(office.load(session), name=name))
        self._show(database)
        if beginning is Beginning.EXCEL and self.window is not None:
            self.window.open_page("imports")

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

    def _start_window_closed(self) -> None:
        self.start_window = None
        if self.window is None:
            self._app.quit()

    def _show(self, database: Database) -> None:
        preferences.remember_file(database.path)
        before: list[MainWindow | StartWindow] = [
            w for w in (self.window, self.start_window) if w is not None
        ]
        window = self._frame or MainWindow(None, self._theme)
        self._frame = None
        window.show_file(Context(database))
        window.files.open_wanted.connect(self.open)
        window.files.create_wanted.connect(self.create)
        window.files.restore_wanted.connect(self.restore)
        window.files.backed_up.connect(window.show_backup_age)
        window.new_day.begun.connect(lambda: self._begin_day(window))
        window.closed.connect(self._app.quit)
        window.show()
        self.window = window
        self.start_window = None
        for old in before:
            self._leave(old)
        QTimer.singleShot(0, self, self._started)

    def _started(self) -> None:
        """The first page is there: from now on garbage is collected, what the start has made left aside.

        And only now there is time for the snapshot of the day, which would slow the page down.
        """
        if self._garbage is None:
            gc.freeze()
            self._garbage = GarbageCollection(self)
        if self.window is not None:
            self.window.make_pages_ready()
            self._begin_day(self.window)

    def _begin_day(self, window: MainWindow) -> None:
        """What is done once a day, at the start or when another day begins in the open window."""
        from app.ui.shell.coming_into_force import ComingIntoForce  # not part of every start

        window.copies.take_daily()
        ComingIntoForce(window.context, window.status.news, window).begin()

    def _leave(self, window: MainWindow | StartWindow) -> None:
        """Close a window without ending the program."""
        window.closed.disconnect()
        window.close()
        window.deleteLater()
