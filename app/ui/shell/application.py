"""The Qt application, and a window that is there before the program behind it is loaded."""

import logging
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import (
    QLibraryInfo,
    QLocale,
    QMessageLogContext,
    QSettings,
    QtMsgType,
    QTranslator,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication

from app.domain.fault_report import without_names
from app.ui import preferences
from app.ui.kit.accessible import hear_all
from app.ui.kit.icons import icon
from app.ui.kit.outside import XdgOpen
from app.ui.kit.theme import Theme
from app.ui.kit.tokens import Tone
from app.ui.shell.main_window import MainWindow
from app.ui.shell.view import remembered_scheme
from app.workflows.places import PROGRAM
from db.encryption.keys import SALT_BYTES, is_ours
from db.private_files import tighten

log = logging.getLogger(__name__)


def create_application(arguments: Sequence[str]) -> tuple[QApplication, Theme]:
    """Qt in German with our name, icon and look. Call once, before the first widget."""
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QApplication.setOrganizationName(PROGRAM)
    QApplication.setApplicationName(PROGRAM)
    QApplication.setApplicationDisplayName("Quartiersbüro")
    QApplication.setDesktopFileName("quartiersbuero")
    QLocale.setDefault(QLocale(QLocale.Language.German, QLocale.Country.Germany))
    tighten(Path(QSettings().fileName()).parent)
    qInstallMessageHandler(_log_qt)
    app = QApplication(list(arguments))
    hear_all()
    app.setQuitOnLastWindowClosed(False)  # a window that makes way for another file must not end the program
    german = QTranslator(app)
    if german.load("qtbase_de", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(german)
    theme = Theme(app, remembered_scheme(), preferences.TEXT_SIZE.get())
    app.setWindowIcon(icon("logo", Tone.ACCENT))
    return app, theme


def _log_qt(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    """Qt's own warnings go to the log file with everything else, without what they quote."""
    level = {QtMsgType.QtDebugMsg: logging.DEBUG, QtMsgType.QtInfoMsg: logging.INFO}.get(
        kind, logging.WARNING
    )
    log.log(level, "Qt: %s", without_names(message))


def _asks_first(path: Path) -> bool:
    """An encrypted file shows nothing before its password; nobody has it open yet, so it may be read here."""
    try:
        with path.open("rb") as file:
            return is_ours(file.read(SALT_BYTES))
    except OSError:
        return False


def run_window(path: Path) -> int:
    """Show the window on a database file and live until it is closed; the exit code.

    The window with its navigation is painted first. Only then the rest is loaded, and the file is opened.
    """
    app, theme = create_application(["quartiersbuero"])
    XdgOpen.install(app)
    frame = MainWindow(None, theme) if path.exists() and not _asks_first(path) else None

    def begin() -> None:
        from app.ui.shell.errors import ErrorReporter
        from app.ui.shell.program import Program

        reporter = ErrorReporter(app)
        reporter.install()
        Program(app, theme, reporter, frame).start(path)

    if frame is None:
        begin()
    else:
        frame.navigation.painted.connect(begin)
        frame.show()
    return app.exec()
