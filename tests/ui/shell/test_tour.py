"""The program shows itself without a screen: every page, no warning of Qt, pictures, the main job."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.ui.shell.pages import PAGES
from tests.paths import ROOT


def program(tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    env = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
    env |= {
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "TMPDIR": str(tmp_path),
    }
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *arguments],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_page_opens_on_the_demo_without_a_warning(tmp_path: Path) -> None:
    called = program(tmp_path, "--smoke")
    assert called.stderr == ""
    assert called.returncode == 0
    assert not (tmp_path / "config").exists()


def test_the_demo_leaves_pictures_workbook_and_paper(tmp_path: Path) -> None:
    out = tmp_path / "out"
    called = program(tmp_path, "--tour", str(out))
    assert called.returncode == 0, called.stderr
    assert {path.suffix for path in out.iterdir() if path.is_file()} == {".xlsx", ".pdf", ".docx"}
    pictures = {path.name for path in (out / "screenshots").iterdir()}
    assert pictures >= {f"{page.id}-{scheme}-1280x800.png" for page in PAGES for scheme in ("light", "dark")}
    for words in ("Buchungen übernommen", "Arbeitsmappe", "Vereinbarung", "überfällig"):
        assert words in called.stdout


@pytest.mark.parametrize("display", [":987"])
def test_a_screen_that_is_not_there_is_noticed(monkeypatch: pytest.MonkeyPatch, display: str) -> None:
    from app.ui.shell import tour

    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", display)
    assert tour.has_screen() is False
    monkeypatch.delenv("DISPLAY")
    assert tour.has_screen() is False
