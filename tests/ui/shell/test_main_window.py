"""The window as a whole: pages, navigation, undo, status line, menus."""

from datetime import datetime
from importlib import import_module

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.ui import preferences
from app.ui.budgets.page import BudgetPage
from app.ui.context import Context
from app.ui.kit.actions import ACTIONS, MENUS, ActionPlace, key_text
from app.ui.kit.icons import drawing
from app.ui.kit.mnemonics import without
from app.ui.kit.page import Page
from app.ui.kit.theme import Scheme, Theme
from app.ui.kit.tokens import DARK, LIGHT
from app.ui.shell.main_window import MainWindow
from app.ui.shell.navigation import PageSpec
from app.ui.shell.pages import PAGES
from db.copies.copying import take_snapshot
from db.copies.snapshots import folder_for, snapshots
from db.identity import DATABASE_ID
from db.models import Quarter, Setting


def add_setting(session: Session, name: str) -> None:
    session.add(Setting(name=name, value="1"))


def setting_names(context: Context) -> list[str]:
    return context.ask(
        lambda session: list(session.scalars(select(Setting.name).where(Setting.name != DATABASE_ID)))
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
def test_every_page_opens_on_an_empty_database(window: MainWindow, qtbot: QtBot, page: object) -> None:
    page_id = page.id  # type: ignore[attr-defined]
    window.navigation.entries[page_id].click()
    qtbot.wait(20)
    shown = window.stack.currentWidget()
    assert isinstance(shown, Page)
    assert shown.header.title
    assert window.navigation.entries[page_id].isChecked()


def test_pages_are_declared_completely() -> None:
    for page in PAGES:
        module, name = page.path.split(":")
        assert issubclass(getattr(import_module(module), name), Page)
        assert drawing(page.icon)
    assert len({page.id for page in PAGES}) == len(PAGES)


def test_no_key_means_two_things() -> None:
    """Keys of the whole window are unique; where a list or form has the focus, it adds keys of its own."""
    everywhere = [
        key for action in ACTIONS if action.place in (*MENUS, ActionPlace.PAGE) for key in action.keys
    ]
    everywhere += [page.shortcut for page in PAGES]
    assert sorted(everywhere) == sorted(set(everywhere))
    for place in (ActionPlace.TABLE, ActionPlace.FORM, ActionPlace.ROWS, ActionPlace.DUE):
        here = everywhere + [key for action in ACTIONS if action.place is place for key in action.keys]
        assert sorted(here) == sorted(set(here))


def test_every_action_of_the_menus_is_there(window: MainWindow) -> None:
    shown = {action.objectName() for menu in window.menuBar().actions() for action in menu.menu().actions()}
    declared = {action.id for action in ACTIONS if action.place in MENUS}
    assert declared | {f"page.{page.id}" for page in PAGES} <= shown


def test_pages_are_made_at_their_first_visit(window: MainWindow) -> None:
    assert list(window.pages) == ["overview"]
    window.open_page("budget")
    made = window.pages["budget"]
    window.open_page("overview")
    window.open_page("budget")
    assert window.pages["budget"] is made
    assert list(window.pages) == ["overview", "budget"]


def test_pages_have_keys(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    assert window.stack.currentWidget() is window.pages["budget"]


def test_a_page_can_send_to_a_record_of_another(window: MainWindow, context: Context) -> None:
    def add(session: Session) -> int:
        quarter = Quarter(short="DOE", name="Döhren")
        session.add(quarter)
        session.flush()
        return int(quarter.id)

    record_id = context.do("Quartier Döhren gespeichert", add)
    context.open("quarters", record_id)
    assert window.stack.currentWidget() is window.pages["quarters"]


def test_a_page_is_asked_for_a_part_of_it(window: MainWindow, context: Context) -> None:
    context.open_part("budget", "unassigned", 2026)
    page = window.pages["budget"]
    assert isinstance(page, BudgetPage)
    assert page.detail.trail.text() == "Nicht zugeordnet 2026"
    context.open_part("offers", "nothing it knows")
    assert window.stack.currentWidget() is window.pages["offers"]


def test_what_happened_is_said_and_can_be_taken_back(window: MainWindow, context: Context) -> None:
    context.do("Vereinbarung ZV-2026-01 gespeichert", add_setting, "a")
    assert window.status.news.sentence.text() == "Vereinbarung ZV-2026-01 gespeichert"
    assert window.status.saved.text() == f"Gespeichert {datetime.now():%H:%M}"
    undo = window.commands["edit.undo"]
    assert undo.text() == "Rückgängig: Vereinbarung ZV-2026-01 gespeichert"
    assert window.status.news.buttons[0].text() == "Rückgängig"
    window.status.news.buttons[0].click()
    assert setting_names(context) == []
    assert window.status.news.sentence.text() == "Rückgängig: Vereinbarung ZV-2026-01 gespeichert"
    assert not undo.isEnabled()
    assert window.commands["edit.redo"].text() == "Wiederholen: Vereinbarung ZV-2026-01 gespeichert"
    assert window.status.news.buttons[0].text() == "Wiederholen"
    window.status.news.buttons[0].click()
    assert setting_names(context) == ["a"]
    assert window.status.news.buttons[0].text() == "Rückgängig"


def test_what_is_outside_undo_offers_no_way_back(window: MainWindow, context: Context) -> None:
    context.do("Träger gespeichert", add_setting, "a")
    with context.database.write("Für die Unterschrift gedruckt", undoable=False) as session:
        add_setting(session, "b")
    assert window.status.news.sentence.text() == "Für die Unterschrift gedruckt"
    assert window.status.news.buttons[0].isHidden()  # it would take back what came before
    assert window.commands["edit.undo"].text() == "Rückgängig: Träger gespeichert"


def test_undo_by_key_belongs_to_a_text_field_first(
    window: MainWindow, context: Context, qtbot: QtBot
) -> None:
    field = QLineEdit(window.stack.currentWidget())
    field.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    context.do("Gespeichert", add_setting, "a")
    field.setFocus()
    QTest.keyClicks(field, "Text")
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert field.text() == ""
    assert setting_names(context) == ["a"]
    field.clearFocus()
    window.navigation.entries["overview"].setFocus()
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert setting_names(context) == []


def test_the_navigation_collapses_in_a_narrow_window(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: window.navigation.width() > 150)
    window.resize(1000, 700)
    qtbot.waitUntil(lambda: window.navigation.width() < 80)


def test_with_large_text_the_navigation_leaves_its_room_to_the_page(
    window: MainWindow, theme: Theme, qtbot: QtBot
) -> None:
    window.resize(1280, 800)
    assert window.navigation.width() > 200
    theme.resize(15)
    qtbot.waitUntil(lambda: window.navigation.width() < 80)
    theme.resize(10)
    qtbot.waitUntil(lambda: window.navigation.width() > 200)


def test_the_navigation_can_be_walked_with_arrow_keys(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    entries = window.navigation.entries
    entries["overview"].setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(entries["overview"], Qt.Key.Key_Down)
    assert entries["quarters"].hasFocus()
    QTest.keyClick(entries["quarters"], Qt.Key.Key_Space)
    assert window.stack.currentWidget() is window.pages["quarters"]
    entries["quarters"].setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(entries["quarters"], Qt.Key.Key_Down)
    QTest.keyClick(entries["actors"], Qt.Key.Key_Return)
    assert window.stack.currentWidget() is window.pages["actors"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
def test_the_keyboard_goes_along_to_the_page(window: MainWindow, qtbot: QtBot, page: PageSpec) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    for spec in (PAGES[1] if page is PAGES[0] else PAGES[0], page):
        window.navigation.entries[spec.id].setFocus(Qt.FocusReason.TabFocusReason)
        window.open_page(spec.id)
    focused = window.focusWidget()
    assert focused is not None
    assert focused.isVisible()
    assert window.pages[page.id].isAncestorOf(focused)


def test_light_dark_and_size_are_chosen_and_remembered(window: MainWindow, theme: Theme) -> None:
    look = next(a for a in _menu(window, "Ansicht") if a.text() == "Design").menu()
    dark = next(a for a in look.actions() if a.text() == "Dunkel")
    dark.trigger()
    assert theme.tokens is DARK
    assert preferences.SCHEME.get() == Scheme.DARK.value
    window.commands["view.larger"].trigger()
    assert preferences.TEXT_SIZE.get() == 12
    assert window.font().pointSize() == 12
    window.commands["view.normal"].trigger()
    theme.choose(Scheme.LIGHT)
    assert theme.tokens is LIGHT
    assert window.font().pointSize() == 10


def test_the_backup_age_is_shown(window: MainWindow, context: Context) -> None:
    assert window.status.backup.text() == "Noch keine Sicherung"
    path = context.database.path
    now = datetime.now()
    take_snapshot(path, folder_for(path) / f"{path.stem}_{now:%Y-%m-%d_%H-%M-%S}{path.suffix}")
    assert len(snapshots(path)) == 1
    window.show_backup_age()
    assert window.status.backup.text() == f"Sicherung heute, {now:%H:%M}"


def test_the_sheet_of_keys_lists_every_key(window: MainWindow) -> None:
    shown = window.help.show_keys().text.toPlainText()
    for action in ACTIONS:
        for key in action.keys:
            assert key_text(key) in shown
    assert "Strg+Eingabe" in shown
    assert "Return" not in shown
    assert "Strg+Umschalt+Z" in shown


def test_help_and_credits_can_be_read(window: MainWindow) -> None:
    assert "Sicherung" in window.help.show_help().text.toPlainText()
    about = window.help.show_about().text.toPlainText()
    assert "GeoNames" in about
    assert "CC BY 4.0" in about


def _menu(window: MainWindow, title: str) -> list[QAction]:
    return next(a for a in window.menuBar().actions() if without(a.text()) == title).menu().actions()
