"""From the start of the process to the first page of a ten-year database, held against what has to be loaded for it.

The navigation needs Qt alone and is held against a bare window with a table. The first page needs SQLAlchemy and the
mapping of our tables as well, which by themselves take more than twice as long as that window; so it is held against
a bare window that has loaded both. What is left is ours: pages, questions, layout.

Run with: pytest tests/benchmarks/test_start.py --benchmark-only
"""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from time import perf_counter

import pytest

from tests.benchmarks.big_database import build_big
from tests.benchmarks.conftest import Hold
from tests.paths import ROOT

TIMES = 7
NAVIGATION = 2.0
"""Times the bare window."""
FIRST_PAGE = 1.5
"""Times the bare window that has loaded the store."""
SECONDS = 1.0
"""What she waits on her machine, at most."""

BARE = """
import os
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QTableWidget, QTableWidgetItem
{before}
app = QApplication([])
window = QMainWindow()
table = QTableWidget(500, 8)
for row in range(500):
    for column in range(8):
        table.setItem(row, column, QTableWidgetItem(f"{{row}} {{column}}"))
window.setCentralWidget(table)
window.resize(1280, 800)
window.show()
QTimer.singleShot(0, lambda: os._exit(0))
app.exec()
"""

STORE = """
import sqlalchemy.dialects.sqlite
from sqlalchemy.orm import configure_mappers
import db.models
configure_mappers()
"""

OURS = """
import os, sys
import main
main.prepare()  # as main.main() does; here too, because Qt is needed to watch
from app.ui.shell.main_window import MainWindow
make, open_first_page = MainWindow.__init__, MainWindow._open_first_page
def end(*_):
    os._exit(0)
def made(window, *given):
    make(window, *given)
    if sys.argv[2] == "navigation":
        window.navigation.painted.connect(end)
def opened(window):
    open_first_page(window)
    end()
MainWindow.__init__, MainWindow._open_first_page = made, opened
main.main(["--database", sys.argv[1]])
"""


def seconds(script: str, *arguments: str) -> float:
    """The shortest of several runs: other work on the machine only ever makes them longer."""
    runs = []
    for _ in range(TIMES):
        began = perf_counter()
        subprocess.run([sys.executable, "-c", script, *arguments], cwd=ROOT, check=True, capture_output=True)
        runs.append(perf_counter() - began)
    return min(runs)


def test_start_on_ten_years(benchmark, hold: Hold, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    # What is installed carries its bytecode, so the working copy must be allowed to keep its own.
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    path = build_big(tmp_path / "gross.db", date.today())
    bare = seconds(BARE.format(before=""))
    with_store = seconds(BARE.format(before=STORE))
    navigation = seconds(OURS, str(path), "navigation")
    ours = benchmark.pedantic(lambda: seconds(OURS, str(path), "page"), rounds=1, iterations=1)
    print(
        f"bare {bare:.2f} s, with the store {with_store:.2f} s, ours {ours:.2f} s; {os.cpu_count()} processors"
    )
    hold("start until the navigation is painted", navigation / bare, NAVIGATION, "x bare window")
    hold("start until the first page", ours / with_store, FIRST_PAGE, "x bare window and store")
    hold("start in seconds", ours, SECONDS, "s")
