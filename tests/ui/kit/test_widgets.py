"""Small widgets: what they say, what they draw, what can be clicked and reached by keyboard."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.ui.kit.layout import column
from app.ui.kit.theme import BASE_POINTS, Theme
from app.ui.kit.tokens import LIGHT, Tone
from app.ui.kit.widgets.bars import BudgetBar, PhaseTrack
from app.ui.kit.widgets.card import Card, Pane, Section
from app.ui.kit.widgets.facts import Facts
from app.ui.kit.widgets.figures import Bar, Track
from app.ui.kit.widgets.flow import EqualFlow, FlowLayout
from app.ui.kit.widgets.key_figure import KeyFigure
from app.ui.kit.widgets.links import linked
from app.ui.kit.widgets.news import NewsLine
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.text import button
from app.ui.kit.widgets.year_strip import Mark, YearStrip

TODAY = date(2026, 11, 24)
pytestmark = pytest.mark.usefixtures("theme")


def colours_in(widget: QWidget) -> set[str]:
    image = widget.grab().toImage()
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(0, image.height(), 2)}


@pytest.mark.parametrize(
    ("bar", "used", "overspent", "available"),
    [
        (Bar(1000, 300, 200), 0.5, False, 500),
        (Bar(1000, 900, 200), 1.1, True, -100),
        (Bar(0, 0, 0), 0.0, False, 0),
        (Bar(0, 1, 0), float("inf"), True, -1),
        (Bar(1000, -200, 0), -0.2, False, 1200),
    ],
)
def test_arithmetic_of_a_bar(bar: Bar, used: float, overspent: bool, available: int) -> None:
    assert (bar.used, bar.overspent, bar.available) == (used, overspent, available)


def test_a_bar_turns_to_danger_where_more_is_spent_than_there_is(qtbot: QtBot) -> None:
    bar = BudgetBar(Bar(1000, 500), "Starterbudget")
    qtbot.addWidget(bar)
    bar.resize(300, 40)
    assert LIGHT.danger not in colours_in(bar)
    bar.set_bar(Bar(1000, 1500))
    assert LIGHT.danger in colours_in(bar)
    assert bar.accessibleDescription() == "Ansatz 10,00 € · Ist 15,00 € · überzogen um 5,00 €"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_bars_and_figures_can_be_opened_by_keyboard_and_mouse(qtbot: QtBot, key: Qt.Key) -> None:
    figure = KeyFigure("Verfügbar", "1,00 €")
    figure.set_clickable()
    for widget in (BudgetBar(Bar(1, 0), "Budget"), figure):
        qtbot.addWidget(widget)
        with qtbot.waitSignal(widget.clicked):
            qtbot.keyClick(widget, key)
        with qtbot.waitSignal(widget.clicked):
            qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def test_a_phase_says_how_far_it_is(qtbot: QtBot) -> None:
    track = PhaseTrack(Track(4, 7, "Zielvereinbarung"))
    qtbot.addWidget(track)
    assert track.accessibleName() == "Phase: Zielvereinbarung (Schritt 4 von 7)"
    track = PhaseTrack(Track(0, 7, "noch nicht begonnen"))
    qtbot.addWidget(track)
    assert track.accessibleName() == "Phase: noch nicht begonnen"


def test_marks_of_the_year_are_stacked_and_reached_by_keyboard(qtbot: QtBot) -> None:
    strip = YearStrip()
    qtbot.addWidget(strip)
    strip.resize(800, 80)
    marks = [Mark(TODAY + timedelta(days=10), f"Frist {i}", Tone.WARNING, i) for i in range(30)]
    marks.append(Mark(TODAY + timedelta(days=100), "Später", Tone.ACCENT, "later"))
    marks.append(Mark(TODAY + timedelta(days=500), "Zu spät", Tone.ACCENT, "too late"))
    strip.set_marks(marks, TODAY, TODAY)
    assert strip.accessibleDescription() == "31 Termine in zwölf Monaten"
    drawn = [box for box in strip._places if not box.isEmpty()]
    assert 3 < len(drawn) < 31
    assert all(strip.rect().contains(box.toRect()) for box in drawn)
    qtbot.keyClick(strip, Qt.Key.Key_Right)
    assert "und 24 weitere" in strip.accessibleDescription()
    for _ in drawn:
        qtbot.keyClick(strip, Qt.Key.Key_Right)
    with qtbot.waitSignal(strip.chosen) as chosen:
        qtbot.keyClick(strip, Qt.Key.Key_Return)
    assert chosen.args == ["later"]
    with qtbot.waitSignal(strip.chosen) as chosen:
        qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=drawn[0].center().toPoint())
    assert chosen.args == [0]


def test_facts_leave_out_what_is_empty_and_can_be_copied(qtbot: QtBot) -> None:
    facts = Facts()
    qtbot.addWidget(facts)
    facts.add("Telefon", "0511 1234")
    facts.add("Fax", None)
    facts.add("Ende", "", always=True)
    texts = [found.text() for found in facts.findChildren(QLabel)]
    assert texts == ["Telefon", "0511 1234", "Ende", "–"]
    value = facts.findChildren(QLabel)[1]
    assert value.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard


def test_names_of_facts_grow_with_the_text(qtbot: QtBot, theme: Theme) -> None:
    facts = Facts()
    qtbot.addWidget(facts)
    facts.add("Ansprechperson", "Birgit Hansen")
    facts.show()
    name = facts.findChildren(QLabel)[0]
    before = name.width()
    theme.resize(15)
    try:
        assert name.minimumWidth() == round(before * 1.5)
    finally:
        theme.resize(BASE_POINTS)


def test_a_note_says_its_tone(qtbot: QtBot) -> None:
    called: list[bool] = []
    note = Note("Achtung", Tone.WARNING, "Zeigen", lambda: called.append(True))
    qtbot.addWidget(note)
    assert note.property("tone") == "warning"
    note.action.click()
    assert called == [True]
    note.set_tone(Tone.DANGER)
    assert note.property("tone") == "danger"


def test_a_pane_is_emptied_at_once(qtbot: QtBot) -> None:
    pane = Pane()
    qtbot.addWidget(pane)
    pane.add(Card("Eins"))
    pane.clear()
    assert pane.column.count() == 0


def test_what_a_pane_held_outlives_the_click_that_fills_it_anew(qtbot: QtBot) -> None:
    """A click takes the keyboard from a field, which fills the pane anew; then Qt still speaks to what was clicked."""
    host = QWidget()
    qtbot.addWidget(host)
    pane, field = Pane(), QLineEdit()
    column(field, pane, on=host)
    clicked = button("Öffnen", lambda: None)
    pane.add(clicked)
    field.editingFinished.connect(pane.clear)
    with qtbot.waitExposed(host):
        host.show()
    host.activateWindow()
    qtbot.waitUntil(host.isActiveWindow)
    field.setFocus()
    QTest.keyClicks(field, "Text")
    place = clicked.mapTo(host, clicked.rect().center())
    QTest.mouseClick(host.windowHandle(), Qt.MouseButton.LeftButton, pos=place)
    assert pane.column.count() == 0
    qtbot.waitUntil(lambda: not isValid(clicked))


def test_things_flow_into_the_next_line(qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    flow = FlowLayout(box, 6)
    buttons = [QPushButton(f"Schaltfläche {i}") for i in range(4)]
    for made in buttons:
        flow.addWidget(made)
    wide = flow.heightForWidth(2000)
    narrow = flow.heightForWidth(buttons[0].sizeHint().width() + 10)
    assert narrow == 4 * wide + 3 * 6
    box.resize(buttons[0].sizeHint().width() * 2 + 20, 200)
    box.show()
    assert buttons[1].pos().y() == buttons[0].pos().y()
    assert buttons[2].pos() == QPoint(0, wide + 6)


def test_return_presses_a_button_that_has_the_keyboard(qtbot: QtBot, theme: Theme) -> None:
    pressed: list[str] = []
    one = button("Zuordnen", lambda: pressed.append("one"))
    qtbot.addWidget(one)
    one.show()
    qtbot.keyClick(one, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert pressed == []
    qtbot.keyClick(one, Qt.Key.Key_Return)
    assert pressed == ["one"]


def test_a_pane_is_never_narrower_than_what_stands_in_it(qtbot: QtBot, theme: Theme) -> None:
    pane = Pane()
    qtbot.addWidget(pane)
    word = QPushButton("Kooperationsvereinbarungsverlängerungsentscheidung")
    pane.add(word)
    pane.show()
    needed = word.sizeHint().width()
    assert pane.minimumSizeHint().width() > needed
    pane.clear()
    assert pane.minimumSizeHint().width() < needed


def test_a_pane_filled_anew_keeps_the_keyboard_at_its_place(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    pane = Pane()
    row = QVBoxLayout(host)
    row.addWidget(pane)
    row.addWidget(QPushButton("Rückgängig"))

    def fill(*texts: str) -> list[QPushButton]:
        pane.clear()
        made = [button(text, lambda: None) for text in texts]
        for one in made:
            pane.add(one)
        return made

    first = fill("Erledigt", "Bearbeiten", "Löschen")
    with qtbot.waitExposed(host):
        host.show()
    first[1].setFocus()
    again = fill("Wieder öffnen", "Bearbeiten", "Löschen")
    qtbot.waitUntil(again[1].hasFocus)
    again[2].setFocus()
    more = fill("Wieder öffnen", "Neu", "Bearbeiten", "Drucken", "Löschen")
    qtbot.waitUntil(more[4].hasFocus)
    fewer = fill("Hinzufügen")
    qtbot.waitUntil(fewer[0].hasFocus)


def test_what_can_be_done_stands_beside_what_is_said(qtbot: QtBot, theme: Theme) -> None:
    line = NewsLine()
    qtbot.addWidget(line)
    line.resize(1200, 40)
    line.show()
    line.tell("Nachtrag ist unterschriftsreif", ("Rückgängig", lambda: None))
    line.layout().activate()  # type: ignore[union-attr]
    assert line.buttons[0].x() < line.sentence.sizeHint().width() + 40


def test_the_mouse_finds_the_marks_of_the_year(qtbot: QtBot) -> None:
    strip = YearStrip()
    qtbot.addWidget(strip)
    strip.resize(800, 80)
    strip.set_marks([Mark(TODAY + timedelta(days=100), "Frist", Tone.WARNING, 1)], TODAY, TODAY)
    strip.show()
    shapes = set()
    for x in range(0, 800, 4):
        at = QPointF(x, 40)
        none, button = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.NoButton
        move = QMouseEvent(QEvent.Type.MouseMove, at, strip.mapToGlobal(at), button, button, none)
        QApplication.sendEvent(strip, move)
        shapes.add(strip.cursor().shape())
    assert shapes == {Qt.CursorShape.ArrowCursor, Qt.CursorShape.PointingHandCursor}


def test_a_long_address_goes_on_in_the_next_line_and_is_copied_as_it_was_written(qtbot: QtBot) -> None:
    address = "kontakt@ambulantepflegelindenbluete.example"
    words = linked(address)
    qtbot.addWidget(words)
    words.resize(160, 80)
    words.show()
    assert words.minimumSizeHint().width() <= 160
    assert words.heightForWidth(160) > words.heightForWidth(600)
    assert words.palette().color(QPalette.ColorRole.Link).name() in colours_in(
        words
    )  # a link, not its source
    QTest.keyClick(words, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == address
    QTest.keyClick(words, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert words.hasSelectedText()
    QTest.keyClick(words, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == address


def test_the_ways_on_stand_beside_the_news(qtbot: QtBot) -> None:
    line = NewsLine()
    qtbot.addWidget(line)
    line.resize(1200, 30)
    line.show()
    line.tell("Gespeichert: Liste.pdf", ("Datei öffnen", print), ("Ordner zeigen", print))
    first, second = line.buttons
    qtbot.waitUntil(lambda: 0 < first.x() - line.sentence.geometry().right() < 40)
    assert 0 < second.x() - first.geometry().right() < 40


@pytest.mark.parametrize(("width", "lines"), [(800, 1), (560, 2), (190, 4)])
def test_cards_of_a_line_are_equally_wide_and_their_lines_equally_full(
    qtbot: QtBot, width: int, lines: int
) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    flow = EqualFlow(box)
    cards = [
        KeyFigure("Bewilligt", "126.000,00 €", note) for note in ("", "davon Zuwendung 87.773,78 €", "", "")
    ]
    for card in cards:
        flow.addWidget(card)
    box.resize(width, flow.heightForWidth(width))
    box.show()
    tops = [card.y() for card in cards]
    assert len(set(tops)) == lines
    assert {tops.count(top) for top in tops} == {4 // lines}
    assert len({card.width() for card in cards}) == 1
    assert all(card.geometry().right() < width for card in cards)
    assert cards[-1].geometry().bottom() < box.height()


def test_what_belongs_to_a_title_goes_below_it_where_it_has_no_room(qtbot: QtBot, theme: Theme) -> None:
    section = Section("Vereinbarungen (12)", None, "Vereinbarung anlegen", print)
    qtbot.addWidget(section)
    link = section.findChild(QPushButton)
    section.resize(500, 200)
    section.show()
    title = section.title.geometry()
    assert link.geometry().right() == 499
    assert abs(link.geometry().center().y() - title.center().y()) <= 1
    section.resize(200, 200)
    qtbot.waitUntil(lambda: link.geometry().top() > section.title.geometry().bottom())
    assert link.geometry().left() == 0
