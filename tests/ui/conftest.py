"""Fixtures for tests of the window: real widgets on a real database file, settings of their own."""

import gc
import json
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QLibraryInfo, QLocale, QSettings, QTranslator
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from app.ui.context import Context
from app.ui.kit.garbage import GarbageCollection
from app.ui.kit.theme import Scheme, Theme
from app.ui.shell.errors import ErrorReporter
from db.database import Database

PATIENCE_MS = 60_000


class PatientBot(QtBot):
    """Waits as long as a busy machine may need; a test that passes does not wait so long."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE_MS, **how: Any) -> Any:
        return super().waitSignal(signal, timeout=timeout, **how)

    def waitExposed(self, widget: Any, *, timeout: int = PATIENCE_MS) -> Any:
        return super().waitExposed(widget, timeout=timeout)

    def waitActive(self, widget: Any, *, timeout: int = PATIENCE_MS) -> Any:
        return super().waitActive(widget, timeout=timeout)


@pytest.fixture(scope="session")
def qapp_args(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """A screen as an office has it; without one a window of the tests would have to fit 800x800."""
    screen = {"name": "office", "x": 0, "y": 0, "width": 1920, "height": 1080, "dpr": 1}
    screen |= {"logicalDpi": 96, "logicalBaseDpi": 96}
    path = tmp_path_factory.mktemp("screen") / "screen.json"
    path.write_text(json.dumps({"screens": [screen]}), "utf-8")
    return ["quartiersbuero", "-platform", f"offscreen:configfile={path}"]


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """The usual one, more patient."""
    return PatientBot(request)


@pytest.fixture(autouse=True)
def garbage(qapp: QApplication) -> Iterator[GarbageCollection]:
    """Widgets go on the thread they live on, as in the program; tests without a window collect as Python does."""
    collection = GarbageCollection(qapp)
    yield collection
    collection.deleteLater()
    gc.enable()


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, qapp: QApplication) -> None:
    """Nothing a test remembers reaches the user's own settings, or the next test."""
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "settings"))
    qapp.setOrganizationName("Quartiersbuero")
    qapp.setApplicationName("Quartiersbuero")


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    """German words of Qt and our look, as the program starts with them."""
    QLocale.setDefault(QLocale(QLocale.Language.German, QLocale.Country.Germany))
    german = QTranslator(qapp)
    assert german.load("qtbase_de", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    qapp.installTranslator(german)
    return Theme(qapp, Scheme.LIGHT)


@pytest.fixture
def reporter(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[ErrorReporter]:
    """Where errors go that no slot catches; install it in a test that wants to see them.

    Nothing of it stays: the next test gets its own hooks, and must not find a message of this one.
    """
    for module in (sys, threading):
        monkeypatch.setattr(module, "excepthook", module.excepthook)
    yield ErrorReporter(qapp)
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QMessageBox):
            widget.close()


@pytest.fixture
def context(database: Database, theme: Theme) -> Iterator[Context]:
    """A context on a new database; its database is closed with it."""
    opened = Context(database)
    yield opened
    opened.jobs.close()
