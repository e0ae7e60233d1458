"""Fixtures for all tests: a real database file, fresh for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from db.database import Database, create_database, open_database

# How long an example takes says something about the machine, not about us.
settings.register_profile(
    "unhurried", settings.default, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new database file that tests copy, because making one takes longer than copying."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    create_database(path).close()
    return path


@pytest.fixture
def database(template: Path, tmp_path: Path) -> Iterator[Database]:
    """An open, empty database of its own."""
    path = tmp_path / "buero.db"
    shutil.copy(template, path)
    opened = open_database(path, writer=True)
    yield opened
    opened.close()
