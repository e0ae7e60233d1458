"""Sees to the copies of the open file while the window is open: each day's, their proof, the second place."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from app.domain.errors import UserError
from app.ui import preferences
from app.ui.context import Context
from app.ui.kit.jobs import Progress
from db.copies import taking
from db.copies.proof import prove
from db.copies.snapshots import Snapshot, moment_in, newest_regular, snapshots, unproved

T = TypeVar("T")

TRY_EVERY_MS = 5 * 60_000


class CopyKeeper(QObject):
    """Takes the day's snapshot, and brings it to the second place as soon as that is there.

    There is one for each open file: `context.shared(CopyKeeper)`.
    """

    changed = Signal()  # there is another snapshot, or more is known of one
    trouble = ""
    """Why the second place could not be filled; empty: it was, or it is not there just now."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._path = context.database.path
        self._busy: set[str] = set()
        timer = QTimer(self, interval=TRY_EVERY_MS)
        timer.timeout.connect(self.bring)
        timer.start()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.applicationStateChanged.connect(self.bring)  # a stick was put in beside the window

    def take_daily(self) -> None:
        """The snapshot of the day, if there is none yet."""
        self._context.do_later(
            "Tägliche Sicherung",
            lambda progress: taking.daily_snapshot(
                self._path, self._context.now(), most_bytes=most_bytes(), progress=progress
            ),
            lambda _: None,
            self._go_on,
            owner=self,
        )

    def take_now(self, done: Callable[[Snapshot], None]) -> None:
        """One more, on her wish."""
        now = self._context.now()
        self._context.do_later(
            "Sicherung",
            lambda progress: taking.take(self._path, now, most_bytes=most_bytes(), progress=progress),
            done,
            self._go_on,
            owner=self,
        )

    @Slot()
    def bring(self) -> None:
        """What the second place lacks, quietly; the next try comes by itself."""
        if self._context.is_resting:
            return
        place = preferences.SECOND_BACKUP_PLACE.get()
        newest = newest_regular(snapshots(self._path))
        if not place or newest is None or newest.path.name == self._arrived_name():
            return
        drive, now = preferences.SECOND_BACKUP_DRIVE.get(), self._context.now()

        def work(progress: Progress) -> tuple[Snapshot | None, str]:
            try:
                return taking.bring_to(
                    Path(place), self._path, now, drive=drive, most_bytes=most_bytes(), progress=progress
                ), ""
            except UserError as error:
                return None, error.sentence

        self._quietly("bring", work, lambda found: self._brought(newest.path.name, *found))

    def prove_all(self) -> None:
        """What nobody has looked into yet, quietly."""
        unknown = unproved(self._path)
        if not unknown:
            return

        def work(progress: Progress) -> None:
            for path in unknown:
                prove(path, progress=progress)

        self._quietly("prove", work, lambda _: self.changed.emit())

    def arrived(self) -> datetime | None:
        """When the snapshot was taken that arrived at the second place last."""
        name = self._arrived_name()
        return moment_in(self._path, name) if name else None

    def _brought(self, name: str, arrived: Snapshot | None, trouble: str) -> None:
        self.trouble = trouble
        if arrived is not None:
            preferences.SECOND_BACKUP_LAST.set([str(self._path), name])
        self.changed.emit()

    def _go_on(self) -> None:
        self.changed.emit()
        self.bring()
        self.prove_all()

    def _arrived_name(self) -> str:
        last = preferences.SECOND_BACKUP_LAST.get()
        return last[1] if len(last) == 2 and last[0] == str(self._path) else ""

    def _quietly(self, what: str, work: Callable[[Progress], T], done: Callable[[T], None]) -> None:
        """Without a dialog, and never twice at once."""
        if what in self._busy:
            return
        self._busy.add(what)
        self._context.do_later("", work, done, lambda: self._busy.discard(what), owner=self)


def most_bytes() -> int:
    """What all snapshots of a place may take together."""
    return preferences.BACKUP_SIZE.get() * 1_000_000
