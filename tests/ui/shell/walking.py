"""Going through the whole window on demo data: every page and view, every dialog a button of them opens."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QMenu,
    QMessageBox,
    QPushButton,
    QTextBrowser,
    QWidget,
)

from app.ui.kit.dialog import Dialog
from app.ui.kit.editors.rows_grid import RowsGrid
from app.ui.settings.page import SECTIONS, SettingsPage
from app.ui.shell.main_window import MainWindow

MOST_STOPS = 200
OPENS = ("…", "anlegen", "Bearbeiten", "Neu", "eintragen", "ändern", "hinzufügen", "erfassen")
"""How the words of buttons end that open a dialog."""


def sides(window: MainWindow, page_id: str) -> Iterator[str]:
    """One view of the page after the other."""
    window.open_page(page_id)
    page = window.pages[page_id]
    yield page_id
    yield from page.parts()
    if isinstance(page, SettingsPage):
        for name, _ in SECTIONS:
            page.show_section(name)
            yield name


def dialogs(window: MainWindow) -> Iterator[Dialog]:
    """Each dialog that a button or a menu of what is shown opens, one after the other; each is closed afterwards."""
    buttons = [one for one in window.findChildren(QPushButton) if one.isVisible() and one.isEnabled()]
    for one in buttons:
        if not one.isVisible():
            continue
        if (menu := one.menu()) is not None:
            menu.aboutToShow.emit()
            calls = [action.trigger for action in menu.actions() if _opens(action.text())]
        else:
            calls = [one.click] if _opens(one.text()) else []
        for call in calls:
            call()
            QApplication.processEvents()
            yield from _opened()


def _opened() -> Iterator[Dialog]:
    shown = QApplication.activeModalWidget()
    if isinstance(shown, Dialog):
        yield shown
        shown.close()
        QApplication.processEvents()
    if (left := QApplication.activeModalWidget()) is not None:
        left.close()  # a question of the system, or a form that asks
    if isinstance(popup := QApplication.activePopupWidget(), QMenu):
        popup.close()


def _opens(words: str) -> bool:
    return words.partition("\t")[0].replace("&", "").endswith(OPENS)


def walk(window: QWidget, key: Qt.Key) -> list[QWidget]:
    """Tab, or Shift+Tab, from where the keyboard is once around."""
    first = QApplication.focusWidget()
    assert first is not None
    seen = [first]
    for _ in range(MOST_STOPS):
        QTest.keyClick(seen[-1], key)
        QApplication.processEvents()
        now = QApplication.focusWidget()
        assert now is not None
        if now is seen[-1] and len(reachable(window)) > 1:
            assert isinstance(now, QTextBrowser | QLabel | RowsGrid)  # from link to link, from cell to cell
            continue
        if now is first:
            return seen
        assert now not in seen, f"circles at {named(now)}"
        seen.append(now)
    pytest.fail(f"more than {MOST_STOPS} stops")


def reachable(window: QWidget) -> set[QWidget]:
    """What Tab must come to, as Qt itself would say."""
    return {
        one
        for one in window.findChildren(QWidget)
        if one.isVisible()
        and one.isEnabled()
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.focusProxy() is None
        and one.window() is window
    }


def named(one: QWidget) -> str:
    words = one.accessibleName() or (one.text() if isinstance(one, QAbstractButton) else "")
    return f"{type(one).__name__} „{words}“"


def said(root: QWidget) -> Iterator[str]:
    """All that can be read in a window: words, hints and tool tips."""
    for one in (root, *root.findChildren(QWidget)):
        yield one.toolTip()
        yield one.accessibleName()
        if isinstance(one, QLabel | QAbstractButton):
            yield one.text()
        if isinstance(one, QMessageBox):
            yield one.text()
