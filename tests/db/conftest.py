"""What holds for a file holds for an encrypted one: the tests of the store run on both."""

from pathlib import Path

import pytest

from db.database import create_database
from db.encryption import keys
from db.encryption.changing import change


@pytest.fixture(scope="session", params=["plain", "encrypted"])
def template(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new database file that tests copy."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    create_database(path).close()
    if request.param == "encrypted":
        change(path, keys.stretched("Kennwort der Tests", keys.new_salt()))
    return path
