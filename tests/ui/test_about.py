"""Whose work is in the program: complete, and every licence can be read."""

import tomllib

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.about import About, LicenceDialog
from app.ui.kit.theme import Theme
from app.workflows.licences import Part, normal, parts
from tests.paths import ROOT

FOUND = parts()


def test_every_library_is_credited() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = {normal(line.split("==")[0]) for line in project["dependencies"]}
    # What keyring needs is of one system each.
    assert needed | {"shiboken6", "typing-extensions"} <= {normal(part.name) for part in FOUND}
    assert {"Quartiersbüro", "Python", "Noto Sans", "GeoNames"} <= {part.name for part in FOUND}


@pytest.mark.parametrize("part", FOUND, ids=lambda part: part.name)
def test_every_part_says_its_licence(part: Part) -> None:
    assert part.licence
    assert part.address.startswith("https://") or part is FOUND[0]
    assert part.texts
    assert all(path.read_text("utf-8", "replace").strip() for path in part.texts)


def test_a_licence_is_read_in_the_program(theme: Theme, qtbot: QtBot) -> None:
    shown = About()
    qtbot.addWidget(shown)
    shown.show()
    place = next(at for at, part in enumerate(shown.parts) if part.name == "PySide6_Essentials")
    assert f'href="lizenz:{place}"' in shown.toHtml()
    shown.anchorClicked.emit(QUrl(f"lizenz:{place}"))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, LicenceDialog)
    text = dialog.text.toPlainText()
    for words in (
        "Austauschen der Bibliotheken",
        "download.qt.io",
        "GNU LESSER GENERAL PUBLIC LICENSE",
        "GNU GENERAL",
    ):
        assert words in text
    dialog.close()
