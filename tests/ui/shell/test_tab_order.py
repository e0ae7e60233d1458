"""Tab through the real window: every page and view, every control that can be used, in the order of the anatomy."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QTextBrowser, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.ui.context import Context
from app.ui.deadlines.due_detail import DueDetail
from app.ui.kit.filter_bar import FilterBar, FilterChip
from app.ui.kit.page import Page, Split
from app.ui.kit.table.frame import GridFrame
from app.ui.kit.theme import Theme
from app.ui.settings.page import SECTIONS, SettingsPage
from app.ui.shell.main_window import PAGES, MainWindow
from app.workflows.demo import build
from db.database import open_database

SETTLE_MS = 200
"""What a page does when it stands, such as counting proposals, is done by then."""

MOST_STOPS = 200


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("demo") / "demo.db")


@pytest.fixture
def window(demo: Path, theme: Theme, qtbot: QtBot) -> Iterator[MainWindow]:
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


def reachable(window: MainWindow) -> set[QWidget]:
    """What Tab must come to, as Qt itself would say; of the navigation one entry."""
    return {
        one
        for one in window.findChildren(QWidget)
        if one.isVisible()
        and one.isEnabled()
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.focusProxy() is None
        and one.window() is window
    }


def walk(window: MainWindow, key: Qt.Key) -> list[QWidget]:
    """From where the keyboard is once around."""
    first = QApplication.focusWidget()
    assert first is not None
    seen = [first]
    for _ in range(MOST_STOPS):
        QTest.keyClick(seen[-1], key)
        QApplication.processEvents()
        now = QApplication.focusWidget()
        assert now is not None
        if now is first:
            return seen
        if now is seen[-1]:
            assert isinstance(now, QTextBrowser)  # from link to link
            continue
        assert now not in seen, f"circles at {named(now)}"
        seen.append(now)
    pytest.fail(f"more than {MOST_STOPS} stops")


def named(one: QWidget) -> str:
    words = one.accessibleName() or (one.text() if isinstance(one, QAbstractButton) else "")
    return f"{type(one).__name__} „{words}“"


def of_the_chosen_deadline(one: QWidget) -> bool:
    """These come and go with the choice of a deadline, which Tab itself moves from column to column."""
    around: QWidget | None = one
    while around is not None and not isinstance(around, DueDetail):
        around = around.parentWidget()
    return around is not None


def zones(page: Page, order: Sequence[QWidget]) -> list[tuple[int, str]]:
    """Place in the anatomy of those controls whose place is beyond doubt."""
    details = [one.widget(1) for one in page.findChildren(Split)]
    bars = page.findChildren(FilterBar)
    grids = [one.grid for one in page.findChildren(GridFrame)]
    found = []
    for one in order:
        if any(detail.isAncestorOf(one) for detail in details):
            found.append((6, named(one)))
        elif any(one is bar.search for bar in bars):
            found.append((1, named(one)))
        elif (
            isinstance(one, FilterChip)
            and one.accessibleName().startswith("Filter ")
            and one.parentWidget() in bars
        ):
            found.append((2, named(one)))
        elif any(bar.isAncestorOf(one) for bar in bars):
            found.append((3, named(one)))
        elif one is page.header.primary:
            found.append((4, named(one)))
        elif one in grids:
            found.append((5, named(one)))
    return found


def sides(window: MainWindow, page_id: str) -> Iterator[str]:
    """One view of the page after the other, each at rest."""
    window.open_page(page_id)
    page = window.pages[page_id]
    yield page_id
    yield from page.parts()
    if isinstance(page, SettingsPage):
        for name, _ in SECTIONS:
            page.show_section(name)
            yield name


@pytest.mark.parametrize("page_id", [page.id for page in PAGES])
def test_tab_goes_through_everything_and_round(window: MainWindow, page_id: str, qtbot: QtBot) -> None:
    for side in sides(window, page_id):
        qtbot.wait(SETTLE_MS)
        page, entry = window.pages[page_id], window.navigation.entries[page_id]
        entry.setFocus(Qt.FocusReason.TabFocusReason)
        walk(window, Qt.Key.Key_Tab)  # every list it comes to has a current row now, and buttons for it
        order = list(filter(isValid, walk(window, Qt.Key.Key_Tab)))
        assert order[0] is entry
        missing = reachable(window) - set(order)
        assert not missing, f"{side}: {[named(one) for one in missing]}"
        found = zones(page, order)
        assert found == sorted(found, key=lambda one: one[0]), side
        there = [named(one) for one in order if not of_the_chosen_deadline(one)]
        found_back = filter(isValid, walk(window, Qt.Key.Key_Backtab))
        back = [named(one) for one in found_back if not of_the_chosen_deadline(one)]
        assert back[1:] == there[:0:-1], side
