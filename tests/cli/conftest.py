"""Calls of the command line, in this process: exit code, JSON, what people read, what went to stderr."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.cli.arguments import parse
from app.cli.run import run as run_command
from tests.paths import SAMPLES


@dataclass(frozen=True, slots=True)
class Called:
    """What came of a call."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> dict[str, Any]:
        """The one JSON object on standard output."""
        result: dict[str, Any] = json.loads(self.out)
        return result


Call = Callable[..., Called]


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the user's data nor the user's log is touched, by child processes neither."""
    for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "home"))


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    """Run the program with these arguments."""

    def run(*arguments: object) -> Called:
        capsys.readouterr()
        try:
            code = run_command(parse([str(argument) for argument in arguments]))
        except SystemExit as end:
            code = int(end.code or 0)
        out, err = capsys.readouterr()
        return Called(code, out, err)

    return run


@pytest.fixture
def file(tmp_path: Path, call: Call) -> Path:
    """A new database file made by the command line."""
    path = tmp_path / "buero.db"
    assert call("new", "--database", path).code == 0
    return path


@pytest.fixture
def filled(file: Path, call: Call) -> Path:
    """The same with the sample master data."""
    assert call("import-master", SAMPLES / "stammdaten.xlsx", "--database", file).code == 0
    return file
