"""The steps that people outside hold the program against, on the command line, one after the other."""

import json
import shlex
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.paths import ROOT

SAMPLES = ROOT / "tests" / "data" / "samples"
STEPS: list[dict[str, Any]] = json.loads((SAMPLES / "expected.json").read_text("utf-8"))["steps"]
COMPARED_KINDS = {"term_end", "notice", "goal", "payout_use_by"}


def run(command: str, database: Path) -> tuple[int, dict[str, Any]]:
    """Run one command as a process of its own, among the sample files."""
    called = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "--database", str(database), "--json", *shlex.split(command)],
        cwd=SAMPLES,
        capture_output=True,
        check=False,
    )
    data: dict[str, Any] = json.loads(called.stdout) if called.stdout else {}
    return called.returncode, data


def compare(step: dict[str, Any], code: int, data: dict[str, Any]) -> list[str]:
    """What is not as expected, in words; empty if all is well."""
    wrong = [] if code == step["exit"] else [f"exit {code}: {data.get('error')}"]
    for key, expected in step.items():
        if key in ("command", "exit", "note", "sum_of_new"):
            continue
        found = _found(key, expected, data)
        if found != expected:
            wrong.append(f"{key}: expected {expected}, found {found}")
    return wrong


def spent(database: Path, year: str) -> Decimal:
    """All spending of a year, assigned or not."""
    _, data = run(f"budget --year {year}", database)
    return Decimal(data["total"]["actual"]) + Decimal(data["unassigned"]["sum"])


def sum_of_new(command: str, database: Path, year: str) -> Decimal:
    """What the new rows of an import add up to, seen by writing them into a copy."""
    copy = database.with_name("kopie.db")
    assert run(f"backup {shlex.quote(str(copy))}", database)[0] == 0
    assert run(command.removesuffix(" --dry-run"), copy)[0] == 0
    return spent(copy, year) - spent(database, year)


def _found(key: str, expected: Any, data: dict[str, Any]) -> Any:
    """The part of an answer that an expectation speaks of, in its form."""
    sheets = data.get("sheets")
    if sheets is not None and key == "rejected":
        return {name: _places(sheets[name]["rejected"]) for name in expected}
    if sheets is not None:
        return {name: sheets[name][key] for name in expected}
    if key == "rejected":
        return _places(data.get("rejected", []))
    if key == "deadlines":
        return [
            {name: found[name] for name in ("date", "kind", "record")}
            for found in data.get("deadlines", [])
            if found["kind"] in COMPARED_KINDS
        ]
    return data.get(key)


def _places(rejected: list[dict[str, Any]]) -> list[list[Any]]:
    return [[entry["row"], entry["column"]] for entry in rejected]


def test_every_step_gives_what_is_expected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    database = tmp_path / "buero.db"
    assert run("new", database)[0] == 0
    wrong = {}
    for number, step in enumerate(STEPS, 1):
        code, data = run(step["command"], database)
        problems = compare(step, code, data)
        if "sum_of_new" in step and not problems:
            found = sum_of_new(step["command"], database, "2026")
            problems = [] if found == Decimal(step["sum_of_new"]) else [f"sum of new: {found}"]
        if problems:
            wrong[f"{number}: {step['command']}"] = problems
    assert wrong == {}
