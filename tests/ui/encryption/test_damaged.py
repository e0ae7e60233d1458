"""A damaged file that is encrypted leads to the ways out as well; they ask for the password first."""

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.ui.encryption.unlock import UnlockDialog
from app.ui.shell.program import Program
from app.ui.shell.rescued import RescuedDialog
from app.ui.shell.ways_out import WaysOutWindow
from db.copies import taking
from db.database import create_database, open_database
from db.encryption import keys
from db.encryption.changing import change
from db.encryption.opening import salt_of
from db.models import Actor
from tests.ui.words import press
from tests.ui.words import shown as dialog_shown

PASSWORD = "Tasse Ufer Licht Mond"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An encrypted file with a snapshot, after which something was entered."""
    path = tmp_path / "buero.db"
    create_database(path).close()
    change(path, keys.stretched(PASSWORD, keys.new_salt()))
    database = open_database(path, writer=True)
    with database.write("Träger") as session:
        session.add(Actor(short="A", name="Aus der Sicherung"))
    taking.daily_snapshot(path, datetime(2026, 11, 24, 8, 30))
    with database.write("Träger") as session:
        session.add(Actor(short="B", name="Danach eingetragen"))
    database.close()
    keys.forget_all()
    return path


def damage(path: Path, first: int, length: int) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:first] + bytes(length) + content[first + length :])


def shorts(session: Session) -> list[str]:
    return list(session.scalars(select(Actor.short).order_by(Actor.short)))


def ways(program: Program, qtbot: QtBot) -> WaysOutWindow:
    qtbot.waitUntil(lambda: program.ways_out.window is not None)
    assert program.ways_out.window is not None
    return program.ways_out.window


def actors(program: Program, qtbot: QtBot) -> list[str]:
    qtbot.waitUntil(lambda: program.window is not None)
    assert program.window is not None
    return program.window.context.ask(shorts)


def enter(password: str) -> None:
    asked = dialog_shown(UnlockDialog)
    asked.fields.line.setText(password)
    asked.fields.go()


def test_behind_its_password_a_damaged_file_is_saved_and_stays_encrypted(
    program: Program, path: Path, qtbot: QtBot
) -> None:
    salt = salt_of(path)
    damage(path, 16, 4080)
    program.start(path)
    qtbot.waitUntil(lambda: program.protection.window is not None)
    assert program.protection.window is not None
    asked = program.protection.window.fields
    asked.line.setText("falsch")
    asked.go()
    qtbot.waitUntil(lambda: "passt nicht" in asked.error.text())
    asked.line.setText(PASSWORD)
    asked.go()
    qtbot.mouseClick(ways(program, qtbot).rescue, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), RescuedDialog))
    dialog = dialog_shown(RescuedDialog)
    assert "Träger: 2 gerettet" in dialog.text.toPlainText()
    dialog.main.click()
    assert actors(program, qtbot) == ["A", "B"]
    assert salt_of(path) == salt


def test_where_the_first_bytes_are_gone_the_password_of_a_snapshot_opens_it(
    program: Program, path: Path, qtbot: QtBot
) -> None:
    damage(path, 0, 4096)
    program.start(path)
    qtbot.mouseClick(ways(program, qtbot).rescue, Qt.MouseButton.LeftButton)
    enter(PASSWORD)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), RescuedDialog))
    dialog = dialog_shown(RescuedDialog)
    assert "Träger: 2 gerettet" in dialog.text.toPlainText()
    assert salt_of(dialog.found.target) is not None


def test_a_snapshot_is_restored_after_its_password(program: Program, path: Path, qtbot: QtBot) -> None:
    damage(path, 0, 4096)
    program.start(path)
    ways(program, qtbot).main.click()
    box = QApplication.activeModalWidget()
    assert box is not None
    press(box, "Wiederherstellen")
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), UnlockDialog))
    enter(PASSWORD)
    assert actors(program, qtbot) == ["A"]
    assert salt_of(path) is not None
