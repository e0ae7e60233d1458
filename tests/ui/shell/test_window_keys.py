"""Keys through the real window: every page, view and dialog, all that can be used, in the order of the anatomy."""

import re
from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QMainWindow, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.ui.agreements.page import AgreementsPage
from app.ui.deadlines.due_detail import DueDetail
from app.ui.kit.filter_bar import FilterBar, FilterChip
from app.ui.kit.mnemonics import letter_of
from app.ui.kit.page import Page, Split
from app.ui.kit.tab_order import ZONE, Zone
from app.ui.kit.table.frame import GridFrame
from app.ui.papers.preview import AgreementPaperDialog
from app.ui.shell.main_window import PAGES, MainWindow
from tests.ui.shell.walking import dialogs, named, reachable, said, sides, walk

SETTLE_MS = 150
"""What a page does when it stands, such as counting proposals, is done by then."""
ENGLISH = re.compile(r"\b(Return|Enter|Ctrl|Shift|Space|Del|Delete|PgUp|PgDown|Home|Backspace|Up|Down)\b")


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
        bar = next((bar for bar in bars if bar.isAncestorOf(one)), None)
        if any(detail.isAncestorOf(one) for detail in details):
            found.append((6, named(one)))
        elif bar is not None:
            chip = isinstance(one, FilterChip) and one.property(ZONE) is None
            found.append((1 if one is bar.search else 2 if chip else 3, named(one)))
        elif one is page.header.primary:
            found.append((4, named(one)))
        elif one in grids:
            found.append((5, named(one)))
    return found


def letters(window: QWidget) -> list[str]:
    """The letters that Alt shows, of the menu bar as well."""
    bar = window.menuBar().actions() if isinstance(window, QMainWindow) else []
    captions = [one for one in window.findChildren(QLabel) if one.buddy()]  # no other label shows a letter
    controls = window.findChildren(QPushButton) + window.findChildren(QCheckBox) + captions
    shown = [one.text() for one in controls if one.isVisible() and one.isEnabled()]
    return [letter for letter in map(letter_of, [*(action.text() for action in bar), *shown]) if letter]


def check_letters(window: QWidget) -> None:
    """No two share a letter while Alt is held, and afterwards every word is as it was."""
    before = list(said(window))
    QTest.keyPress(window, Qt.Key.Key_Alt)
    found = letters(window)
    assert len(found) == len(set(found)), found
    for main in window.findChildren(QPushButton):
        if main.property(ZONE) == Zone.FOOT and main.isVisible() and main.isEnabled():
            assert letter_of(main.text()), main.text()
    QTest.keyRelease(window, Qt.Key.Key_Alt)
    assert list(said(window)) == before


def check_words(window: QWidget) -> None:
    """Keys are called as they are on a German keyboard."""
    wrong = [words for words in said(window) if ENGLISH.search(words)]
    assert not wrong


@pytest.mark.parametrize("page_id", [page.id for page in PAGES])
def test_keys_go_through_every_page(demo_window: MainWindow, page_id: str, qtbot: QtBot) -> None:
    window = demo_window
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
        check_letters(window)
        check_words(window)


@pytest.mark.parametrize("page_id", [page.id for page in PAGES])
def test_keys_go_through_every_dialog(demo_window: MainWindow, page_id: str, qtbot: QtBot) -> None:
    window = demo_window
    for _side in sides(window, page_id):
        qtbot.wait(SETTLE_MS)
        for dialog in dialogs(window):
            dialog.activateWindow()
            qtbot.waitUntil(dialog.isActiveWindow)
            QTest.keyClick(dialog, Qt.Key.Key_Tab)
            assert QApplication.focusWidget() is not None
            walk(dialog, Qt.Key.Key_Tab)
            missing = reachable(dialog) - set(walk(dialog, Qt.Key.Key_Tab))
            assert not missing, f"{dialog.windowTitle()}: {[named(one) for one in missing]}"
            check_letters(dialog)
            check_words(dialog)


def test_no_menu_has_a_letter_twice(demo_window: MainWindow) -> None:
    bar = demo_window.menuBar()
    assert [action.text() for action in bar.actions()] == ["&Datei", "&Bearbeiten", "&Ansicht", "&Hilfe"]
    for top in bar.actions():
        menu = top.menu()
        menu.aboutToShow.emit()
        words = [action.text() for action in menu.actions() if not action.isSeparator()]
        found = [letter_of(text) for text in words]
        assert all(found), words
        assert len(found) == len(set(found)), words


def test_control_s_says_that_everything_is_saved(demo_window: MainWindow) -> None:
    QTest.keyClick(demo_window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert "Alles ist schon gespeichert" in "\n".join(said(demo_window.status))


def test_control_p_prints_the_record_that_is_shown(demo_window: MainWindow, qtbot: QtBot) -> None:
    window = demo_window
    window.open_page("settings")
    QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert "Hier gibt es nichts zu drucken." in "\n".join(said(window.status))
    window.open_page("agreements")
    page = window.pages["agreements"]
    assert isinstance(page, AgreementsPage)
    qtbot.waitUntil(lambda: page.register.table.current() is not None)
    QTest.keyClick(page.register.table.grid, Qt.Key.Key_Return)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    paper = QApplication.activeModalWidget()
    assert isinstance(paper, AgreementPaperDialog)
    paper.activateWindow()
    qtbot.waitUntil(paper.isActiveWindow)
    QTest.keyClick(paper, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    printer = QApplication.activeModalWidget()
    assert isinstance(printer, QPrintDialog)
    printer.close()
    with qtbot.waitSignal(paper.rejected):
        QTest.keyClick(paper, Qt.Key.Key_Escape)


def test_alt_and_a_letter_open_a_menu(demo_window: MainWindow, qtbot: QtBot) -> None:
    grid = QApplication.focusWidget()
    QTest.keyClick(grid, Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)
    menu = demo_window.menuBar().actions()[0].menu()
    qtbot.waitUntil(menu.isVisible)
    menu.close()
