"""A damaged file leads to the ways out of it: at the start, in the midst of work, after a look through it."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import Damaged, UserError
from app.ui.context import Context
from app.ui.copies.checking import Checking
from app.ui.kit.widgets.note import Note
from app.ui.settings.page import SettingsPage
from app.ui.shell.errors import ErrorReporter
from app.ui.shell.program import Program
from app.ui.shell.rescued import RescuedDialog
from app.ui.shell.ways_out import WaysOutWindow
from db import checksums
from db.checks import check
from db.copies import taking
from db.copies.snapshots import Reason, snapshots
from db.damage.schema_pages import PAGE
from db.database import create_database, open_database
from db.driver import sqlite
from db.models import Actor

AT = datetime(2026, 11, 24, 8, 30)


@pytest.fixture
def hurt(tmp_path: Path) -> Path:
    """A file with one snapshot; what was entered since is only in it, and its head is gone."""
    path = tmp_path / "buero.db"
    database = create_database(path)
    with database.write("Träger") as session:
        session.add(Actor(short="A", name="Aus der Sicherung"))
    taking.daily_snapshot(path, AT, most_bytes=10**9)
    with database.write("Träger") as session:
        session.add(Actor(short="B", name="Danach eingetragen"))
    database.close()
    path.write_bytes(bytes(100) + path.read_bytes()[100:])
    return path


def shorts(session: Session) -> list[str]:
    return list(session.scalars(select(Actor.short).order_by(Actor.short)))


def ways(program: Program) -> WaysOutWindow:
    assert program.ways_out.window is not None
    return program.ways_out.window


def opened(program: Program, qtbot: QtBot) -> Context:
    qtbot.waitUntil(lambda: program.window is not None)
    assert program.window is not None
    return program.window.context


def answer(words: str) -> None:
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    (button,) = (one for one in box.buttons() if one.text() == words)
    button.click()


def test_a_snapshot_takes_the_place_of_the_damaged_file(program: Program, hurt: Path, qtbot: QtBot) -> None:
    program.start(hurt)
    window = ways(program)
    assert window.isVisible()
    (row,) = window.table.rows()
    assert row.contents == "1 Träger"
    window.main.click()
    answer("Wiederherstellen")
    assert opened(program, qtbot).ask(shorts) == ["A"]
    assert not program.ways_out.is_shown
    assert any(one.reason is Reason.REPLACED for one in snapshots(hurt))


def test_what_can_be_read_is_saved_and_worked_on_with(program: Program, hurt: Path, qtbot: QtBot) -> None:
    program.start(hurt)
    qtbot.mouseClick(ways(program).rescue, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), RescuedDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, RescuedDialog)
    assert "Träger: 2 gerettet" in dialog.text.toPlainText()
    assert (hurt.parent / "buero_gerettet_Bericht.txt").read_text("utf-8") == dialog.text.toPlainText()
    dialog.main.click()
    context = opened(program, qtbot)
    assert context.database.path == hurt
    assert context.ask(shorts) == ["A", "B"]
    assert check(hurt) == []
    assert not list(hurt.parent.glob("buero_gerettet.db*"))
    assert any(one.reason is Reason.REPLACED for one in snapshots(hurt))


def test_what_can_be_read_is_looked_at_and_the_ways_stay(program: Program, hurt: Path, qtbot: QtBot) -> None:
    before = hurt.read_bytes()
    program.start(hurt)
    ways(program).look.click()
    context = opened(program, qtbot)
    assert context.ask(shorts) == ["A", "B"]
    with pytest.raises(UserError, match="nur zum Lesen"), context.database.write("x"):
        pass
    assert program.window is not None
    program.window.close()
    assert ways(program).isVisible()
    assert hurt.read_bytes() == before


def test_without_a_snapshot_saving_is_proposed(program: Program, hurt: Path, qtbot: QtBot) -> None:
    shutil.rmtree(hurt.parent / "Sicherungen")
    program.start(hurt)
    window = ways(program)
    assert not window.main.isVisible()
    assert window.focusWidget() is window.rescue


def test_where_nothing_can_be_read_the_ways_stay(
    program: Program, reporter: ErrorReporter, tmp_path: Path, qtbot: QtBot
) -> None:
    reporter.install()
    path = tmp_path / "buero.db"
    path.write_bytes(b"")
    program.start(path)
    ways(program).rescue.click()
    qtbot.waitUntil(lambda: bool(reporter.shown))
    assert "ist nichts mehr zu lesen" in reporter.shown[0].text
    assert ways(program).isVisible()
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".db"] == ["buero.db"]


def test_damage_in_the_midst_of_work_leads_to_the_same_place(
    program: Program, reporter: ErrorReporter, hurt: Path, qtbot: QtBot
) -> None:
    reporter.install()
    shutil.copy(snapshots(hurt)[0].path, hurt)
    program.start(hurt)
    error = Damaged("Eine Seite ist beschädigt.", hurt)
    error.args = ("Error calling Python override: Eine Seite ist beschädigt.",)  # what Qt makes of it
    assert error.sentence == "Eine Seite ist beschädigt."
    opened(program, qtbot)
    reporter.handle(Damaged, error, None)
    reporter.handle(Damaged, error, None)  # the next page meets it, too
    assert len(reporter.shown) == 1
    answer("Auswege zeigen")
    assert ways(program).path == hurt
    assert program.window is None
    ways(program).main.click()
    answer("Wiederherstellen")
    assert opened(program, qtbot).ask(shorts) == ["A"]


def test_another_damaged_file_shows_its_ways_beside_the_open_one(
    program: Program, reporter: ErrorReporter, hurt: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    reporter.install()
    sound = tmp_path / "heil" / "buero.db"
    create_database(sound).close()
    program.start(sound)
    context = opened(program, qtbot)
    with qtbot.captureExceptions() as raised:
        try:
            program.open(hurt)
        except Damaged as error:
            reporter.handle(Damaged, error, None)
    assert raised == []
    assert ways(program).path == hurt
    assert program.window is not None
    assert program.window.context is context
    ways(program).close()
    assert program.window.isVisible()


def damage_a_row(path: Path) -> None:
    connection = sqlite.connect(path, isolation_level=None)
    checksums.register(connection)
    (made,) = connection.execute(
        "SELECT sql FROM sqlite_master WHERE name = 'checksum_actor_update'"
    ).fetchone()
    connection.execute("DROP TRIGGER checksum_actor_update")
    connection.execute("UPDATE actor SET name = 'Xus der Sicherung'")
    connection.execute(made)
    connection.close()


def test_the_weekly_look_tells_of_damage_once(hurt: Path, qtbot: QtBot) -> None:
    shutil.copy(snapshots(hurt)[0].path, hurt)
    damage_a_row(hurt)
    context = Context(open_database(hurt, writer=True))
    checking = context.shared(Checking)
    told: list[object] = []
    checking.found.connect(told.append)
    checking.look()
    qtbot.waitUntil(lambda: checking.last is not None)
    assert checking.last is not None
    assert checking.last.is_damaged
    assert checking.last.wrong[0] == "Träger, Eintrag 1: passt nicht zu ihrer Prüfsumme"
    first = checking.last.at
    checking.look()
    qtbot.waitUntil(lambda: not context.jobs.running)
    assert told == [told[0]]
    assert checking.last.at >= first
    context.close()


def test_a_sound_file_is_looked_through_once_a_week(hurt: Path, qtbot: QtBot) -> None:
    shutil.copy(snapshots(hurt)[0].path, hurt)
    day = AT.date()
    context = Context(open_database(hurt, writer=True), clock=lambda: day)
    checking = context.shared(Checking)
    for days, looks in ((0, True), (6, False), (8, True)):
        day = AT.date() + timedelta(days=days)
        checking.look()
        assert bool(context.jobs.running) is looks
        qtbot.waitUntil(lambda: not context.jobs.running)
    context.close()


def test_the_settings_show_the_newest_check(hurt: Path, qtbot: QtBot, reporter: ErrorReporter) -> None:
    shutil.copy(snapshots(hurt)[0].path, hurt)
    context = Context(open_database(hurt, writer=True))
    page = SettingsPage(context)
    qtbot.addWidget(page)
    page.show_section("backups")
    page.show()
    section = page.section
    note: Note = section.findings  # type: ignore[attr-defined]
    section.check()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: "Geprüft am" in note.text)
    assert note.text.endswith("Die Datei ist in Ordnung, alle Anlagen sind unverändert da.")
    assert not note.action.isVisible()
    damage_a_row(hurt)
    section.check()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: "passt nicht zu ihrer Prüfsumme" in note.text)
    with qtbot.captureExceptions() as raised:
        note.action.click()
    assert raised[0][0] is Damaged
    page.close()
    context.close()


def test_the_head_alone_is_damaged_here(hurt: Path) -> None:
    """What these tests stand on: all that was entered is still in the file."""
    assert hurt.read_bytes()[:16] == bytes(16)
    assert hurt.stat().st_size % PAGE == 0
