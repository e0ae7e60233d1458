"""What a file is by its content, where its name or its inside looks unusual."""

import os
from pathlib import Path

import pytest

from app.domain.errors import UserError
from app.sheets.reading.file_kinds import FileKind, kind_of
from app.sheets.reading.read import read_workbook
from tests.paths import SAMPLES


def test_the_workbook_of_an_xls_may_be_written_in_capitals(tmp_path: Path) -> None:
    content = (SAMPLES / "einzelposten_2026-03.xls").read_bytes()
    path = tmp_path / "liste.xls"
    path.write_bytes(content.replace("Workbook".encode("utf-16-le"), "WORKBOOK".encode("utf-16-le")))
    assert kind_of(path) is FileKind.XLS
    assert len(read_workbook(path).sheets[0].rows) == len(
        read_workbook(SAMPLES / "einzelposten_2026-03.xls").sheets[0].rows
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such files")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "liste.csv")
    with pytest.raises(UserError, match="keine Datei"):
        kind_of(tmp_path / "liste.csv")
