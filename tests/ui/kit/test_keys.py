"""Keys by their German names, letters for Alt, and what keys do in dialogs."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from app.resources import RESOURCES
from app.ui.kit.actions import ACTIONS, key_text
from app.ui.kit.dialog import Dialog
from app.ui.kit.form import Field, FormBody
from app.ui.kit.mnemonics import letter_of, lettered, without
from app.ui.kit.questions import confirm
from app.ui.kit.theme import Theme
from app.ui.kit.widgets.text import button

ENGLISH = re.compile(r"\b(Return|Enter|Ctrl|Shift|Space|Del|Delete|PgUp|PgDown|Home|Backspace|Up|Down)\b")


@pytest.fixture
def window(qtbot: QtBot, theme: Theme) -> QWidget:
    shown = QWidget()
    qtbot.addWidget(shown)
    shown.show()
    return shown


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ("Return", "Eingabe"),
        ("Ctrl+Return", "Strg+Eingabe"),
        ("Del", "Entf"),
        ("Ins", "Einfg"),
        ("Space", "Leertaste"),
        ("Ctrl+Shift+N", "Strg+Umschalt+N"),
        ("Ctrl+PgDown", "Strg+Bild ab"),
        ("Alt+Up", "Alt+Pfeil auf"),
        ("Ctrl++", "Strg++"),
        ("Ctrl+-", "Strg+-"),
        ("+", "+"),
        ("F1", "F1"),
        ("E", "E"),
    ],
)
def test_keys_are_named_as_on_a_german_keyboard(keys: str, words: str) -> None:
    assert key_text(keys) == words


def test_no_english_name_of_a_key_is_shown_anywhere() -> None:
    shown = [key_text(keys) for action in ACTIONS for keys in action.keys]
    shown += [action.text for action in ACTIONS]
    shown += (RESOURCES / "help" / "hilfe.md").read_text("utf-8").splitlines()
    assert not [words for words in shown if ENGLISH.search(words)]


def test_words_shown_together_get_letters_of_their_own() -> None:
    words = ["Öffnen", "Ordner öffnen", "Abbrechen", "Speichern", "Speichern unter …", "", "A", "12"]
    found = lettered(words, "s")
    assert [without(text) for text in found] == words
    letters = [letter for letter in map(letter_of, found) if letter]
    assert letters == ["ö", "o", "a", "p", "u", "1"]
    assert lettered(["Küche"], "küche") == ["Küche"]  # none is left


def test_control_enter_answers_a_question_by_its_safe_button(window: QWidget, qtbot: QtBot) -> None:
    agreed: list[bool] = []
    box = confirm(window, "Ersetzen?", "Ersetzen", lambda: agreed.append(True))
    box.activateWindow()
    qtbot.waitUntil(box.isActiveWindow)
    with qtbot.waitSignal(box.finished):
        qtbot.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not agreed
    assert not isinstance(QApplication.activeModalWidget(), QMessageBox)


def test_alt_shows_letters_that_lead_to_fields_and_buttons(window: QWidget, qtbot: QtBot) -> None:
    pressed: list[str] = []
    dialog = Dialog(window, "Notiz")
    body = FormBody()
    body.row(Field("name", "Name"), Field("more", "Notiz"))
    body.finish()
    dialog.build(body, foot=(dialog.close_button(), button("Speichern", lambda: pressed.append("save"))))
    dialog.shown().activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    name, more = body["name"].editor.inner, body["more"].editor.inner
    name.setFocus()
    qtbot.keyClick(name, Qt.Key.Key_O, Qt.KeyboardModifier.AltModifier)
    assert more.hasFocus()
    qtbot.keyClick(more, Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    assert name.hasFocus()
    qtbot.keyClick(name, Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: pressed == ["save"])  # it is seen to go down
    assert body["name"]._caption.text() == "Name"
    dialog.reject()
