"""A decision on one of 50.000 uncertain rows of an import answers as fast as any click."""

import importlib.util
from pathlib import Path
from time import perf_counter

from pytest_benchmark.fixture import BenchmarkFixture
from pytestqt.qtbot import QtBot

from app.ui.context import Context
from app.ui.imports.check_step import CheckStep
from app.ui.kit.theme import Scheme, Theme
from db.database import Database
from tests.benchmarks.conftest import Hold
from tests.paths import ROOT

LONGEST_S = 0.1
SAMPLES = ROOT / "tests" / "ui" / "imports" / "test_check_step.py"


def test_one_decision(
    benchmark: BenchmarkFixture, hold: Hold, qtbot: QtBot, database: Database, tmp_path: Path, qapp: object
) -> None:
    spec = importlib.util.spec_from_file_location("check_step_samples", SAMPLES)
    assert spec is not None
    assert spec.loader is not None
    samples = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(samples)
    Theme(qapp, Scheme.LIGHT)  # type: ignore[arg-type]
    step = CheckStep(Context(database))
    qtbot.addWidget(step)
    step.resize(1100, 700)
    step.show()
    started = perf_counter()
    step.show_import(samples.large_import(tmp_path))
    whole = perf_counter() - started
    assert step.table is not None
    step.table.select("p25000")
    benchmark.pedantic(lambda: step.decide("check.same"), rounds=5)
    benchmark.extra_info["whole preview in s"] = whole
    fastest = float(benchmark.stats.stats.min)  # type: ignore[union-attr]
    hold("one decision among 50.000 lines", 1000 * fastest, 1000 * LONGEST_S, "ms")
    hold("one decision, part of the whole preview", fastest / whole, 0.1, "x showing it")
