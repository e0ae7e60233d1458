"""Lists below a field: the part of the words that differs can be read."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionComboBox
from pytestqt.qtbot import QtBot

from app.ui.kit.editors import ChoiceEditor, Editor, RecordEditor, TagsEditor
from app.ui.kit.editors.popups import BESIDE
from app.ui.kit.form import Field
from app.ui.kit.theme import Theme

Text = QAccessible.Text
GROUPS = [
    (1, "ältere Menschen mit eingeschränkter Beweglichkeit"),
    (2, "ältere Menschen mit geringem Einkommen"),
    (3, "ältere Menschen mit Zuwanderungsgeschichte"),
]


def shows_all(view: QAbstractItemView) -> bool:
    longest = max(view.fontMetrics().horizontalAdvance(words) for _, words in GROUPS)
    return view.isVisible() and view.viewport().width() >= longest


@pytest.mark.parametrize("kind", [RecordEditor, TagsEditor])
def test_what_is_proposed_while_typing_is_read_in_full(
    kind: type[RecordEditor | TagsEditor], qtbot: QtBot, theme: Theme
) -> None:
    editor = kind(GROUPS)
    qtbot.addWidget(editor)
    editor.resize(180, 40)
    editor.show()
    qtbot.keyClicks(editor.line, "mit")
    popup = editor.line.completer().popup()
    qtbot.waitUntil(lambda: shows_all(popup))
    assert popup.screen().availableGeometry().contains(popup.geometry())
    assert popup.textElideMode() is Qt.TextElideMode.ElideMiddle
    popup.hide()


@pytest.mark.parametrize("narrow", [False, True])
def test_choices_are_read_in_full_however_narrow_the_field(qtbot: QtBot, theme: Theme, narrow: bool) -> None:
    editor = ChoiceEditor(GROUPS, narrow=narrow)
    qtbot.addWidget(editor)
    editor.resize(120, 40)
    editor.show()
    editor.combo.showPopup()
    qtbot.waitUntil(lambda: shows_all(editor.combo.view()))
    editor.combo.hidePopup()


def test_a_field_has_room_for_words_that_came_after_it_was_shown(qtbot: QtBot, theme: Theme) -> None:
    editor = ChoiceEditor([(1, "Vahrenwald")])
    qtbot.addWidget(editor)
    editor.show()
    editor.set_options([(1, "Linden-Süd und Linden-Mitte")])
    editor.resize(editor.sizeHint())
    combo, option = editor.combo, QStyleOptionComboBox()
    combo.initStyleOption(option)
    kind, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
    place = combo.style().subControlRect(kind, option, part, combo)
    assert place.width() - BESIDE >= combo.fontMetrics().horizontalAdvance("Linden-Süd und Linden-Mitte")


def test_a_screen_reader_hears_what_is_chosen_of_which_field(qtbot: QtBot, theme: Theme) -> None:
    editor = ChoiceEditor([(1, "Anteilfinanzierung"), (2, "Festbetragsfinanzierung")])
    field = Field("kind", "Finanzierungsart", editor)
    qtbot.addWidget(field)
    editor.set_value(2)
    heard = QAccessible.queryAccessibleInterface(editor.combo)
    for problem in ("Das geht hier nicht.", ""):
        field.set_problem(problem)
        said = ". ".join(heard.text(kind) for kind in (Text.Name, Text.Value, Text.Description))
        for words in ("Finanzierungsart", "Festbetragsfinanzierung", problem):
            assert words in said


@pytest.mark.parametrize(
    "editor", [lambda: ChoiceEditor([(1, "x" * 200)]), lambda: RecordEditor([(1, "x" * 200)])]
)
def test_a_long_name_makes_no_form_wide(editor: type[Editor], qtbot: QtBot, theme: Theme) -> None:
    made = editor()
    qtbot.addWidget(made)
    made.set_value(1)
    assert made.minimumSizeHint().width() < 260
    assert made.sizeHint().width() < 400
