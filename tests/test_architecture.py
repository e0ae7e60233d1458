"""The five sentences of CONTRIBUTING.md as far as a test can say them."""

import ast
import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.paths import ROOT

SOURCES = sorted([*(ROOT / "app").rglob("*.py"), *(ROOT / "db").rglob("*.py"), ROOT / "main.py"])
DOMAIN = sorted((ROOT / "app" / "domain").rglob("*.py"))
SQLITE_WORDS = ("PRAGMA", "TRIGGER", "fts5", "sqlite_master")


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("path", DOMAIN, ids=lambda path: f"{path.parent.name}.{path.stem}")
def test_the_domain_needs_the_standard_library_only(path: Path) -> None:
    import sys

    foreign = {
        name
        for name in imported(path)
        if name.split(".")[0] not in sys.stdlib_module_names and not name.startswith("app.domain")
    }
    assert foreign == set()


def test_every_module_says_why_it_exists() -> None:
    silent = [
        str(p.relative_to(ROOT))
        for p in SOURCES
        if ast.get_docstring(ast.parse(p.read_text("utf-8"))) is None
    ]
    assert silent == []


def test_only_the_store_speaks_sqlite() -> None:
    speaking = [
        str(path.relative_to(ROOT))
        for path in SOURCES
        if "db" not in path.relative_to(ROOT).parts[:1]
        and any(word in path.read_text(encoding="utf-8") for word in SQLITE_WORDS)
    ]
    assert speaking == []


def test_widgets_reach_the_database_through_the_context_alone() -> None:
    """Only the shell opens files; pages get rows from the context and never hold models."""
    reaching = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in SOURCES
        if path.is_relative_to(ROOT / "app" / "ui")
        for name in imported(path)
        if name.startswith("db.models")
    ]
    assert reaching == []


def test_no_folder_collects_what_has_no_name() -> None:
    vague = {"utils", "helpers", "manager", "common", "misc"}
    assert [str(path) for path in SOURCES if path.stem in vague or path.parent.name in vague] == []


def test_no_list_holds_widgets_of_its_own() -> None:
    """Qt keeps a pointer to an index widget after it is gone, and the program ends with the next layout.

    A row is painted by a delegate; what can be done with it stands once beside or below the list.
    """
    forbidden = {"setIndexWidget", "setItemWidget", "setCellWidget", "openPersistentEditor"}
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {node.attr}"
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in forbidden
    ]
    assert found == []


def test_every_dependency_is_imported_somewhere() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    wanted = {name_of(re.split("[=<>~]", one)[0]) for one in declared}
    modules = {name.split(".")[0] for path in SOURCES for name in imported(path)}
    used = {name_of(one) for module in modules for one in packages_distributions().get(module, ())}
    assert sorted(wanted - used) == []


def name_of(package: str) -> str:
    """As packages are compared: "SQLAlchemy" is "sqlalchemy"."""
    return re.sub("[-_.]+", "-", package).lower()
