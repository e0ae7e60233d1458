"""Several files into a folder: all or none."""

import errno
from pathlib import Path

import pytest

from app.domain.errors import OutputError, UserError
from app.workflows.file_sets import in_the_way, write_files


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_all_files_are_there(tmp_path: Path) -> None:
    files = write_files(tmp_path, {"a.pdf": b"1", "Ö.pdf": b"2"})
    assert [(file.name, file.read_bytes()) for file in files] == [("a.pdf", b"1"), ("Ö.pdf", b"2")]
    assert names(tmp_path) == ["a.pdf", "Ö.pdf"]


def test_a_taken_name_is_refused_and_nothing_written(tmp_path: Path) -> None:
    (tmp_path / "b.pdf").write_bytes(b"alt")
    assert in_the_way(tmp_path, ["a.pdf", "b.pdf"]) == ["b.pdf"]
    with pytest.raises(UserError, match=r"b\.pdf"):
        write_files(tmp_path, {"a.pdf": b"1", "b.pdf": b"2"})
    assert names(tmp_path) == ["b.pdf"]
    write_files(tmp_path, {"a.pdf": b"1", "b.pdf": b"2"}, replace=True)
    assert (tmp_path / "b.pdf").read_bytes() == b"2"


def test_a_folder_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "b.pdf").mkdir()
    with pytest.raises(UserError):
        write_files(tmp_path, {"b.pdf": b"2"}, replace=True)


def test_when_one_cannot_be_written_none_is_left_and_old_ones_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.pdf").write_bytes(b"alt")
    real = Path.replace

    def full(self: Path, target: Path) -> Path:
        if target.name == "c.pdf":
            raise OSError(errno.ENOSPC, "full")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OutputError, match="kein Platz"):
        write_files(tmp_path, {"a.pdf": b"1", "b.pdf": b"2", "c.pdf": b"3"}, replace=True)
    assert names(tmp_path) == ["a.pdf"]
    assert (tmp_path / "a.pdf").read_bytes() == b"alt"


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="gibt es nicht"):
        write_files(tmp_path / "weg", {"a.pdf": b"1"})
