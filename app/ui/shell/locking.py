"""Locks the window of an encrypted file: on demand, after a time without work, and when the computer has slept.

Everything of the program is hidden, not only covered: neither the taskbar nor a screen reader finds a word. What was
open stays as it was, also what is not saved yet, and comes back with the password.
"""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QWindow
from PySide6.QtWidgets import QApplication, QLineEdit, QToolTip, QWidget
from shiboken6 import isValid

from app.ui import preferences
from app.ui.kit.jobs import Jobs
from app.ui.shell.main_window import MainWindow
from db.encryption import keys
from db.encryption.opening import salt_of

if TYPE_CHECKING:
    from app.ui.encryption.unlock import UnlockWindow

LOOK_EVERY_MS = 10_000
SLEPT_S = 60
"""So much later than expected, a look tells that the computer has slept meanwhile."""
WAIT_MS = 200
WORK = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class Locking(QObject):
    """Of one window; `cover` is the window with the question while it is locked."""

    unlocked = Signal(object, bool)  # the secret, and whether it came from the recovery sheet

    def __init__(self, window: MainWindow, jobs: Jobs, clock: Callable[[], float] = time.time) -> None:
        super().__init__(window)
        self._window = window
        self._context = window.context
        self._jobs = jobs
        self._clock = clock
        self.cover: UnlockWindow | None = None
        self._hidden: list[QWidget] = []
        self._focus: QWidget | None = None
        self._seen = self._worked = clock()
        self.can_lock = salt_of(self._context.database.path) is not None
        window.commands["file.lock"].setEnabled(self.can_lock)
        self._context.lock_wanted.connect(self.lock)
        self._drop = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._drop.timeout.connect(self._drop_keys)
        if self.can_lock:
            window.installEventFilter(self)
            self._begin_to_look()

    def _begin_to_look(self) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        timer = QTimer(self, interval=LOOK_EVERY_MS)
        timer.timeout.connect(self.look)
        timer.start()
        app.applicationStateChanged.connect(self.look)
        app.focusWindowChanged.connect(self._watch)
        self._watch(QGuiApplication.focusWindow())

    def look(self) -> None:
        """Lock it if nobody has worked for the time that is set, or the computer has slept."""
        now = self._clock()
        slept = now - self._seen > LOOK_EVERY_MS / 1000 + SLEPT_S
        self._seen = now
        self._worked = min(self._worked, now)  # a clock that was put back
        minutes = preferences.LOCK_MINUTES.get()
        if slept or (minutes and now - self._worked >= minutes * 60):
            self.lock()

    def lock(self) -> None:
        """Hide everything, and forget the key as soon as running work has ended."""
        if not self.can_lock or self.cover is not None:
            return
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        QToolTip.hideText()
        self._focus = QApplication.focusWidget()
        from app.ui.encryption.unlock import UnlockWindow  # only for an encrypted file

        self.cover = UnlockWindow(self._context.database.path, self._jobs, locked=True)
        self.cover.opened.connect(lambda secret, by_sheet, _remember: self._unlock(secret, by_sheet))
        self.cover.setGeometry(self._window.geometry())
        self._hidden = [one for one in QApplication.topLevelWidgets() if self._is_shown(one)]
        for one in reversed(self._hidden):
            one.hide()
        self.cover.show()
        self.cover.activateWindow()
        self._context.rest()
        _application().installEventFilter(self)
        self._drop.start()

    def _is_shown(self, widget: QWidget) -> bool:
        return widget.isVisible() and self._is_hidden_by(widget)

    def _is_hidden_by(self, widget: QWidget) -> bool:
        passing = (Qt.WindowType.ToolTip, Qt.WindowType.Popup, Qt.WindowType.SplashScreen)
        return widget.isWindow() and widget is not self.cover and widget.windowType() not in passing

    def _keep_back(self, widget: QWidget) -> None:
        """What work that has ended, or an error, wants to say is said when the window is open again."""
        if not self._is_hidden_by(widget):
            return
        modality = widget.windowModality()
        widget.setWindowModality(Qt.WindowModality.NonModal)  # else the cover could not be used meanwhile
        widget.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        QTimer.singleShot(0, widget, lambda: self._put_away(widget, modality))

    def _put_away(self, widget: QWidget, modality: Qt.WindowModality) -> None:
        widget.hide()
        widget.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, False)
        widget.setWindowModality(modality)
        if widget.parentWidget() is self.cover:  # it would go with it
            widget.setParent(self._window, widget.windowFlags())
        if self.cover is None:
            widget.show()
        else:
            self._hidden.append(widget)

    def _drop_keys(self) -> None:
        if self.cover is None:
            return
        if self._context.jobs.running:
            self._drop.start()
            return
        keys.forget_all()
        if not self._context.let_go():
            self._drop.start()

    def _unlock(self, secret: object, by_sheet: bool) -> None:
        """Everything is there again as it was."""
        cover = self._end()
        self._context.wake()
        self._seen = self._worked = self._clock()
        there = [one for one in self._hidden if isValid(one)]
        for one in sorted(there, key=lambda one: one is not self._window):
            one.show()
        there[-1].activateWindow()
        if self._focus is not None and isValid(self._focus) and self._focus.isVisible():
            self._focus.setFocus()
            if isinstance(self._focus, QLineEdit):
                self._focus.deselect()  # shown again it is selected, and the next letter would replace it
        self._hidden, self._focus = [], None
        if cover is not None:
            cover.hide()
            cover.deleteLater()
        self._window.new_day.look()
        self.unlocked.emit(secret, by_sheet)

    def _end(self) -> "UnlockWindow | None":
        cover, self.cover = self.cover, None
        self._drop.stop()
        _application().removeEventFilter(self)
        return cover

    def _watch(self, window: QWindow | None) -> None:
        """Keys and clicks come to the window that has the keyboard."""
        if window is not None:
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in WORK:
            self._worked = self._clock()
        elif event.type() == QEvent.Type.Close and watched is self._window:
            if (cover := self._end()) is not None:
                cover.deleteLater()
        elif event.type() == QEvent.Type.Show and self.cover is not None and isinstance(watched, QWidget):
            self._keep_back(watched)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._is_wish(event):
            QTimer.singleShot(0, self, self.lock)
            return True
        return False

    def _is_wish(self, event: QKeyEvent) -> bool:
        """Over a form or a question the window's own shortcuts rest; this one must work there, too."""
        return QKeySequence(event.keyCombination()) in self._window.commands["file.lock"].shortcuts()


def _application() -> QCoreApplication:
    app = QCoreApplication.instance()
    assert app is not None
    return app
