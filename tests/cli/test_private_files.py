"""Who may read what the program leaves on the computer: its user alone, and what goes out as the system says."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.paths import ROOT, SAMPLES

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows has the rights of the folder")

WINDOW = """
from app.ui.shell.application import create_application
create_application([])
"""

SEVERAL = """
from pathlib import Path
from app.workflows.file_sets import write_files
from db.private_files import keep_private
keep_private()
write_files(Path({folder!r}), {{"brief.pdf": b"%PDF"}})
"""


def run(folder: Path, umask: int, *arguments: object, code: str = "") -> None:
    environment = {**os.environ, "HOME": str(folder), "XDG_CONFIG_HOME": str(folder / "settings")}
    environment |= {"XDG_DATA_HOME": str(folder / "data"), "XDG_STATE_HOME": str(folder / "state")}
    environment |= {"QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, *(("-c", code) if code else (ROOT / "main.py", *arguments))]
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env=environment,
        umask=umask,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def open_to_others(folder: Path) -> list[str]:
    return [
        f"{path.relative_to(folder)} {stat.S_IMODE(path.lstat().st_mode):o}"
        for path in folder.rglob("*")
        if stat.S_IMODE(path.lstat().st_mode) & 0o077
    ]


def test_what_the_program_keeps_is_the_users_alone(tmp_path: Path) -> None:
    database = tmp_path / "office" / "buero.db"
    run(tmp_path, 0o022, "new", "--database", database)
    run(tmp_path, 0o022, "import-master", SAMPLES / "stammdaten.xlsx", "--database", database)
    run(tmp_path, 0o022, "backup", tmp_path / "stick" / "kopie.db", "--database", database)
    run(tmp_path, 0o022, "new")
    assert (tmp_path / "stick" / "kopie.db").is_file()
    # Which folders there were before is not ours to say.
    assert [one for one in open_to_others(tmp_path) if one.split()[0] not in ("data", "state")] == []


@pytest.mark.parametrize("umask", [0o022, 0o002, 0o077])
def test_what_goes_out_is_as_the_system_says(tmp_path: Path, umask: int) -> None:
    database, workbook = tmp_path / "buero.db", tmp_path / "stammdaten.xlsx"
    run(tmp_path, umask, "new", "--database", database)
    run(tmp_path, umask, "export-master", workbook, "--database", database)
    run(tmp_path, umask, code=SEVERAL.format(folder=str(tmp_path)))
    for path in (workbook, tmp_path / "brief.pdf"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~umask
    assert stat.S_IMODE(database.stat().st_mode) == 0o600


def test_what_an_earlier_edition_left_open_is_closed(tmp_path: Path) -> None:
    database = tmp_path / "buero.db"
    run(tmp_path, 0o022, "new", "--database", database)
    run(tmp_path, 0o022, "new")
    beside = {
        tmp_path / "buero_Anlagen" / "ab" / "abcd": 0o444,
        tmp_path / "Sicherungen" / "buero_2026-01-01_08-00-00.db": 0o644,
        tmp_path / "buero_ersetzt_2026-01-01_08-00-00.db": 0o644,
    }
    theirs = tmp_path / "notizen.txt"
    for path in (*beside, theirs):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    for path in tmp_path.rglob("*"):
        path.chmod(0o755 if path.is_dir() else beside.get(path, 0o644))
    run(tmp_path, 0o022, "budget", "--year", 2026, "--database", database)
    still_open = {one.split()[0] for one in open_to_others(tmp_path)}
    assert still_open - {"data", "state", "state/Quartiersbuero"} == {"notizen.txt"}
    assert stat.S_IMODE(next(iter(beside)).stat().st_mode) == 0o400


def test_the_window_closes_its_settings(tmp_path: Path) -> None:
    settings = tmp_path / "settings" / "Quartiersbuero" / "Quartiersbuero.ini"
    settings.parent.mkdir(parents=True)
    settings.write_text("[General]\nlook=1\n", encoding="utf-8")
    settings.chmod(0o644)
    for folder in (settings.parent.parent, settings.parent):
        folder.chmod(0o755)  # whatever the umask of this process is
    run(tmp_path, 0o022, code=WINDOW)
    assert stat.S_IMODE(settings.stat().st_mode) == 0o600
