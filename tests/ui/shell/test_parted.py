"""The window when others meddle with its file: what is said, what is offered, what lies on the disk afterwards."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.domain.errors import StoreError
from app.ui.kit.theme import Theme
from app.ui.shell.differences import DifferencesDialog
from app.ui.shell.errors import ErrorReporter
from app.ui.shell.main_window import MainWindow
from app.ui.shell.parted import PartedDialog
from app.ui.shell.program import Program
from db.attachments import AttachmentStore
from db.database import create_database, open_database
from db.models import Quarter
from tests.db.attaching import attach
from tests.ui.words import answer, press, shown


@pytest.fixture
def program(
    qapp: QApplication, theme: Theme, reporter: ErrorReporter, qtbot: QtBot, tmp_path: Path
) -> Iterator[Program]:
    qapp.setQuitOnLastWindowClosed(False)
    create_database(tmp_path / "buero.db").close()
    reporter.install()
    running = Program(qapp, theme, reporter)
    running.start(tmp_path / "buero.db")
    yield running
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, PartedDialog | DifferencesDialog | QMessageBox):
            widget.close()
    if running.window is not None:
        running.window.closed.disconnect()
        running.window.close()


def window(program: Program) -> MainWindow:
    assert program.window is not None
    return program.window


def add(program: Program, name: str) -> None:
    window(program).context.do("Quartier", lambda session: session.add(Quarter(short=name, name=name)))


def quarters(path: Path) -> list[str]:
    database = open_database(path, writer=False)
    try:
        with database.read() as session:
            return list(session.scalars(select(Quarter.name).order_by(Quarter.name)))
    finally:
        database.close()


def settled(program: Program, qtbot: QtBot) -> None:
    log = window(program).context.database.path.with_name("buero.db-wal")
    qtbot.waitUntil(lambda: log.stat().st_size == 0)
    qtbot.waitUntil(lambda: not window(program).context.jobs.running)


def replaced(program: Program, qtbot: QtBot, tmp_path: Path) -> PartedDialog:
    """Her work "A" and "B" is saved; then a file that only knows "A" and "Fremd" takes the place of hers."""
    add(program, "A")
    settled(program, qtbot)
    other = Path(shutil.copy(tmp_path / "buero.db", tmp_path / "fremd.db"))
    strange = open_database(other, writer=True)
    with strange.write("x") as session:
        session.add(Quarter(short="Fremd", name="Fremd"))
    strange.close()
    add(program, "B")
    settled(program, qtbot)
    other.replace(tmp_path / "buero.db")
    window(program).file_watch.look()
    return shown(PartedDialog)


def test_a_copy_made_while_the_window_is_open_is_whole(
    program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    for number in range(30):
        add(program, f"Q{number}")
    settled(program, qtbot)
    shutil.copy(tmp_path / "buero.db", tmp_path / "kopie.db")
    assert len(quarters(tmp_path / "kopie.db")) == 30


def test_her_work_goes_on_in_a_second_file(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    scan = attach(window(program).context.database, b"scan")
    dialog = replaced(program, qtbot, tmp_path)
    press(dialog, "Als zweite Datei sichern …")
    proposed = Path(shown(QFileDialog).selectedFiles()[0]).name
    assert proposed.startswith("buero_eigene_2")
    target = tmp_path / "ort" / proposed
    target.parent.mkdir()
    answer(target)
    qtbot.waitUntil(lambda: window(program).context.database.path == target)
    add(program, "C")
    assert quarters(target) == ["A", "B", "C"]
    assert quarters(tmp_path / "buero.db") == ["A", "Fremd"]
    assert list(AttachmentStore.of(target).hashes()) == [scan]


def test_a_save_says_that_the_file_is_another_one(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = replaced(program, qtbot, tmp_path)
    assert "ersetzt" in dialog.sentence.text()
    press(dialog, "Später")
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    try:
        add(program, "C")
    except Exception as error:  # noqa: BLE001 as a slot would hand it on
        program._reporter.handle(type(error), error, error.__traceback__)
    assert shown(PartedDialog).isVisible()
    assert quarters(tmp_path / "buero.db") == ["A", "Fremd"]


def test_both_files_are_compared(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    press(replaced(program, qtbot, tmp_path), "Vergleichen …")
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), DifferencesDialog))
    rows = shown(DifferencesDialog).table.rows()
    assert [
        (row.table, row.name, [(f.one, f.other) for f in row.fields if f.column == "name"]) for row in rows
    ] == [("quarter", "B", [("B", "Fremd")])]


def test_the_other_file_is_opened_after_a_question(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    press(replaced(program, qtbot, tmp_path), "Die Datei am Ort öffnen")
    press(shown(QMessageBox), "Öffnen")
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    add(program, "C")
    assert quarters(tmp_path / "buero.db") == ["A", "C", "Fremd"]


def test_a_file_that_cannot_be_written_is_shown_and_says_so(
    program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    add(program, "A")
    target = tmp_path / "schreibgeschützt"
    target.mkdir()
    (target / "b.db.lock").mkdir()  # where no lock can be, nobody can write
    settled(program, qtbot)
    shutil.copy(tmp_path / "buero.db", target / "b.db")
    program.open(target / "b.db")
    shown_window = window(program)
    qtbot.waitUntil(lambda: bool(shown_window.pages))
    assert shown_window.windowTitle() == "b (nur lesen) – Quartiersbüro"
    assert shown_window.status.state.text() == "Nur lesen"
    assert "nicht geschrieben werden" in shown_window.status.state.toolTip()
    with pytest.raises(StoreError, match="nur zum Lesen geöffnet"):
        add(program, "B")
    qtbot.waitUntil(lambda: not shown_window.context.jobs.running)
    assert not (target / "Sicherungen").exists()
