"""Another day begins while the window is open, perhaps while the computer sleeps."""

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from app.ui.context import Context

LOOK_EVERY_MS = 60_000


class NewDay(QObject):
    """Looks at the calendar every minute and whenever the program comes to the front; tells the file's context."""

    begun = Signal()  # after all pages have been told

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context.own(self)
        self._day = self._context.today()
        timer = QTimer(self, interval=LOOK_EVERY_MS)
        timer.timeout.connect(self.look)
        timer.start()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.applicationStateChanged.connect(self.look)  # a timer sleeps with the computer

    def look(self) -> None:
        """Tell it, once, if it is another day than it was."""
        if self._context.is_resting:  # it is looked at again when the file is open
            return
        today = self._context.today()
        if today != self._day:
            self._day = today
            self._context.begin_day()
            self.begun.emit()
