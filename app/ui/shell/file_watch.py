"""Looks after the open file while nobody is kept waiting: empties its log, and notices what others do to it."""

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from app.ui.context import Context
from db.file.kept import Parted

PAUSE_MS = 1000
"""After so long what was saved stands in the file itself, and a copy of the file alone is whole."""
LOOK_EVERY_MS = 5000


class FileWatch(QObject):
    """Settles the file a second after a change, beside the window; looks at it now and then."""

    parted = Signal(object)  # db.file.kept.Parted, once

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context.own(self)
        self._told = False
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.settle)
        context.changed.connect(self._settle_soon)
        self._looking = QTimer(self, interval=LOOK_EVERY_MS)
        self._looking.timeout.connect(self.look)
        self._looking.start()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.applicationStateChanged.connect(self.look)

    def settle(self) -> None:
        """Now, on a worker thread; again after another pause if somebody who reads was in the way."""
        self._context.do_later(
            "", lambda _progress: self._context.database.settle(), self._settled, owner=self
        )

    def look(self) -> None:
        """Tell it, once, if the file is not the one that was opened."""
        if self._told or not self._looking.isActive():
            return
        try:
            self._context.database.require_same_file()
        except Parted as error:
            self._told = True
            self.parted.emit(error)

    def _settle_soon(self) -> None:
        if not self._pause.isActive():  # somebody who works without a pause is not to wait for ever
            self._pause.start()

    def _settled(self, whole: bool) -> None:
        if not whole:
            self._settle_soon()
