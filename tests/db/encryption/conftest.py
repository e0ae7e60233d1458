"""Here a file is not encrypted until a test does so."""

from pathlib import Path

import pytest

from db.database import create_database


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new database file that tests copy."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    create_database(path).close()
    return path
