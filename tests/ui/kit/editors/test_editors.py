"""Each editor gives back what it was given, reads what people type, and says what it cannot read."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import QDate, QRect, Qt
from PySide6.QtWidgets import (
    QApplication,
    QCalendarWidget,
    QComboBox,
    QLineEdit,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.domain.agreements.term import NoticeUnit
from app.ui.kit.editors import (
    AmountEditor,
    CheckEditor,
    ChoiceEditor,
    DateEditor,
    DecimalEditor,
    Editor,
    MultilineEditor,
    RecordEditor,
    RowColumn,
    RowsEditor,
    SuggestEditor,
    TagsEditor,
    TextEditor,
    WholeEditor,
    words_of,
)
from app.ui.kit.editors.dates import CalendarPopup
from app.ui.kit.theme import Theme

PLACES = [(1, "Sahlkamp"), (2, "Südstadt"), (3, "Südstadt-Bult"), (4, "Ledeburg")]


@pytest.mark.parametrize(
    ("make", "value"),
    [
        (TextEditor, "Grüße"),
        (TextEditor, None),
        (MultilineEditor, "eins\nzwei"),
        (SuggestEditor, "eigene Phase"),
        (AmountEditor, -1250),
        (AmountEditor, None),
        (WholeEditor, 12),
        (DecimalEditor, Decimal("19.50")),
        (DateEditor, date(2026, 12, 31)),
        (DateEditor, None),
        (lambda: ChoiceEditor(words_of(NoticeUnit), empty="–"), NoticeUnit.WEEKS),
        (lambda: ChoiceEditor(words_of(NoticeUnit), empty="–"), None),
        (lambda: RecordEditor(PLACES), 2),
        (lambda: RecordEditor(PLACES), None),
        (lambda: TagsEditor(PLACES), (1, 3)),
        (lambda: TagsEditor(PLACES), ()),
        (lambda: CheckEditor("ja"), True),
    ],
)
def test_a_value_comes_back(qtbot: QtBot, theme: Theme, make: Any, value: Any) -> None:
    editor: Editor = make()
    qtbot.addWidget(editor)
    told: list[None] = []
    editor.changed.connect(lambda: told.append(None))
    editor.set_value(value)
    assert editor.value() == value
    assert not told, "only a person's changes are told"


@pytest.mark.parametrize(
    ("make", "typed", "value"),
    [
        (AmountEditor, "1.234,56 €", 123_456),
        (AmountEditor, "12,50-", -1250),
        (AmountEditor, "  ", None),
        (DateEditor, "31.12.26", date(2026, 12, 31)),
        (DateEditor, "20270115", date(2027, 1, 15)),
        (WholeEditor, "012", 12),
        (DecimalEditor, "19,5", Decimal("19.5")),
        (TextEditor, "  Treff ", "Treff"),
    ],
)
def test_what_people_type(qtbot: QtBot, theme: Theme, make: Any, typed: str, value: Any) -> None:
    editor = make()
    qtbot.addWidget(editor)
    editor.line.insert(typed)  # QTest's keys know no euro sign
    assert editor.value() == value


@pytest.mark.parametrize(
    ("editor", "typed"),
    [
        (AmountEditor, "1,234"),
        (lambda: AmountEditor(negative=False), "-5"),
        (DateEditor, "31.02.2026"),
        (lambda: WholeEditor(most=12), "13"),
        (WholeEditor, "-1"),
        (DecimalEditor, "viel"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(
    qtbot: QtBot, theme: Theme, editor: Any, typed: str
) -> None:
    made = editor()
    qtbot.addWidget(made)
    qtbot.keyClicks(made.line, typed)
    with pytest.raises(ValueError, match=r"\.$"):
        made.value()
    assert made.state() == typed


def test_an_amount_and_a_date_are_tidied_when_the_field_is_left(qtbot: QtBot, theme: Theme) -> None:
    amount, day = AmountEditor(), DateEditor()
    for editor, typed, tidy in ((amount, "1234,5", "1.234,50"), (day, "1.2.27", "01.02.2027")):
        qtbot.addWidget(editor)
        qtbot.keyClicks(editor.line, typed)
        qtbot.keyClick(editor.line, Qt.Key.Key_Return)
        assert editor.line.text() == tidy


def test_a_date_moves_with_the_arrows_and_has_a_calendar(qtbot: QtBot, theme: Theme) -> None:
    editor = DateEditor()
    qtbot.addWidget(editor)
    editor.set_value(date(2026, 12, 31))
    qtbot.keyClick(editor.line, Qt.Key.Key_Up)
    assert editor.value() == date(2027, 1, 1)
    qtbot.keyClick(editor.line, Qt.Key.Key_Down)
    assert editor.value() == date(2026, 12, 31)
    editor.open_calendar()
    popup = editor.findChild(CalendarPopup)
    assert popup is not None
    day = popup.calendar.selectedDate()
    assert popup.calendar.dateTextFormat(day.addDays(-6)).toolTip() == "1. Weihnachtstag"
    popup.calendar.clicked.emit(day.addDays(-30))
    assert editor.value() == date(2026, 12, 1)


@pytest.mark.parametrize("typed", ["0", "1", "-2", "1899", "2200", "9999"])
def test_no_year_typed_into_the_calendar_is_out_of_reach(qtbot: QtBot, theme: Theme, typed: str) -> None:
    editor = DateEditor()
    qtbot.addWidget(editor)
    editor.show()
    editor.open_calendar()
    popup = editor.findChild(CalendarPopup)
    assert popup is not None
    year = popup.findChild(QSpinBox, "qt_calendar_yearedit")
    assert year is not None
    popup.findChild(QToolButton, "qt_calendar_yearbutton").click()  # type: ignore[union-attr]
    year.selectAll()
    qtbot.keyClicks(year, typed)
    qtbot.keyClick(year, Qt.Key.Key_Return)
    for name in ("prevmonth", "nextmonth") * 2:
        popup.findChild(QToolButton, f"qt_calendar_{name}").click()  # type: ignore[union-attr]
    assert 1900 <= popup.calendar.yearShown() <= 2199
    popup.calendar.activated.emit(popup.calendar.selectedDate())
    assert editor.readable() is not None


def test_up_and_down_stay_within_the_days_that_can_be_entered(qtbot: QtBot, theme: Theme) -> None:
    editor = DateEditor()
    qtbot.addWidget(editor)
    for last, key in ((date(2199, 12, 31), Qt.Key.Key_Up), (date(1900, 1, 1), Qt.Key.Key_Down)):
        editor.set_value(last)
        qtbot.keyClick(editor.line, key)
        assert editor.value() == last


def test_the_calendar_stays_on_the_screen(qtbot: QtBot, theme: Theme) -> None:
    editor = DateEditor()
    qtbot.addWidget(editor)
    editor.show()
    screen = editor.screen().availableGeometry()
    editor.move(screen.right() - 60, screen.bottom() - 60)
    popup = CalendarPopup(date(2026, 12, 31), editor)
    popup.adjustSize()
    at = editor._place_for(popup.size())
    assert screen.contains(QRect(at, popup.size()))


def test_a_record_is_found_by_any_part_of_its_words(qtbot: QtBot, theme: Theme) -> None:
    editor = RecordEditor(PLACES)
    qtbot.addWidget(editor)
    editor.combo.setEditText("sudstadt")
    assert editor.value() == 2
    editor.combo.setEditText("bult")
    assert editor.value() == 3
    editor._leave()
    assert editor.combo.currentText() == "Südstadt-Bult"
    editor.combo.setEditText("stadt")
    with pytest.raises(ValueError, match="nicht eindeutig"):
        editor.value()
    editor.combo.setEditText("Mars")
    with pytest.raises(ValueError, match="gibt es nicht"):
        editor.value()


def test_what_can_be_done_in_a_line_of_tags_is_read_whole(qtbot: QtBot, theme: Theme) -> None:
    editor = TagsEditor(PLACES)
    qtbot.addWidget(editor)
    editor.set_value((1, 3))
    editor.resize(600, 60)
    editor.show()
    needed = editor.line.fontMetrics().horizontalAdvance(editor.line.placeholderText())
    assert editor.line.width() >= needed + 8


def test_tags_are_added_and_taken_by_keyboard(qtbot: QtBot, theme: Theme) -> None:
    editor = TagsEditor(PLACES)
    qtbot.addWidget(editor)
    editor.show()
    qtbot.keyClicks(editor.line, "lede")
    with pytest.raises(ValueError, match="noch nicht übernommen"):
        editor.value()
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: editor.line.text() == "")
    editor.add(1)
    assert editor.value() == (1, 4)
    qtbot.keyClick(editor.line, Qt.Key.Key_Backspace)
    assert editor.value() == (1,)


def test_enter_takes_the_first_tag_that_is_offered(qtbot: QtBot, theme: Theme) -> None:
    editor = TagsEditor([(1, "Linden-Mitte"), (2, "Linden-Nord"), (3, "Döhren")])
    qtbot.addWidget(editor)
    editor.show()
    for _ in range(2):
        qtbot.keyClicks(editor.line, "linden")
        qtbot.keyClick(editor.line, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: editor.line.text() == "")
    assert editor.value() == (1, 2)


def test_a_tag_is_chosen_in_the_list_of_proposals(qtbot: QtBot, theme: Theme) -> None:
    editor = TagsEditor(PLACES)
    qtbot.addWidget(editor)
    editor.show()
    told: list[tuple[int, ...]] = []
    editor.changed.connect(lambda: told.append(editor.value()))
    for typed in ("dt-b", "dst"):
        qtbot.keyClicks(editor.line, typed)
        popup = editor.line.completer().popup()
        qtbot.waitUntil(popup.isVisible)
        qtbot.keyClick(popup, Qt.Key.Key_Down)
        qtbot.keyClick(popup, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: editor.line.text() == "")
    assert told == [(3,), (2, 3)], "one each, and nothing half typed when it is told"


@pytest.mark.parametrize(
    "make", [lambda: ChoiceEditor(words_of(NoticeUnit)), RecordEditor, SuggestEditor, MultilineEditor]
)
def test_a_field_takes_no_keyboard_from_the_wheel(
    qtbot: QtBot, theme: Theme, make: Callable[[], Editor]
) -> None:
    editor = make()
    qtbot.addWidget(editor)
    fields = [editor.focusProxy(), *editor.findChildren(QComboBox)]
    assert Qt.FocusPolicy.WheelFocus not in [field.focusPolicy() for field in fields]


def test_an_amount_shows_its_unit(qtbot: QtBot, theme: Theme) -> None:
    editor = WholeEditor("Monate")
    qtbot.addWidget(editor)
    assert editor.line.textMargins().right() > 30


@dataclass(frozen=True, slots=True)
class Goal:
    nr: str | None
    title: str | None = None
    due: date | None = None


def goals_editor() -> RowsEditor:
    editor = RowsEditor(
        [
            RowColumn("nr", "Nr", TextEditor, width=60, required=True),
            RowColumn("title", "Ziel", TextEditor, stretch=True, required=True),
            RowColumn("due", "Frist", DateEditor),
        ],
        lambda rows: Goal(str(len(rows) + 1)),
    )
    editor.set_value((Goal("1", "Treff"), Goal("2", "Beratung", date(2026, 12, 31))))
    return editor


@pytest.fixture
def goals(qtbot: QtBot, theme: Theme) -> RowsEditor:
    editor = goals_editor()
    qtbot.addWidget(editor)
    editor.resize(600, 300)
    with qtbot.waitExposed(editor):
        editor.show()
    return editor


def enter(qtbot: QtBot, goals: RowsEditor, row: int, column: int, text: str) -> None:
    at = goals.rows_model.index(row, column)
    goals.grid.setCurrentIndex(at)
    qtbot.keyClick(goals.grid, Qt.Key.Key_F2)
    line = open_cell(goals)
    line.selectAll()
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, Qt.Key.Key_Return)


def open_cell(goals: RowsEditor) -> QLineEdit:
    editor = goals.cells._editor
    assert isinstance(editor, TextEditor | DateEditor)
    return editor.line


def test_child_rows_are_added_edited_moved_and_removed(qtbot: QtBot, goals: RowsEditor) -> None:
    assert goals.value() == (Goal("1", "Treff"), Goal("2", "Beratung", date(2026, 12, 31)))
    goals.add.click()
    with pytest.raises(ValueError, match="Zeile 3: Ziel fehlt"):
        goals.value()
    enter(qtbot, goals, 2, 0, "3a")
    enter(qtbot, goals, 2, 1, "Ehrenamt")
    enter(qtbot, goals, 2, 2, "1.3.27")
    assert goals.value()[2] == Goal("3a", "Ehrenamt", date(2027, 3, 1))
    goals.grid.setCurrentIndex(goals.rows_model.index(2, 0))
    qtbot.keyClick(goals.grid, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [goal.nr for goal in goals.value()] == ["1", "3a", "2"]
    qtbot.keyClick(goals.grid, Qt.Key.Key_Delete)
    assert [goal.nr for goal in goals.value()] == ["1", "2"]


def test_tab_goes_from_cell_to_cell_and_escape_forgets(qtbot: QtBot, goals: RowsEditor) -> None:
    goals.grid.setCurrentIndex(goals.rows_model.index(0, 0))
    qtbot.keyClick(goals.grid, Qt.Key.Key_F2)
    open_cell(goals).selectAll()
    qtbot.keyClicks(open_cell(goals), "9")
    qtbot.keyClick(open_cell(goals), Qt.Key.Key_Tab)
    assert goals.grid.currentIndex().column() == 1
    open_cell(goals).selectAll()
    qtbot.keyClicks(open_cell(goals), "vergessen")
    qtbot.keyClick(open_cell(goals), Qt.Key.Key_Escape)
    assert goals.value()[0] == Goal("9", "Treff")


def test_tab_leaves_behind_the_last_cell_and_control_tab_at_once(qtbot: QtBot, theme: Theme) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    row = QVBoxLayout(host)
    before, goals = TextEditor(), goals_editor()
    for one in (before, goals):
        row.addWidget(one)
    with qtbot.waitExposed(host):
        host.show()
    goals.grid.setFocus()
    goals.grid.setCurrentIndex(goals.rows_model.index(1, 1))
    qtbot.keyClick(goals.grid, Qt.Key.Key_F2)
    qtbot.keyClick(open_cell(goals), Qt.Key.Key_Tab)
    qtbot.keyClick(open_cell(goals), Qt.Key.Key_Tab)  # the last cell closes and nothing opens
    assert goals.cells._editor is None
    assert goals.grid.currentIndex() == goals.rows_model.index(1, 2)
    qtbot.keyClick(goals.grid, Qt.Key.Key_Tab)
    assert not goals.grid.hasFocus()
    goals.grid.setFocus()
    goals.grid.setCurrentIndex(goals.rows_model.index(0, 1))
    qtbot.keyClick(goals.grid, Qt.Key.Key_Backtab)
    assert goals.grid.hasFocus()
    qtbot.keyClick(goals.grid, Qt.Key.Key_Backtab)
    assert before.line.hasFocus()
    goals.grid.setFocus()
    qtbot.keyClick(goals.grid, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert not goals.grid.hasFocus()


def test_the_editor_of_the_last_cell_is_whole_inside_the_table(qtbot: QtBot, goals: RowsEditor) -> None:
    goals.grid.horizontalHeader().resizeSection(2, 80)
    goals.grid.setCurrentIndex(goals.rows_model.index(0, 2))
    qtbot.keyClick(goals.grid, Qt.Key.Key_F2)
    cell = goals.cells._editor
    assert cell is not None
    assert cell.geometry().right() < goals.grid.viewport().width()
    assert cell.width() >= open_cell(goals).minimumWidth()


def test_a_form_may_go_with_a_cell_open(qtbot: QtBot, theme: Theme) -> None:
    goals = goals_editor()
    with qtbot.waitExposed(goals):
        goals.show()
    goals.grid.setCurrentIndex(goals.rows_model.index(0, 1))
    qtbot.keyClick(goals.grid, Qt.Key.Key_F2)
    with qtbot.waitSignal(goals.destroyed):
        goals.close()
        goals.deleteLater()


def test_an_open_cell_is_taken_over_when_the_form_is_read(qtbot: QtBot, goals: RowsEditor) -> None:
    goals.grid.setCurrentIndex(goals.rows_model.index(0, 1))
    qtbot.keyClick(goals.grid, Qt.Key.Key_F2)
    open_cell(goals).selectAll()
    qtbot.keyClicks(open_cell(goals), "neu")
    assert goals.value()[0].title == "neu"


def test_a_cell_that_went_with_its_rows_is_not_closed_once_more(qtbot: QtBot, goals: RowsEditor) -> None:
    goals.grid.setCurrentIndex(goals.rows_model.index(0, 1))
    qtbot.keyClick(goals.grid, Qt.Key.Key_F2)
    qtbot.keyClicks(open_cell(goals), "neu")
    goals.set_value((Goal("7", "Andere"),))
    assert goals.value() == (Goal("7", "Andere"),)  # a warning of Qt fails the test


def test_a_cell_that_cannot_be_read_keeps_the_form_from_saving(qtbot: QtBot, goals: RowsEditor) -> None:
    enter(qtbot, goals, 1, 2, "31.02.27")
    with pytest.raises(ValueError, match="Zeile 2, Frist"):
        goals.value()
    enter(qtbot, goals, 1, 2, "28.02.27")
    assert goals.value()[1].due == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (lambda rows: rows.add_row(), 2),
        (lambda rows: rows.move_row(-1), 1),
        (lambda rows: (rows.grid.setCurrentIndex(rows.rows_model.index(0, 0)), rows.remove_row()), 1),
    ],
    ids=["added", "moved", "removed"],
)
def test_what_could_not_be_read_is_not_forgotten_when_rows_change(
    goals: RowsEditor, change: Callable[[RowsEditor], object], line: int
) -> None:
    goals.rows_model.enter(1, 2, None, "„31.02.26“ ist kein Datum.")
    goals.grid.setCurrentIndex(goals.rows_model.index(1, 0))
    change(goals)
    with pytest.raises(ValueError, match=f"^Zeile {line}, Frist: „31.02.26“"):
        goals.value()


@pytest.fixture
def day(qtbot: QtBot, theme: Theme) -> DateEditor:
    editor = DateEditor()
    qtbot.addWidget(editor)
    editor.set_value(date(2026, 5, 4))
    editor.show()
    return editor


def calendar() -> QCalendarWidget:
    popup = QApplication.activePopupWidget()
    assert popup is not None
    found = popup.findChild(QCalendarWidget)
    assert isinstance(found, QCalendarWidget)
    return found


def test_a_day_is_picked_from_the_calendar(qtbot: QtBot, day: DateEditor) -> None:
    qtbot.keyClick(day.line, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert calendar().selectedDate() == QDate(2026, 5, 4)
    assert calendar().dateTextFormat(QDate(2026, 5, 14)).toolTip() == "Christi Himmelfahrt"
    with qtbot.waitSignals([day.changed, day.finished]):
        calendar().clicked.emit(QDate(2026, 5, 15))
    assert day.value() == date(2026, 5, 15)
    assert QApplication.activePopupWidget() is None


def test_an_unreadable_day_opens_the_calendar_at_today(qtbot: QtBot, day: DateEditor) -> None:
    day.line.setText("irgendwann")
    day.open_calendar()
    shown = calendar().selectedDate()
    assert (shown.year(), shown.month(), shown.day()) == (*date.today().timetuple()[:3],)
    qtbot.keyClick(QApplication.activePopupWidget(), Qt.Key.Key_Escape)
    assert day.line.text() == "irgendwann"
