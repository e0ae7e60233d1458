"""The clicks and keys that once ended the program, in the whole window on demo data."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.context import Context
from app.ui.deadlines.due import Urgency
from app.ui.deadlines.due_list import DueList
from app.ui.kit.theme import Theme
from app.ui.overview.page import OverviewPage
from app.ui.shell.main_window import MainWindow
from app.workflows.demo import build
from db.database import open_database
from tests.ui.words import texts

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo database, made once."""
    return build(tmp_path_factory.mktemp("demo") / "demo.db", TODAY)


@pytest.fixture
def window(demo: Path, tmp_path: Path, theme: Theme, qtbot: QtBot) -> Iterator[MainWindow]:
    path = Path(shutil.copy(demo, tmp_path / "demo.db"))
    shown = MainWindow(Context(open_database(path, writer=True), clock=lambda: TODAY), theme)
    shown.show()
    shown.activateWindow()
    qtbot.waitUntil(lambda: bool(shown.pages) and shown.isActiveWindow())
    yield shown
    shown.close()
    shown.deleteLater()
    QCoreApplication.sendPostedEvents(shown, QEvent.Type.DeferredDelete)


@pytest.fixture
def page(window: MainWindow) -> OverviewPage:
    shown = window.pages["overview"]
    assert isinstance(shown, OverviewPage)
    return shown


def click(window: MainWindow, view: DueList, place: int) -> None:
    """A click of the mouse on a row, through the window, and what Qt does when it comes to rest."""
    at = view.viewport().mapTo(window, view.visualRect(view.dues.index(place)).center())
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, pos=at)
    QTest.qWait(20)


def test_a_row_in_every_column_and_the_first_again(window: MainWindow, page: OverviewPage) -> None:
    for urgency in (Urgency.OVERDUE, Urgency.SOON, Urgency.LATER, Urgency.OVERDUE):
        view = page.columns.columns[urgency].list
        for place in (0, 1):
            click(window, view, place)
            found = view.current()
            assert found == view.dues.dues[place]
            assert found.deadline.rule in texts(page.columns.detail)
            window.resize(1280 + 40 * place, 800)
            QTest.qWait(20)


def test_tab_walks_through_the_overview_and_harms_nothing(window: MainWindow, page: OverviewPage) -> None:
    click(window, page.columns.columns[Urgency.OVERDUE].list, 0)
    for key in (Qt.Key.Key_Tab,) * 4 + (Qt.Key.Key_Backtab,) * 4:
        QTest.keyClick(window.windowHandle(), key)
        QTest.qWait(20)
        assert QApplication.focusWidget() is not None
    lists = [one.list for one in page.columns.columns.values()]
    assert sum(one.current() is not None for one in lists) == 1


def test_done_and_undone_in_turn(window: MainWindow, page: OverviewPage, qtbot: QtBot) -> None:
    overdue = page.columns.columns[Urgency.OVERDUE].list
    before = len(overdue.dues.dues)
    click(window, overdue, 0)
    for _ in range(3):
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_E)
        qtbot.waitUntil(lambda: len(overdue.dues.dues) == before - 1)
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: len(overdue.dues.dues) == before)
    assert page.columns.detail.due == overdue.current()
