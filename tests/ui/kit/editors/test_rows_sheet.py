"""The list of a form as a spreadsheet: blocks go in whole or not at all, cells are filled down, steps taken back."""

from dataclasses import dataclass
from datetime import date

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.domain.terms import Worded
from app.ui.kit.editors import (
    AmountEditor,
    ChoiceEditor,
    DateEditor,
    RowColumn,
    RowsEditor,
    TextEditor,
    WholeEditor,
    record_column,
    words_of,
)
from app.ui.kit.editors.rows_model import amount_text
from app.ui.kit.theme import Theme

CONTROL = Qt.KeyboardModifier.ControlModifier


class State(Worded):
    OPEN = "open", "offen"
    DONE = "done", "erledigt", "fertig"


@dataclass(frozen=True, slots=True)
class Goal:
    nr: str | None
    title: str | None = None
    due: date | None = None
    cents: int | None = None
    place: int | None = None
    state: State = State.OPEN
    measure: str | None = None
    used: int = 0


@pytest.fixture
def goals(qtbot: QtBot, theme: Theme) -> RowsEditor:
    editor = RowsEditor(
        [
            RowColumn("nr", "Nr.", TextEditor, width=60, required=True),
            RowColumn("title", "Ziel", TextEditor, stretch=True, required=True),
            RowColumn("due", "Frist", DateEditor),
            RowColumn("cents", "Betrag", AmountEditor, amount_text),
            record_column("place", "Quartier", [(1, "Sahlkamp"), (2, "Südstadt")], 100),
            RowColumn("state", "Stand", lambda: ChoiceEditor(words_of(State)), lambda state: state.word),
            RowColumn("used", "Verwendet", WholeEditor, str, fixed=True),
        ],
        lambda rows: Goal(str(len(rows) + 1)),
        more=[RowColumn("measure", "Maßnahme", TextEditor)],
    )
    qtbot.addWidget(editor)
    editor.resize(900, 300)
    with qtbot.waitExposed(editor):
        editor.show()
    editor.grid.setFocus()
    return editor


def paste(qtbot: QtBot, goals: RowsEditor, text: str, at: tuple[int, int] | None = None) -> None:
    QGuiApplication.clipboard().setText(text)
    if at is not None:
        goals.grid.setCurrentIndex(goals.rows_model.index(*at))
    qtbot.keyClick(goals.grid, Qt.Key.Key_V, CONTROL)


def choose(goals: RowsEditor, first: tuple[int, int], last: tuple[int, int]) -> None:
    model = goals.rows_model
    goals.grid.setCurrentIndex(model.index(*first))
    goals.grid.selectionModel().select(
        QItemSelection(model.index(*first), model.index(*last)),
        QItemSelectionModel.SelectionFlag.ClearAndSelect,
    )


def test_three_rows_of_excel_become_three_goals(qtbot: QtBot, goals: RowsEditor) -> None:
    paste(
        qtbot,
        goals,
        '1\t"Offener\nTreff"\t31.12.2026\t1.234,50 €\tSahl\tfertig\r\n'
        "2\tBeratung\t46387\t-12,5\tSüdstadt\r\n3\tEhrenamt\t2026-10-01\r\n",
    )
    assert goals.value() == (
        Goal("1", "Offener Treff", date(2026, 12, 31), 123450, 1, State.DONE),
        Goal("2", "Beratung", date(2026, 12, 31), -1250, 2),
        Goal("3", "Ehrenamt", date(2026, 10, 1)),
    )
    assert goals.note.text == "3 neue Zeilen eingefügt."


@pytest.mark.parametrize(
    "written",
    ["15.01.25", "15.1.2025", "2025-01-15", "20250115", "45672", "15. Januar 2025", "15.01.2025 00:00"],
)
def test_dates_in_all_forms(qtbot: QtBot, goals: RowsEditor, written: str) -> None:
    paste(qtbot, goals, f"1\tTreff\t{written}\r\n")
    assert goals.value()[0].due == date(2025, 1, 15)


@pytest.mark.parametrize(
    ("written", "cents"),
    [("1.234,56 €", 123456), ("-12,5", -1250), ("12,50-", -1250), ("(12,50)", -1250), ("12.800,00", 1280000),
     ("1234.56", 123456)],
)  # fmt: skip
def test_amounts_in_all_forms(qtbot: QtBot, goals: RowsEditor, written: str, cents: int) -> None:
    paste(qtbot, goals, f"Frist\tBetrag\n01.01.2026\t{written}\n")
    assert goals.rows_model.rows[0].cents == cents


def test_pasting_overwrites_from_the_current_cell_and_appends_the_rest(
    qtbot: QtBot, goals: RowsEditor
) -> None:
    goals.set_value((Goal("1", "alt", measure="bleibt"), Goal("2", "alt", date(2026, 1, 1))))
    paste(qtbot, goals, "neu\t01.02.2026\r\nauch neu\t\r\nhinzu\t\r\n", (0, 1))
    assert goals.value() == (
        Goal("1", "neu", date(2026, 2, 1), measure="bleibt"),
        Goal("2", "auch neu"),
        Goal("3", "hinzu"),
    )
    assert goals.note.text == "2 Zeilen überschrieben, 1 neue Zeile eingefügt."
    chosen = {(index.row(), index.column()) for index in goals.grid.selectedIndexes()}
    assert chosen == {(line, place) for line in range(3) for place in (1, 2)}


def test_a_header_says_which_column_is_which(qtbot: QtBot, goals: RowsEditor) -> None:
    paste(qtbot, goals, "Ziel\tBemerkung\tMaßnahme\tNr.\nTreff\tegal\tRaum mieten\t7\n")
    assert goals.value() == (Goal("7", "Treff", measure="Raum mieten"),)
    assert "Ausgelassen" in goals.note.text
    assert "„Bemerkung“" in goals.note.text


def test_what_cannot_be_read_is_named_and_nothing_half_is_written(qtbot: QtBot, goals: RowsEditor) -> None:
    before = (Goal("1", "alt"),)
    goals.set_value(before)
    paste(
        qtbot,
        goals,
        "1\tTreff\t31.02.2026\n2\tRat\t01.01.2026\t1,234\n3\tFest\t\t\tLinden\tvielleicht\n",
        (0, 0),
    )
    assert goals.value() == before
    assert goals.note.isVisible()
    assert goals.note.text.splitlines() == [
        "Nichts eingefügt, weil sich nicht alles lesen lässt.",
        "Zeile 1, Frist: „31.02.2026“ gibt es nicht im Kalender.",
        "Zeile 2, Betrag: „1,234“ ist mehrdeutig: Tausender oder Nachkommastellen? Bitte als „1.234,00“ schreiben.",
        "Zeile 3, Quartier: „Linden“ gibt es nicht. Bitte aus der Liste wählen.",
        "Zeile 3, Stand: „vielleicht“ gibt es hier nicht. Möglich: offen, erledigt.",
    ]
    qtbot.keyClick(goals.grid, Qt.Key.Key_Z, CONTROL)
    assert goals.value() == before


def test_a_block_that_is_too_wide_is_refused(qtbot: QtBot, goals: RowsEditor) -> None:
    goals.set_value((Goal("1", "alt"),))
    paste(qtbot, goals, "a\tb\tc\nd\te\tf\n", (0, 5))
    assert goals.value() == (Goal("1", "alt"),)
    assert goals.note.text.startswith(
        "Zu breit: 3 Spalten in der Zwischenablage, ab „Stand“ ist hier Platz für 2."
    )


def test_one_paste_is_one_step_back_and_forth(qtbot: QtBot, goals: RowsEditor) -> None:
    before = (Goal("1", "alt"),)
    goals.set_value(before)
    paste(qtbot, goals, "eins\nzwei\ndrei\n", (0, 1))
    after = goals.value()
    qtbot.mouseClick(goals.note.action, Qt.MouseButton.LeftButton)
    assert goals.value() == before
    assert not goals.note.isVisible()
    qtbot.keyClick(goals.grid, Qt.Key.Key_Y, CONTROL)
    assert goals.value() == after
    qtbot.keyClick(goals.grid, Qt.Key.Key_Z, CONTROL)
    qtbot.keyClick(goals.grid, Qt.Key.Key_Z, CONTROL)
    assert goals.value() == before


def test_what_is_removed_can_be_brought_back_below_the_list(qtbot: QtBot, goals: RowsEditor) -> None:
    before = tuple(Goal(str(nr), "x") for nr in range(3))
    goals.set_value(before)
    choose(goals, (0, 1), (1, 1))
    qtbot.keyClick(goals.grid, Qt.Key.Key_Delete)
    assert (goals.value(), goals.note.text) == (before[2:], "2 Zeilen entfernt.")
    qtbot.mouseClick(goals.note.action, Qt.MouseButton.LeftButton)
    assert goals.value() == before
    assert not goals.note.isVisible()


def test_one_cell_fills_all_that_are_selected(qtbot: QtBot, goals: RowsEditor) -> None:
    goals.set_value(tuple(Goal(str(nr), "x") for nr in range(3)))
    choose(goals, (0, 2), (1, 2))
    paste(qtbot, goals, "31.12.2026")
    assert [goal.due for goal in goals.value()] == [date(2026, 12, 31), date(2026, 12, 31), None]


@pytest.mark.parametrize("key", [Qt.Key.Key_U, Qt.Key.Key_D])
def test_the_first_selected_row_is_filled_down(qtbot: QtBot, goals: RowsEditor, key: Qt.Key) -> None:
    goals.set_value((Goal("1", "a", date(2026, 1, 1), 5), Goal("2", "b"), Goal("3", "c"), Goal("4", "d")))
    choose(goals, (0, 2), (2, 3))
    qtbot.keyClick(goals.grid, key, CONTROL)
    assert [(goal.due, goal.cents) for goal in goals.value()] == [(date(2026, 1, 1), 5)] * 3 + [(None, None)]
    assert [goal.title for goal in goals.value()] == ["a", "b", "c", "d"]
    qtbot.keyClick(goals.grid, Qt.Key.Key_Z, CONTROL)
    assert [goal.due for goal in goals.value()] == [date(2026, 1, 1), None, None, None]


def test_a_single_cell_is_filled_from_above(qtbot: QtBot, goals: RowsEditor) -> None:
    goals.set_value((Goal("1", "a", cents=700), Goal("2", "b")))
    goals.grid.setCurrentIndex(goals.rows_model.index(1, 3))
    qtbot.keyClick(goals.grid, Qt.Key.Key_U, CONTROL)
    assert goals.value()[1].cents == 700


def test_a_block_pasted_into_an_open_cell_goes_into_the_table(qtbot: QtBot, goals: RowsEditor) -> None:
    goals.add_row()
    editor = goals.cells._editor
    assert isinstance(editor, TextEditor)
    QGuiApplication.clipboard().setText("1\tTreff\n2\tRat\n")
    qtbot.keyClick(editor.line, Qt.Key.Key_V, CONTROL)
    assert goals.value() == (Goal("1", "Treff"), Goal("2", "Rat"))


def test_words_pasted_into_an_open_cell_stay_in_it(qtbot: QtBot, goals: RowsEditor) -> None:
    goals.add_row()
    editor = goals.cells._editor
    assert isinstance(editor, TextEditor)
    QGuiApplication.clipboard().setText("7a")
    editor.line.selectAll()
    qtbot.keyClick(editor.line, Qt.Key.Key_V, CONTROL)
    assert editor.line.text() == "7a"


def test_cells_are_copied_and_come_back(qtbot: QtBot, goals: RowsEditor) -> None:
    goals.set_value((Goal("1", "a", date(2026, 1, 1), 123456), Goal("2", "b", None, -5)))
    choose(goals, (0, 1), (1, 3))
    qtbot.keyClick(goals.grid, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "a\t01.01.2026\t1.234,56\nb\t\t-0,05"
    paste(qtbot, goals, QGuiApplication.clipboard().text(), (1, 1))
    assert goals.value()[1:] == (Goal("2", "a", date(2026, 1, 1), 123456), Goal("3", "b", None, -5))


def test_all_selected_rows_are_removed_in_one_step(qtbot: QtBot, goals: RowsEditor) -> None:
    goals.set_value(tuple(Goal(str(nr), "x") for nr in range(4)))
    choose(goals, (1, 0), (2, 1))
    qtbot.keyClick(goals.grid, Qt.Key.Key_Delete)
    assert [goal.nr for goal in goals.value()] == ["0", "3"]
    qtbot.keyClick(goals.grid, Qt.Key.Key_Z, CONTROL)
    assert len(goals.value()) == 4
