"""Snapshots in the window: lists, the second place, comparing, a new day."""

import shutil
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.domain.agreements.agreements import AgreementKind, Stage
from app.domain.copies.clock import Doubt
from app.services.quarters import quarters
from app.ui import preferences
from app.ui.context import TODAY, Context
from app.ui.copies.keeping import CopyKeeper
from app.ui.copies.rows import snapshot_rows
from app.ui.kit.theme import Theme
from app.ui.overview.page import OverviewPage
from app.ui.shell.coming_into_force import LONG_AWAY_DAYS, ComingIntoForce
from app.ui.shell.compare import CompareDialog
from app.ui.shell.main_window import MainWindow
from app.ui.shell.restore import RestoreDialog
from db.comparing import Side
from db.copies.proof import Soundness, beside
from db.copies.snapshots import Reason, snapshots
from db.copies.taking import take
from db.database import Database
from db.models import Actor, Agreement, Command, Quarter
from tests.ui.words import press, shown


class Clock:
    """Stands still until it is set."""

    day = date(2026, 11, 24)

    def __call__(self) -> date:
        return self.day


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def window(database: Database, theme: Theme, clock: Clock, qtbot: QtBot) -> Iterator[MainWindow]:
    with database.write("Quartier angelegt") as session:
        session.add(Quarter(short="SAH", name="Sahlkamp"))
    opened = MainWindow(Context(database, clock=clock), theme)
    opened.show()
    qtbot.waitUntil(lambda: bool(opened.pages))
    yield opened
    opened.close()
    opened.deleteLater()
    QCoreApplication.sendPostedEvents(opened, QEvent.Type.DeferredDelete)


def now(clock: Clock) -> datetime:
    return datetime(clock.day.year, clock.day.month, clock.day.day, 8)


def test_a_list_tells_what_is_in_each(window: MainWindow, clock: Clock) -> None:
    path = window.context.database.path
    take(path, now(clock) - timedelta(days=3))
    take(path, datetime(2031, 3, 5, 8))
    take(path, now(clock), reason="ersetzt")
    last, future, first = snapshot_rows(path, now(clock))
    assert (first.age, last.age, future.age) == ("vor 3 Tagen", "heute", "aus der Zukunft")
    assert future.doubt is Doubt.FUTURE
    assert first.last_step.endswith("Quartier angelegt")
    assert "Quartiere: 1" in first.all_contents
    assert first.proof is not None
    assert first.proof.soundness is Soundness.WHOLE
    assert (first.snapshot.reason, last.snapshot.reason) == (Reason.REGULAR, Reason.REPLACED)


def test_what_nobody_has_looked_into_is_proved_while_the_list_is_open(
    window: MainWindow, clock: Clock, qtbot: QtBot
) -> None:
    path = window.context.database.path
    found = take(path, now(clock))
    old = found.path.with_name("buero_2026-09-01_08-00-00.db")
    shutil.copy(found.path, old)
    window.files.restore()
    dialog = shown(RestoreDialog)
    assert [row.proof is None for row in dialog.table.rows()] == [False, True]
    qtbot.waitUntil(lambda: all(row.proof is not None for row in dialog.table.rows()))
    assert beside(old).exists()
    dialog.reject()


def test_the_status_does_not_believe_a_clock_that_was_ahead(
    window: MainWindow, clock: Clock, qtbot: QtBot
) -> None:
    path = window.context.database.path
    take(path, datetime(2031, 3, 5, 8))
    window.show_backup_age()
    assert window.status.backup.text() == "Sicherung vom 05.03.2031? Bitte die Uhr prüfen"
    window.copies.take_daily()
    qtbot.waitUntil(lambda: window.status.backup.text().startswith("Sicherung heute"))
    assert len(snapshots(path)) == 2


def test_the_second_place_is_filled_as_soon_as_it_is_there(
    window: MainWindow, clock: Clock, tmp_path: Path, qtbot: QtBot
) -> None:
    path, stick = window.context.database.path, tmp_path / "media" / "stick"
    preferences.SECOND_BACKUP_PLACE.set(str(stick))
    keeper = window.context.shared(CopyKeeper)
    assert keeper is window.copies
    take(path, now(clock))
    keeper.bring()
    qtbot.waitUntil(lambda: not window.context.jobs.running)
    assert not stick.parent.exists()
    assert window.status.backup.text().endswith("zweiter Ort: noch keine")
    stick.mkdir(parents=True)
    keeper.bring()
    qtbot.waitUntil(lambda: window.status.backup.text().endswith("zweiter Ort: heute"))
    assert len(snapshots(path, stick)) == 1
    clock.day += timedelta(days=4)
    window.show_backup_age()
    assert window.status.backup.text() == "Sicherung vor 4 Tagen · zweiter Ort: vor 4 Tagen"


def test_one_record_is_taken_back_from_a_comparison(window: MainWindow, clock: Clock, qtbot: QtBot) -> None:
    context = window.context
    context.do("Träger", lambda session: session.add(Actor(short="AWO", name="AWO")))
    taken = take(context.database.path, now(clock))
    context.do("Weg", lambda session: session.delete(session.scalars(select(Actor)).one()))
    context.do("Neu", lambda session: session.add(Quarter(short="VAH", name="Vahrenheide")))
    dialog = CompareDialog(context, taken.path, window)
    dialog.open()
    qtbot.waitUntil(lambda: len(dialog.table.rows()) == 2)
    sides = {row.table: row.side for row in dialog.table.rows()}
    assert sides == {"actor": Side.OTHER, "quarter": Side.ONE}
    dialog.table.select(("quarter", 2))
    assert not dialog.main.isEnabled()
    dialog.table.select(("actor", 1))
    press(dialog, "Übernehmen …")
    assert shown(QMessageBox).text().startswith("AWO so wie damals? Geschrieben werden Träger: 1.")
    press(shown(QMessageBox), "Übernehmen")
    assert context.ask(lambda session: list(session.scalars(select(Actor.short)))) == ["AWO"]
    qtbot.waitUntil(lambda: len(dialog.table.rows()) == 1)
    dialog.reject()
    context.undo()
    assert context.ask(lambda session: list(session.scalars(select(Actor.short)))) == []


def test_a_new_day_reaches_who_asked_services_that_look_at_the_calendar_themselves(
    window: MainWindow, qtbot: QtBot
) -> None:
    asking = window.context.own(window)
    asking.ask(quarters.actors, 1)
    assert TODAY not in asking.reads
    with qtbot.waitSignal(asking.outdated):
        window.context.begin_day()


def waiting(window: MainWindow, clock: Clock, *numbers: str) -> None:
    agreements = [
        Agreement(
            number=number,
            kind=AgreementKind.TARGET,
            title="Treff",
            stage=Stage.SIGNED,
            begin=clock.day,
            city_signed_on=clock.day - timedelta(days=9),
        )
        for number in numbers
    ]
    window.context.do("Unterschrieben", lambda session: session.add_all(agreements))
    window.context.do(
        "Uhr", lambda session: session.query(Command).update({"at": now(clock) - timedelta(days=1)})
    )


def begin(window: MainWindow) -> None:
    ComingIntoForce(window.context, window.status.news, window).begin()


def stages(window: MainWindow) -> set[Stage]:
    return set(window.context.ask(lambda session: session.scalars(select(Agreement.stage)).all()))


def test_what_comes_into_force_is_said_with_a_way_to_it(
    window: MainWindow, clock: Clock, qtbot: QtBot
) -> None:
    waiting(window, clock, "ZV-1", "ZV-2")
    begin(window)
    assert stages(window) == {Stage.IN_FORCE}
    assert window.status.news.sentence.text() == "In Kraft getreten: ZV-1, ZV-2"
    assert window.status.news.buttons[0].text() == "Liste zeigen"
    page = window.pages["overview"]
    assert isinstance(page, OverviewPage)
    qtbot.waitUntil(lambda: page.begun.text == "Heute in Kraft getreten: ZV-1, ZV-2")
    clock.day += timedelta(days=1)
    window.new_day.look()
    qtbot.waitUntil(lambda: page.begun.isHidden())


def test_after_long_away_the_clock_is_asked_about_first(window: MainWindow, clock: Clock) -> None:
    waiting(window, clock, "ZV-1")
    clock.day += timedelta(days=LONG_AWAY_DAYS)
    begin(window)
    question = shown(QMessageBox)
    assert "zuletzt wurde am 23.11.2026 gearbeitet" in question.text()
    press(question, "Abbrechen")
    assert stages(window) == {Stage.SIGNED}
    begin(window)
    press(shown(QMessageBox), "Datum stimmt")
    assert stages(window) == {Stage.IN_FORCE}
