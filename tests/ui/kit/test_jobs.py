"""Long work: result on the GUI thread, progress, cancelling, errors into the reporter."""

import sys
import threading
import time

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.domain.errors import Cancelled, UserError
from app.ui.context import Context
from app.ui.kit.jobs import DIALOG_AFTER_MS, JobDialog, Progress
from app.ui.shell.errors import ErrorReporter, Shown, ShownKind
from db.database import Changed
from db.identity import DATABASE_ID
from db.models import Setting


def dialog() -> JobDialog | None:
    return next(
        (w for w in QApplication.topLevelWidgets() if isinstance(w, JobDialog) and w.isVisible()), None
    )


def test_the_result_arrives_on_the_gui_thread(context: Context, qtbot: QtBot) -> None:
    threads: list[str] = []
    results: list[int] = []

    def work(progress: Progress) -> int:
        threads.append(threading.current_thread().name)
        return 7

    def done(result: int) -> None:
        threads.append(threading.current_thread().name)
        results.append(result)

    context.do_later("Lesen", work, done, owner=context)
    qtbot.waitUntil(lambda: results == [7])
    assert threads[0] != threads[1] == threading.main_thread().name


def test_short_work_shows_no_dialog(context: Context, qtbot: QtBot) -> None:
    results: list[None] = []
    context.do_later("Kurz", lambda progress: None, results.append, owner=context)
    qtbot.waitUntil(lambda: results == [None])
    qtbot.wait(DIALOG_AFTER_MS + 50)
    assert dialog() is None


def test_long_work_shows_how_far_it_is(context: Context, qtbot: QtBot) -> None:
    go_on = threading.Event()
    results: list[str] = []

    def work(progress: Progress) -> str:
        while not go_on.wait(0.02):
            progress(1200, 1500)
        return "fertig"

    context.do_later("Buchungen lesen", work, results.append, owner=context)
    qtbot.waitUntil(lambda: dialog() is not None)
    shown = dialog()
    assert shown is not None
    qtbot.waitUntil(lambda: shown.count.text() == "1.200 von 1.500")
    assert shown.windowTitle() == "Buchungen lesen"
    go_on.set()
    qtbot.waitUntil(lambda: results == ["fertig"])
    assert dialog() is None


def test_cancelling_stops_the_work_and_nothing_has_happened(context: Context, qtbot: QtBot) -> None:
    results: list[None] = []
    ended: list[bool] = []
    said: list[str] = []
    context.said.connect(said.append)

    def work(progress: Progress) -> None:
        with context.database.write("Viele Zeilen") as session:
            for number in range(100_000):
                session.execute(insert(Setting).values(name=f"n{number}", value="x"))
                progress(number, 100_000)
                time.sleep(0.001)

    context.do_later("Import", work, results.append, lambda: ended.append(True), owner=context)
    qtbot.waitUntil(lambda: dialog() is not None)
    shown = dialog()
    assert shown is not None
    shown.button.click()
    qtbot.waitUntil(lambda: bool(ended))
    assert results == []
    assert said == ["Import: abgebrochen, nichts geändert"]
    assert (
        context.ask(lambda session: list(session.scalars(select(Setting).where(Setting.name != DATABASE_ID))))
        == []
    )
    assert dialog() is None


def test_esc_cancels_too(context: Context, qtbot: QtBot) -> None:
    job = context.do_later("Warten", _until_cancelled, lambda _: None, owner=context)
    qtbot.waitUntil(lambda: dialog() is not None)
    shown = dialog()
    assert shown is not None
    shown.reject()
    assert shown.isVisible()  # until the work has really stopped
    qtbot.waitUntil(lambda: job not in context.jobs.running)
    assert dialog() is None


def test_an_error_of_the_work_reaches_the_person(
    context: Context, reporter: ErrorReporter, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", reporter.handle)

    def work(progress: Progress) -> None:
        raise UserError("Die Datei ist leer. Bitte eine andere wählen.")

    ended: list[bool] = []
    context.do_later("Lesen", work, lambda _: None, lambda: ended.append(True), owner=context)
    qtbot.waitUntil(lambda: bool(reporter.shown))
    assert reporter.shown == [Shown(ShownKind.SENTENCE, "Die Datei ist leer. Bitte eine andere wählen.")]
    assert ended == [True]
    _close_dialogs()


def test_a_change_on_a_worker_is_announced_on_the_gui_thread(context: Context, qtbot: QtBot) -> None:
    heard: list[tuple[str, str]] = []
    order: list[str] = []

    def hear(changed: Changed) -> None:
        heard.append((changed.label, threading.current_thread().name))
        order.append("changed")

    def work(progress: Progress) -> None:
        with context.database.write("Angelegt") as session:
            session.add(Setting(name="a", value="1"))

    context.changed.connect(hear)
    context.do_later("Anlegen", work, lambda _: order.append("done"), owner=context)
    qtbot.waitUntil(lambda: order == ["changed", "done"])
    assert heard == [("Angelegt", threading.main_thread().name)]


def test_closing_stops_what_runs(context: Context, qtbot: QtBot) -> None:
    stopped: list[bool] = []

    def work(progress: Progress) -> None:
        try:
            _until_cancelled(progress)
        except Cancelled:
            stopped.append(True)
            raise

    begun = threading.Event()
    context.do_later("Warten", lambda progress: (begun.set(), work(progress)), lambda _: None, owner=context)
    assert begun.wait(5)
    context.jobs.close()
    assert stopped == [True]
    qtbot.waitUntil(lambda: context.jobs.running == [])


def test_what_is_asked_after_closing_is_not_begun(context: Context) -> None:
    begun: list[int] = []
    context.jobs.close()
    job = context.jobs.start("Zählen", lambda _progress: begun.append(1), lambda _: begun.append(2))
    assert job.is_cancelled
    assert not begun
    assert context.jobs.running == []


def test_do_is_one_step_and_announces_itself(context: Context) -> None:
    heard: list[Changed] = []
    context.changed.connect(heard.append)

    def add(session: Session, name: str) -> str:
        session.add(Setting(name=name, value="1"))
        return name

    assert context.do("Einstellung gespeichert", add, "x") == "x"
    assert heard == [Changed("Einstellung gespeichert", frozenset({"setting"}))]
    context.undo()
    assert context.ask(_names) == []
    context.redo()
    assert context.ask(_names) == ["x"]


def _names(session: Session) -> list[str]:
    return list(session.scalars(select(Setting.name).where(Setting.name != DATABASE_ID)))


def _until_cancelled(progress: Progress) -> None:
    while True:
        progress(0, 0)
        time.sleep(0.01)


def _close_dialogs() -> None:
    for widget in QApplication.topLevelWidgets():
        widget.close()


def test_a_long_question_is_answered_beside_the_window(context: Context, qtbot: QtBot) -> None:
    go_on = threading.Event()
    answers: list[list[str]] = []

    def question(session: Session, name: str) -> list[str]:
        go_on.wait(10)
        return [*_names(session), name]

    unwanted = context.ask_later(context, answers.append, question, "first")
    context.ask_later(context, answers.append, question, "second")
    unwanted.cancel()
    owner = QObject()
    context.ask_later(owner, answers.append, question, "third")
    owner.deleteLater()
    qtbot.wait(DIALOG_AFTER_MS + 50)
    assert dialog() is None, "she goes on working"
    go_on.set()
    qtbot.waitUntil(lambda: context.jobs.running == [])
    assert answers == [["second"]]
    assert "setting" in context.reads, "it is no longer true when that changes"


def test_the_window_under_the_progress_may_go_while_the_work_goes_on(context: Context, qtbot: QtBot) -> None:
    """It was closing when the progress opened over it; the progress went along, and the work still ends well."""
    window = QWidget()
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    go_on = threading.Event()
    results: list[bool] = []
    job = context.do_later("Lang", lambda progress: go_on.wait(60), results.append, owner=context)
    qtbot.waitUntil(lambda: job.dialog is not None)
    assert job.dialog is not None
    assert job.dialog.parentWidget() is window
    window.deleteLater()
    qtbot.waitUntil(lambda: job.dialog is None)
    go_on.set()
    qtbot.waitUntil(lambda: results == [True])
