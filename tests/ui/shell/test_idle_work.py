"""Pages are made before their first visit, while nobody works."""

import subprocess
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.ui.shell.idle_work import REST_MS
from app.ui.shell.main_window import MainWindow
from app.ui.shell.pages import PAGES
from tests.paths import ROOT

STEPS = """
import sys
import main
main.prepare()
from app.ui.shell import program
from app.ui.overview import page
from app.ui.shell.idle_work import importing
counts = [len(sys.modules)]
for _ in importing(sys.argv[1]):
    counts.append(len(sys.modules))
longest = max(after - before for before, after in zip(counts, counts[1:]))
print(longest * 2 < counts[-1] - counts[0], sys.argv[1] in sys.modules, "reportlab" in sys.modules)
"""


def test_all_pages_are_made_and_none_is_shown(window: MainWindow, qtbot: QtBot) -> None:
    first = window.stack.currentWidget()
    focus = window.focusWidget()
    window.make_pages_ready()
    qtbot.waitUntil(lambda: set(window.pages) == {page.id for page in PAGES}, timeout=20_000)
    assert window.stack.currentWidget() is first
    assert window.focusWidget() is focus
    made = window.pages["budget"]
    window.open_page("budget")
    assert window.stack.currentWidget() is made


def test_it_rests_while_she_works(window: MainWindow, qtbot: QtBot) -> None:
    window.make_pages_ready()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Down)
    before = len(window.pages)
    qtbot.wait(REST_MS // 5)
    assert len(window.pages) == before


def test_a_closed_window_makes_nothing(window: MainWindow, qtbot: QtBot) -> None:
    window.make_pages_ready()
    window.close()
    before = len(window.pages)
    qtbot.wait(200)
    assert len(window.pages) == before


@pytest.mark.parametrize("page", ["imports", "agreements"])
def test_a_step_imports_few_modules(page: str) -> None:
    """And nothing that a page loads only when it is wanted."""
    done = subprocess.run(
        [sys.executable, "-c", STEPS, f"app.ui.{page}.page"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.split() == ["True", "True", "False"]
