"""What the log says of a fault: the place and the kind, and nothing of anybody."""

import logging
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.errors import UserError
from app.domain.fault_report import told, without_names
from app.workflows.program_log import LogFormat
from db.database import Database
from db.models import Actor
from tests.paths import ROOT

SECRET = "Geheimrat"


def duplicate(database: Database) -> None:
    for _ in range(2):
        with database.write(f"„{SECRET}“ angelegt") as session:
            session.add(Actor(short=SECRET, name=SECRET))


def wrong_value(_database: Database) -> None:
    try:
        int(SECRET)
    except ValueError as error:
        raise UserError(f"„{SECRET}“ ist keine Zahl.") from error


def missing_file(_database: Database) -> None:
    Path(f"/home/{SECRET}/liste.xlsx").read_bytes()


def missing_key(_database: Database) -> None:
    {}[SECRET]


@pytest.mark.parametrize(
    ("fault", "kinds"),
    [
        (duplicate, ["SQLITE_CONSTRAINT", "UNIQUE constraint failed: actor.short", "IntegrityError"]),
        (wrong_value, ["ValueError", "UserError"]),
        (missing_file, ["FileNotFoundError 2"]),
        (missing_key, ["KeyError"]),
    ],
)
def test_a_fault_names_place_and_kind_alone(
    fault: Callable[[Database], None], kinds: list[str], database: Database
) -> None:
    with pytest.raises((Exception,)) as caught:
        fault(database)
    record = logging.LogRecord(
        "app.cli.run", logging.ERROR, "run.py", 1, "Unexpected error in %s", ("budget",), caught._excinfo
    )
    for text in (LogFormat().format(record), told(caught.value)):
        assert all(kind in text for kind in kinds), text
        assert "test_program_log.py:" in text
        assert SECRET not in text
        assert str(Path.home()) not in text or Path.home() == Path("/root")
    assert "Unexpected error in budget" in LogFormat().format(record)


def test_what_python_says_of_our_code_stays() -> None:
    with pytest.raises(AttributeError) as caught:
        None.rows  # type: ignore[attr-defined]  # noqa: B018
    assert "'NoneType' object has no attribute 'rows'" in told(caught.value)


def test_of_a_library_only_that_it_spoke_is_kept() -> None:
    record = logging.LogRecord("pypdf", logging.WARNING, "reader.py", 7, f"Object of {SECRET}", (), None)
    assert LogFormat().format(record).endswith("WARNING pypdf: reader:7")


@pytest.mark.parametrize(
    ("message", "kept"),
    [
        ("QFile: cannot open /home/ivanova/Liste.pdf", "QFile: cannot open …"),
        ('Could not parse "Müller & Söhne"', "Could not parse …"),
        (
            "QPainter::begin: Paint device returned engine == 0",
            "QPainter::begin: Paint device returned engine == 0",
        ),
        ("failed for c:\\Users\\x\\y.db and a@b.de", "failed for … and …"),
    ],
)
def test_messages_of_qt_lose_what_they_quote(message: str, kept: str) -> None:
    assert without_names(message) == kept


def test_the_log_is_small_and_those_of_earlier_editions_go(tmp_path: Path) -> None:
    code = f"""
import logging
from pathlib import Path
from app.workflows import program_log
program_log.start(Path({str(tmp_path)!r}) / "meldungen.log")
for number in range(5000):
    logging.getLogger("app.test").error("Message %d of many that fill the file", number)
"""
    for left in ("quartiersbuero.log", "quartiersbuero.log.1"):
        (tmp_path / left).write_text(SECRET)
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=os.environ, check=True)
    assert {path.name for path in tmp_path.iterdir()} == {"meldungen.log", "meldungen.log.1"}
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) < 500_000
