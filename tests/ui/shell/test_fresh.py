"""What the window shows is true: whatever changes, wherever it is changed, and when a new day begins."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.domain.agreements.agreements import Stage
from app.services import office
from app.services.agreements import yearly_talks
from app.services.agreements.yearly_talks import TalkInput
from app.services.deadlines import deadlines
from app.ui.agreements.page import AgreementsPage
from app.ui.context import TODAY, Context
from app.ui.kit.form_dialog import FormDialog
from app.ui.kit.page import Page
from app.ui.kit.theme import Theme
from app.ui.overview.page import OverviewPage
from app.ui.shell.main_window import MainWindow
from app.ui.shell.pages import PAGES
from app.workflows.demo.build import build
from db.database import open_database
from db.models import Actor, Agreement

DAY = date(2026, 11, 24)


class Clock:
    """A clock that stands still until it is set."""

    day = DAY

    def __call__(self) -> date:
        return self.day


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("demo") / "demo.db", DAY)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def window(demo: Path, tmp_path: Path, theme: Theme, clock: Clock, qtbot: QtBot) -> Iterator[MainWindow]:
    path = tmp_path / "buero.db"
    path.write_bytes(demo.read_bytes())
    shown = MainWindow(Context(open_database(path, writer=True), clock=clock), theme)
    shown.show()
    qtbot.waitUntil(lambda: bool(shown.pages))
    yield shown
    shown.close()
    shown.deleteLater()
    QCoreApplication.sendPostedEvents(shown, QEvent.Type.DeferredDelete)


def words(widget: QWidget) -> str:
    """All that can be read in labels."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def running_agreement(session: Session) -> Agreement:
    """The first one in force."""
    query = select(Agreement).where(Agreement.stage == Stage.IN_FORCE).order_by(Agreement.id)
    return session.scalars(query).first() or pytest.fail("the demo has no agreement in force")


def dues(window: MainWindow) -> list[tuple[str, int]]:
    page = window.pages["overview"]
    assert isinstance(page, OverviewPage)
    columns = page.columns.columns.values()
    return [
        (found.deadline.kind.value, found.deadline.opens.id)
        for one in columns
        for found in one.list.dues.dues
    ]


def test_a_recorded_yearly_talk_leaves_the_overview(window: MainWindow, qtbot: QtBot, clock: Clock) -> None:
    talks = [found for found in dues(window) if found[0] == "yearly_talk"]
    assert talks
    agreement_id = talks[0][1]
    window.open_page("agreements", agreement_id)
    window.context.do("Gespräch", yearly_talks.save, agreement_id, None, TalkInput(clock.day), clock.day)
    window.open_page("overview")
    qtbot.waitUntil(lambda: talks[0] not in dues(window))


def test_the_city_mended_in_the_settings_is_not_missing_any_more(window: MainWindow, qtbot: QtBot) -> None:
    def strip(session: Session) -> int:
        values = office.load(session)
        office.save(session, replace(values, authority=""))
        record = running_agreement(session)
        record.stage = Stage.NEGOTIATION
        return record.id

    agreement_id = window.context.do("Anfang", strip)
    window.open_page("agreements")
    page = window.pages["agreements"]
    assert isinstance(page, AgreementsPage)
    page.show_record(agreement_id, "negotiation")
    qtbot.waitUntil(lambda: "Der Name der Stadt fehlt." in words(page))
    window.open_page("settings")
    window.pages["settings"].section.act()  # type: ignore[attr-defined]
    form = window.findChildren(FormDialog)[-1]
    form.body["authority"].editor.set_value("Landeshauptstadt Hannover")
    form.save()
    window.open_page("agreements")
    qtbot.waitUntil(lambda: "Der Name der Stadt fehlt." not in words(page))


def test_the_count_of_overdue_follows_a_talk(window: MainWindow, qtbot: QtBot, clock: Clock) -> None:
    def badge() -> int:
        found = window.navigation.entries["overview"].badge
        return found.count if found else 0

    def overdue() -> int:
        return sum(found.day < clock.day for found in window.context.ask(deadlines.deadlines, clock.day, 0))

    agreement_id = next(record_id for kind, record_id in dues(window) if kind == "yearly_talk")
    due = window.context.ask(yearly_talks.next_due, agreement_id, clock.day)
    assert due is not None
    clock.day = due + timedelta(days=1)
    window.context.begin_day()
    qtbot.waitUntil(lambda: badge() == overdue())
    before = badge()
    window.context.do("Gespräch", yearly_talks.save, agreement_id, None, TalkInput(clock.day), clock.day)
    qtbot.waitUntil(lambda: badge() == before - 1)


def test_a_new_day_is_told_to_all_who_asked_for_it(window: MainWindow, qtbot: QtBot, clock: Clock) -> None:
    page = window.pages["overview"]
    assert isinstance(page, OverviewPage)
    before = page.header.sentence
    assert TODAY in page.context.reads
    clock.day = date(2027, 2, 1)
    window.context.begin_day()
    qtbot.waitUntil(lambda: page.header.sentence != before)
    assert page.header.sentence.split()[0] != "Nichts"
    assert window.commands["edit.undo"].text() == "Rückgängig", "a new day is no command"


def test_the_program_notices_a_new_day_when_it_comes_to_the_front(
    window: MainWindow, qapp: QApplication, qtbot: QtBot, clock: Clock
) -> None:
    page = window.pages["overview"]
    assert isinstance(page, OverviewPage)
    before = page.header.sentence
    with qtbot.assertNotEmitted(window.new_day.begun):
        qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    clock.day = date(2027, 2, 1)
    with qtbot.waitSignal(window.new_day.begun):
        qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    qtbot.waitUntil(lambda: page.header.sentence != before)
    with qtbot.assertNotEmitted(window.new_day.begun):
        window.new_day.look()  # told already


def test_another_name_reaches_every_page_that_shows_it(window: MainWindow) -> None:
    """Also pages that are hidden meanwhile."""

    def shown(page_id: str) -> str:
        window.open_page(page_id)
        page = window.pages[page_id]
        table = page.register.table if isinstance(page, AgreementsPage) else page.table  # type: ignore[attr-defined]
        return repr(table.rows())

    places = [page_id for page_id in ("actors", "offers", "agreements") if "Nachbarschaft" in shown(page_id)]
    assert places == ["actors", "offers", "agreements"]
    window.context.do(
        "Umbenannt", lambda session: session.execute(update(Actor).values(name=Actor.name + " (neu)"))
    )
    assert [page_id for page_id in places if "(neu)" in shown(page_id)] == places
    window.context.undo()
    assert [page_id for page_id in places if "(neu)" in shown(page_id)] == []


def test_all_that_a_page_shows_is_read_again(window: MainWindow, qtbot: QtBot) -> None:
    """What only the first showing read would be noted once, then forgotten: it would stay as it was."""
    for spec in PAGES:
        window.open_page(spec.id)
        page = window.pages[spec.id]
        read_again(qtbot, page)
        page.context.forget_reads()
        for _ in page.parts():
            read_again(qtbot, page)
            page.context.forget_reads()


def read_again(qtbot: QtBot, page: Page) -> None:
    qtbot.wait(20)
    shown = page.context.reads
    page.mark_stale()
    qtbot.waitUntil(lambda: shown <= page.context.reads)
