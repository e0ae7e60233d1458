"""The running program on files that are encrypted, or are to be."""

from collections.abc import Iterator

import keyring
import pytest
from keyring.backends.fail import Keyring
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.kit.theme import Theme
from app.ui.shell.errors import ErrorReporter
from app.ui.shell.program import Program
from db.encryption import keys


@pytest.fixture(autouse=True)
def own_keys(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keys of other tests are theirs, and this system has no keyring."""
    monkeypatch.setattr(keys, "_ring", {})
    before = keyring.get_keyring()
    keyring.set_keyring(Keyring())
    yield
    keyring.set_keyring(before)


@pytest.fixture
def program(
    own_keys: None, qapp: QApplication, theme: Theme, reporter: ErrorReporter, qtbot: QtBot
) -> Iterator[Program]:
    qapp.setQuitOnLastWindowClosed(False)
    running = Program(qapp, theme, reporter)
    yield running
    for window in (running.window, running.start_window, running.protection.window):
        if window is not None:
            window.closed.disconnect()
            window.close()
            window.deleteLater()  # what it would do in a moment needs the keys of this test
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    running.window = None  # what it would still do once it has nothing else to do
    for widget in QApplication.topLevelWidgets():
        widget.close()
