"""A file dialog on the folder of the open database takes nobody's locks away."""

import subprocess
import sys
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QFileDialog, QTreeView, QWidget
from pytestqt.qtbot import QtBot

from app.ui import preferences
from app.ui.context import Context
from app.ui.kit.questions import DATABASE, choose_file, choose_folder, choose_target
from db.models import Quarter
from tests.paths import ROOT

STRANGER = """
import sys
from db.driver import sqlite
connection = sqlite.connect(sys.argv[1])
connection.execute("SELECT count(*) FROM quarter").fetchone()
connection.close()
"""
"""Another program that opens the file, looks and closes it; SQLite removes the log if nobody holds it."""


@pytest.mark.parametrize(
    "ask",
    [
        lambda parent: choose_file(parent, "Öffnen", "Alles (*)", print),
        lambda parent: choose_target(parent, "Speichern", DATABASE, "neu.db", print),
        lambda parent: choose_folder(parent, "Ordner", print),
    ],
    ids=["file", "target", "folder"],
)
def test_listing_the_folder_leaves_the_locks_of_the_open_file(
    context: Context, qtbot: QtBot, ask: Callable[[QWidget], QFileDialog]
) -> None:
    path = context.database.path
    context.do("Quartier", lambda session: session.add(Quarter(short="SAH", name="Sahlkamp")))
    for folder in (preferences.READ_FOLDER, preferences.SAVE_FOLDER):
        folder.set(str(path.parent))
    (path.parent / "Ordner").mkdir()
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    dialog = ask(parent)
    view = dialog.findChild(QTreeView)
    assert view is not None
    qtbot.waitUntil(lambda: view.model().rowCount(view.rootIndex()) > 0)
    qtbot.wait(300)  # the pictures come after the names
    subprocess.run([sys.executable, "-c", STRANGER, str(path)], cwd=ROOT, check=True)
    log = path.with_name("buero.db-wal")
    assert log.exists()
    assert log.stat().st_size > 0
    dialog.close()
