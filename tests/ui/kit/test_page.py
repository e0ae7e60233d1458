"""When a page reads its data again, and what its filters remember."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import insert, select

from app.ui.context import Context
from app.ui.kit.filter_bar import FilterBar, FilterChip
from app.ui.kit.menu import Entry
from app.ui.kit.page import Page, Split
from app.ui.kit.theme import Theme
from db.models import Booking, Quarter


class CountingPage(Page):
    """A real page that counts how often it reads."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title("Quartiere")
        self.refreshed = 0
        self.counted = Quarter.id

    def refresh(self) -> None:
        self.refreshed += 1
        self.context.ask(lambda session: session.scalar(select(self.counted)))
        self.header.set_sentence(f"{self.refreshed}. Mal gelesen")

    def open_record(self, record_id: int) -> None:
        self.opened = record_id


@dataclass
class Shown:
    page: CountingPage
    context: Context


def add_quarter(context: Context, short: str) -> None:
    context.do(
        "Quartier angelegt", lambda session: session.execute(insert(Quarter).values(short=short, name=short))
    )


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> CountingPage:
    made = CountingPage(context)
    qtbot.addWidget(made)
    return made


def test_a_page_reads_at_its_first_showing_and_not_before(qtbot: QtBot, page: CountingPage) -> None:
    assert page.refreshed == 0
    page.show()
    assert page.refreshed == 1
    page.hide()
    page.show()
    assert page.refreshed == 1


def test_a_visible_page_reads_once_for_several_changes(
    qtbot: QtBot, page: CountingPage, context: Context
) -> None:
    page.show()
    for short in ("A", "B", "C"):
        add_quarter(context, short)
    assert page.refreshed == 1
    qtbot.waitUntil(lambda: page.refreshed == 2)
    qtbot.wait(20)
    assert page.refreshed == 2


def test_a_hidden_page_waits_for_its_next_showing(qtbot: QtBot, page: CountingPage, context: Context) -> None:
    page.show()
    page.hide()
    add_quarter(context, "A")
    qtbot.wait(20)
    assert page.refreshed == 1
    page.show()
    assert page.refreshed == 2
    assert page.header.sentence == "2. Mal gelesen"


def test_changes_to_other_tables_do_not_matter(qtbot: QtBot, page: CountingPage, context: Context) -> None:
    page.counted = Booking.id
    page.show()
    add_quarter(context, "A")
    qtbot.wait(20)
    assert page.refreshed == 1


def test_undo_makes_a_page_read_again(qtbot: QtBot, page: CountingPage, context: Context) -> None:
    add_quarter(context, "A")
    page.show()
    context.undo()
    qtbot.waitUntil(lambda: page.refreshed == 2)


def test_the_main_button_stands_last_and_has_its_key(qtbot: QtBot, page: CountingPage) -> None:
    called: list[str] = []
    page.header.set_primary("Quartier anlegen", lambda: called.append("new"))
    page.header.add_secondary("Drucken", lambda: called.append("print"), "print")
    page.header.add_menu(
        "Exportieren", [Entry("Als Excel", lambda: called.append("excel"), "spreadsheet")], "export"
    )
    page.show()
    buttons = [page.header._secondary.itemAt(i).widget().text() for i in range(3)]  # type: ignore[union-attr]
    assert buttons == ["Drucken", "Exportieren", "Quartier anlegen"]
    page.header.primary.click()  # type: ignore[union-attr]
    page.header._secondary.itemAt(1).widget().menu().actions()[0].trigger()  # type: ignore[union-attr]
    assert called == ["new", "excel"]


def test_filters_tell_and_remember(qtbot: QtBot, context: Context) -> None:
    options = [("target", "Zielvereinbarung"), ("cooperation", "Kooperationsvereinbarung")]
    bar = FilterBar("test")
    qtbot.addWidget(bar)
    chip = bar.add_chip("kind", "Art", options)
    bar.show()
    assert not bar._reset.isVisible()
    with qtbot.waitSignal(bar.changed):
        chip.menu().actions()[0].trigger()
    assert bar.chosen("kind") == {"target"}
    assert chip.text() == "Art: Zielvereinbarung"
    with qtbot.waitSignal(bar.changed):
        qtbot.keyClicks(bar.search, " treff ")
    assert bar.text == "treff"

    again = FilterBar("test")
    qtbot.addWidget(again)
    again.add_chip("kind", "Art", options)
    assert again.text == "treff"
    assert again.chosen("kind") == {"target"}
    again.show()
    assert again._reset.isVisible()
    with qtbot.waitSignal(again.changed):
        again._reset.click()
    assert not again.active
    emptied = FilterBar("test")
    qtbot.addWidget(emptied)
    assert emptied.text == ""


def test_nothing_lies_over_the_search_in_a_small_window(qtbot: QtBot, context: Context) -> None:
    """The list of quarters in a window of 900 pixels has 480 for its bar."""
    bar = FilterBar("small")
    qtbot.addWidget(bar)
    bar.add_chip("phase", "Phase")
    bar.add_chip("district", "Stadtbezirk")
    tools = QLabel()
    tools.setFixedWidth(112)
    bar.add_widget(tools)
    bar.resize(480, bar.sizeHint().height())
    bar.show()
    first = min(chip.x() for chip in bar.findChildren(FilterChip))
    assert bar.search.geometry().right() < first
    assert tools.geometry().right() < 480
    bar.resize(640, bar.height())
    qtbot.waitUntil(lambda: bar.search.width() >= 180)


def test_a_chip_of_one_choice_changes_over(qtbot: QtBot, context: Context) -> None:
    bar = FilterBar("one")
    qtbot.addWidget(bar)
    chip = bar.add_chip("year", "Jahr", [(2026, "2026"), (2027, "2027")], multiple=False)
    chip.menu().actions()[0].trigger()
    chip.menu().actions()[1].trigger()
    assert bar.chosen("year") == {2027}
    chip.menu().actions()[1].trigger()
    assert bar.chosen("year") == frozenset()


def test_escape_empties_the_search(qtbot: QtBot, context: Context) -> None:
    bar = FilterBar("esc")
    qtbot.addWidget(bar)
    bar.show()
    qtbot.keyClicks(bar.search, "abc")
    qtbot.keyClick(bar.search, Qt.Key.Key_Escape)
    assert bar.search.text() == ""


def test_a_split_is_remembered(qtbot: QtBot, context: Context) -> None:
    first = Split("quarters", QLabel("Liste"), QLabel("Detail"))
    qtbot.addWidget(first)
    first.resize(800, 400)
    with qtbot.waitExposed(first):
        first.show()
    first.setSizes([200, 584])
    first._remember()
    second = Split("quarters", QLabel("Liste"), QLabel("Detail"))
    qtbot.addWidget(second)
    second.resize(800, 400)
    second.show()
    assert second.sizes() == first.sizes()


def test_what_is_searched_for_can_be_read_beside_many_chips(qtbot: QtBot, theme: Theme) -> None:
    bar = FilterBar("narrow")
    qtbot.addWidget(bar)
    for title in ("Art", "Stand", "Quartier", "Träger", "Fällig"):
        bar.add_chip(title, title)
    bar.resize(760, 60)
    bar.show()
    bar.search.setText("ZV-2025-01")
    needed = bar.search.fontMetrics().horizontalAdvance(bar.search.text()) + 60  # with both icons
    [reset] = [one for one in bar.findChildren(QPushButton) if one.accessibleName() == "zurücksetzen"]
    qtbot.waitUntil(lambda: reset.isVisible() and not reset.text())
    assert bar.search.width() >= needed
    bar.resize(1200, 60)
    qtbot.waitUntil(lambda: reset.text() == "zurücksetzen")
    reset.click()
    assert bar.search.text() == ""
