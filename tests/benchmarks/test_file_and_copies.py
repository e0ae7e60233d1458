"""What the safety of a ten-year file costs: a save, a snapshot, the list of snapshots, a check, a password.

Run with: pytest tests/benchmarks/test_file_and_copies.py --benchmark-only
"""

import shutil
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path
from time import perf_counter

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from app.ui.copies.rows import snapshot_rows
from db.checks import examine
from db.copies.proof import Soundness, beside
from db.copies.snapshots import folder_for, name_for
from db.copies.taking import take
from db.database import create_database, open_database
from db.encryption import keys
from db.encryption.changing import change
from db.encryption.unlocking import unlock
from db.models import Actor
from tests.benchmarks.big_database import build_big
from tests.benchmarks.conftest import Hold

NOW = datetime(2026, 11, 24, 8, 30)
PASSWORD = "Ein langes Kennwort"
CHECK_S = 60
SNAPSHOT_S = 20
OPENING_S = 1.0
SAVE_MS = 100
SETTLING_MS = 1000
LISTED, LISTING_MS = 50, 100


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_big(tmp_path_factory.mktemp("zehn") / "gross.db", date(2026, 11, 24))


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No password is known at first, and none afterwards."""
    monkeypatch.setattr(keys, "_ring", {})
    yield
    keys.forget_all()


def seconds(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


def test_a_save_and_its_settling(benchmark: BenchmarkFixture, hold: Hold, big: Path) -> None:
    database, numbers = open_database(big, writer=True), count()
    settling: list[float] = []

    def save() -> None:
        with database.write("Träger angelegt") as session:
            session.add(Actor(short=f"N{next(numbers)}", name="Neu"))

    benchmark.pedantic(save, setup=lambda: settling.append(seconds(database.settle)), rounds=9)
    database.close()
    hold("a save in ten years", 1000 * benchmark.stats.stats.min, SAVE_MS, "ms")  # type: ignore[union-attr]
    hold("settling it, beside the work", 1000 * min(settling[1:]), SETTLING_MS, "ms")


def test_a_snapshot_and_a_check(benchmark: BenchmarkFixture, hold: Hold, big: Path) -> None:
    snapshot = seconds(lambda: take(big, NOW))
    found = benchmark.pedantic(lambda: examine(big), rounds=1)
    assert found.wrong == ()
    hold("a snapshot of ten years, proved", snapshot, SNAPSHOT_S, "s")
    hold("checking all of ten years", benchmark.stats.stats.min, CHECK_S, "s")  # type: ignore[union-attr]


def test_the_list_of_snapshots(benchmark: BenchmarkFixture, hold: Hold, tmp_path: Path) -> None:
    """For the first time in a process: what is known of each is read from beside it."""
    path = tmp_path / "buero.db"
    create_database(path).close()
    first = take(path, NOW - timedelta(days=LISTED)).path
    for number in range(2, LISTED + 1):
        name = name_for(path, number, NOW - timedelta(days=LISTED - number))
        shutil.copy2(first, folder_for(path) / name)
        shutil.copy2(beside(first), beside(folder_for(path) / name))
    rows = benchmark.pedantic(lambda: snapshot_rows(path, NOW), rounds=1)
    assert [row.proof is not None and row.proof.soundness for row in rows] == [Soundness.WHOLE] * LISTED
    figure = 1000 * benchmark.stats.stats.min  # type: ignore[union-attr]
    hold(f"listing {LISTED} snapshots", figure, LISTING_MS, "ms")


def test_opening_with_a_password(
    benchmark: BenchmarkFixture, hold: Hold, big: Path, tmp_path: Path, closed: None
) -> None:
    path = tmp_path / "geheim.db"
    shutil.copy(big, path)
    change(path, keys.stretched(PASSWORD, keys.new_salt()))

    def opening() -> None:
        unlock(path, PASSWORD)
        database = open_database(path, writer=True)
        with database.read() as session:
            assert session.query(Actor).count() > 0
        database.close()

    benchmark.pedantic(opening, setup=keys.forget_all, rounds=3)
    figure = benchmark.stats.stats.min  # type: ignore[union-attr]
    hold("opening ten years with a password, and closing", figure, OPENING_S, "s")
