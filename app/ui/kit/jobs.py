"""Long work beside the window: a worker thread, progress, cancelling, and the result back on the GUI thread."""

import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QDialog, QProgressBar, QWidget

from app.domain.errors import Cancelled
from app.ui.kit.layout import column, grow, row
from app.ui.kit.screen import keep_on_screen
from app.ui.kit.widgets.scaling import follow_text
from app.ui.kit.widgets.text import button, label

T = TypeVar("T")
Progress = Callable[[int, int], None]
"""progress(done, total); raises Cancelled when the person has cancelled. `total` 0 = unknown."""

DIALOG_AFTER_MS = 400
REPORT_EVERY_S = 0.05


class GuiQueue(QObject):
    """Runs calls on the GUI thread, in order, whatever thread posts them.

    The calls wait in a plain queue and a bare event wakes the loop: a signal emitted by a thread that
    Qt doesn't know can get lost, a posted event cannot.
    """

    _woken = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._calls: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._woken.connect(self._run_next)

    def post(self, call: Callable[[], None]) -> None:
        """Ask for `call` to run on the GUI thread; returns at once. Any thread."""
        self._calls.put(call)
        QCoreApplication.postEvent(self, QEvent(QEvent.Type.User))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.User:
            self._woken.emit()  # an exception in a slot reaches sys.excepthook, one in event() would not cleanly
            return True
        return super().event(event)

    def _run_next(self) -> None:
        self._calls.get_nowait()()


class JobDialog(QDialog):
    """What is being done, how far it is, and a button to cancel."""

    def __init__(self, title: str, cancel: Callable[[], None], parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        follow_text(self, self.setMinimumWidth, 420)
        self._cancel = cancel
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.count = label("Wird vorbereitet …", "muted")
        self.button = button("Abbrechen", self.reject)
        foot = row(grow(self.count), self.button)
        column(label(title, "section", wrap=True), self.bar, foot, on=self, margins=(24, 24, 24, 16))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        keep_on_screen(self)

    def show_progress(self, done: int, total: int) -> None:
        """So much is done; `total` 0 is unknown and shows a bar that only moves."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        figures = f"{done:,} von {total:,}" if total else f"{done:,}"
        self.count.setText(figures.replace(",", "."))

    def reject(self) -> None:
        """Esc, the close button and "Abbrechen" all ask the work to stop; it closes the dialog itself."""
        self.button.setEnabled(False)
        self.count.setText("Wird abgebrochen …")
        self._cancel()


class Job(QObject):
    """One piece of work that is running or waiting for its turn; without a label it never shows a dialog."""

    def __init__(self, label: str, queue: GuiQueue, parent: QObject) -> None:
        super().__init__(parent)
        self.label = label
        self.dialog: JobDialog | None = None
        self._queue = queue
        self._cancelled = threading.Event()
        self._last_report = 0.0
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._show_dialog)

    def begin(self) -> None:
        """From now on it is work that she waits for."""
        if self.label:
            self._timer.start(DIALOG_AFTER_MS)

    def cancel(self) -> None:
        self._cancelled.set()

    @property
    def is_cancelled(self) -> bool:
        return self._cancelled.is_set()

    def progress(self, done: int, total: int) -> None:
        """Called by the work, on its own thread: report, and stop here if cancelled."""
        if self._cancelled.is_set():
            raise Cancelled
        now = time.monotonic()
        if now - self._last_report >= REPORT_EVERY_S or done == total:
            self._last_report = now
            self._queue.post(lambda: self._show_progress(done, total))

    def close(self) -> None:
        self._timer.stop()
        if self.dialog is not None:
            self.dialog.done(0)
            self.dialog.deleteLater()
            self.dialog = None

    def _show_progress(self, done: int, total: int) -> None:
        if self.dialog is not None:
            self.dialog.show_progress(done, total)

    def _show_dialog(self) -> None:
        self.dialog = JobDialog(self.label, self.cancel, QApplication.activeWindow())
        self.dialog.destroyed.connect(self._forget_dialog)
        self.dialog.open()

    def _forget_dialog(self) -> None:
        """It went with the window it stood over, which was closing already when it opened; the work goes on."""
        self.dialog = None


class Jobs(QObject):
    """Starts work on a worker thread and hands its result, or its error, to the GUI thread."""

    cancelled = Signal(str)  # the label of work that stopped because the person cancelled

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.queue = GuiQueue(self)
        self.running: list[Job] = []
        self._pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="job")
        self._closed = False
        self._waiting: list[Callable[[], None]] | None = None

    def hold(self) -> None:
        """What is begun from now on waits for `go_on`; what runs already runs to its end."""
        if self._waiting is None:
            self._waiting = []

    def go_on(self) -> None:
        """Begin what has waited."""
        waiting, self._waiting = self._waiting, None
        for begin in waiting or ():
            begin()

    def start(
        self,
        label: str,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        ended: Callable[[], None] | None = None,
    ) -> Job:
        """Run `work` beside the window; then `done(result)`, and `ended()` whatever came of it.

        Once all is closed nothing begins any more, such as what a timer still asks for; nobody is told.
        """
        if self._closed:
            job = Job("", self.queue, self)
            job.cancel()
            return job
        job = Job(label, self.queue, self)
        if self._waiting is None:
            self._begin(job, work, done, ended)
        else:
            self._waiting.append(lambda: self._begin(job, work, done, ended))
        return job

    def close(self) -> None:
        """Cancel what runs and wait until it has stopped; nothing half done stays behind."""
        self._closed = True
        for job in self.running:
            job.cancel()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _begin(
        self,
        job: Job,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        ended: Callable[[], None] | None,
    ) -> None:
        if self._closed:
            return
        self.running.append(job)
        job.begin()
        future = self._pool.submit(work, job.progress)
        future.add_done_callback(lambda f: self.queue.post(lambda: self._finish(job, f, done, ended)))

    def _finish(
        self, job: Job, future: Future[T], done: Callable[[T], None], ended: Callable[[], None] | None
    ) -> None:
        job.close()
        self.running.remove(job)
        job.deleteLater()
        if ended is not None:
            ended()
        if future.cancelled():
            return
        error = future.exception()
        if error is None:
            done(future.result())
        elif isinstance(error, Cancelled):
            self.cancelled.emit(job.label)
        else:
            sys.excepthook(type(error), error, error.__traceback__)
