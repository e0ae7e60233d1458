"""What a screen reader finds: every page asked as Qt answers it, and once over the bus as a reader of Linux asks."""

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from app.ui.budgets.matrix import Matrix
from app.ui.kit import accessible
from app.ui.kit.accessible import hear_all
from app.ui.kit.table.frame import GridFrame
from app.ui.kit.widgets.bars import BudgetBar, PhaseTrack
from app.ui.kit.widgets.key_figure import KeyFigure
from app.ui.kit.widgets.news import NewsLine
from app.ui.kit.widgets.pressable import Pressable
from app.ui.kit.widgets.year_strip import YearStrip
from app.ui.shell.main_window import MainWindow
from app.ui.shell.pages import PAGES
from tests.ui.shell.walking import dialogs, sides

Role, Text = QAccessible.Role, QAccessible.Text
SAYS_NOTHING = {
    Role.NoRole,
    Role.Client,
    Role.Border,
    Role.Pane,
    Role.Window,
    Role.Whitespace,
    Role.LayeredPane,
}
"""Roles of what only holds other things, or of what Qt knows nothing about."""
UNMISTAKABLE = (QLineEdit, QComboBox, QCheckBox, QToolButton)
"""Controls of which no two in one window have the same name."""
FEW = 60
"""So many cells of a long list are asked."""
CLIENT = Path(__file__).with_name("listening.py")
LAUNCHERS = [Path("/usr/libexec/at-spi-bus-launcher"), Path("/usr/lib/at-spi2-core/at-spi-bus-launcher")]


@pytest.fixture(scope="module", autouse=True)
def heard(qapp: QApplication) -> None:
    hear_all()


def of(widget: QWidget) -> QAccessibleInterface:
    return QAccessible.queryAccessibleInterface(widget)


def name(of_it: QAccessibleInterface) -> str:
    return of_it.text(Text.Name).replace("\N{NO-BREAK SPACE}", " ")


def below(root: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """Everything in it that is shown."""
    yield root
    for place in range(min(root.childCount(), FEW)):
        child = root.child(place)
        if child is not None and not child.state().invisible:
            yield from below(child)


class Reached(NamedTuple):
    """What the keyboard comes to, in plain values.

    Whoever keeps what Qt answers longer than the widget lives gets it back as whatever comes to stand in its place.
    """

    role: QAccessible.Role
    kind: type[object]
    name: str

    @property
    def words(self) -> str:
        return f"{self.role.name} {self.kind.__name__} „{self.name}“"

    @property
    def is_nameless(self) -> bool:
        """An empty cell says its column."""
        return not self.name and self.role != Role.Cell


def reached(widget: QWidget) -> list[Reached]:
    """All that the keyboard comes to in a window."""
    shown = (one for one in below(of(widget)) if one.state().focusable)
    return [Reached(one.role(), type(one.object()), name(one)) for one in shown]


def test_what_the_keyboard_comes_to_has_a_name_and_says_what_it_is(demo_window: MainWindow) -> None:
    nameless, shapeless, asked = set(), set(), 0
    for page in PAGES:
        for side in sides(demo_window, page.id):
            QApplication.processEvents()
            found = reached(demo_window)
            asked += len(found)
            shapeless |= {f"{side}: {one.words}" for one in found if one.role in SAYS_NOTHING}
            nameless |= {f"{side}: {one.words}" for one in found if one.is_nameless}
    assert asked > 500
    assert not nameless
    assert not shapeless


def test_so_it_is_in_every_dialog_and_no_two_fields_or_tools_are_called_the_same(
    demo_window: MainWindow,
) -> None:
    nameless, shapeless, twice, titles = set(), set(), set(), set()
    for page in PAGES:
        for side in sides(demo_window, page.id):
            for dialog in dialogs(demo_window):
                if (title := dialog.windowTitle()) in titles:
                    continue
                titles.add(title)
                found, where = reached(dialog), f"{side}, {title}"
                shapeless |= {f"{where}: {one.words}" for one in found if one.role in SAYS_NOTHING}
                nameless |= {f"{where}: {one.words}" for one in found if one.is_nameless}
                controls = [one for one in found if issubclass(one.kind, UNMISTAKABLE)]
                count = Counter((one.kind, one.name) for one in controls)
                twice |= {f"{where}: {one.words}" for one in controls if count[one.kind, one.name] > 1}
    assert len(titles) > 40
    assert not nameless
    assert not shapeless
    assert not twice


def test_every_page_has_a_heading_and_named_tables(demo_window: MainWindow) -> None:
    for page in PAGES:
        demo_window.open_page(page.id)
        QApplication.processEvents()
        shown = list(below(of(demo_window.pages[page.id])))
        [first, *_] = [one for one in shown if one.role() == Role.Heading]
        assert name(first) == demo_window.pages[page.id].header.title
        assert first.attributesInterface().attributeValue(QAccessible.Attribute.Level) == 1
        for table in (one for one in shown if one.role() == Role.Table):
            assert name(table)
            cells = [one for one in below(table) if one.role() == Role.Cell]
            for cell in cells[:FEW]:
                [column] = cell.tableCellInterface().columnHeaderCells()
                [row] = cell.tableCellInterface().rowHeaderCells()
                assert column.role() == Role.ColumnHeader
                assert name(row), name(table)


def test_the_navigation_is_a_list_of_which_one_is_chosen(demo_window: MainWindow, qtbot: QtBot) -> None:
    demo_window.open_page("quarters")
    pages = of(demo_window.navigation)
    assert (pages.role(), name(pages)) == (Role.List, "Seiten")
    entries = [of(one) for one in demo_window.navigation.entries.values()]
    assert {one.role() for one in entries} == {Role.ListItem}
    assert [name(one).split(",")[0] for one in entries if one.state().selected] == ["Quartiere"]
    assert entries[1].text(Text.Description) == "Seite 2 von 9, Strg+2"
    entries[5].actionInterface().doAction("Press")
    qtbot.waitUntil(lambda: entries[5].state().selected and not entries[1].state().selected)
    assert demo_window.pages["budget"].isVisible()


def test_what_is_pressed_is_a_button_and_figures_have_a_value(demo_window: MainWindow) -> None:
    kinds, bars = set(), 0
    for page in PAGES:
        for _ in sides(demo_window, page.id):
            QApplication.processEvents()
            for one in demo_window.findChildren(Pressable):
                if one.isVisible() and one.is_pressable:
                    kinds.add(type(one))
                    assert of(one).role() == Role.Button
                    assert "Press" in of(one).actionInterface().actionNames()
                if isinstance(one, BudgetBar) and one.isVisible():
                    bars += 1
                    value = of(one).valueInterface()
                    assert 0 <= value.currentValue() <= value.maximumValue() == 100
                    assert "Ansatz" in of(one).text(Text.Value)
                if isinstance(one, KeyFigure) and one.isVisible():
                    assert of(one).text(Text.Value)
            for track in demo_window.findChildren(PhaseTrack):
                if track.isVisible():
                    assert of(track).role() == Role.ProgressBar
                    assert of(track).valueInterface().maximumValue() == 7
    assert {BudgetBar, KeyFigure} < kinds
    assert bars


def test_pressing_by_a_screen_reader_is_pressing(demo_window: MainWindow, qtbot: QtBot) -> None:
    [bar, *_] = [one for one in demo_window.findChildren(BudgetBar) if one.isVisible() and one.is_pressable]
    of(bar).actionInterface().doAction("Press")
    qtbot.waitUntil(lambda: "budget" in demo_window.pages and demo_window.pages["budget"].isVisible())


@pytest.fixture
def announced(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What Qt is asked to announce; a stand-in for the screen reader, without which Qt passes it over."""
    said: list[str] = []

    class Reader(QAccessible):
        isActive = staticmethod(lambda: True)

        @staticmethod
        def updateAccessibility(event: accessible.QAccessibleAnnouncementEvent) -> None:
            said.append(event.message())

    monkeypatch.setattr(accessible, "QAccessible", Reader)
    return said


def test_sums_say_their_columns_and_groups_whether_they_are_open(
    demo_window: MainWindow, announced: list[str]
) -> None:
    demo_window.open_page("budget")
    QApplication.processEvents()
    [matrix] = demo_window.pages["budget"].findChildren(Matrix)
    assert matrix.footer is not None
    sums = of(matrix.footer)
    assert sums.role() == Role.StaticText
    assert ", Ansatz: " in name(sums)
    assert name(sums).endswith(" €")
    matrix.header.setSectionHidden(3, True)
    assert "Ansatz" not in name(sums)
    [group, *_] = [one for one in below(of(matrix.grid)) if one.role() == Role.Cell]
    opened = name(group)
    assert opened.endswith(", Gruppe, aufgeklappt")
    matrix.grid.setCurrentIndex(matrix.model.index(0, 0))
    QTest.keyClick(matrix.grid, Qt.Key.Key_Left)
    assert announced == [opened.replace("aufgeklappt", "zugeklappt")]
    first = matrix.model.index(0, 0)
    assert matrix.model.data(first, Qt.ItemDataRole.AccessibleTextRole) == announced[0]


def test_the_year_says_where_the_arrows_have_come_to(demo_window: MainWindow) -> None:
    [strip] = demo_window.findChildren(YearStrip)
    assert of(strip).role() == Role.Slider
    assert of(strip).valueInterface().currentValue() == 0
    QTest.keyClick(strip, Qt.Key.Key_Right)
    assert of(strip).valueInterface().currentValue() == 1
    assert of(strip).text(Text.Value)[:10].count(".") == 2


def test_what_happened_is_announced(demo_window: MainWindow, announced: list[str], qtbot: QtBot) -> None:
    demo_window.context.say("Gespeichert: Liste")
    assert announced == ["Gespeichert: Liste"]
    demo_window.open_page("quarters")
    QApplication.processEvents()
    [table, *_] = [one for one in demo_window.pages["quarters"].findChildren(GridFrame) if one.isVisible()]
    table.tell("Quartier entfernt.", "Rückgängig", lambda: None)
    assert announced[-1] == "Quartier entfernt."
    hidden = NewsLine()
    qtbot.addWidget(hidden)
    hidden.tell("Noch nicht zu sehen.")
    assert announced[-1] == "Quartier entfernt."


def test_widgets_that_go_take_along_what_was_said_of_them(theme: object, qtbot: QtBot) -> None:
    for number in range(50):
        figure = KeyFigure("Summe", f"{number} €")
        asked = of(figure)
        assert (name(asked), asked.role()) == (f"Summe: {number} €", Role.StaticText)
        figure.deleteLater()
        QApplication.sendPostedEvents(figure, QEvent.Type.DeferredDelete)


@pytest.mark.skipif(sys.platform != "linux", reason="AT-SPI is the bus of Linux")
def test_a_screen_reader_of_linux_goes_through_all_pages(demo: Path, tmp_path: Path) -> None:
    """The real program on a screen and a bus of its own; a client of AT-SPI presses its way from page to page."""
    launcher = next((one for one in LAUNCHERS if one.exists()), None)
    python = "/usr/bin/python3"  # the bindings of AT-SPI are a package of the system
    bindings = [python, "-c", "import gi; gi.require_version('Atspi', '2.0')"]
    tools = all(map(shutil.which, ("Xvfb", "xvfb-run", "dbus-run-session", python)))
    if launcher is None or not tools or subprocess.run(bindings, capture_output=True, check=False).returncode:
        pytest.skip("no AT-SPI here: at-spi2-core, dbus, xvfb, python3-gi and gir1.2-atspi-2.0 are needed")
    own = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)}
    told = {"QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
    copy = shutil.copy(demo, tmp_path / "office.db")
    main = Path(__file__).parents[3] / "main.py"
    command = ["xvfb-run", "-a", "-s", "-screen 0 1366x768x24", "dbus-run-session", "--"]
    command += [python, str(CLIENT), str(launcher), sys.executable, str(main), "--database", str(copy)]
    done = subprocess.run(
        command, env={**os.environ, **own, **told}, capture_output=True, text=True, timeout=90, check=False
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert [one["page"].split(",")[0] for one in found["pages"]] == [page.title for page in PAGES]
    for one in found["pages"]:
        assert one["selected"]
        assert one["headings"]
        assert not one["nameless"]
        assert not one["shapeless"]
    assert any(", Ansatz: " in words for words in found["sums"])
    assert "„office.db“ geöffnet" in found["announced"]
