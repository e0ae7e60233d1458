"""Every page of a ten-year database at its first and its next showing, and the look changed with all pages open.

Each figure is the time of the window's own thread, the least of several runs: other work on the machine only ever
makes them longer. Pages are made ready before, as the program does while nobody works.
"""

import json
import os
import subprocess
import sys
from datetime import date

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from app.ui.shell.pages import PAGES
from tests.benchmarks.big_database import build_big
from tests.benchmarks.conftest import Hold
from tests.paths import ROOT

TIMES = 4
FIRST_MS, NEXT_MS, LOOK_MS, STEP_MS = 150, 60, 300, 60
OTHERS = [page.id for page in PAGES if page.id != "overview"]

VISIT = """
import json, sys, time
import main
main.prepare()
from pathlib import Path
from app.ui.context import Context
from app.ui.kit.theme import Scheme
from app.ui.shell.application import create_application
from app.ui.shell.main_window import MainWindow
from app.ui.shell.pages import PAGES
from db.database import open_database

app, theme = create_application(["quartiersbuero"])
window = MainWindow(Context(open_database(Path(sys.argv[1]), writer=True)), theme)
window.show()

def settle():
    for _ in range(5):
        app.processEvents()

def timed(call):
    began = time.thread_time()
    call()
    settle()
    return (time.thread_time() - began) * 1000

settle()
steps, making = [], window._make_all()
while window.stack.count() < len(PAGES):
    steps.append(timed(lambda: next(making)))
found = {"step": max(steps)}
for page in PAGES:
    window.open_page("overview")
    settle()
    first = timed(lambda: window.open_page(page.id))
    window.open_page("overview")
    settle()
    found[page.id] = first, timed(lambda: window.open_page(page.id))
found["dark"] = timed(lambda: theme.choose(Scheme.DARK))
found["light"] = timed(lambda: theme.choose(Scheme.LIGHT))
found["larger text"] = timed(lambda: theme.resize(12))
print(json.dumps(found), flush=True)
import os
os._exit(0)
"""


@pytest.fixture(scope="module")
def visits(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, list[float]]]:
    """What several runs of the program have measured."""
    folder = tmp_path_factory.mktemp("visits")
    path = build_big(folder / "gross.db", date.today())
    env = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_CONFIG_HOME": str(folder),
        "XDG_STATE_HOME": str(folder),
    }
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    runs = []
    for _ in range(TIMES):
        done = subprocess.run(
            [sys.executable, "-c", VISIT, str(path)], cwd=ROOT, env=env, check=True, capture_output=True
        )
        runs.append(json.loads(done.stdout))
    return runs


def least(benchmark: BenchmarkFixture, visits: list[dict[str, list[float]]], name: str) -> list[float]:
    found = [run[name] if isinstance(run[name], list) else [run[name]] for run in visits]
    return benchmark.pedantic(lambda: [min(several) for several in zip(*found, strict=True)], rounds=1)


@pytest.mark.parametrize("page", OTHERS)
def test_a_page(
    benchmark: BenchmarkFixture, hold: Hold, visits: list[dict[str, list[float]]], page: str
) -> None:
    first, after = least(benchmark, visits, page)
    hold(f"{page}, next showing", after, NEXT_MS, "ms")
    hold(f"{page}, first showing", first, FIRST_MS, "ms")


@pytest.mark.parametrize("change", ["dark", "light", "larger text"])
def test_the_look(
    benchmark: BenchmarkFixture, hold: Hold, visits: list[dict[str, list[float]]], change: str
) -> None:
    hold(f"{change}, all pages open", *least(benchmark, visits, change), LOOK_MS, "ms")


def test_a_step_of_making_pages_ready(
    benchmark: BenchmarkFixture, hold: Hold, visits: list[dict[str, list[float]]]
) -> None:
    hold("longest step while idle", *least(benchmark, visits, "step"), STEP_MS, "ms")
