"""The menu "Datei" as a person uses it: entry, file dialog, and what lies on the disk afterwards."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QMessageBox
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.sheets.reading.read import read_workbook
from app.ui import preferences
from app.ui.context import Context
from app.ui.kit.mnemonics import without
from app.ui.kit.theme import Theme
from app.ui.shell.errors import ErrorReporter
from app.ui.shell.main_window import MainWindow
from app.ui.shell.restore import RestoreDialog
from db.copies.copying import take_snapshot
from db.copies.snapshots import folder_for
from db.database import open_database
from db.models import Quarter
from tests.db.attaching import attach
from tests.ui.words import answer, entry, press, sentences, shown, texts


@pytest.fixture
def window(context: Context, theme: Theme, qtbot: QtBot) -> Iterator[MainWindow]:
    opened = MainWindow(context, theme)
    opened.show()
    qtbot.waitUntil(lambda: bool(opened.pages))
    context.do("Quartier", lambda session: session.add(Quarter(short="SAH", name="Sahlkamp")))
    yield opened
    opened.close()
    opened.deleteLater()
    QCoreApplication.sendPostedEvents(opened, QEvent.Type.DeferredDelete)


@pytest.fixture
def said(context: Context) -> list[str]:
    return sentences(context)


def menu(window: MainWindow) -> QMenu:
    found = entry(window.menuBar(), "Datei").menu()
    assert isinstance(found, QMenu)
    return found


def choose(window: MainWindow, words: str) -> None:
    entry(menu(window), words).trigger()


def quarters(path: Path) -> list[str]:
    database = open_database(path, writer=False)
    try:
        with database.read() as session:
            return list(session.scalars(select(Quarter.name)))
    finally:
        database.close()


def test_a_backup_is_the_whole_file_with_its_attachments(
    window: MainWindow, said: list[str], tmp_path: Path, qtbot: QtBot
) -> None:
    attach(window.context.database, b"scan")
    choose(window, "Jetzt sichern …")
    proposed = Path(shown(QFileDialog).selectedFiles()[0]).name
    assert proposed.startswith("buero_2")
    assert proposed.endswith(".db")
    target = tmp_path / "stick" / "kopie.db"
    target.parent.mkdir()
    answer(target)
    qtbot.waitUntil(lambda: bool(said))
    [sentence] = said
    assert sentence.startswith(f"Sicherung gespeichert: {target}; die Anlagen liegen daneben in „")
    assert quarters(target) == ["Sahlkamp"]
    files = [path for path in target.parent.rglob("*/*") if path.is_file()]
    assert [path.read_bytes() for path in files] == [b"scan"]


def test_a_backup_onto_the_open_file_is_refused(
    window: MainWindow, reporter: ErrorReporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.excepthook", reporter.handle)
    choose(window, "Jetzt sichern …")
    asking = shown(QFileDialog)
    asking.setOption(QFileDialog.Option.DontConfirmOverwrite)
    answer(window.context.database.path)
    assert ["ist die geöffnete Datei selbst" in one.text for one in reporter.shown] == [True]
    shown(QMessageBox).close()
    assert quarters(window.context.database.path) == ["Sahlkamp"]


def test_the_template_and_the_master_data_are_workbooks(
    window: MainWindow, said: list[str], tmp_path: Path, qtbot: QtBot
) -> None:
    for words, name in (
        ("Stammdaten-Vorlage speichern …", "Vorlage.xlsx"),
        ("Stammdaten als Excel speichern …", "Stammdaten.xlsx"),
    ):
        choose(window, words)
        answer(tmp_path / name)
        qtbot.waitUntil(lambda name=name: said[-1:] == [f"Gespeichert: {tmp_path / name}"])
    sheets = {
        name: {sheet.name: sheet.rows for sheet in read_workbook(tmp_path / name).sheets}
        for name in ("Vorlage.xlsx", "Stammdaten.xlsx")
    }
    assert "Sahlkamp" in [cell for row in sheets["Stammdaten.xlsx"]["Quartiere"] for cell in row]
    assert "Sahlkamp" not in [cell for row in sheets["Vorlage.xlsx"]["Quartiere"] for cell in row]


def test_another_and_a_new_file_are_wanted_by_name(window: MainWindow, tmp_path: Path) -> None:
    opened: list[Path] = []
    created: list[Path] = []
    window.files.open_wanted.connect(opened.append)
    window.files.create_wanted.connect(created.append)
    other = tmp_path / "andere.db"
    take_snapshot(window.context.database.path, other)
    choose(window, "Öffnen …")
    answer(other)
    choose(window, "Datei anlegen …")
    answer(tmp_path / "neu.db")
    assert (opened, created) == ([other], [tmp_path / "neu.db"])
    assert preferences.READ_FOLDER.get() == str(tmp_path)


def test_what_is_saved_is_not_proposed_where_something_was_read(window: MainWindow, tmp_path: Path) -> None:
    sent, own = tmp_path / "Finanzen", tmp_path / "Büro"
    sent.mkdir()
    own.mkdir()
    take_snapshot(window.context.database.path, sent / "andere.db")
    for words, path, folder in (
        ("Öffnen …", sent / "andere.db", None),
        ("Datei anlegen …", own / "neu.db", None),
        ("Öffnen …", sent / "andere.db", sent),
        ("Jetzt sichern …", own / "Sicherung.db", own),
    ):
        choose(window, words)
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        assert folder is None or Path(dialog.directory().absolutePath()) == folder
        answer(path)


def test_a_dialog_that_is_left_does_nothing(window: MainWindow, said: list[str]) -> None:
    for words in ("Öffnen …", "Datei anlegen …", "Jetzt sichern …", "Stammdaten-Vorlage speichern …"):
        choose(window, words)
        shown(QFileDialog).reject()
    assert said == []
    assert window.context.jobs.running == []


def test_files_opened_before_are_offered(window: MainWindow, tmp_path: Path) -> None:
    recent = entry(menu(window), "Zuletzt geöffnet").menu()
    assert isinstance(recent, QMenu)
    recent.aboutToShow.emit()
    assert not entry(recent, "Noch keine").isEnabled()
    before = tmp_path / "Büro & Co.db"
    take_snapshot(window.context.database.path, before)
    preferences.remember_file(before)
    wanted: list[Path] = []
    window.files.open_wanted.connect(wanted.append)
    recent.aboutToShow.emit()
    [action] = recent.actions()
    words = without(action.text())  # a long place is cut in its middle
    assert words.startswith("Büro & Co.db – ")
    assert words.endswith(tmp_path.name[-10:])
    assert action.toolTip() == f"Büro & Co.db – {tmp_path}"
    action.trigger()
    assert wanted == [before]


def test_a_backup_is_chosen_and_asked_for_once_more(window: MainWindow) -> None:
    path = window.context.database.path
    kept = folder_for(path) / f"{path.stem}_2026-11-02_08-15-00{path.suffix}"
    take_snapshot(path, kept)
    wanted: list[Path] = []
    window.files.restore_wanted.connect(wanted.append)
    choose(window, "Sicherung wiederherstellen …")
    dialog = shown(RestoreDialog)
    (row,) = dialog.table.shown_rows()
    assert row.snapshot.taken_at == datetime(2026, 11, 2, 8, 15)
    assert row.last_step
    press(dialog, "Wiederherstellen")
    question = shown(QMessageBox)
    assert question.text() == "Soll „buero.db“ durch die Sicherung vom 02.11.2026, 08:15 Uhr ersetzt werden?"
    press(question, "Abbrechen")
    assert (dialog.isVisible(), wanted) == (True, [])
    dialog.table.opened.emit(row)
    press(shown(QMessageBox), "Ersetzen")
    assert (dialog.isVisible(), wanted) == (False, [kept])


def test_a_backup_from_elsewhere_is_chosen_by_its_file(window: MainWindow, tmp_path: Path) -> None:
    stick = tmp_path / "stick.db"
    take_snapshot(window.context.database.path, stick)
    wanted: list[Path] = []
    window.files.restore_wanted.connect(wanted.append)
    choose(window, "Sicherung wiederherstellen …")
    dialog = shown(RestoreDialog)
    assert "Noch keine Sicherung" in texts(dialog)
    press(dialog, "Andere Datei …")
    answer(stick)
    press(shown(QMessageBox), "Ersetzen")
    assert wanted == [stick]
