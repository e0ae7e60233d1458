"""Files for people outside: written whole, and never over a database."""

import os
from pathlib import Path

import pytest

from app.domain.errors import OutputError, UserError
from app.workflows.files import write_file
from db.database import Database


def test_an_older_file_is_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "liste.xlsx"
    target.write_bytes(b"old and longer")
    write_file(target, b"new")
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


def test_a_database_is_never_overwritten(database: Database) -> None:
    before = database.path.read_bytes()
    with pytest.raises(UserError, match="Datei eines Programms") as refused:
        write_file(database.path, b"workbook")
    assert refused.value.exit_code == 3
    assert database.path.read_bytes() == before


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="gibt es nicht"):
        write_file(tmp_path / "nirgends" / "liste.xlsx", b"new")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such files")
def test_what_is_no_file_stays_what_it_is(tmp_path: Path) -> None:
    """A run with the rights of an administrator replaced /dev/full by a workbook."""
    pipe = tmp_path / "leitung"
    os.mkfifo(pipe)
    with pytest.raises(OutputError, match="Gerät") as refused:
        write_file(pipe, b"new")
    assert refused.value.exit_code == 5
    assert pipe.is_fifo()
