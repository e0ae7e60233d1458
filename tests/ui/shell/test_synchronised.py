"""A file in a synchronised folder, in the window: one advice, a working copy, what others did meanwhile."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.ui import preferences
from app.ui.kit.theme import Theme
from app.ui.settings.backup_section import BackupSection
from app.ui.settings.page import SettingsPage
from app.ui.shell.differences import DifferencesDialog
from app.ui.shell.errors import ErrorReporter
from app.ui.shell.main_window import MainWindow
from app.ui.shell.parted import PartedDialog
from app.ui.shell.program import Program
from app.ui.shell.synchronised import PuttingBack
from db.database import open_database
from db.models import Quarter
from tests.ui.words import press, shown


@pytest.fixture
def original(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    path = tmp_path / "Nextcloud" / "buero.db"
    path.parent.mkdir()
    return Path(shutil.copy(template, path))


@pytest.fixture
def program(qapp: QApplication, theme: Theme, reporter: ErrorReporter, qtbot: QtBot) -> Iterator[Program]:
    qapp.setQuitOnLastWindowClosed(False)
    reporter.install()
    running = Program(qapp, theme, reporter)
    yield running
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, PartedDialog | DifferencesDialog | QMessageBox):
            widget.close()
    if running.window is not None:
        leave(running)


def window(program: Program) -> MainWindow:
    assert program.window is not None
    return program.window


def leave(program: Program) -> None:
    window(program).closed.disconnect()
    window(program).close()
    program.window = None


def add(program: Program, name: str) -> None:
    window(program).context.do("Quartier", lambda session: session.add(Quarter(short=name, name=name)))


def strange(path: Path) -> None:
    """Another computer's state comes into the folder, as a synchronising service puts it there."""
    other = Path(shutil.copy(path, path.with_name("unterwegs.db")))
    database = open_database(other, writer=True)
    with database.write("x") as session:
        session.add(Quarter(short="Fremd", name="Fremd"))
    database.close()
    other.replace(path)


def quarters(path: Path) -> list[str]:
    database = open_database(path, writer=False)
    try:
        with database.read() as session:
            return list(session.scalars(select(Quarter.name).order_by(Quarter.name)))
    finally:
        database.close()


def in_a_copy(program: Program, original: Path, qtbot: QtBot) -> None:
    program.start(original)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QMessageBox))
    box = shown(QMessageBox)
    assert "Nextcloud" in box.text()
    press(box, "In einer Arbeitskopie arbeiten")
    qtbot.waitUntil(lambda: window(program).context.database.copy is not None)
    assert window(program).status.state.text() == "Arbeitskopie"
    assert str(original) in window(program).status.state.toolTip()


def test_work_in_a_copy_is_in_the_folder_after_closing(
    program: Program, original: Path, qtbot: QtBot
) -> None:
    in_a_copy(program, original, qtbot)
    add(program, "A")
    assert quarters(original) == []
    leave(program)
    assert quarters(original) == ["A"]
    program.start(original)  # remembered
    assert window(program).context.database.copy is not None
    add(program, "B")
    window(program).findChildren(PuttingBack)[0].put_back()
    qtbot.waitUntil(lambda: quarters(original) == ["A", "B"])


def test_what_others_put_into_the_folder_is_told_and_kept(
    program: Program, original: Path, qtbot: QtBot
) -> None:
    in_a_copy(program, original, qtbot)
    add(program, "A")
    strange(original)
    window(program).findChildren(PuttingBack)[0].put_back()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), PartedDialog))
    dialog = shown(PartedDialog)
    assert str(original) in dialog.sentence.text()
    press(dialog, "Vergleichen …")
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), DifferencesDialog))
    [row] = shown(DifferencesDialog).table.rows()
    assert {("A", "Fremd")} <= {(field.one, field.other) for field in row.fields}
    shown(DifferencesDialog).close()
    press(dialog, "Die Datei am Ort öffnen")
    press(shown(QMessageBox), "Öffnen")
    qtbot.waitUntil(lambda: len(program._reporter.shown) == 1)
    [second] = original.parent.glob("buero_eigene_*.db")
    assert second.name in program._reporter.shown[0].text
    assert quarters(second) == ["A"]
    assert quarters(original) == ["Fremd"]
    assert quarters(window(program).context.database.path) == ["Fremd"]


def the_other_way(program: Program, question: str) -> None:
    window(program).open_page("settings")
    page = window(program).pages["settings"]
    assert isinstance(page, SettingsPage)
    page.show_section("backups")
    section = page.section
    assert isinstance(section, BackupSection)
    assert section.way.isVisible()
    assert section.way.action.text() == question
    section.way.action.click()


def test_the_choice_can_be_changed_in_the_settings(program: Program, original: Path, qtbot: QtBot) -> None:
    in_a_copy(program, original, qtbot)
    add(program, "A")
    the_other_way(program, "Direkt im Ordner arbeiten")
    qtbot.waitUntil(lambda: window(program).context.database.path == original)
    assert quarters(original) == ["A"]
    the_other_way(program, "In einer Arbeitskopie arbeiten")
    qtbot.waitUntil(lambda: window(program).context.database.copy is not None)
    leave(program)
    program.start(original)
    assert window(program).context.database.copy is not None


def test_work_in_a_copy_is_not_left_behind_for_what_others_put_there(
    program: Program, original: Path, qtbot: QtBot
) -> None:
    in_a_copy(program, original, qtbot)
    add(program, "A")
    strange(original)
    the_other_way(program, "Direkt im Ordner arbeiten")
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), PartedDialog))
    assert window(program).context.database.copy is not None
    assert preferences.WORKED_DIRECTLY.get() == []


def test_directly_in_the_folder_is_remembered(program: Program, original: Path, qtbot: QtBot) -> None:
    program.start(original)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QMessageBox))
    press(shown(QMessageBox), "Direkt im Ordner arbeiten")
    leave(program)
    shutil.copy(original, original.with_name("buero (Konfliktkopie 2026-12-01).db"))
    program.start(original)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QMessageBox))
    assert "Konfliktkopie" in shown(QMessageBox).text()
    press(shown(QMessageBox), "Vergleichen")
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), DifferencesDialog))
    assert window(program).context.database.path == original
