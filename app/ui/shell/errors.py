"""The one place through which every uncaught error reaches the person, in one of three ways.

The person can mend it: a sentence. The environment failed: a sentence with advice. Our own bug: the log
and a report to copy; the program lives on.
"""

import logging
import platform
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from types import TracebackType
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, qVersion
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox, QPlainTextEdit, QWidget

from app.domain.errors import Cancelled, UserError
from app.domain.fault_report import told
from app.ui.kit.dialog import Dialog
from app.ui.kit.jobs import GuiQueue
from app.ui.kit.layout import STRETCH, grow
from app.ui.kit.questions import message_box
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.text import button
from app.workflows.failures import as_user_error

E = TypeVar("E", bound=UserError)

log = logging.getLogger(__name__)


class ShownKind(StrEnum):
    """How an error was told: as a sentence, or as the report of a fault of ours."""

    SENTENCE = "sentence"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class Shown:
    """What the person was told; kept so that tests see what she sees."""

    kind: ShownKind
    text: str


class ReportDialog(Dialog):
    """Says that the program made a mistake, and offers the report to copy."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(
            parent,
            "Das Programm hat einen Fehler gemacht",
            "Die letzte Aktion wurde nicht ausgeführt, alles Gespeicherte ist sicher. Es kann weitergearbeitet werden. "
            "Bitte den Bericht kopieren und an die Stelle schicken, die das Programm betreut.",
            size=(640, 400),
        )
        self.setWindowTitle("Fehler im Programm")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # the reporter lets it go
        self.report = report
        text = QPlainTextEdit(report)
        text.setReadOnly(True)
        text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.copy = button("Bericht kopieren", lambda: QGuiApplication.clipboard().setText(self.report))
        close = self.close_button("Schließen")
        close.setDefault(True)
        self.build(grow(text), foot=(STRETCH, self.copy, close))


class ErrorReporter(QObject):
    """Receives what no slot caught. Install once; `shown` lists what the person was told."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.shown: list[Shown] = []
        self._queue = GuiQueue(self)
        self._gui_thread = threading.get_ident()
        self._report: ReportDialog | None = None
        self._open: list[QMessageBox] = []
        self._elsewhere: dict[type[UserError], Callable[[Any], None]] = {}

    def tell_elsewhere(self, kind: type[E], tell: Callable[[E], None]) -> None:
        """Errors of this kind have a dialog of their own."""
        self._elsewhere[kind] = tell

    def install(self) -> None:
        sys.excepthook = self.handle
        threading.excepthook = lambda args: self.handle(
            args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback
        )

    def handle(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Tell the person, in the way that fits the error; from any thread."""
        if threading.get_ident() != self._gui_thread:
            self._queue.post(lambda: self.handle(kind, error, trace))
        elif issubclass(kind, Cancelled):
            return
        elif issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
        elif (known := as_user_error(error)) is not None:
            log.info("Told", exc_info=(kind, error, trace))
            elsewhere = next((tell for of, tell in self._elsewhere.items() if isinstance(known, of)), None)
            if elsewhere is not None:
                elsewhere(known)
            else:
                self.tell(known.sentence)
        else:
            log.error("Unexpected error", exc_info=(kind, error, trace))
            self.report(told(error, trace))

    def note(self, sentence: str) -> None:
        """She is told elsewhere, in a place of its own."""
        self.shown.append(Shown(ShownKind.SENTENCE, sentence))

    def tell(self, sentence: str, closed: Callable[[], None] | None = None) -> None:
        """A calm message with one sentence; `closed` runs when she has read it."""
        self.shown.append(Shown(ShownKind.SENTENCE, sentence))
        box = message_box(sentence, "warning", Tone.WARNING, _window())
        box.setStandardButtons(QMessageBox.StandardButton.Ok)
        self._open.append(box)  # without a parent window nobody else keeps it alive
        box.finished.connect(lambda _: self._message_closed(box, closed))
        box.open()

    def report(self, text: str) -> None:
        """The report dialog; a second error while it is open only goes to the log."""
        versions = f"Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}"
        report = f"Quartiersbüro\n{versions}\n\n{text}"
        self.shown.append(Shown(ShownKind.REPORT, report))
        if self._report is not None:
            return
        self._report = ReportDialog(report, QApplication.activeWindow())
        self._report.finished.connect(self._report_closed)
        self._report.open()

    def _message_closed(self, box: QMessageBox, closed: Callable[[], None] | None) -> None:
        self._open.remove(box)
        box.deleteLater()
        if closed is not None:
            closed()

    def _report_closed(self) -> None:
        if self._report is not None:
            self._report.deleteLater()
            self._report = None


def _window() -> QWidget | None:
    """Over which a message stands: the one she works in; right after a dialog has closed no window is active."""
    return QApplication.activeWindow() or next(
        (one for one in QApplication.topLevelWidgets() if one.isVisible() and one.isWindow()), None
    )
