"""A restore or a backup that is killed at any of its steps leaves a whole file: the old one or the new one.

A step is whatever Python does to a file or asks SQLite to open; between two of them SQLite keeps the file whole itself.
"""

import os
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from db.attached import problems
from db.checks import check
from db.copies.copying import take_snapshot
from db.copies.snapshots import Reason, folder_for, snapshots
from db.copies.taking import daily_snapshot
from db.database import Database
from db.file.unfinished import unfinished_path
from tests.db.attaching import attach
from tests.db.copies.test_copies import NOW, add, shorts

STEPS = (
    "os.rename", "os.unlink", "os.remove", "os.mkdir", "os.link", "os.truncate", "os.chmod", "open",
    "tempfile.mkstemp", "sqlite3.connect", "shutil.copyfile",
)  # fmt: skip
"""The events by which Python tells that it is about to change a file."""
KILLED = """
import os, shutil, sys
from datetime import datetime
from pathlib import Path
from db.copies.copying import take_snapshot
from db.copies.restoring import restore
from db.copies.taking import daily_snapshot

steps, seen, stop, ended = {steps!r}, 0, 0, 9

def die(event, arguments):
    global seen
    if event in steps and (event != "open" or arguments[1] not in (None, "r", "rb")):
        seen += 1
        if seen == stop:
            os._exit(9)

while ended == 9:
    stop += 1
    work = Path(f"work-{{stop:03}}")
    shutil.copytree("office", work)
    child = os.fork()
    if child == 0:
        os.chdir(work)
        sys.addaudithook(die)
        try:
            {what}
        except BaseException as error:
            print(repr(error), file=sys.stderr)
            os._exit(1)
        os._exit(0)
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
sys.exit(ended)
"""
RESTORE = "restore(Path('stick/kopie.db').absolute(), Path('buero.db').absolute())"
BACKUP = "take_snapshot(Path('buero.db').absolute(), Path('ziel/kopie.db').absolute())"
DAILY = "daily_snapshot(Path('buero.db').absolute(), datetime(2026, 11, 24, 8))"


pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a process that was forked")


@pytest.fixture
def office(database: Database, tmp_path: Path) -> Path:
    """A folder as a crash left it: with a log, and with an older copy on a stick."""
    add(database, "A")
    attach(database, b"eins")
    take_snapshot(database.path, tmp_path / "stick" / "kopie.db")
    add(database, "B")
    attach(database, b"zwei")
    folder = tmp_path / "office"
    folder.mkdir()
    for path in tmp_path.glob("buero*"):
        if path.is_dir():
            shutil.copytree(path, folder / path.name)
        elif not path.name.endswith(".lock"):
            shutil.copy(path, folder)
    shutil.copytree(tmp_path / "stick", folder / "stick")
    assert (folder / "buero.db-wal").stat().st_size > 0
    return folder


def killed(office: Path, what: str) -> list[Path]:
    """The office after a kill before each step, and at last after all steps."""
    ended = subprocess.run(
        [sys.executable, "-c", KILLED.format(steps=STEPS, what=what)],
        cwd=office.parent,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[3])},
        capture_output=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return sorted(office.parent.glob("work-*"))


def next_start(work: Path) -> list[str]:
    """What the program finds when it is started again: everything sound, nothing left behind."""
    path = work / "buero.db"
    found = sorted(shorts(path))
    assert check(path) == problems(path) == []
    daily_snapshot(path, datetime(2026, 11, 24, 9))
    assert [left.name for left in (*work.glob(".*"), *folder_for(path).glob(".*"))] == []
    for one in snapshots(path):
        assert check(one.path) == []
        if one.is_regular:
            assert problems(one.path) == []
    return found


def test_a_killed_restore_leaves_the_old_or_the_new(office: Path) -> None:
    ends = killed(office, RESTORE)
    found = [next_start(work) for work in ends]
    assert (found[0], found[-1]) == (["A", "B"], ["A"])
    assert all(one in (["A"], ["A", "B"]) for one in found)
    assert len(found) > 10
    kept = [one for one in snapshots(ends[-1] / "buero.db") if one.reason is Reason.REPLACED]
    assert [sorted(shorts(one.path)) for one in kept] == [["A", "B"]]


@pytest.mark.parametrize("what", [BACKUP, DAILY])
def test_a_killed_backup_is_whole_or_not_there(office: Path, what: str) -> None:
    ends = killed(office, what)
    for work in ends:
        target = work / "ziel" / "kopie.db"
        if target.exists():
            assert check(target) == problems(target) == []
        assert next_start(work) == ["A", "B"]
    assert (ends[-1] / "ziel" / "kopie.db").exists() == (what == BACKUP)


def test_a_killed_process_of_this_computer_is_cleaned_up_after_at_once(database: Database) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True
    )
    folder = folder_for(database.path)
    folder.mkdir()
    own = unfinished_path(folder / "buero_Nr7_2026-11-24_08-30-00.db")
    theirs = own.with_name(own.name.replace(f"-{os.getpid()}-", f"-{int(ended.stdout)}-"))
    for one in (own, theirs):
        one.touch()
        os.utime(one, (NOW.timestamp(), NOW.timestamp()))
    daily_snapshot(database.path, NOW)
    assert (own.exists(), theirs.exists()) == (True, False)
