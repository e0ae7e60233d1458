"""Calls into Qt must not use up None, True and False, however many there are."""

import sys

import pytest
from PySide6.QtCore import QObject, Signal

import app.ui  # noqa: F401 - importing the window's package is what protects them

CALLS = 100_000


class Sender(QObject):
    told = Signal(bool)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="they live for ever there")
def test_singletons_outlive_many_calls() -> None:
    sender = Sender()
    for _ in range(CALLS):
        sender.setObjectName("")
        sender.told.emit(True)
    for lasting in (None, True, False):
        assert sys.getrefcount(lasting) > sys.maxsize // 8
