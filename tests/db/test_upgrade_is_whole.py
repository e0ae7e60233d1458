"""An upgrade that is killed leaves the old file or the new one, with all that belongs into it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from db import checks
from db.connection import connect
from db.database import open_database
from db.migrations import LATEST, version
from db.models import Template
from db.seed import STANDARD
from tests.paths import ROOT, VERSIONS

KILLED = """
import os, signal, sys
from pathlib import Path
from db import connection
from db.database import open_database
left = int(sys.argv[2])
plain = connection._connect
def watched(path, place, **query):
    opened = plain(path, place, **query)
    def count(statement):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
    if query["mode"] == "rw":
        opened.set_trace_callback(count)
    return opened
connection._connect = watched
open_database(Path(sys.argv[1]), writer=False).close()
print(left)
"""
"""Opens a file to read it and dies at the given statement of the upgrade; says how many were left to it."""
ALL = 100_000


def templates(path: Path) -> int:
    database = open_database(path, writer=False)
    try:
        with database.read() as session:
            return session.scalars(select(func.count(Template.id))).one()
    finally:
        database.close()


def upgrade_killed_at(path: Path, statement: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", KILLED, str(path), str(statement)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_reading_command_that_upgrades_brings_the_standard_texts(tmp_path: Path) -> None:
    path = Path(shutil.copy(VERSIONS / "v1.db", tmp_path / "alt.db"))
    assert templates(path) == len(STANDARD)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.8, 0.95, 0.99, 1])
def test_a_kill_leaves_the_old_file_or_the_new_one(tmp_path: Path, share: float) -> None:
    whole = Path(shutil.copy(VERSIONS / "v1.db", tmp_path / "ganz.db"))
    needed = ALL - int(upgrade_killed_at(whole, ALL).stdout)
    path = Path(shutil.copy(VERSIONS / "v1.db", tmp_path / "alt.db"))
    assert upgrade_killed_at(path, round(needed * share)).returncode < 0
    connection = connect(path)
    reached = version(connection)
    connection.close()
    assert reached in (1, LATEST)
    assert checks.check(path) == []
    assert templates(path) == len(STANDARD)
