"""The window in small, in large text and with long names: nothing is cut, nothing lies over something else."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from app.ui.agreements.page import AgreementsPage
from app.ui.budgets.page import BudgetPage
from app.ui.context import Context
from app.ui.kit.dialog import Dialog
from app.ui.kit.records_page import RecordsPage
from app.ui.kit.screen import room_on_screen
from app.ui.kit.theme import BASE_POINTS, Theme
from app.ui.kit.widgets.room import Room
from app.ui.preferences import TEXT_SIZES
from app.ui.shell.main_window import PAGES, MainWindow
from app.workflows.demo.build import build
from db.database import open_database
from db.models import Actor, Agreement, Budget, Quarter
from tests.ui.fitting import faults

DAY = date(2026, 11, 24)
PATIENCE = 20
LARGEST = max(TEXT_SIZES)
NAMES = {
    "one word": "Donaudampfschifffahrtsgesellschaft" * 6,
    "many words": "Arbeitsgemeinschaft für das Leben im Alter in der Nachbarschaft " * 3,
}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("demo") / "demo.db", DAY)


@pytest.fixture
def window(demo: Path, tmp_path: Path, theme: Theme, qtbot: QtBot) -> Iterator[MainWindow]:
    path = tmp_path / "buero.db"
    path.write_bytes(demo.read_bytes())
    shown = MainWindow(Context(open_database(path, writer=True), clock=lambda: DAY), theme)
    shown.show()
    qtbot.waitUntil(lambda: bool(shown.pages))
    yield shown
    shown.close()
    shown.deleteLater()
    QCoreApplication.sendPostedEvents(shown, QEvent.Type.DeferredDelete)
    theme.resize(BASE_POINTS)


def sights(window: MainWindow, qtbot: QtBot) -> Iterator[str]:
    """Every page and every part of it, one after the other, with its name."""
    for page in PAGES:
        window.open_page(page.id)
        qtbot.wait(30)
        yield page.id
        for part in window.pages[page.id].parts():
            qtbot.wait(30)
            yield f"{page.id}, {part}"


def settled(window: QWidget, qtbot: QtBot) -> list[str]:
    """What finds no room when the window has come to rest."""
    for _ in range(PATIENCE):
        if not faults(window):
            return []
        qtbot.wait(50)
    return faults(window)


def found(window: MainWindow, qtbot: QtBot) -> list[str]:
    return [f"{name}: {fault}" for name in sights(window, qtbot) for fault in settled(window, qtbot)]


def sideways(window: QWidget) -> list[Room]:
    """Places whose content is wider than they are."""
    rooms = [one for one in window.findChildren(Room) if one.isVisible()]
    return [one for one in rooms if one.horizontalScrollBar().maximum()]


def name_everything(session: Session, name: str) -> None:
    for model, field in ((Quarter, "name"), (Actor, "name"), (Budget, "title"), (Agreement, "title")):
        for place, row in enumerate(session.query(model)):
            setattr(row, field, f"{name[:196]} {place}")


@pytest.mark.parametrize(
    ("points", "size"),
    [(BASE_POINTS, (900, 600)), (BASE_POINTS, (1280, 800)), (LARGEST, (1280, 720))],
)
def test_nothing_is_cut_in_any_size_of_text(
    window: MainWindow, theme: Theme, qtbot: QtBot, points: int, size: tuple[int, int]
) -> None:
    theme.resize(points)
    window.resize(*size)
    assert "\n".join(found(window, qtbot)) == ""


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_long_name_pushes_nothing_out(window: MainWindow, qtbot: QtBot, name: str) -> None:
    window.resize(1280, 800)
    window.context.do("Umbenannt: " + name, name_everything, name)
    for sight in sights(window, qtbot):
        assert "\n".join(settled(window, qtbot)) == "", sight
        qtbot.waitUntil(lambda: not sideways(window))  # a detail comes a little after its list
    assert window.size().toTuple() == (1280, 800)
    assert window.status.news.sentence.toolTip() == "Umbenannt: " + name


def test_no_page_scrolls_sideways_in_a_small_window(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(853, 533)  # a screen of 1280x800 at 150 %
    for sight in sights(window, qtbot):
        for _ in range(PATIENCE):
            if not sideways(window):
                break
            qtbot.wait(50)
        assert not sideways(window), sight


def test_the_window_may_always_be_small(window: MainWindow, theme: Theme, qtbot: QtBot) -> None:
    """Where a page needs more, it scrolls."""
    theme.resize(LARGEST)
    for sight in sights(window, qtbot):
        window.resize(900, 600)
        assert window.size().toTuple() == (900, 600), sight


def forms(window: MainWindow) -> Iterator[Dialog]:
    """The form of a record of each page."""
    for page in window.pages.values():
        if isinstance(page, RecordsPage):
            row = page.table.current()
            yield page.form(None if row is None else row.id)


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_forms_stay_on_the_screen(window: MainWindow, theme: Theme, qtbot: QtBot, name: str) -> None:
    window.context.do("Umbenannt", name_everything, name)
    theme.resize(LARGEST)
    for _ in sights(window, qtbot):
        pass
    for form in forms(window):
        form.open()
        qtbot.wait(30)
        assert "\n".join(settled(form, qtbot)) == "", form.windowTitle()[:40]
        assert room_on_screen(form).contains(form.geometry())
        form.close()


def test_the_period_of_a_grant_is_read_in_the_largest_text(
    window: MainWindow, theme: Theme, qtbot: QtBot
) -> None:
    theme.resize(LARGEST)
    window.open_page("grants")
    page = window.pages["grants"]
    assert isinstance(page, RecordsPage)
    form = page.form(None)
    form.open()
    form.resize(780, 600)  # as it is on a screen of 1280x800 at 150 %
    qtbot.wait(30)
    [words] = [one for one in form.findChildren(QLabel) if one.text() == "Bewilligungszeitraum von"]
    assert words.width() >= words.sizeHint().width()
    form.close()


def test_what_matters_is_shown_first(window: MainWindow, qtbot: QtBot) -> None:
    """On a large screen: partners and quarter of an agreement, the place of an offer, the town of an actor."""
    window.resize(1920, 1080)
    for page_id, titles in (
        ("agreements", {"Partner", "Quartier"}),
        ("offers", {"Ort"}),
        ("actors", {"Ort"}),
    ):
        window.open_page(page_id)
        qtbot.wait(30)
        page = window.pages[page_id]
        table = page.register.table if isinstance(page, AgreementsPage) else page.table
        assert titles <= {column.title for column in table.shown_columns()}


def test_the_figures_of_budgets_need_no_scrolling(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(900, 600)
    window.open_page("budget")
    qtbot.wait(30)
    page = window.pages["budget"]
    assert isinstance(page, BudgetPage)
    assert "Verfügbar" in {column.title for column in page.matrix.shown_columns()}
    assert page.matrix.grid.horizontalScrollBar().maximum() == 0
