"""A file in a folder that others synchronise: advice at its first use, a working copy, putting it back."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from app.ui import preferences
from app.ui.context import Context
from app.ui.copies.working_copy import DIRECTLY, IN_COPY, shared_folder
from app.ui.kit.questions import ask_which
from app.ui.kit.texts import clock_time
from app.ui.shell.main_window import MainWindow
from app.workflows.places import working_copies
from db.comparing import RecordDifference, compare
from db.database import Database, open_database
from db.errors import Unwritable
from db.file.places import conflict_copies
from db.file.working_copy import Fetched, WorkingCopy

PUT_BACK_EVERY_MS = 10 * 60_000


def open_here(path: Path) -> tuple[Database, str]:
    """Open a file to be written, in a working copy where she wants that for it; and a sentence to be told, or "".

    Raises StoreError as `open_database` does; what cannot be written is opened to be read.
    """
    if _key(path) not in preferences.WORKED_IN_COPY.get():
        return open_database(path, writer=True, or_reader=True), ""
    copy = WorkingCopy(path.absolute(), working_copies() / sha256(_key(path).encode()).hexdigest()[:16])
    try:
        found = copy.take_up()
    except Unwritable:
        return open_database(path, writer=True, or_reader=True), ""
    try:
        database = open_database(copy.path, writer=True)
    except BaseException:
        copy.close()
        raise
    database.copy = copy
    if found is Fetched.DIVERGED and copy.second is not None:
        return database, (
            f"„{path}“ wurde von anderer Stelle geändert, während es hier Arbeit gab, die noch nicht zurückgelegt war. "
            f"Nichts ist verloren: Geöffnet ist der Stand aus dem Ordner, die eigene Arbeit liegt daneben als "
            f"„{copy.second.name}“."
        )
    return database, ""


class PuttingBack(QObject):
    """Puts a working copy back now and then; closing the file does it, too. The foot of the window says so."""

    def __init__(self, window: MainWindow, copy: WorkingCopy) -> None:
        super().__init__(window)
        self._window, self._copy = window, copy
        self._context = window.context.own(self)
        timer = QTimer(self, interval=PUT_BACK_EVERY_MS)
        timer.timeout.connect(self.put_back)
        timer.start()
        self._show()

    def put_back(self) -> None:
        """On a worker thread; that the file in the folder has changed is told as for any other."""
        database = self._context.database
        self._context.do_later(
            "", lambda progress: database.put_back(progress), lambda _: self._show(), owner=self
        )

    def _show(self) -> None:
        at = self._copy.put_at
        last = f" Zuletzt um {clock_time(at)} Uhr." if at else ""
        self._window.status.show_state(
            "Arbeitskopie",
            f"Gearbeitet wird in einer Kopie auf diesem Rechner: {self._copy.path}\n"
            f"Beim Schließen und alle zehn Minuten kommt der Stand nach {self._copy.original}.{last}",
        )


def work_in_copy(window: MainWindow, wanted: bool, reopen: Callable[[], None]) -> None:
    """Go over to working in a copy, or directly in the folder, once what was saved lies there."""
    database = window.context.database
    wish, other = preferences.WORKED_IN_COPY, preferences.WORKED_DIRECTLY
    if not wanted:
        wish, other = other, wish

    def go_over() -> None:
        key = _key(database.original)
        other.set([one for one in other.get() if one != key])
        _choose(database.original, wish, reopen)

    window.context.do_later("Datei zurücklegen", database.put_back, lambda _: go_over(), owner=window)


def advise(window: MainWindow, reopen: Callable[[], None]) -> None:
    """Once for each file: what the folder means for it, and whether to work in a copy."""
    path, database = window.context.database.original, window.context.database
    if not database.is_writer or not (where := shared_folder(path)):
        return
    if _key(path) in (*preferences.WORKED_IN_COPY.get(), *preferences.WORKED_DIRECTLY.get()):
        _tell_conflicts(window, path)
        return
    ask_which(
        window,
        f"„{path.name}“ liegt in einem Ordner, {where}. Wird die geöffnete Datei dort kopiert oder ersetzt, kann sie "
        "beschädigt werden oder Arbeit verloren gehen.\n\nEmpfohlen: Das Programm arbeitet in einer Kopie auf diesem "
        "Rechner und legt beim Schließen und alle zehn Minuten einen fertigen Stand in den Ordner zurück.",
        [
            (IN_COPY, lambda: _choose(path, preferences.WORKED_IN_COPY, reopen)),
            (DIRECTLY, lambda: _choose(path, preferences.WORKED_DIRECTLY, None)),
        ],
    )


def _choose(path: Path, files: preferences.Preference[list[str]], then: Callable[[], None] | None) -> None:
    files.set([*dict.fromkeys([*files.get(), _key(path)])])
    if then is not None:
        then()


def _tell_conflicts(window: MainWindow, path: Path) -> None:
    known = preferences.CONFLICTS_TOLD.get()
    found = [one for one in conflict_copies(path) if str(one) not in known]
    if not found:
        return
    preferences.CONFLICTS_TOLD.set([*known, *map(str, found)])
    one = found[0]
    ask_which(
        window,
        f"Neben „{path.name}“ liegt „{one.name}“: ein zweiter Stand, den der Abgleich des Ordners angelegt hat, weil "
        "an zwei Stellen zugleich gearbeitet wurde. Was steht nur dort?",
        [("Vergleichen", lambda: _compare(window.context, window, one))],
    )


def _compare(context: Context, window: MainWindow, other: Path) -> None:
    def show(found: list[RecordDifference]) -> None:
        from app.ui.shell.differences import DifferencesDialog

        DifferencesDialog(found, "der geöffneten Datei", f"„{other.name}“", window).open()

    path = context.database.path
    context.do_later("Vergleich", lambda _progress: compare(path, other), show, owner=window)


def _key(path: Path) -> str:
    return str(path.resolve())
