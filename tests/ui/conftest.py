"""Fixtures for tests of the window: real widgets on a real database file, settings of their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLibraryInfo, QLocale, QSettings, QTranslator
from PySide6.QtWidgets import QApplication

from app.ui.context import Context
from app.ui.kit.theme import Scheme, Theme
from app.ui.shell.errors import Funnel
from db.database import Database


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
def funnel(qapp: QApplication) -> Funnel:
    """Where errors go that no slot catches; install it in a test that wants to see them."""
    return Funnel(qapp)


@pytest.fixture
def context(database: Database, theme: Theme) -> Iterator[Context]:
    """A context on a new database; its database is closed with it."""
    opened = Context(database)
    yield opened
    opened.jobs.close()
