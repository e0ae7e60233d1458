"""Nothing that people typed is taken for markup: names full of it are shown as they are, and load and open nothing."""

import ast
import ctypes
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex
from PySide6.QtGui import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QLabel,
    QMessageBox,
    QPushButton,
    QTextBrowser,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot
from sqlalchemy import Column, update
from sqlalchemy.orm import Session

from app.ui.kit.plain import CheckBox, plain
from app.ui.kit.questions import message_box
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.links import linked
from app.ui.kit.widgets.text import button, label
from app.ui.shell.main_window import MainWindow
from app.ui.shell.pages import PAGES
from app.workflows.demo import build
from db.database import open_database
from db.models import Model
from db.models.base import CleanText
from tests.paths import ROOT
from tests.ui.shell.walking import dialogs, sides

NOWHERE = QModelIndex()
FEW = 40
"""So many rows of a list are asked for what they say."""
OURS = {
    *(
        "sha256",
        "uid",
        "digest",
        "media_type",
        "report",
        "content",
        "mapping",
        "columns",
        "settings",
        "fingerprint",
    ),
    *(
        "changes",
        "changed_fields",
        "replaced",
        "agreed",
        "before",
        "after",
        "table",
        "table_name",
        "key",
        "shape",
    ),
    *(
        "reminder_days",
        "value",
        "weekday",
        "begins",
        "ends",
        "rhythm",
        "postcode",
        "internal_order",
        "cost_centre",
    ),
    *("account", "line", "nr", "position", "uid"),
}
"""Columns whose texts the program writes and reads itself, or that have a form of their own."""


@pytest.fixture(scope="module")
def bait(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A picture that nobody has a reason to open."""
    path = tmp_path_factory.mktemp("bait") / "bait.png"
    path.write_bytes((ROOT / "resources" / "demo" / "logo.png").read_bytes())
    return path


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, bait: Path) -> Path:
    """Demo data of which every text begins with markup."""
    path = build(tmp_path_factory.mktemp("hostile") / "demo.db")
    database = open_database(path, writer=True)
    hostile = f'<img src="{bait.as_uri()}"><a href="{bait.as_uri()}">&lt;A & B</a> '
    with database.write("Alle Texte") as session:
        for table in Model.metadata.sorted_tables:
            for column in table.columns:
                if isinstance(column.type, CleanText) and column.name not in OURS:
                    _spoil(session, column, hostile)
    database.close()
    return path


def _spoil(session: Session, column: Column[Any], hostile: str) -> None:
    session.execute(update(column.table).where(column != "").values({column.name: hostile + column}))


class Watch:
    """Says whether a file was opened, by anybody."""

    OPENED = 0x20

    def __init__(self, path: Path) -> None:
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._handle = self._libc.inotify_init1(os.O_NONBLOCK)
        assert self._libc.inotify_add_watch(self._handle, os.fsencode(path), self.OPENED) > 0

    def opened(self) -> bool:
        try:
            return bool(os.read(self._handle, 4096))
        except BlockingIOError:
            return False


def taken_for_markup(root: QWidget) -> Iterator[str]:
    """What is shown in a window as marked up although nobody of ours marked it up."""
    for one in (root, *root.findChildren(QWidget)):
        for words in (one.toolTip(), one.whatsThis(), one.statusTip()):
            if Qt.mightBeRichText(words):
                yield f"{type(one).__name__}: {words}"
        if isinstance(one, QLabel) and Qt.mightBeRichText(one.text()) and _guesses(one):
            yield f"{type(one).__name__}: {one.text()}"
        if isinstance(one, QTextBrowser) and "<img" in one.toHtml():
            yield f"{type(one).__name__}: {one.toHtml()}"
        if isinstance(one, QPushButton | QCheckBox) and one.shortcut().toString().endswith("+Space"):
            yield f"{type(one).__name__}: {one.text()}"
        if isinstance(one, QAbstractItemView) and (model := one.model()) is not None:
            yield from _tips(model)


def _guesses(words: QLabel) -> bool:
    """One that marks up mail addresses itself makes plain what stands around them."""
    rich = words.textFormat() != Qt.TextFormat.PlainText
    return rich and not (words.textFormat() == Qt.TextFormat.RichText and "<img" not in words.text())


def _tips(model: QAbstractItemModel) -> Iterator[str]:
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(NOWHERE)
    for column in range(columns):
        titles = [model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)]
        rows = (model.index(row, column) for row in range(min(model.rowCount(NOWHERE), FEW)))
        tips = [
            index.data(role)
            for index in rows
            for role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.WhatsThisRole)
        ]
        yield from (
            f"{type(model).__name__}: {tip}" for tip in (*titles, *tips) if Qt.mightBeRichText(tip or "")
        )


@pytest.mark.parametrize("page", [page.id for page in PAGES])
def test_no_page_takes_words_for_markup(page: str, demo_window: MainWindow, bait: Path, qtbot: QtBot) -> None:
    watch = Watch(bait) if sys.platform == "linux" else None
    found: list[str] = []
    for side in sides(demo_window, page):
        QTest.qWait(20)
        found += (f"{side}: {one}" for one in taken_for_markup(demo_window))
        for dialog in dialogs(demo_window):
            found += (f"{side}, {dialog.windowTitle()}: {one}" for one in taken_for_markup(dialog))
    assert found == []
    assert watch is None or not watch.opened()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says who opens a file")
def test_a_picture_in_a_name_is_not_loaded(bait: Path, qtbot: QtBot) -> None:
    watch, words = Watch(bait), f'<img src="{bait.as_uri()}"> & &lt;'
    shown = [label(words), button(words, tip=words), linked(f"{words} a@b.de"), label("kurz")]
    shown.append(message_box(words, "help", Tone.ACCENT, None))
    for one in shown:
        qtbot.addWidget(one)
        one.show()
        one.grab()
    QToolTip.showText(shown[0].mapToGlobal(shown[0].rect().center()), plain(words), shown[0])
    QApplication.processEvents()
    assert not watch.opened()
    # The bait is one that would be taken: a label that guesses loads it.
    guessing = QLabel(words)
    qtbot.addWidget(guessing)
    guessing.grab()
    assert watch.opened()


@pytest.mark.parametrize("words", ["Müller & Söhne", "A&B", "<b>fett</b>", "a &lt; b", "&&"])
def test_words_are_read_as_they_were_typed(words: str, qtbot: QtBot) -> None:
    for one in (button(words), CheckBox(words)):
        qtbot.addWidget(one)
        assert one.text() == words
        assert QAbstractButton.text(one).replace("&&", "") == words.replace("&", "")
        assert one.shortcut().isEmpty()
    assert plain(words).replace("\u2060", "") == words
    box = message_box(words, "help", Tone.ACCENT, None)
    qtbot.addWidget(box)
    assert isinstance(box, QMessageBox)
    assert box.text() == words
    assert box.textFormat() == Qt.TextFormat.PlainText


def test_what_qt_guesses_at_goes_through_the_kit() -> None:
    """Tooltips that are not written here in full are made plain."""
    told = {"setToolTip", "setWhatsThis", "setStatusTip", "showText"}
    guessed = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in sorted((ROOT / "app" / "ui").rglob("*.py"))
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in told
        and not any(_is_plain(one) for one in call.args)
    ]
    assert guessed == [], guessed


def _is_plain(words: ast.expr) -> bool:
    """Written in the source, a name that is never changed, or through `plain`; with the keys of a command at most."""
    match words:
        case ast.Constant(value=str()):
            return True
        case ast.Name(id=name):
            return name.isupper()
        case ast.Call(func=ast.Name(id=name)):
            return name in ("plain", "with_keys", "key_text")
        case ast.IfExp(body=first, orelse=second):
            return _is_plain(first) and _is_plain(second)
        case ast.JoinedStr(values=parts):
            return all(_is_plain(p.value) for p in parts if isinstance(p, ast.FormattedValue))
    return False
