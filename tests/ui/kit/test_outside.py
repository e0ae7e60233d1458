"""What is handed to the system and nobody takes is said, also where the system answers late."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.kit.outside import SCHEMES, XdgOpen, open_address, open_file, show_folder
from app.ui.shell.errors import ErrorReporter


@pytest.fixture
def bin_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    return folder


@pytest.fixture
def owner(qapp: QApplication) -> Iterator[QObject]:
    made = QObject(qapp)
    yield made
    for scheme in SCHEMES:
        QDesktopServices.unsetUrlHandler(scheme)
    made.deleteLater()


def opener(folder: Path, script: str, owner: QObject) -> None:
    """A system whose opener does this."""
    program = folder / "xdg-open"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    XdgOpen.install(owner)


def pdf(folder: Path) -> Path:
    path = folder / "Liste 1.pdf"
    path.write_bytes(b"%PDF-1.4")
    return path


def test_a_file_that_no_program_opens_is_said(
    bin_folder: Path, owner: QObject, reporter: ErrorReporter, qtbot: QtBot, tmp_path: Path
) -> None:
    reporter.install()
    opener(bin_folder, "exit 3", owner)
    open_file(pdf(tmp_path))
    show_folder(tmp_path)
    open_address("post@awo.example")
    qtbot.waitUntil(lambda: len(reporter.shown) == 3)
    assert {shown.text for shown in reporter.shown} == {
        f"Für „Liste 1.pdf“ ist kein Programm eingerichtet. Die Datei liegt hier: {tmp_path}",
        f"Der Ordner lässt sich von hier aus nicht zeigen. Er liegt hier: {tmp_path}",
        "Für „post@awo.example“ ist kein Programm eingerichtet. Bitte die Adresse kopieren.",
    }


def test_what_is_opened_is_handed_over_whole(
    bin_folder: Path, owner: QObject, reporter: ErrorReporter, qtbot: QtBot, tmp_path: Path
) -> None:
    reporter.install()
    opener(bin_folder, f'echo "$1" > "{tmp_path}/new"; mv "{tmp_path}/new" "{tmp_path}/told"', owner)
    open_file(pdf(tmp_path))
    qtbot.waitUntil((tmp_path / "told").exists)
    assert (tmp_path / "told").read_text().strip() == f"file://{tmp_path}/Liste%201.pdf"
    assert reporter.shown == []
