"""What the person is told for each kind of error."""

import errno
import logging
import threading

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from app.domain.errors import Cancelled, Invalid, OutputError, StoreError, UserError
from app.ui.shell.errors import ErrorReporter, ReportDialog, ShownKind


def send(reporter: ErrorReporter, error: BaseException) -> None:
    reporter.handle(type(error), error, error.__traceback__)


def message() -> QMessageBox:
    """The message that is open."""
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox) and w.isVisible())


@pytest.fixture(autouse=True)
def close_what_is_open(qtbot: QtBot) -> object:
    yield
    for widget in QApplication.topLevelWidgets():
        widget.close()
    return None


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (UserError("Bitte einen Namen eintragen."), "Bitte einen Namen eintragen."),
        (Invalid({"name": "Der Name fehlt.", "year": "Das Jahr fehlt."}), "Der Name fehlt. Das Jahr fehlt."),
        (StoreError("Die Datei ist gesperrt."), "Die Datei ist gesperrt."),
        (OutputError("Kein Platz mehr."), "Kein Platz mehr."),
        (
            FileNotFoundError(errno.ENOENT, "No such file", "/fort/liste.xlsx"),
            "„/fort/liste.xlsx“ gibt es nicht. Bitte den Namen und den Ordner prüfen.",
        ),
        (
            PermissionError(errno.EACCES, "Permission denied", "/zu/liste.xlsx"),
            "„/zu/liste.xlsx“ darf nicht geöffnet werden. Bitte die Rechte prüfen oder eine Kopie verwenden.",
        ),
        (
            IsADirectoryError(errno.EISDIR, "Is a directory", "/daten"),
            "„/daten“ ist ein Ordner. Bitte eine Datei angeben.",
        ),
        (
            OSError(errno.ENOSPC, "No space left on device", "/tmp/liste.xlsx"),
            "Auf dem Datenträger ist kein Platz mehr für „/tmp/liste.xlsx“. "
            "Bitte Platz schaffen und noch einmal speichern.",
        ),
        (
            OSError(errno.EROFS, "Read-only file system", "/tmp/liste.xlsx"),
            "„/tmp/liste.xlsx“ lässt sich nicht schreiben: Der Ort ist schreibgeschützt oder die Datei ist in einem "
            "anderen Programm geöffnet. Bitte die Datei schließen oder einen anderen Ort wählen.",
        ),
        (
            OSError(errno.ENOSPC, "No space left on device"),
            "Auf dem Datenträger ist kein Platz mehr oder er ist schreibgeschützt. Bitte Platz schaffen.",
        ),
        (
            MemoryError(),
            "Der Arbeitsspeicher reicht nicht aus. Bitte andere Programme schließen und noch einmal versuchen.",
        ),
    ],
)
def test_what_can_be_mended_is_a_sentence(
    reporter: ErrorReporter, error: BaseException, sentence: str
) -> None:
    send(reporter, error)
    assert [(s.kind, s.text) for s in reporter.shown] == [(ShownKind.SENTENCE, sentence)]
    box = message()
    assert box.text() == sentence


def test_our_own_bug_is_reported_and_can_be_copied(
    reporter: ErrorReporter, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        try:
            _ = {}["fort"]
        except KeyError as error:
            send(reporter, error)
    assert [s.kind for s in reporter.shown] == [ShownKind.REPORT]
    report = next(w for w in QApplication.topLevelWidgets() if isinstance(w, ReportDialog))
    report.copy.click()
    assert "test_errors.py" in QGuiApplication.clipboard().text()
    assert "KeyError" in QGuiApplication.clipboard().text()
    assert "fort" not in QGuiApplication.clipboard().text()
    assert "Python" in report.report
    assert "KeyError: 'fort'" in caplog.text


def test_a_flood_of_bugs_opens_one_report(reporter: ErrorReporter) -> None:
    for _ in range(5):
        send(reporter, ZeroDivisionError("schon wieder"))
    reports = [w for w in QApplication.topLevelWidgets() if isinstance(w, ReportDialog) and w.isVisible()]
    assert len(reports) == 1
    assert len(reporter.shown) == 5
    reports[0].accept()
    send(reporter, ZeroDivisionError("danach"))
    assert any(isinstance(w, ReportDialog) and w.isVisible() for w in QApplication.topLevelWidgets())


def test_cancelled_work_is_not_an_error(reporter: ErrorReporter) -> None:
    send(reporter, Cancelled())
    assert reporter.shown == []


def test_an_error_on_another_thread_is_shown_on_the_gui_thread(reporter: ErrorReporter, qtbot: QtBot) -> None:
    thread = threading.Thread(target=lambda: send(reporter, UserError("Vom Arbeiter.")))
    thread.start()
    thread.join()
    assert reporter.shown == []
    qtbot.waitUntil(lambda: len(reporter.shown) == 1)


def test_the_message_runs_what_shall_come_after_it(reporter: ErrorReporter, qtbot: QtBot) -> None:
    closed: list[bool] = []
    reporter.tell("Die Datei ist schon geöffnet.", lambda: closed.append(True))
    box = message()
    box.accept()
    assert closed == [True]


def test_a_message_of_several_lines_stands_in_the_middle_of_its_window(
    reporter: ErrorReporter, qtbot: QtBot
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.setGeometry(300, 200, 1200, 700)
    with qtbot.waitActive(window):
        window.show()
    reporter.tell(
        "Der Ordner lässt sich von hier aus nicht zeigen. Er liegt hier: /srv/ablage/quartiere/2026"
    )
    middle = message().geometry().center() - window.geometry().center()
    assert abs(middle.x()) < 100
    assert abs(middle.y()) < 100
