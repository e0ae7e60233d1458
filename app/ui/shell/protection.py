"""The running program and encryption: asks for passwords where a file needs one, recasts files, locks the window."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from app.ui import preferences
from app.ui.kit.jobs import Jobs
from app.ui.shell.errors import ErrorReporter
from app.ui.shell.locking import Locking
from app.ui.shell.main_window import MainWindow
from app.workflows.encryption.recasting import Recast, recast
from app.workflows.encryption.remembered import remember, unlock_remembered
from db.encryption.changing import settle
from db.encryption.keys import Secret
from db.encryption.opening import Locked, salt_of

if TYPE_CHECKING:
    from app.ui.encryption.unlock import UnlockWindow
    from app.ui.shell.program import Program


class Protection(QObject):
    """`window`: the question for the password before anything else is shown; `locking`: of the window that is open."""

    def __init__(self, program: "Program", reporter: ErrorReporter, jobs: Jobs) -> None:
        super().__init__(program)
        self.window: UnlockWindow | None = None
        self.locking: Locking | None = None
        self._program = program
        self._reporter = reporter
        self._jobs = jobs
        reporter.tell_elsewhere(Locked, self._needs_password)

    def begin(self, path: Path) -> None:
        """The program starts on an encrypted file: the keyring opens it, or she does."""
        self._jobs.start("", lambda _: unlock_remembered(path), lambda known: self._begin(path, known))

    def watch(self, window: MainWindow) -> None:
        """A file was opened in a window."""
        self.window = None
        window.context.recast_wanted.connect(self.recast)
        self.locking = Locking(window, self._jobs)
        self.locking.unlocked.connect(self._unlocked)

    def settle(self, window: MainWindow) -> None:
        """Copies that were not there when the file got its password follow when they are."""
        path, second = window.context.database.path, preferences.SECOND_BACKUP_PLACE.get()
        if salt_of(path) is not None:
            place = Path(second) if second else None
            window.context.do_later(
                "",
                lambda progress: settle(path, second_place=place, progress=progress),
                lambda _: window.show_backup_age(),
                owner=window,
            )

    def recast(self, password: str | None, remembers: bool) -> None:
        """Keep the open file encrypted with another password, or with None unencrypted; it is opened again."""
        if self._program.window is not None:
            self.recast_file(self._program.leave_window(), password, remembers)

    def recast_file(self, path: Path, password: str | None, remembers: bool, page: str | None = None) -> None:
        """The same for a file that is not open; afterwards it is, on a page."""
        second = preferences.SECOND_BACKUP_PLACE.get()
        place = Path(second) if second else None
        self._jobs.start(
            "Datei wird verschlüsselt" if password is not None else "Datei wird entschlüsselt",
            lambda progress: recast(path, password, place, remembers, progress),
            self._recast_done,
            lambda: self._program.show_file(path, page),
        )

    def unlock_first(self, path: Path, then: Callable[[], object]) -> None:
        """Ask for the password of another file, then go on."""
        from app.ui.encryption.unlock import UnlockDialog  # only for an encrypted file

        UnlockDialog(QApplication.activeWindow(), path, self._jobs, lambda _: then()).open()

    def _begin(self, path: Path, known: bool) -> None:
        if known:
            self._program.start_on(path)
            return
        from app.ui.encryption.unlock import UnlockWindow  # only for an encrypted file

        window = self.window = UnlockWindow(path, self._jobs)
        window.opened.connect(
            lambda secret, by_sheet, remembers: self._opened(path, secret, by_sheet, remembers)
        )
        window.open_wanted.connect(self._program.open)
        window.closed.connect(QApplication.quit)
        window.show()

    def _opened(self, path: Path, secret: Secret, by_sheet: bool, remembers: bool) -> None:
        self._program.start_on(path)
        if remembers:
            self._jobs.start("", lambda _: remember(secret), self._remembered)
        self._unlocked(secret, by_sheet)

    def _unlocked(self, _secret: Secret, by_sheet: bool) -> None:
        """The recovery sheet has opened the file: the password is not known any more."""
        window = self._program.window
        if by_sheet and window is not None:
            wanted = window.context.recast_wanted.emit
            from app.ui.encryption.password_dialog import PasswordDialog

            PasswordDialog("Neues Kennwort", window, wanted, save_text="Kennwort ändern").open()

    def _remembered(self, kept: bool) -> None:
        if self._program.window is not None and not kept:
            self._program.window.context.say(
                "Dieses System hat keinen Schlüsselbund; das Kennwort wird jedes Mal gefragt."
            )

    def _recast_done(self, done: Recast) -> None:
        """Say what could not be reached, and propose the recovery sheet."""
        window = self._program.window
        if window is None:
            return
        window.context.say(
            "Die Datei ist verschlüsselt" if done.secret else "Die Datei ist nicht mehr verschlüsselt"
        )
        if done.secret is not None:
            from app.ui.encryption.sheet_dialog import SheetDialog  # what sets papers loads with it

            SheetDialog(window.context, done.secret, window).open()
        if done.left:
            self._reporter.tell("\n".join(done.left))

    def _needs_password(self, error: Locked) -> None:
        """Something came upon an encrypted file, such as an old backup. Behind a locked window nothing is asked."""
        if self.locking is None or self.locking.cover is None:
            self.unlock_first(error.path, lambda: None)
