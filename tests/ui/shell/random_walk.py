"""A walk at random through the whole window on demo data: clicks, keys, typing, resizing, undo, pages, dialogs.

python -m tests.ui.shell.random_walk FOLDER SEED STEPS

Ends with the first fault of ours that reaches the person, or the first warning, and says after which steps. Every
step stands in FOLDER/trail.txt before it is taken: what ended the program is its last line.
"""

import faulthandler
import logging
import os
import random
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSettings, Qt, QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication, QKeyEvent, QWindow
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)

from app.ui.context import Context
from app.ui.shell.application import create_application
from app.ui.shell.errors import ErrorReporter, ShownKind
from app.ui.shell.main_window import PAGES, MainWindow
from app.workflows.demo import build
from db.database import open_database
from tests.paths import DATA

TODAY = date(2026, 11, 24)
PATIENCE = 40
"""So many steps she stays in one dialog before she gives it up."""
HUNG_SECONDS = 120
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
TOUCHED = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
)
"""What people aim at; other clicks go anywhere."""
KEYS = (
    *("Tab",) * 5, *("Down",) * 4, *("Up",) * 3, *("Return",) * 4, "Backtab", "Left", "Right", "Space", "Escape",
    "Home", "End", "PageUp", "PageDown", "Delete", "Insert", "F2", "F1", "Menu", "E", "Z", "D", "Backspace",
)  # fmt: skip
CHORDS = (
    *("Ctrl+Z",) * 4, *("Ctrl+Y",) * 3, *("Ctrl+Return",) * 4, *("Ctrl+N",) * 3, "Ctrl+F", "Ctrl+A", "Ctrl+C", "Ctrl+V",
    "Ctrl+X", "Alt+Down", "Alt+Up", "Ctrl+Tab", "Ctrl+PageDown", "Ctrl+PageUp", "Ctrl+B", "Ctrl+L", "Ctrl+Space",
    "Shift+Down", "Shift+End", "Ctrl++", "Ctrl+-", "Ctrl+0", "Ctrl+S", "Shift+F1",
)  # fmt: skip
WORDS = (
    "", " ", "0", "1", "12", "-1", "1.234,56", "99999999999999999999", "31.12.2026", "01.01.0001", "31.12.9999", "0000",
    "29.02.2027", "1.1.00", "Ä ö ß", "blob:zz", "%_'\"\\", "[Datum]", "**fett**", "=1+1", "ZV-2026-01", "😀", "(",
    "x" * 300,
)  # fmt: skip


class Walk(QObject):
    """Takes random steps in a window; `luck` decides about all of them."""

    def __init__(self, window: MainWindow, luck: random.Random, folder: Path) -> None:
        super().__init__()
        self.window = window
        self.luck = luck
        self.taken = 0
        self._folder = folder
        self._trail = (folder / "trail.txt").open("w", encoding="utf-8")
        self._dialog: QWidget | None = None
        self._stayed = 0
        self._seen_by_rescue = -1
        self._rescue = QTimer(self, interval=300)
        self._rescue.timeout.connect(self._leave_menu)
        self._rescue.start()

    def step(self) -> None:
        """One thing a person might do, at whatever is open on top."""
        self.taken += 1
        faulthandler.dump_traceback_later(HUNG_SECONDS, exit=True)
        dialog = QApplication.activeModalWidget()
        self._stayed = self._stayed + 1 if dialog is self._dialog else 0
        self._dialog = dialog
        if isinstance(dialog, QFileDialog):
            self._choose_file(dialog)
        elif isinstance(dialog, QPrintDialog):
            dialog.reject()
        elif dialog is not None and self._stayed > PATIENCE:
            self._give_up(dialog)
        else:
            self._act(QApplication.activePopupWidget() or dialog or self.window)
        QTest.qWait(1)
        self._let_work_end()

    def _act(self, top: QWidget) -> None:
        what: list[tuple[Callable[[QWidget], None], int]] = [
            (self._click, 50), (self._key, 18), (self._chord, 10), (self._type, 12), (self._wheel, 3),
            (self._resize, 2), (self._change_page, 3),
        ]  # fmt: skip
        kinds, shares = zip(*what, strict=True)
        self.luck.choices(kinds, shares)[0](top)

    def _note(self, words: str) -> None:
        self._trail.write(f"{self.taken}: {words}\n")
        self._trail.flush()

    # ---- mouse ----

    def _click(self, top: QWidget) -> None:
        target = self._target(top)
        at = self._place_in(target)
        button = RIGHT if self.luck.random() < 0.12 else LEFT
        double = self.luck.random() < 0.12
        shift = self.luck.choice(
            (Qt.KeyboardModifier.NoModifier,) * 8 + (Qt.KeyboardModifier.ControlModifier,)
        )
        word = "double click" if double else "right click" if button == RIGHT else "click"
        self._note(f"{word} {_named(target)} at {at.x()},{at.y()} in {_named(top)}")
        place = target.mapTo(top, at)
        handle = top.windowHandle()
        if not QRect(QPoint(0, 0), handle.size()).contains(place):
            return
        QTest.mousePress(handle, button, shift, place)
        self._release(handle, button, shift, place)
        if double and _is_open(handle):
            QTest.mouseDClick(handle, button, shift, place)

    def _release(
        self, handle: QWindow, button: Qt.MouseButton, held: Qt.KeyboardModifier, place: QPoint
    ) -> None:
        """Over the main window, once what was pressed has closed its own."""
        if _is_open(handle):
            QTest.mouseRelease(handle, button, held, place)
        else:
            QTest.mouseRelease(self.window.windowHandle(), button, held, QPoint(1, 1))

    def _target(self, top: QWidget) -> QWidget:
        """Mostly something made to be clicked; else whatever lies at some place."""
        if self.luck.random() < 0.75:
            among = (
                self.window.stack.currentWidget() if top is self.window and self.luck.random() < 0.85 else top
            )
            found = [one for one in among.findChildren(QWidget) if isinstance(one, TOUCHED)]
            found = [one for one in found if one.isVisible() and one.isEnabled()]
            found = [one for one in found if not one.visibleRegion().isEmpty()]
            if found:
                chosen = self.luck.choice(found)
                return chosen.viewport() if isinstance(chosen, QAbstractItemView) else chosen
        return top

    def _place_in(self, target: QWidget) -> QPoint:
        region = target.visibleRegion().boundingRect()
        if region.isEmpty():
            region = target.rect()
        return QPoint(
            self.luck.randint(region.left(), max(region.left(), region.right())),
            self.luck.randint(region.top(), max(region.top(), region.bottom())),
        )

    def _wheel(self, top: QWidget) -> None:
        at = self._place_in(top)
        turn = self.luck.choice((-120, 120, -480))
        self._note(f"wheel {turn} at {at.x()},{at.y()} in {_named(top)}")
        QTest.wheelEvent(top.windowHandle(), at, QPoint(0, turn))

    # ---- keyboard ----

    def _key(self, top: QWidget) -> None:
        self._press(top, self.luck.choice(KEYS))

    def _chord(self, top: QWidget) -> None:
        """Not in a popup: Alt or Ctrl alone closes it, and the test library would send the rest to a window that is
        gone.
        """
        popup = top.windowType() is Qt.WindowType.Popup
        self._press(top, self.luck.choice(KEYS if popup else CHORDS))

    def _press(self, top: QWidget, keys: str) -> None:
        self._note(f"{keys} in {_named(top)}, {_named(QApplication.focusWidget())}")
        *modifiers, key = keys.replace("++", "+Plus").replace("+-", "+Minus").split("+")
        held = Qt.KeyboardModifier.NoModifier
        for name in modifiers:
            held |= _MODIFIERS[name]
        handle = top.windowHandle()
        QTest.keyPress(handle, Qt.Key[f"Key_{key}"], held)
        # Without the modifier: its own release would go to a window that this one may just have closed.
        QTest.keyRelease(handle if _is_open(handle) else self.window.windowHandle(), Qt.Key[f"Key_{key}"])

    def _type(self, top: QWidget) -> None:
        """Words into a field of what is open, often in place of what stood there, often left afterwards."""
        fields = [
            one for one in top.findChildren(QLineEdit) + top.findChildren(QPlainTextEdit) if one.isVisible()
        ]
        fields = [one for one in fields if one.isEnabled() and not one.isReadOnly()]
        if not fields:
            self._key(top)
            return
        field, words = self.luck.choice(fields), self.luck.choice(WORDS)
        self._note(f"types {words[:30]!r} into {_named(field)}")
        field.setFocus()
        if self.luck.random() < 0.7:
            field.selectAll()
        if not words:
            QTest.keyClick(field, Qt.Key.Key_Delete)
        for sign in words:  # keyClicks knows no umlauts
            QApplication.sendEvent(
                field, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, sign)
            )
        if self.luck.random() < 0.5:
            self._press(top, self.luck.choice(("Tab", "Return", "Ctrl+Return")))

    # ---- windows ----

    def _resize(self, top: QWidget) -> None:
        target = self.window if self.luck.random() < 0.6 else top
        width, height = self.luck.randint(600, 2000), self.luck.randint(400, 1200)
        self._note(f"{_named(target)} becomes {width} x {height}")
        if target.isWindow():
            target.resize(width, height)

    def _change_page(self, top: QWidget) -> None:
        if top is self.window:
            page = self.luck.choice(PAGES).id
            self._note(f"page {page}")
            self.window.open_page(page)

    def _choose_file(self, dialog: QFileDialog) -> None:
        """Files come from the samples and go into a folder of the walk; nothing else of the machine is touched."""
        if self.luck.random() < 0.4:
            self._note("no file")
            dialog.reject()
            return
        if dialog.fileMode() is QFileDialog.FileMode.Directory:
            path = self._folder
        elif dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave:
            path = self._folder / f"{self.taken}.{dialog.defaultSuffix()}"
        else:
            path = self.luck.choice(sorted([*(DATA / "samples").iterdir(), *DATA.glob("*.xlsx")]))
        self._note(f"file {path.name}")
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # it would ask in a loop of its own
        dialog.findChild(QLineEdit).setText(str(path))
        if dialog.selectedFiles() == [str(path)]:
            dialog.accept()
        else:
            self._note(f"it says {dialog.selectedFiles()}")
            dialog.reject()

    def _give_up(self, dialog: QWidget) -> None:
        """Out of a dialog, whatever is entered in it."""
        self._note(f"leaves {_named(dialog)}")
        asked = [
            one
            for one in dialog.findChildren(QAbstractButton)
            if one.text() == "Verwerfen" and one.isVisible()
        ]
        if asked:
            asked[0].click()
        elif isinstance(dialog, QDialog) and self._stayed > 2 * PATIENCE:
            dialog.done(0)
        else:
            self._press(dialog, "Escape")

    def _let_work_end(self) -> None:
        """What runs beside the window mostly comes to its end before the next step."""
        if self.window.context.jobs.running and self.luck.random() < 0.8:
            QTest.qWait(30)
        if QApplication.activeWindow() is None:
            (QApplication.activeModalWidget() or self.window).activateWindow()

    @Slot()
    def _leave_menu(self) -> None:
        """A menu that waits in a loop of its own holds the walk up: choose something in it, or leave it."""
        menu = QApplication.activePopupWidget()
        if self.taken == self._seen_by_rescue and menu is not None:
            self._note(f"leaves menu {_named(menu)}")
            QTest.keyClick(
                menu.windowHandle(), self.luck.choice((Qt.Key.Key_Escape, Qt.Key.Key_Down, Qt.Key.Key_Return))
            )
        self._seen_by_rescue = self.taken


_MODIFIERS = {
    "Ctrl": Qt.KeyboardModifier.ControlModifier,
    "Alt": Qt.KeyboardModifier.AltModifier,
    "Shift": Qt.KeyboardModifier.ShiftModifier,
}


class _Outside(QObject):
    """Takes what the program would hand to other programs."""

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        """Nothing is opened."""


NOT_OURS = (
    "This plugin does not support",  # of the offscreen platform, about nothing
    "occurs outside target window",  # of the test library, where a window became smaller between aim and press
)


class _Warnings(logging.Handler):
    """What Qt or we warn of, as far as it means something."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if not any(words in message for words in NOT_OURS):
            self.messages.append(message)


def _is_open(handle: QWindow) -> bool:
    return handle in QGuiApplication.topLevelWindows()


def _named(widget: QWidget | None) -> str:
    """Kind and words of a widget, as far as it has some."""
    if widget is None:
        return "nothing"
    words = widget.accessibleName() or (
        widget.text() if isinstance(widget, QAbstractButton | QLineEdit) else ""
    )
    return f"{type(widget).__name__} {(words or widget.windowTitle() or widget.objectName())[:40]!r}"


def main(folder: Path, seed: int, steps: int) -> int:
    """0 if nothing went wrong in so many steps."""
    faulthandler.enable()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    warnings = _Warnings()
    logging.getLogger().addHandler(warnings)
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(folder / "settings"))
    app, theme = create_application(["quartiersbuero"])
    reporter = ErrorReporter(app)
    reporter.install()
    outside = _Outside(app)
    for scheme in ("file", "https", "http", "mailto"):
        QDesktopServices.setUrlHandler(scheme, outside, "take")
    path = build(folder / "demo.db", TODAY)
    window = MainWindow(Context(open_database(path, writer=True), clock=lambda: TODAY), theme)
    window.commands["file.quit"].setEnabled(False)
    window.show()
    QTest.qWait(50)
    walk = Walk(window, random.Random(seed), folder)
    told = 0
    for _ in range(steps):
        walk.step()
        for shown in reporter.shown[told:]:
            if shown.kind is ShownKind.REPORT:
                print(shown.text)
                return 1
            print(f"{walk.taken}: {shown.text}")
        told = len(reporter.shown)
        if warnings.messages:
            print(f"{walk.taken}: {warnings.messages[0]}")
            return 1
    faulthandler.cancel_dump_traceback_later()
    window.close()
    print(f"{steps} steps, seed {seed}")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
