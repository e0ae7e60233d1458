"""Whatever is clicked, pressed and typed: no report of a fault, no warning of Qt, and the program lives.

By hand with other seeds and more steps: WALK_SEED=77 WALK_STEPS=10000 pytest tests/ui/shell/test_random_walk.py
"""

import os
import subprocess
import sys
from pathlib import Path

from tests.paths import ROOT

SEED = int(os.environ.get("WALK_SEED", "8"))
STEPS = int(os.environ.get("WALK_STEPS", "2000"))
SHOWN = 30
"""The last steps are told where the walk did not come to its end."""


def test_a_walk_at_random_finds_no_fault(tmp_path: Path) -> None:
    called = subprocess.run(
        [sys.executable, "-m", "tests.ui.shell.random_walk", str(tmp_path), str(SEED), str(STEPS)],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    trail = (tmp_path / "trail.txt").read_text("utf-8").splitlines()
    told = "\n".join([f"seed {SEED}", *trail[-SHOWN:], called.stdout[-6000:], called.stderr[-6000:]])
    assert called.returncode == 0, told
    assert f"{STEPS} steps" in called.stdout, told
