"""Forms: what is wrong stands at its field, nothing is lost by accident, Ctrl+Enter saves."""

from dataclasses import dataclass
from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from app.domain.errors import Invalid
from app.ui.kit.editors import (
    AmountEditor,
    DateEditor,
    MultilineEditor,
    RecordEditor,
    TextEditor,
    WholeEditor,
)
from app.ui.kit.form import EMPTY_SENTENCE, Field, FormBody
from app.ui.kit.form_dialog import FormDialog
from app.ui.kit.layout import column, grow, row, scrolled
from app.ui.kit.theme import Theme


@dataclass(frozen=True, slots=True)
class Budget:
    number: str | None
    end: date | None = None
    cents: int | None = None
    months: int | None = None
    notes: str | None = None
    untouched: str = "bleibt"


def body() -> FormBody:
    form = FormBody()
    form.section("Budget", "Nur die Nummer muss sein.")
    form.row(Field("number", "Nummer", TextEditor(), required=True), Field("end", "Ende", DateEditor()))
    form.row(Field("cents", "Ansatz", AmountEditor()), Field("months", "Frist", WholeEditor("Monate")))
    form.row(Field("notes", "Notizen", MultilineEditor()))
    return form


class Saver:
    """Stands for a service: keeps what it is given, or refuses it."""

    def __init__(self) -> None:
        self.kept: list[Budget] = []
        self.problems: dict[str, str] = {}

    def __call__(self, values: Budget) -> int:
        if self.problems:
            raise Invalid(self.problems)
        self.kept.append(values)
        return 7


@pytest.fixture
def saver() -> Saver:
    return Saver()


@pytest.fixture
def dialog(qtbot: QtBot, theme: Theme, saver: Saver) -> FormDialog[Budget]:
    made = FormDialog("Budget", body(), Budget("B-1", date(2026, 12, 31), 1_280_000), saver)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.open()
    return made


def type_into(qtbot: QtBot, dialog: FormDialog[Budget], name: str, text: str) -> None:
    line = dialog.body[name].editor.inner
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(line, text)


def press(qtbot: QtBot, dialog: FormDialog[Budget], key: Qt.Key, control: bool = False) -> None:
    target = dialog.focusWidget() or dialog
    modifier = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    qtbot.keyClick(target, key, modifier)


def test_it_shows_what_it_is_given(dialog: FormDialog[Budget]) -> None:
    assert [dialog.body[name].editor.state() for name in ("number", "end", "cents", "months")] == [
        "B-1", "31.12.2026", "12.800,00", "",
    ]  # fmt: skip
    assert not dialog.body.dirty


def test_control_enter_saves_and_closes(qtbot: QtBot, dialog: FormDialog[Budget], saver: Saver) -> None:
    type_into(qtbot, dialog, "end", "30.6.27")
    type_into(qtbot, dialog, "cents", "1234,5")
    with qtbot.waitSignal(dialog.saved) as saved:
        press(qtbot, dialog, Qt.Key.Key_Return, control=True)
    assert saved.args == [7]
    assert saver.kept == [Budget("B-1", date(2027, 6, 30), 123_450)]
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert not dialog.isVisible()


def test_what_cannot_be_read_stands_below_its_field_and_the_first_gets_the_focus(
    qtbot: QtBot, dialog: FormDialog[Budget], saver: Saver
) -> None:
    type_into(qtbot, dialog, "end", "31.02.26")
    type_into(qtbot, dialog, "months", "drei")
    dialog.body["number"].editor.set_value("")
    dialog.save()
    assert dialog.body["number"].problem == EMPTY_SENTENCE
    assert "31.02.26" in dialog.body["end"].problem
    assert "drei" in dialog.body["months"].problem
    assert dialog.body["cents"].problem == ""
    assert dialog.focusWidget() is dialog.body["number"].editor.inner
    assert dialog.isVisible()
    assert saver.kept == []


def test_a_problem_goes_when_the_field_changes(qtbot: QtBot, dialog: FormDialog[Budget]) -> None:
    type_into(qtbot, dialog, "end", "31.02.26")
    dialog.save()
    assert dialog.body["end"].problem
    type_into(qtbot, dialog, "end", "28.02.26")
    assert dialog.body["end"].problem == ""


def test_leaving_a_field_says_at_once_what_is_wrong_but_not_that_it_is_empty(
    qtbot: QtBot, dialog: FormDialog[Budget]
) -> None:
    type_into(qtbot, dialog, "end", "31.02.26")
    press(qtbot, dialog, Qt.Key.Key_Tab)
    assert "31.02.26" in dialog.body["end"].problem
    dialog.body["number"].editor.inner.setFocus()
    dialog.body["number"].editor.inner.clear()
    press(qtbot, dialog, Qt.Key.Key_Tab)
    assert dialog.body["number"].problem == ""


def test_what_the_service_refuses_is_shown_where_it_belongs(
    qtbot: QtBot, dialog: FormDialog[Budget], saver: Saver
) -> None:
    saver.problems = {"number": "Die Nummer B-1 gibt es schon.", "elsewhere": "Noch etwas."}
    dialog.save()
    assert dialog.body["number"].problem == "Die Nummer B-1 gibt es schon."
    assert dialog._note.text == "Noch etwas."
    assert dialog._note.isVisible()
    saver.problems = {}
    dialog.save()
    assert saver.kept[0].untouched == "bleibt"


def test_escape_closes_when_nothing_changed(qtbot: QtBot, dialog: FormDialog[Budget]) -> None:
    press(qtbot, dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert dialog.result() == QDialog.DialogCode.Rejected


def test_escape_asks_inside_the_dialog_when_something_changed(
    qtbot: QtBot, dialog: FormDialog[Budget], saver: Saver
) -> None:
    type_into(qtbot, dialog, "number", "B-2")
    press(qtbot, dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog._asking.isVisible()
    press(qtbot, dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert not dialog._asking.isVisible()
    press(qtbot, dialog, Qt.Key.Key_Escape)
    dialog._discard_button.click()
    assert not dialog.isVisible()
    assert saver.kept == []


def test_saving_from_the_question(qtbot: QtBot, dialog: FormDialog[Budget], saver: Saver) -> None:
    type_into(qtbot, dialog, "number", "B-2")
    dialog.close()
    assert dialog.isVisible()
    dialog.save_button.click()
    assert saver.kept == [Budget("B-2", date(2026, 12, 31), 1_280_000)]
    assert not dialog.isVisible()


def test_changing_back_counts_as_unchanged(qtbot: QtBot, dialog: FormDialog[Budget]) -> None:
    type_into(qtbot, dialog, "number", "B-2")
    assert dialog.body.dirty
    type_into(qtbot, dialog, "number", "B-1")
    assert not dialog.body.dirty


def test_half_typed_values_do_not_disturb_what_is_computed_while_typing(
    qtbot: QtBot, dialog: FormDialog[Budget]
) -> None:
    type_into(qtbot, dialog, "end", "31.0")
    type_into(qtbot, dialog, "months", "3")
    values = Budget("B-1", date(2026, 12, 31))
    assert dialog.body.readable(values) == Budget("B-1", date(2026, 12, 31), 1_280_000, 3)


def test_labels_belong_to_their_fields(dialog: FormDialog[Budget]) -> None:
    field = dialog.body["number"]
    assert field._caption.buddy() is field.editor.inner
    assert field.editor.inner.accessibleName() == "Nummer, erforderlich"
    assert dialog.body["end"].editor.inner.accessibleName() == "Ende"


@pytest.mark.parametrize("by_button", [False, True])
def test_going_on_goes_back_to_the_field_she_was_in(
    qtbot: QtBot, dialog: FormDialog[Budget], by_button: bool
) -> None:
    type_into(qtbot, dialog, "months", "3")
    if by_button:
        dialog.cancel_button.setFocus()
        qtbot.keyClick(dialog.cancel_button, Qt.Key.Key_Space)
    else:
        press(qtbot, dialog, Qt.Key.Key_Escape)
    press(qtbot, dialog, Qt.Key.Key_Space)  # "Weiter bearbeiten" has the keyboard
    assert dialog.focusWidget() is dialog.body["months"].editor.inner
    assert dialog.isVisible()


def test_it_may_go_with_the_keyboard_in_a_list_of_records(qtbot: QtBot, theme: Theme, saver: Saver) -> None:
    """The field that is left last is completed while the form is going already."""
    form, records = FormBody(), [(1, "B26 Alpha"), (2, "B27 Beta")]
    editor = RecordEditor(records)
    form.row(Field("months", "Frist", editor), Field("notes", "Notizen", TextEditor()))
    top = QWidget()
    qtbot.addWidget(top)
    top.show()
    dialog = FormDialog("Budget", form, Budget("B-1"), saver, parent=top).shown()
    qtbot.waitExposed(dialog)
    editor.line.setFocus()
    qtbot.waitUntil(editor.combo.hasFocus)
    qtbot.keyClicks(editor.line, "Alpha")
    editor.combo.completer().popup().hide()
    with qtbot.captureExceptions() as raised:
        dialog.deleteLater()
        QCoreApplication.sendPostedEvents(dialog, QEvent.Type.DeferredDelete)
    assert raised == []


def test_what_stands_beside_the_fields_gives_way_first(qtbot: QtBot, theme: Theme) -> None:
    """On a small screen they need not be scrolled sideways as long as there is room."""
    fields, side, window = QWidget(), QWidget(), QWidget()
    late = QWidget(fields)
    column(late, on=fields)
    area = scrolled(fields)
    row(grow(area, 3), grow(side, 2), on=window)
    qtbot.addWidget(window)
    window.resize(700, 300)
    window.show()
    late.setMinimumWidth(560)  # fields come and go
    qtbot.waitUntil(lambda: area.viewport().width() >= 560)
    assert area.horizontalScrollBar().maximum() == 0
    assert side.width() > 0
