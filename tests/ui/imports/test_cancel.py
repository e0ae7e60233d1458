"""Cancelling a real import, while it is read and at every step: nothing is written, and it can be begun again."""

import multiprocessing
import threading
from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.ui.context import Context
from app.ui.imports.page import APPLY, CHECK, COLUMNS, FILE, ImportsPage
from app.ui.kit import jobs
from app.ui.kit.jobs import JobDialog
from app.workflows.bookings import import_bookings
from db.connection import connect
from db.models import Quarter
from tests.paths import SAMPLES
from tests.ui.conftest import PATIENCE_MS
from tests.ui.imports.test_imports_page import LINES, bookings, counts, page, read, written
from tests.ui.words import press, shown

__all__ = ["page"]

REAL = SAMPLES / "einzelposten_2026-03.xlsx"


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The dialog with the progress comes at once, however quick the machine is."""
    monkeypatch.setattr(jobs, "DIALOG_AFTER_MS", 0)


@pytest.fixture
def said(context: Context) -> list[str]:
    heard: list[str] = []
    context.said.connect(heard.append)
    return heard


def undo(page: ImportsPage) -> str | None:
    return page.context.database.undo_label


def quarters(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Quarter)) or 0


def test_reading_is_cancelled_in_its_dialog(
    page: ImportsPage, at_once: None, said: list[str], qtbot: QtBot
) -> None:
    page.open_file(REAL)
    qtbot.waitUntil(lambda: bool(page.context.jobs.running[0].dialog))
    dialog = shown(JobDialog)
    assert dialog.windowTitle() == f"„{REAL.name}“ wird gelesen"
    press(dialog, "Abbrechen")
    qtbot.waitUntil(lambda: not page.context.jobs.running)
    assert said == [f"„{REAL.name}“ wird gelesen: abgebrochen, nichts geändert"]
    assert multiprocessing.active_children() == []  # who read the file is gone, too
    assert (page.stepper.current, bookings(page.context)) == (FILE, 0)
    assert undo(page) == "Budget"
    read(qtbot, page, REAL)
    assert counts(page) == {"new": 66, "skipped": 5}


@pytest.mark.parametrize(
    ("path", "label"),
    [(REAL, "Buchungen werden übernommen"), (SAMPLES / "stammdaten.xlsx", "Stammdaten werden übernommen")],
    ids=["bookings", "master data"],
)
def test_writing_is_cancelled_and_nothing_stands_there(
    page: ImportsPage, said: list[str], qtbot: QtBot, path: Path, label: str
) -> None:
    read(qtbot, page, path)
    press(page, "Weiter")
    with closing(connect(page.context.database.path)) as other:
        other.execute("BEGIN IMMEDIATE")  # the writing waits, else it may be done before it is cancelled
        page.apply_step.write_button.click()
        next(job for job in page.context.jobs.running if job.label == label).cancel()
    qtbot.waitUntil(lambda: not page.context.jobs.running)
    assert said == [f"{label}: abgebrochen, nichts geändert"]
    assert (bookings(page.context), page.context.ask(quarters), undo(page)) == (0, 0, "Budget")
    assert page.stepper.current == APPLY
    page.apply_step.write_button.click()
    qtbot.waitUntil(lambda: undo(page) == f"{label.split()[0]} aus „{path.name}“ übernommen")
    assert bookings(page.context) + page.context.ask(quarters) > 0
    qtbot.waitUntil(lambda: not page.context.jobs.running)


def test_taking_a_delivery_back_is_cancelled_in_its_dialog(
    page: ImportsPage, at_once: None, said: list[str], qtbot: QtBot
) -> None:
    import_bookings.apply(page.context.database, import_bookings.prepare(page.context.database, REAL))
    page.refresh_if_stale()
    page.file_step.table.select(1)
    turn = threading.Event()
    for _ in range(2):  # both workers are busy: what is begun now waits its turn
        page.context.jobs.start("", lambda _progress: turn.wait(PATIENCE_MS / 1000), lambda _: None)
    page.file_step.undo_button.click()
    qtbot.waitUntil(lambda: bool(page.context.jobs.running[-1].dialog))
    dialog = shown(JobDialog)
    assert dialog.windowTitle() == "Lieferung 1 wird zurückgenommen"
    press(dialog, "Abbrechen")
    turn.set()
    qtbot.waitUntil(lambda: not page.context.jobs.running)
    assert said == ["Lieferung 1 wird zurückgenommen: abgebrochen, nichts geändert"]
    assert (bookings(page.context), undo(page)) == (66, f"Buchungen aus „{REAL.name}“ übernommen")
    page.file_step.undo_button.click()
    qtbot.waitUntil(lambda: bookings(page.context) == 0)
    qtbot.waitUntil(lambda: not page.context.jobs.running)


def test_every_step_can_be_left_without_a_trace(page: ImportsPage, qtbot: QtBot, tmp_path: Path) -> None:
    unknown = written(tmp_path / "a.csv", ["10.03.2026", "5,00"], header=["Tag", "Summe"])
    known = written(tmp_path / "b.csv", *LINES)
    for path, step in ((unknown, COLUMNS), (known, CHECK), (known, APPLY)):
        read(qtbot, page, path, min(step, CHECK))
        if step == APPLY:
            press(page, "Weiter")
        assert page.stepper.current == step
        press(page, "Abbrechen")
        assert page.stepper.current == FILE
        assert page.prepared is None
        assert not page.cancel.isVisible()
    assert (bookings(page.context), undo(page)) == (0, "Budget")


def test_a_check_that_ends_too_late_shows_nothing(page: ImportsPage, qtbot: QtBot) -> None:
    read(qtbot, page, REAL)
    page.refresh()  # the facts may have changed: it is checked again
    assert page.context.jobs.running
    press(page, "Abbrechen")
    qtbot.waitUntil(lambda: not page.context.jobs.running)
    assert (page.stepper.current, page.prepared) == (FILE, None)
