"""The licence texts that the build gathers: of every package and library that is in the program."""

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import lxml.etree
import pytest
import sqlalchemy

from app.workflows.licences import INDEX, read
from tests.paths import ROOT


@pytest.fixture
def gatherer() -> ModuleType:
    """The module of the build, which is in no package."""
    found = importlib.util.spec_from_file_location("licences", ROOT / ".ci" / "licences.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def test_the_build_gathers_what_is_in_it(gatherer: ModuleType, tmp_path: Path) -> None:
    gatherer.write(
        tmp_path / "licences", [sqlalchemy.__file__, lxml.etree.__file__, sys.executable, "", "app/x"]
    )
    parts = read(tmp_path / "licences")
    names = {part.name for part in parts}
    assert {"Quartiersbüro", "Python", "Noto Sans", "GeoNames", "SQLAlchemy", "lxml", "pyinstaller"} <= names
    assert "ruff" not in names
    assert all(text.read_text("utf-8", "replace").strip() for part in parts for text in part.texts)
    assert not any(Path(text).is_absolute() for row in _index(tmp_path) for text in row["texts"])


def test_a_part_without_a_text_ends_the_build(gatherer: ModuleType, tmp_path: Path) -> None:
    silent = gatherer.Part("stumm", "1", "?", "https://example.org", ())
    gatherer.own_parts = lambda: [silent]
    with pytest.raises(SystemExit, match="stumm 1"):
        gatherer.write(tmp_path / "licences", [])


def _index(folder: Path) -> list[dict[str, list[str]]]:
    rows: list[dict[str, list[str]]] = json.loads((folder / "licences" / INDEX).read_text("utf-8"))
    return rows
