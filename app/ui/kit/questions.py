"""Questions that only the person can answer: which file, and whether something undo cannot bring back may be done."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QMessageBox, QWidget

from app.ui import preferences
from app.ui.kit.dialog import KEYS
from app.ui.kit.file_dialog import careful_dialog
from app.ui.kit.icons import icon
from app.ui.kit.layout import scrolled
from app.ui.kit.screen import keep_on_screen, room_on_screen
from app.ui.kit.tokens import Tone

EXCEL = "Excel-Arbeitsmappe (*.xlsx)"
LONGEST_PART = 40
"""Letters of a word, such as a path, that stay together in a message."""
SCROLL_BAR = 16
_LONG_WORD = re.compile(rf"\S{{{LONGEST_PART + 1},}}")
DATABASE = "Datei von Quartiersbüro (*.db)"


def choose_file(parent: QWidget, title: str, kinds: str, chosen: Callable[[Path], None]) -> QFileDialog:
    """Ask for a file that is there; `chosen` runs if she picks one."""
    dialog = _dialog(parent, title, kinds, chosen, QFileDialog.FileMode.ExistingFile)
    dialog.open()
    return dialog


def choose_files(
    parent: QWidget, title: str, kinds: str, chosen: Callable[[list[Path]], None]
) -> QFileDialog:
    """Ask for files that are there, one or several."""
    dialog = choose_file(
        parent, title, kinds, lambda _first: chosen([Path(n) for n in dialog.selectedFiles()])
    )
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    return dialog


def choose_folder(parent: QWidget, title: str, chosen: Callable[[Path], None]) -> QFileDialog:
    """Ask for a folder that is there."""
    dialog = _dialog(parent, title, "", chosen, QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.open()
    return dialog


def choose_target(
    parent: QWidget,
    title: str,
    kinds: str,
    name: str,
    chosen: Callable[[Path], None],
    *,
    may_replace: bool = True,
) -> QFileDialog:
    """Ask where a new file shall go, `name` proposed; the dialog itself asks before an old file is replaced."""
    dialog = _dialog(parent, title, kinds, chosen, QFileDialog.FileMode.AnyFile)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(name).suffix.removeprefix("."))
    dialog.selectFile(name)
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite, not may_replace)
    dialog.open()
    return dialog


class MessageBox(QMessageBox):
    """A message that stays on its screen: long words are broken, and a text taller than the screen scrolls."""

    def __init__(self, text: str, parent: QWidget | None) -> None:
        super().__init__(QMessageBox.Icon.NoIcon, "Quartiersbüro", "", parent=parent)
        self.setTextFormat(Qt.TextFormat.PlainText)  # before there is a text: Qt would guess
        self.setText(_LONG_WORD.sub(_breakable, text))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        words, grid = self.findChild(QLabel, "qt_msgbox_label"), self.layout()
        room = room_on_screen(self).size()
        if words is not None and grid is not None and self.height() > room.height():
            around = self.height() - words.height()
            area = scrolled(QWidget())
            grid.replaceWidget(words, area)
            area.setWidget(words)
            area.setMinimumSize(words.width() + SCROLL_BAR, room.height() - around)
            self.setFixedSize(self.minimumSizeHint().boundedTo(room))
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.isVisible():  # Qt gives it its size when it is shown already
            self._place()

    def _place(self) -> None:
        """Amid the window that it is about: some systems have not placed it yet, and it would stay in the corner."""
        parent = self.parentWidget()
        if parent is not None:
            around = QRect(QPoint(), self.size())
            around.moveCenter(parent.window().geometry().center())
            self.setGeometry(around)
        keep_on_screen(self)


def _breakable(word: re.Match[str]) -> str:
    """Places at which a word without end may be broken."""
    return "\u200b".join(word[0][at : at + LONGEST_PART] for at in range(0, len(word[0]), LONGEST_PART))


def message_box(text: str, picture: str, tone: Tone, parent: QWidget | None) -> QMessageBox:
    """A message with one of our own icons; not shown yet."""
    box = MessageBox(text, parent)
    box.setIconPixmap(icon(picture, tone).pixmap(QSize(32, 32), box.devicePixelRatioF()))
    for keys in KEYS:
        QShortcut(QKeySequence(keys), box, lambda: (box.defaultButton() or box.buttons()[0]).click())
    return box


def confirm(parent: QWidget, question: str, yes: str, agreed: Callable[[], None]) -> QMessageBox:
    """Ask before something that undo cannot bring back; `yes` names the action on its button."""
    box = message_box(question, "help", Tone.ACCENT, parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    agree = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    stay = box.addButton("Abbrechen", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    agree.clicked.connect(lambda: agreed())
    box.open()
    return box


def ask_which(
    parent: QWidget | None,
    question: str,
    answers: Sequence[tuple[str, Callable[[], object]]],
    *,
    rather: str = "",
) -> QMessageBox:
    """Ask for one of a few ways to do something; the first answer is the proposed one.

    `rather`: the words for doing nothing, which then is the proposed one.
    """
    box = message_box(question, "help", Tone.ACCENT, parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for words, chosen in answers:
        answer = box.addButton(words, QMessageBox.ButtonRole.AcceptRole)
        answer.clicked.connect(lambda _checked=False, chosen=chosen: chosen())
        if box.defaultButton() is None:
            box.setDefaultButton(answer)
    stay = box.addButton(rather or "Abbrechen", QMessageBox.ButtonRole.RejectRole)
    box.setEscapeButton(stay)
    if rather:
        box.setDefaultButton(stay)
    box.open()
    return box


def _dialog(
    parent: QWidget, title: str, kinds: str, chosen: Callable[[Path], None], mode: QFileDialog.FileMode
) -> QFileDialog:
    # What finance sends lies elsewhere than what she saves.
    reads = mode is QFileDialog.FileMode.ExistingFile
    folder = preferences.READ_FOLDER if reads else preferences.SAVE_FOLDER
    dialog = careful_dialog(parent, title, folder.get() or str(Path.home()), kinds)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.setFileMode(mode)

    def finished(result: int) -> None:
        names = dialog.selectedFiles()
        if result == QDialog.DialogCode.Accepted and names:
            path = Path(names[0])
            folder.set(str(path.parent))
            chosen(path)

    dialog.finished.connect(finished)
    return dialog
