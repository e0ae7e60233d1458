"""The plain dialog and its menus: Ctrl+Enter presses what can be seen, names keep their signs."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.kit.dialog import Dialog
from app.ui.kit.form import Field
from app.ui.kit.layout import column
from app.ui.kit.menu import Entry, menu, opens_fresh_menu
from app.ui.kit.questions import message_box
from app.ui.kit.theme import Theme
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.text import button, label
from tests.ui.words import texts


@pytest.fixture
def window(qtbot: QtBot, theme: Theme) -> QWidget:
    shown = QWidget()
    qtbot.addWidget(shown)
    shown.show()
    return shown


def test_control_enter_presses_the_main_button_only_where_it_is_seen(window: QWidget, qtbot: QtBot) -> None:
    pressed: list[str] = []
    dialog = Dialog(window, "Schriftstück")
    sign = button("Für Unterschrift drucken", lambda: pressed.append("sign"), role="primary")
    dialog.build(foot=(dialog.close_button(), sign))
    dialog.shown().activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)  # as shortcuts need it
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert pressed == ["sign"]
    sign.hide()
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert pressed == ["sign"]


def test_a_main_button_whose_words_come_later_tells_its_key_alone(window: QWidget) -> None:
    dialog = Dialog(window, "Verlauf")
    fixed, later = (button(words, window.update, role="primary") for words in ("Speichern", ""))
    dialog.build(foot=(fixed, later))
    assert [one.toolTip() for one in (fixed, later)] == ["Speichern (Strg+Eingabe)", "Strg+Eingabe"]
    dialog.reject()


def test_a_menu_that_is_filled_anew_says_what_is_there_now(window: QWidget, qtbot: QtBot) -> None:
    names = ["Küche & Söhne"]
    control = opens_fresh_menu(button("Mehr"), lambda: (Entry(name, names.clear) for name in names))
    qtbot.addWidget(control)
    control.menu().aboutToShow.emit()
    (action,) = control.menu().actions()
    assert action.text() == "Küche && Söhne"  # shown with one sign, underlining nothing
    action.trigger()
    control.menu().aboutToShow.emit()
    assert not control.menu().actions()


def test_what_is_made_while_a_menu_is_open_leaves_it_open(window: QWidget) -> None:
    """Words that show before they stand anywhere would be a window of their own, and close the menu."""
    opened = menu(window, [Entry("Kopieren", window.update)])
    opened.popup(window.pos())
    dialog = Dialog(window, "Notizen", "Alles, was hier festgehalten wurde.")
    field = Field("name", "Name", hint="wie auf dem Papier")
    assert opened.isVisible()
    dialog.build(field)
    dialog.shown()
    assert dialog.sentence.isVisible()
    assert "wie auf dem Papier" in texts(field)
    dialog.reject()
    opened.close()


def test_a_title_has_the_line_to_itself_but_for_the_state_beside_it(window: QWidget) -> None:
    dialog = Dialog(window, "Nachtrag 1 zu KV-2025-01", size=(900, 500))
    dialog.build_form(label("Papier"), foot=(dialog.close_button(),), by_title=label("Entwurf"))
    dialog.shown()
    assert dialog.heading.height() < 2 * dialog.heading.fontMetrics().height()


def test_a_dialog_opens_in_the_middle_of_its_window(window: QWidget) -> None:
    window.setGeometry(40, 60, 700, 600)
    dialog = Dialog(window, "Verlauf", size=(400, 300))
    dialog.build(foot=(dialog.close_button(),))
    dialog.shown()
    off = dialog.frameGeometry().center() - window.frameGeometry().center()
    assert abs(off.x()) <= 40
    assert abs(off.y()) <= 60
    dialog.reject()


def test_a_question_stands_amid_the_window_that_it_is_about(qtbot: QtBot, theme: Theme) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    host.setGeometry(300, 200, 420, 300)
    host.show()
    box = message_box("Bitte zuerst zurückziehen.", "warning", Tone.WARNING, host)
    box.move(0, 0)  # where systems leave it that place windows themselves
    box.open()
    away = box.geometry().center() - host.geometry().center()
    assert away.manhattanLength() <= 2
    box.reject()


def test_a_foot_wider_than_the_screen_comes_to_rest(
    qtbot: QtBot, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What stands above it asked for less and less room, without end."""
    dialog = Dialog(None, "Breit")
    qtbot.addWidget(dialog)
    buttons = [button(f"Ein sehr langer Knopf {place}", print) for place in range(30)]
    dialog.build_form(column(label("x" * 60)), foot=buttons)
    dialog.open()
    qtbot.wait(100)
    bound = Dialog._bound
    asked: list[Dialog] = []
    monkeypatch.setattr(Dialog, "_bound", lambda self: (asked.append(self), bound(self)))
    dialog.say("Neu")
    dialog.heading.setText("Anders")
    qtbot.wait(200)
    assert len(asked) < 100
