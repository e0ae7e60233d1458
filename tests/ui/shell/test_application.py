"""The program: first start, other files, restoring, a second window, what a start loads."""

import os
import subprocess
import sys
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.agreements.agreements import AgreementKind, Stage
from app.domain.errors import UserError
from app.services import office
from app.ui import preferences
from app.ui.kit import jobs
from app.ui.kit.jobs import JobDialog
from app.ui.kit.theme import Theme
from app.ui.shell.errors import ErrorReporter
from app.ui.shell.main_window import MainWindow
from app.ui.shell.program import Program
from app.ui.shell.start_window import Beginning
from app.workflows.places import demo_database
from db.copies.copying import take_snapshot
from db.copies.snapshots import Reason, folder_for, snapshots
from db.database import create_database, open_database
from db.driver import sqlite
from db.identity import DATABASE_ID
from db.models import Agreement, Quarter, Setting
from tests.paths import ROOT
from tests.ui.words import answer, press
from tests.ui.words import shown as dialog_shown

NOT_AT_START = (
    "openpyxl",
    "xlsxwriter",
    "reportlab",
    "docx",
    "pypdf",
    "lxml",
    "python_calamine",
    "icalendar",
    "PySide6.QtPdf",
    "app.sheets",
    "app.reports",
)


def shown(program: Program) -> MainWindow:
    assert program.window is not None
    return program.window


def names(session: Session) -> list[str]:
    return list(
        session.scalars(
            select(Setting.name).where(Setting.name.not_like("office%"), Setting.name != DATABASE_ID)
        )
    )


def test_the_first_start_asks_for_the_office_and_makes_its_file(program: Program, tmp_path: Path) -> None:
    path = tmp_path / "daten" / "buero.db"
    program.start(path)
    start = program.start_window
    assert start is not None
    assert start.isVisible()
    widths = [choice.width() for choice in start.choices.values()]
    assert max(widths) - min(widths) <= 1
    start.choices[Beginning.EMPTY].click()
    assert not path.exists()
    assert start.error.text() == "Bitte den Namen des Büros eintragen, zum Beispiel „Alter im Quartier“."
    start.name.setText("  Alter im Quartier ")
    start.protect.setChecked(False)
    assert start.error.text() == ""
    start.choices[Beginning.EMPTY].click()
    window = shown(program)
    assert window.isVisible()
    assert window.context.ask(office.load).name == "Alter im Quartier"
    assert program.start_window is None
    assert preferences.recent_files() == [path]


def test_a_first_start_with_lists_goes_to_the_import(program: Program, tmp_path: Path) -> None:
    program.start(tmp_path / "buero.db")
    assert program.start_window is not None
    program.start_window.name.setText("Alter im Quartier")
    program.start_window.protect.setChecked(False)
    program.start_window.choices[Beginning.EXCEL].click()
    assert shown(program).stack.currentWidget() is shown(program).pages["imports"]


def test_the_demo_is_made_once_in_a_file_of_its_own(
    program: Program, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "daten"))
    path = tmp_path / "buero.db"
    program.start(path)
    assert program.start_window is not None
    press(program.start_window, "Demo ansehen")  # nobody has to name an office for it
    qtbot.waitUntil(lambda: program.window is not None)
    demo = shown(program).context.database.path
    assert demo == demo_database()
    assert demo.is_relative_to(tmp_path / "daten")
    assert not path.exists()
    assert program.start_window is None
    assert shown(program).context.ask(lambda session: len(session.scalars(select(Quarter)).all())) == 10
    shown(program).context.do("Eigenes", lambda session: session.add(Setting(name="a", value="1")))
    shown(program).files.create_wanted.emit(path)
    assert program.start_window is not None
    press(program.start_window, "Demo ansehen")  # it is open already
    assert shown(program).status.news.sentence.text() == "„demo.db“ ist schon geöffnet."
    create_database(path).close()
    program.open(path)
    program.create(tmp_path / "drei.db")
    assert program.start_window is not None
    press(program.start_window, "Demo ansehen")
    assert shown(program).context.database.path == demo
    assert shown(program).context.ask(names) == ["a"]  # as it was left


def test_making_the_demo_can_be_cancelled(
    program: Program, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "daten"))
    monkeypatch.setattr(jobs, "DIALOG_AFTER_MS", 0)
    program.start(tmp_path / "buero.db")
    assert program.start_window is not None
    press(program.start_window, "Demo ansehen")
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), JobDialog))
    press(dialog_shown(JobDialog), "Abbrechen")
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    assert program.window is None
    assert program.start_window.isVisible()
    assert not demo_database().exists()


def test_a_file_that_is_there_is_opened_from_the_first_start(program: Program, tmp_path: Path) -> None:
    there = tmp_path / "stick.db"
    create_database(there).close()
    program.start(tmp_path / "buero.db")
    assert program.start_window is not None
    press(program.start_window, "Vorhandene Datei öffnen …")
    answer(there)
    assert shown(program).context.database.path == there
    assert program.start_window is None
    assert not (tmp_path / "buero.db").exists()


def test_a_second_window_on_the_same_file_says_so(
    program: Program, reporter: ErrorReporter, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "buero.db"
    first = create_database(path)
    try:
        program.start(path)
        assert program.window is None
        assert ["anderen Programm" in said.text for said in reporter.shown] == [True]
        assert str(path) in reporter.shown[0].text
        box = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox))
        assert box.isVisible()
        box.finished.disconnect()  # reading it would end the program, and with it this run of tests
    finally:
        first.close()


def test_a_window_that_waits_for_its_file_gets_it(program: Program, theme: Theme, tmp_path: Path) -> None:
    path = tmp_path / "buero.db"
    create_database(path).close()
    frame = MainWindow(None, theme)
    frame.show()
    waiting = Program(QApplication.instance(), theme, program._reporter, frame)  # type: ignore[arg-type]
    waiting.start(path)
    assert waiting.window is frame
    assert frame.context.database.path == path
    assert frame.windowTitle() == "buero – Quartiersbüro"
    QApplication.processEvents()
    assert frame.pages
    frame.closed.disconnect()
    frame.close()


def test_a_window_whose_file_cannot_be_opened_goes(
    program: Program, reporter: ErrorReporter, theme: Theme, tmp_path: Path
) -> None:
    path = tmp_path / "buero.db"
    create_database(path).close()
    with closing(sqlite.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 9999")
    frame = MainWindow(None, theme)
    frame.show()
    Program(QApplication.instance(), theme, reporter, frame).start(path)  # type: ignore[arg-type]
    assert not frame.isVisible()
    assert len(reporter.shown) == 1
    assert "neueren Ausgabe" in reporter.shown[0].text
    [box] = [w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox) and w.isVisible()]
    box.finished.disconnect()  # closing it would end the program, here the tests
    box.close()


def test_another_file_takes_the_place_of_the_open_one(program: Program, tmp_path: Path, qtbot: QtBot) -> None:
    first, second = tmp_path / "eins.db", tmp_path / "zwei.db"
    create_database(first).close()
    create_database(second).close()
    program.start(first)
    before = shown(program)
    before.files.open_wanted.emit(second)
    assert shown(program).context.database.path == second
    assert not before.isVisible()
    open_database(first, writer=True).close()  # it is free again
    assert [path.name for path in preferences.recent_files()] == ["zwei.db", "eins.db"]


def test_a_file_that_cannot_be_opened_leaves_the_open_one(program: Program, tmp_path: Path) -> None:
    first = tmp_path / "eins.db"
    create_database(first).close()
    program.start(first)
    with pytest.raises(UserError, match="gibt es nicht"):
        program.open(tmp_path / "fort.db")
    assert shown(program).isVisible()
    shown(program).context.do("Geht noch", lambda session: session.add(Setting(name="a", value="1")))


def test_a_new_file_is_asked_for_its_office_while_the_open_one_stays(
    program: Program, tmp_path: Path
) -> None:
    first, second = tmp_path / "eins.db", tmp_path / "zwei.db"
    create_database(first).close()
    program.start(first)
    before = shown(program)
    before.files.create_wanted.emit(second)
    assert before.isVisible()
    assert program.start_window is not None
    program.start_window.name.setText("Zweites Büro")
    program.start_window.protect.setChecked(False)
    program.start_window.choices[Beginning.EMPTY].click()
    assert shown(program).context.database.path == second
    assert not before.isVisible()
    with pytest.raises(UserError, match="nicht überschrieben"):
        program.create(first)


def test_leaving_the_question_leaves_the_open_file(program: Program, tmp_path: Path) -> None:
    path = tmp_path / "eins.db"
    create_database(path).close()
    program.start(path)
    program.create(tmp_path / "zwei.db")
    assert program.start_window is not None
    program.start_window.close()
    assert program.start_window is None
    assert shown(program).isVisible()


def test_the_open_file_is_not_opened_twice(program: Program, tmp_path: Path) -> None:
    path = tmp_path / "eins.db"
    create_database(path).close()
    program.start(path)
    window = shown(program)
    program.open(path)
    assert shown(program) is window
    assert window.status.news.sentence.text() == "„eins.db“ ist schon geöffnet."


def test_restoring_brings_the_old_state_back_and_keeps_the_new_one(
    program: Program, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "buero.db"
    create_database(path).close()
    program.start(path)
    window = shown(program)
    window.context.do("Erstes", lambda session: session.add(Setting(name="a", value="1")))
    backup = tmp_path / "stick.db"
    take_snapshot(path, backup)
    window.context.do("Zweites", lambda session: session.add(Setting(name="b", value="1")))
    window.files.restore_wanted.emit(backup)
    qtbot.waitUntil(lambda: program.window not in (None, window))
    assert shown(program).context.ask(names) == ["a"]
    assert any(one.reason is Reason.REPLACED for one in snapshots(path))


def test_a_bad_backup_leaves_everything_as_it_was(program: Program, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "buero.db"
    create_database(path).close()
    program.start(path)
    shown(program).context.do("Erstes", lambda session: session.add(Setting(name="a", value="1")))
    bad = tmp_path / "kaputt.db"
    bad.write_text("keine Sicherung")
    with qtbot.capture_exceptions() as raised:
        program.restore(bad)
        qtbot.waitUntil(lambda: bool(raised))
    assert raised[0][0] is UserError
    assert shown(program).isVisible()
    assert shown(program).context.ask(names) == ["a"]


def test_the_first_start_of_a_day_takes_a_snapshot(program: Program, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "buero.db"
    second = tmp_path / "stick"
    second.mkdir()
    preferences.SECOND_BACKUP_PLACE.set(str(second))
    create_database(path).close()
    program.start(path)
    qtbot.waitUntil(lambda: shown(program).status.backup.text().startswith("Sicherung heute"))
    assert [taken.taken_at.date() for taken in snapshots(path)] == [datetime.now().date()]
    qtbot.waitUntil(lambda: shown(program).status.backup.text().endswith("zweiter Ort: heute"))
    assert len(snapshots(path, second)) == 1
    assert shown(program).status.backup.toolTip() == f"{folder_for(path)}\n{second}"


def test_what_all_have_signed_comes_into_force_by_itself(program: Program, tmp_path: Path) -> None:
    path = tmp_path / "buero.db"
    database = create_database(path)
    yesterday = date.today() - timedelta(days=1)
    with database.write("x") as session:
        session.add_all(
            Agreement(
                number=number,
                kind=AgreementKind.TARGET,
                title="Treff",
                stage=Stage.SIGNED,
                begin=begin,
                city_signed_on=yesterday,
            )
            for number, begin in (("ZV-1", date.today()), ("ZV-2", date.today() + timedelta(days=1)))
        )
    database.close()
    program.start(path)
    QApplication.processEvents()
    with shown(program).context.database.read() as session:
        stages = dict(session.execute(select(Agreement.number, Agreement.stage)).all())
    assert stages == {"ZV-1": Stage.IN_FORCE, "ZV-2": Stage.SIGNED}


def test_a_new_day_in_the_open_window_is_a_day_like_any_other(
    program: Program, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "buero.db"
    create_database(path).close()
    program.start(path)
    qtbot.waitUntil(lambda: len(snapshots(path)) == 1)
    window = shown(program)
    qtbot.waitUntil(lambda: not window.context.jobs.running)
    snapshots(path)[0].path.unlink()
    yesterday = date.today() - timedelta(days=1)
    signed = Agreement(
        number="ZV-1",
        kind=AgreementKind.TARGET,
        title="Treff",
        stage=Stage.SIGNED,
        begin=date.today(),
        city_signed_on=yesterday,
    )
    window.context.do("Gestern", lambda session: session.add(signed))
    window.new_day.begun.emit()
    with window.context.database.read() as session:
        assert session.scalars(select(Agreement.stage)).one() is Stage.IN_FORCE
    qtbot.waitUntil(lambda: len(snapshots(path)) == 1)


def test_restore_lists_the_daily_snapshots(program: Program, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "buero.db"
    create_database(path).close()
    program.start(path)
    qtbot.waitUntil(lambda: len(snapshots(path)) == 1)
    shown(program).commands["file.restore"].trigger()
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    assert len(dialog.table.rows()) == 1  # type: ignore[attr-defined]
    dialog.main.click()  # type: ignore[attr-defined]
    question = QApplication.activeModalWidget()
    assert isinstance(question, QMessageBox)
    assert "buero.db" in question.text()
    question.reject()
    assert shown(program).isVisible()


def test_the_window_is_painted_before_the_rest_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "buero.db"
    create_database(path).close()
    script = f"""
import os, sys
import main
main.prepare()
from app.ui.shell.main_window import MainWindow
make = MainWindow.__init__
def painted():
    print([name for name in ("sqlalchemy", "app.services", "app.ui.overview") if name in sys.modules], flush=True)
    os._exit(0)
def made(window, *given):
    make(window, *given)
    window.navigation.painted.connect(painted)
MainWindow.__init__ = made
main.main(["--database", {str(path)!r}])
"""
    called = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=os.environ
        | {"QT_QPA_PLATFORM": "offscreen", "XDG_STATE_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert called.stdout.strip() == "[]", called.stderr


def test_a_start_loads_nothing_heavy(tmp_path: Path) -> None:
    path = tmp_path / "buero.db"
    create_database(path).close()
    script = f"""
import sys
from pathlib import Path
from PySide6.QtCore import QSettings
QSettings.setDefaultFormat(QSettings.Format.IniFormat)
QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, {str(tmp_path)!r})
import main
from app.ui.shell.main_window import MainWindow
def end(window):
    loaded = [name for name in sys.modules if name.startswith({NOT_AT_START!r})]
    print(",".join(sorted(loaded)))
    from PySide6.QtWidgets import QApplication
    QApplication.exit(0)
MainWindow.make_pages_ready = end  # the first page is there
sys.exit(main.main(["--database", {str(path)!r}]))
"""
    called = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "XDG_STATE_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert called.returncode == 0, called.stderr
    assert called.stdout.strip() == ""
