"""Dropping a file on the page Import: one file from this machine is read, anything else is not taken."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QImage, QPalette
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from app.ui.context import Context
from app.ui.imports.drop_zone import DropZone
from app.ui.imports.page import CHECK, ImportsPage
from app.ui.kit.theme import Theme
from tests.paths import SAMPLES
from tests.ui.words import press, shown

FILE_TO_DROP = SAMPLES / "einzelposten_2026-03.xlsx"


@pytest.fixture
def page(context: Context, qtbot: QtBot) -> ImportsPage:
    made = ImportsPage(context)
    qtbot.addWidget(made)
    made.resize(1180, 760)
    made.show()
    return made


@pytest.fixture
def zone(qtbot: QtBot, theme: Theme) -> DropZone:
    """One without a page around it."""
    made = DropZone("Datei hierher ziehen", "Eine Tabelle", lambda: None)
    qtbot.addWidget(made)
    made.resize(600, 150)
    made.show()
    return made


@pytest.fixture
def taken(zone: DropZone) -> list[Path]:
    files: list[Path] = []
    zone.dropped.connect(files.extend)
    return files


def data(*urls: QUrl, text: str = "") -> QMimeData:
    result = QMimeData()
    if urls:
        result.setUrls(list(urls))
    if text:
        result.setText(text)
    return result


def dragged(zone: QWidget, carried: QMimeData) -> bool:
    """Whether what is dragged over the zone would be taken."""
    event = QDragEnterEvent(
        QPointF(20, 20),
        Qt.DropAction.CopyAction,
        carried,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event.ignore()
    QApplication.sendEvent(zone, event)
    return event.isAccepted()


def dropped(zone: QWidget, carried: QMimeData) -> Qt.DropAction:
    """Let go over the zone with the wish to move, as Explorer has it on one disk; what it then hears was done."""
    event = QDropEvent(
        QPointF(20, 20),
        Qt.DropAction.CopyAction | Qt.DropAction.MoveAction,
        carried,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.ShiftModifier,
    )
    assert event.proposedAction() == Qt.DropAction.MoveAction
    QApplication.sendEvent(zone, event)
    return event.dropAction()


def picture(zone: QWidget) -> QImage:
    return zone.grab().toImage()


def test_a_dropped_file_is_read(page: ImportsPage, qtbot: QtBot) -> None:
    [zone] = page.findChildren(DropZone)
    carried = data(QUrl.fromLocalFile(str(FILE_TO_DROP)))
    assert dragged(zone, carried)
    assert dropped(zone, carried) == Qt.DropAction.CopyAction  # "moved" would let the file manager delete it
    qtbot.waitUntil(lambda: page.stepper.current == CHECK and not page.context.jobs.running)
    assert page.prepared is not None
    assert page.prepared.file.file == FILE_TO_DROP.name


def test_it_says_that_it_would_take_a_file(zone: DropZone, taken: list[Path]) -> None:
    plain = picture(zone)
    carried = data(QUrl.fromLocalFile(str(FILE_TO_DROP)))
    assert dragged(zone, carried)
    assert picture(zone) != plain
    dropped(zone, carried)
    assert picture(zone) == plain
    assert taken == [FILE_TO_DROP]


@pytest.mark.parametrize(
    "carried",
    [
        data(QUrl.fromLocalFile("/a.xlsx"), QUrl.fromLocalFile("/b.xlsx")),
        data(QUrl("https://example.org/a.xlsx")),
        data(text="a.xlsx"),
    ],
    ids=["two", "web", "text"],
)
def test_anything_else_is_not_taken(zone: DropZone, taken: list[Path], carried: QMimeData) -> None:
    plain = picture(zone)
    assert not dragged(zone, carried)
    dropped(zone, carried)
    assert picture(zone) == plain
    assert taken == []


def test_a_file_that_goes_by_leaves_no_trace(zone: DropZone, taken: list[Path]) -> None:
    plain = picture(zone)
    assert dragged(zone, data(QUrl.fromLocalFile(str(FILE_TO_DROP))))
    QApplication.sendEvent(zone, QDragLeaveEvent())
    assert picture(zone) == plain
    assert taken == []


def test_a_click_on_it_or_on_its_button_asks_for_a_file(page: ImportsPage, qtbot: QtBot) -> None:
    [zone] = page.findChildren(DropZone)
    qtbot.mouseClick(zone, Qt.MouseButton.RightButton)
    assert page.findChildren(QFileDialog) == []
    qtbot.mouseClick(zone, Qt.MouseButton.LeftButton)
    assert shown(QFileDialog).windowTitle() == "Datei einlesen"
    shown(QFileDialog).reject()
    press(zone, "Datei wählen …")
    asking = shown(QFileDialog)
    asking.selectFile(str(FILE_TO_DROP))
    asking.accept()
    qtbot.waitUntil(lambda: page.stepper.current == CHECK and not page.context.jobs.running)


def test_in_the_dark_it_is_drawn_anew(zone: DropZone) -> None:
    light = picture(zone)
    dark = QPalette(zone.palette())
    dark.setColor(QPalette.ColorRole.Window, QColor("#101420"))
    zone.setPalette(dark)
    assert picture(zone) != light
