"""The hidden options of the command line: smoke test, screenshots of every page, and the main job for `make demo`."""

import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from app.ui.context import Context
from app.ui.kit.theme import Scheme, Theme
from app.ui.shell.application import create_application, run_window
from app.ui.shell.errors import ErrorReporter, ShownKind
from app.ui.shell.main_window import MainWindow
from app.ui.shell.pages import PAGES
from app.workflows.demo import build
from app.workflows.demo.showcase import make_showcase
from db.copies.taking import daily_snapshot
from db.database import open_database

Sizes = tuple[tuple[int, int], ...]
SIZES: Sizes = ((1280, 800), (1920, 1080))
SETTLE_MS = 250
"""How long a page may take to be painted for a picture."""
FAILED = 1

Steps = Iterator[None]


@dataclass(frozen=True, slots=True)
class TourStage:
    """A window on a database of its own, with nobody in front of it."""

    theme: Theme
    window: MainWindow

    def save(self, folder: Path, name: str, width: int, height: int) -> None:
        """A picture of the window as it is now."""
        scheme = self.theme.scheme.value
        self.window.grab().save(str(folder / f"{name}-{scheme}-{width}x{height}.png"))


def smoke() -> int:
    """Open every page once on demo data, offscreen; 0 if no error and no warning of Qt came."""
    with tempfile.TemporaryDirectory(prefix="quartiersbuero-") as work:
        return _perform(_demo(Path(work)), _visit_pages)


def screenshots(folder: Path, database: Path | None = None, sizes: Sizes = SIZES) -> int:
    """Take a picture of every page, light and dark, in each size, offscreen; on demo data unless told otherwise."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="quartiersbuero-") as work:
        path = database or _demo(Path(work))
        return _perform(path, lambda stage: _take_pictures(stage, folder, sizes))


def tour(out: Path) -> int:
    """The main job on demo data in a fresh folder: then the window, or without a screen pictures of every page."""
    work = Path(tempfile.mkdtemp(prefix="quartiersbuero-demo-"))
    shown = make_showcase(work, out.absolute(), date.today())
    print("\n".join((*shown.lines, f"Datei der Demo: {shown.database}")), flush=True)
    if has_screen():
        return run_window(shown.database)
    pictures = out.absolute() / "screenshots"
    code = screenshots(pictures, shown.database, SIZES[:1])
    print(f"Kein Bildschirm: Bilder aller Seiten, hell und dunkel, liegen in {pictures}")
    return code


def has_screen() -> bool:
    """Can a window be opened? Tried in another process, because Qt ends the process if it cannot."""
    if os.environ.get("QT_QPA_PLATFORM") == "offscreen":
        return False
    if sys.platform in ("win32", "darwin"):
        return True
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return False
    attempt = "from PySide6.QtGui import QGuiApplication; QGuiApplication([])"
    return subprocess.run([sys.executable, "-c", attempt], capture_output=True, check=False).returncode == 0


def _demo(work: Path) -> Path:
    """A demo database as it is after its first start of the day: with a snapshot."""
    path = build(work / "demo.db")
    daily_snapshot(path, datetime.now())
    return path


def _perform(database: Path, play: Callable[[TourStage], Steps]) -> int:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    warnings = _Warnings()
    logging.getLogger().addHandler(warnings)
    with tempfile.TemporaryDirectory(prefix="quartiersbuero-") as folder:
        # Her own settings must neither show in the pictures nor be changed by them.
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, folder)
        app, theme = create_application(["quartiersbuero"])
        reporter = ErrorReporter(app)
        reporter.install()
        window = MainWindow(Context(open_database(database, writer=True)), theme)
        window.show()
        player = _Player(play(TourStage(theme, window)), app)
        player.start()
        code = app.exec()
        window.close()
    told = [shown.text for shown in reporter.shown if shown.kind is ShownKind.SENTENCE]  # bugs are in the log
    problems = [*warnings.messages, *told]
    for problem in problems:
        print(problem, file=sys.stderr)
    return FAILED if problems else code


class _Player(QObject):
    """Plays one step after the other, the event loop running in between."""

    def __init__(self, steps: Steps, app: QApplication) -> None:
        super().__init__(app)
        self._steps = steps
        self._app = app
        # Started anew after each step: a step longer than the pause must not eat the pause.
        self._timer = QTimer(self, interval=SETTLE_MS, singleShot=True)
        self._timer.timeout.connect(self._step)

    def start(self) -> None:
        self._timer.start()

    def _step(self) -> None:
        try:
            next(self._steps)
        except StopIteration:
            self._app.exit(0)
        except BaseException:
            self._app.exit(FAILED)
            raise
        else:
            self._timer.start()


class _Warnings(logging.Handler):
    """Collects what Qt warns of, as far as it means something."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if "propagateSizeHints" not in message:  # the offscreen platform says so of every window
            self.messages.append(message)


def _visit_pages(stage: TourStage) -> Steps:
    for page in PAGES:
        stage.window.open_page(page.id)
        yield
        for _ in stage.window.pages[page.id].parts():
            yield


def _take_pictures(stage: TourStage, folder: Path, sizes: Sizes) -> Steps:
    for scheme in (Scheme.LIGHT, Scheme.DARK):
        stage.theme.choose(scheme)
        for width, height in sizes:
            stage.window.resize(width, height)
            for page in PAGES:
                stage.window.open_page(page.id)
                yield
                stage.save(folder, page.id, width, height)
                for part in stage.window.pages[page.id].parts():
                    yield
                    stage.save(folder, f"{page.id}-{part}", width, height)
