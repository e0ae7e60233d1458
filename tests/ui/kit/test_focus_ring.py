"""Whatever has the keyboard shows it: the same ring in accent on every control."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.ui.kit.editors import TagsEditor
from app.ui.kit.table.columns import Column
from app.ui.kit.table.table import Table
from app.ui.kit.theme import Theme
from app.ui.kit.tokens import LIGHT
from app.ui.kit.widgets.bars import BudgetBar
from app.ui.kit.widgets.figures import Bar
from app.ui.kit.widgets.key_figure import KeyFigure
from app.ui.kit.widgets.text import button, icon_button
from app.ui.kit.widgets.year_strip import YearStrip


def _list() -> QListView:
    view = QListView()
    view.setModel(QStringListModel(["eins", "zwei"], view))
    return view


def _tabs() -> QTabBar:
    tabs = QTabBar()
    tabs.addTab("Eins")
    tabs.addTab("Zwei")
    return tabs


def _table() -> Table[str]:
    table: Table[str] = Table("focus", [Column("a", "A", str)], identity=str)
    table.set_rows(["eins"])
    return table


def _figure() -> KeyFigure:
    figure = KeyFigure("Ist", "1 €")
    figure.set_clickable()
    return figure


def _tool() -> QToolButton:
    return icon_button("plus", "Neu")


CONTROLS: dict[str, Callable[[], QWidget]] = {
    "button": lambda: QPushButton("Los"),
    "quiet": lambda: button("Los", role="quiet"),
    "link": lambda: button("Los", role="link"),
    "chip": lambda: button("Los", role="chip"),
    "danger": lambda: button("Los", role="danger"),
    "tool": _tool,
    "line": QLineEdit,
    "text": QPlainTextEdit,
    "combo": QComboBox,
    "spin": QSpinBox,
    "check": lambda: QCheckBox("Ja"),
    "radio": lambda: QRadioButton("Ja"),
    "list": _list,
    "tabs": _tabs,
    "table": _table,
    "tags": lambda: TagsEditor([(1, "eins")]),
    "bar": lambda: BudgetBar(Bar(1, 0), "Budget"),
    "figure": _figure,
    "year": YearStrip,
}


def accents(widget: QWidget) -> int:
    """How many points of it have the colour of the ring."""
    image = widget.grab().toImage()
    return sum(
        image.pixelColor(x, y).name() == LIGHT.accent
        for x in range(image.width())
        for y in range(image.height())
    )


@pytest.mark.parametrize("name", CONTROLS)
def test_the_focus_is_visible(qtbot: QtBot, theme: Theme, name: str) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    first, control = QLineEdit(), CONTROLS[name]()
    layout.addWidget(first)
    layout.addWidget(control)
    window.resize(260, 160)
    with qtbot.waitActive(window):
        window.show()
    first.setFocus()
    before = accents(control)
    window.activateWindow()
    control.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: accents(control) - before > 60)


def test_the_main_button_shows_it_in_the_colour_of_words(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    main = button("Speichern", role="primary")
    QVBoxLayout(window).addWidget(main)
    with qtbot.waitActive(window):
        window.show()
    main.setFocus()
    image = main.grab().toImage()
    assert image.pixelColor(image.width() // 2, 0).name() == LIGHT.text
