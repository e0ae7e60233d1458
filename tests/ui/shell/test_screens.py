"""Windows and dialogs on the screens of an office: all of each is on the screen, also when it was left elsewhere."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from app.workflows.demo.build import build
from tests.paths import ROOT

SCREENS = {
    "1280x800": (1280, 800, 1),
    "1366x768": (1366, 768, 1),
    "1920x1080 at 150 %": (1920, 1080, 1.5),
    "a very small one": (800, 600, 1),
}
SHOW = """
import json, sys
import main
main.prepare()
from pathlib import Path
from PySide6.QtWidgets import QWidget
from app.ui.kit.dialog import Dialog
from app.ui.kit.form import Field
from app.ui.kit.jobs import JobDialog
from app.ui.kit.questions import confirm
from app.ui.shell.application import create_application
from app.ui.shell.main_window import MainWindow
from app.ui.shell.start_window import StartWindow

app, theme = create_application(["quartiersbuero"])
theme.resize(14)

def many(parent):
    dialog = Dialog(parent, "Viele Felder", size=(3000, 3000))
    dialog.build(*(Field(str(at), f"Feld {at}") for at in range(60)), foot=(dialog.close_button(),))
    return dialog

def look(window):
    window.show()
    for _ in range(10):
        app.processEvents()
    room, frame = window.screen().availableGeometry(), window.frameGeometry()
    return [room.getRect(), frame.getRect(), room.contains(frame)]

frame = MainWindow(None, theme)
found = {"window": look(frame), "start": look(StartWindow(Path("/ein/langer/weg/" * 20)))}
found["dialog"] = look(many(frame))
found["question"] = look(confirm(frame, "Noch ein Satz.\\n" * 200 + "Wort" * 100, "Ja", app.quit))
found["work"] = look(JobDialog("Ein Vorgang mit einem langen Namen " * 10, app.quit, frame))
frame.resize(frame.width() - 20, frame.height() - 20)
frame.close()
print(json.dumps(found), flush=True)
import os
os._exit(0)
"""
NOTICE = """
import main
main.prepare()
from datetime import date
from sqlalchemy import select
from app.ui.agreements.life.notice_form import open_notice
from app.ui.context import Context
from app.ui.shell.application import create_application
from app.ui.shell.main_window import MainWindow
from db.database import open_database
from db.models import Agreement

app, theme = create_application(["quartiersbuero"])
context = Context(open_database(Path(sys.argv[1]), writer=True), clock=lambda: date(2026, 12, 1))
frame = MainWindow(context, theme)
frame.show()
[one] = context.ask(lambda session: session.scalars(select(Agreement.id).filter_by(number="ZV-2025-02")).all())
found = {"notice": look(open_notice(context, one, frame))}
"""
LOOK = SHOW[SHOW.index("def look") : SHOW.index("frame = Main")]
HEAD, END = "import json, sys\nfrom pathlib import Path\n", SHOW[SHOW.index("print(json") :]


def shown(
    folder: Path, width: int, height: int, scale: float, script: str = SHOW, *given: str
) -> dict[str, list[object]]:
    """Screen, frame and whether it is inside, of each kind of window in a program of its own on such a screen."""
    screen = {"name": "s", "x": 0, "y": 0, "width": width, "height": height, "dpr": 1}
    screen |= {"logicalDpi": 96, "logicalBaseDpi": 96}
    path = folder / "screen.json"
    path.write_text(json.dumps({"screens": [screen]}), "utf-8")
    env = os.environ | {
        "QT_QPA_PLATFORM": f"offscreen:configfile={path}",
        "QT_SCALE_FACTOR": str(scale),
        "XDG_CONFIG_HOME": str(folder),
        "XDG_STATE_HOME": str(folder),
    }
    done = subprocess.run(
        [sys.executable, "-c", script, *given], cwd=ROOT, env=env, check=True, capture_output=True, text=True
    )
    found: dict[str, list[object]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS)
def test_all_of_a_window_is_on_its_screen(tmp_path: Path, screen: tuple[int, int, float]) -> None:
    for name, (room, frame, inside) in shown(tmp_path, *screen).items():
        assert inside, (name, room, frame)


def test_a_window_left_on_a_large_screen_comes_back_on_a_small_one(tmp_path: Path) -> None:
    shown(tmp_path, 3840, 2160, 1)
    for width, height in ((1280, 720), (800, 600)):
        for name, (room, frame, inside) in shown(tmp_path, width, height, 1).items():
            assert inside, (name, room, frame)


def test_a_form_whose_side_is_filled_after_it_opened_stays_on_a_small_screen(tmp_path: Path) -> None:
    """Only then its side asks for room, and its sentence for a second line."""
    office = build(tmp_path / "office.db", date(2026, 12, 1))
    script = HEAD + LOOK + NOTICE + END
    for name, (room, frame, inside) in shown(tmp_path, 1280, 800, 1.5, script, str(office)).items():
        assert inside, (name, room, frame)
