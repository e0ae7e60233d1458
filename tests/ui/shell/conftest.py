"""The whole window on demo data."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.ui.context import Context
from app.ui.kit.theme import Theme
from app.ui.shell.main_window import MainWindow
from app.workflows.demo import build
from db.database import open_database


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
