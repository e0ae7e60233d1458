"""A log that is being written is nobody else's: readers, other openers and a killed writer."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.domain.errors import UserError
from db import checks
from db.attachments import AttachmentStore
from db.copies.copying import take_snapshot
from db.database import open_database
from db.file.opened import refuse_open_here
from db.models import Quarter
from tests.paths import ROOT

WRITER = """
import sys
from pathlib import Path
from db.database import open_database
from db.models import Quarter
database = open_database(Path(sys.argv[1]), writer=True)
for number in range(30):
    with database.write("Quartier") as session:
        session.add(Quarter(short=f"Q{number}", name=f"Quartier {number}"))
print("saved", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def file(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(template, tmp_path / "buero.db"))


@pytest.fixture
def writer(file: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that has saved 30 times and still has the file open."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(file)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "saved\n"
        yield process
        process.kill()


def quarters(path: Path) -> int:
    database = open_database(path, writer=False)
    try:
        with database.read() as session:
            return session.scalars(select(func.count(Quarter.id))).one()
    finally:
        database.close()


def companions(path: Path) -> list[str]:
    return sorted(one.name for one in path.parent.glob(f"{path.name}-*"))


def test_reading_beside_a_writer_leaves_its_log(file: Path, writer: subprocess.Popen[str]) -> None:
    before = companions(file)
    assert quarters(file) == 30
    assert checks.check(file) == []
    take_snapshot(file, file.parent / "kopie.db")
    assert companions(file) == before == ["buero.db-shm", "buero.db-wal"]
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    assert quarters(file) == 30
    assert quarters(file.parent / "kopie.db") == 30


def test_who_reads_last_leaves_the_file_alone(file: Path, writer: subprocess.Popen[str]) -> None:
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    assert companions(file) != []
    assert quarters(file) == 30
    assert companions(file) == []
    assert quarters(file) == 30
    assert companions(file) == []


def test_the_open_file_is_not_read_as_any_file(file: Path, tmp_path: Path) -> None:
    database = open_database(file, writer=True)
    with database.write("Quartier") as session:
        session.add(Quarter(short="SAH", name="Sahlkamp"))
    (tmp_path / "verweis.db").symlink_to(file)
    for name in ("buero.db", "buero.db-wal", "verweis.db"):
        with pytest.raises(UserError, match="geöffnete Datei von Quartiersbüro"):
            AttachmentStore.of(file).put(tmp_path / name)
    database.close()
    refuse_open_here(file)
