"""The whole window, empty and on demo data."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.context import Context
from app.ui.kit.theme import Theme
from app.ui.shell.errors import ErrorReporter
from app.ui.shell.main_window import MainWindow
from app.ui.shell.program import Program
from app.workflows.demo import build
from db.database import open_database


@pytest.fixture
def window(context: Context, theme: Theme, qtbot: QtBot) -> Iterator[MainWindow]:
    """The real window on a new file."""
    shown = MainWindow(context, theme)
    shown.show()
    qtbot.waitUntil(lambda: bool(shown.pages))
    yield shown
    shown.close()
    shown.deleteLater()  # else every later change of the look is paid for all windows there were
    QCoreApplication.sendPostedEvents(shown, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with demo data; tests of one module share it."""
    return build(tmp_path_factory.mktemp("demo") / "demo.db")


@pytest.fixture
def demo_window(demo: Path, theme: Theme, qtbot: QtBot) -> Iterator[MainWindow]:
    """The real window on it, active."""
    database = open_database(demo, writer=True)
    opened = MainWindow(Context(database), theme)
    qtbot.addWidget(opened)
    opened.show()
    qtbot.waitUntil(lambda: bool(opened.pages))
    opened.activateWindow()
    qtbot.waitUntil(opened.isActiveWindow)
    yield opened
    opened.close()
    database.close()


@pytest.fixture
def program(qapp: QApplication, theme: Theme, reporter: ErrorReporter, qtbot: QtBot) -> Iterator[Program]:
    """The running program, with no window yet."""
    qapp.setQuitOnLastWindowClosed(False)
    running = Program(qapp, theme, reporter)
    yield running
    running.ways_out.leave()
    for window in (running.window, running.start_window):
        if window is not None:
            window.closed.disconnect()
            window.close()
    for widget in QApplication.topLevelWidgets():
        widget.close()
