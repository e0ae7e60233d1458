"""The whole window on invented data."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from app.ui.context import Context
from app.ui.kit.theme import Theme
from app.ui.shell.main_window import MainWindow
from app.workflows.demo import build
from db.database import open_database

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo database, made once."""
    return build(tmp_path_factory.mktemp("demo") / "demo.db", TODAY)


@pytest.fixture
def demo_window(demo: Path, tmp_path: Path, theme: Theme, qtbot: QtBot) -> Iterator[MainWindow]:
    path = Path(shutil.copy(demo, tmp_path / "demo.db"))
    shown = MainWindow(Context(open_database(path, writer=True), clock=lambda: TODAY), theme)
    shown.show()
    shown.activateWindow()
    qtbot.waitUntil(lambda: bool(shown.pages) and shown.isActiveWindow())
    yield shown
    shown.close()
    shown.deleteLater()
    QCoreApplication.sendPostedEvents(shown, QEvent.Type.DeferredDelete)
