"""The ways out of a damaged file: a snapshot in its place, what can be saved of it, or a look at what can be read."""

import glob
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.ui.copies.rows import called_by_day
from app.ui.kit.jobs import Jobs, Progress
from app.ui.shell.rescued import RescuedDialog
from app.ui.shell.ways_out import WaysOutWindow
from app.workflows.privacy.forgetting import known_around, repeat_erasures
from db.attachments import folder_for
from db.copies import restoring
from db.copies.erased import KnownErasure
from db.copies.snapshots import snapshots
from db.damage.rescue import needs_password, rescue
from db.damage.rescued import Rescued
from db.database import Database, open_database

UnlockFirst = Callable[[Path, Callable[[], object]], None]
"""Asks for the password of a file, then goes on."""


class WaysOut(QObject):
    """Shows them, and goes the one she chooses. The damaged file itself must not be open."""

    opened = Signal(object, str)  # the Database she goes on with, and what is to be said of it
    open_wanted = Signal(Path)
    closed = Signal()

    def __init__(self, jobs: Jobs, unlock_first: UnlockFirst, parent: QObject) -> None:
        super().__init__(parent)
        self._unlock_first = unlock_first
        self.window: WaysOutWindow | None = None
        self._jobs = jobs
        self._looked_at: tempfile.TemporaryDirectory[str] | None = None

    @property
    def is_shown(self) -> bool:
        return self.window is not None

    def offer(self, path: Path) -> None:
        """Show the ways out of the file at `path`."""
        self.leave()
        window = WaysOutWindow(path, self._jobs)
        window.restore_wanted.connect(lambda snapshot: self._restore(snapshot, path))
        window.rescue_wanted.connect(lambda: self._rescue(path))
        window.look_wanted.connect(lambda: self._look(path))
        window.open_wanted.connect(self.open_wanted)
        window.closed.connect(self._window_closed)
        self.window = window
        window.show()

    def leave(self) -> None:
        """She goes on elsewhere."""
        if self.window is not None:
            window, self.window = self.window, None
            window.closed.disconnect(self._window_closed)
            window.close()
            window.deleteLater()

    def _window_closed(self) -> None:
        self.window = None
        self.closed.emit()

    def _with_password(self, closed: Path, then: Callable[[], object]) -> None:
        """Ask for it, and go on; what could not be looked into before is listed with its contents now."""

        def given() -> None:
            if self.window is not None:
                self.window.look_again()
            then()

        self._unlock_first(closed, given)

    def _restore(self, snapshot: Path, path: Path) -> None:
        """What comes back is to be encrypted as the file was; where it cannot say that any more, the snapshot does."""
        if (closed := restoring.needs_password(snapshot, path)) is not None:
            self._with_password(closed, lambda: self._restore(snapshot, path))
            return
        said = f"Wiederhergestellt: Sicherung {called_by_day(path, snapshot)}"

        def work(progress: Progress) -> list[KnownErasure]:
            known = known_around(path)
            restoring.restore(snapshot, path, progress)
            return known

        self._jobs.start(
            "Sicherung wird wiederhergestellt", work, lambda known: self._go_on_with(path, known, said)
        )

    def _rescue(self, path: Path) -> None:
        if (closed := needs_password(path, _sources(path))) is not None:
            self._with_password(closed, lambda: self._rescue(path))
            return
        target = _free_name(path)
        self._jobs.start(
            "Wird gerettet, was zu lesen ist",
            lambda progress: rescue(path, target, _sources(path), progress),
            lambda found: self._tell(found, path),
        )

    def _tell(self, found: Rescued, path: Path) -> None:
        dialog = RescuedDialog(found, self.window)
        dialog.taken.connect(lambda: self._take_over(found, path))
        dialog.open()

    def _take_over(self, found: Rescued, path: Path) -> None:
        """The saved file takes the place of the damaged one, which is kept among the snapshots."""

        def work(progress: Progress) -> list[KnownErasure]:
            known = known_around(path)
            restoring.restore(found.target, path, progress)
            with suppress(OSError):  # a second file of the same would only confuse
                for left in found.target.parent.glob(f"{glob.escape(found.target.name)}*"):
                    left.unlink()
                shutil.rmtree(folder_for(found.target), ignore_errors=True)

            return known

        self._jobs.start(
            "Gerettetes wird übernommen",
            work,
            lambda known: self._go_on_with(path, known, "Weiter mit dem Geretteten"),
        )

    def _look(self, path: Path) -> None:
        """What can be read, in a file of its own that goes with the program: damaged pages would stop every list."""
        if (closed := needs_password(path, ())) is not None:
            self._with_password(closed, lambda: self._look(path))
            return
        self._looked_at = tempfile.TemporaryDirectory(prefix="quartiersbuero-")
        target = Path(self._looked_at.name) / path.name
        self._jobs.start(
            "Wird gelesen, was zu lesen ist",
            lambda progress: rescue(path, target, (), progress),
            lambda _: self._show_read(target),
        )

    def _show_read(self, target: Path) -> None:
        database = open_database(target, writer=False)
        database.why_only_read = "Das ist, was sich von der beschädigten Datei lesen lässt."
        self.opened.emit(database, "")

    def _go_on_with(self, path: Path, known: list[KnownErasure], said: str) -> None:
        """Whoever was erased since a copy was taken is erased in it, too."""
        database: Database = open_database(path, writer=True)
        repeat_erasures(database, known)
        self.leave()
        self.opened.emit(database, f"{said}; die beschädigte Datei liegt bei den Sicherungen")


def _sources(path: Path) -> list[Path]:
    """The newest snapshots: what the file itself no longer says may stand there."""
    return [one.path for one in snapshots(path)[:3]]


def _free_name(path: Path) -> Path:
    """Beside the damaged file, never in the place of another."""
    for number in range(1, 1000):
        name = f"{path.stem}_gerettet{'' if number == 1 else f'-{number}'}{path.suffix}"
        target = path.with_name(name)
        if not target.exists() and not folder_for(target).exists():
            return target
    return path
