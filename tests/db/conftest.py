"""What holds for a file holds for an encrypted one: the tests of the store run on both."""

from pathlib import Path

import pytest

from db.database import create_database
from db.encryption import keys
from db.encryption.changing import change

PLAIN_ONLY = ("test_killed", "test_proof", "test_beside_a_writer")
"""What other processes do to a file, which know no password, and what is kept beside one that anybody can read."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "template" in metafunc.fixturenames and metafunc.module.__name__.split(".")[-2:-1] != ["encryption"]:
        plain_only = metafunc.module.__name__.endswith(PLAIN_ONLY)
        forms = ["plain"] if plain_only else ["plain", "encrypted"]
        metafunc.parametrize("template", forms, indirect=True, scope="session")


@pytest.fixture(scope="session")
def template(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new database file that tests copy."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    create_database(path).close()
    if request.param == "encrypted":
        change(path, keys.stretched("Kennwort der Tests", keys.new_salt()))
    return path
