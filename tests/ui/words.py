"""Using the window as a person does: by the words that stand on things, whatever widgets they are made of."""

from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QAbstractItemModel, QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
)

from app.ui.context import Context
from app.ui.kit.mnemonics import without

D = TypeVar("D", bound=QDialog)


def shown(kind: type[D]) -> D:
    """The dialog that was opened last; one that an earlier test left open does not count."""
    found = QApplication.activeModalWidget()
    assert isinstance(found, kind), found
    return found


def press(root: QWidget, words: str) -> None:
    """Click the visible button with these words on it, or as its name when it shows only an icon."""
    [found] = [
        one
        for one in root.findChildren(QAbstractButton)
        if one.isVisibleTo(root) and words in (one.text(), one.accessibleName())
    ]
    assert found.isEnabled(), words
    found.click()


def entry(menu: QWidget, words: str) -> QAction:
    """The entry of a menu, a menu bar or a submenu with these words; keys that stand beside them do not count."""
    found = [one for one in menu.actions() if without(one.text().split("\t")[0]) == without(words)]
    assert found, [one.text() for one in menu.actions()]
    return found[0]


def entries(menu: QWidget) -> list[str]:
    """The words of a menu's entries, without their keys; a line between them is empty."""
    return [without(one.text().split("\t")[0]) for one in menu.actions()]


def ask_for_menu(view: QAbstractItemView) -> None:
    """Press the menu key in a list: the menu is about its current row."""
    view.customContextMenuRequested.emit(view.visualRect(view.currentIndex()).center())


def open_menu() -> QMenu:
    """The menu that has popped up."""
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def pick(words: str) -> None:
    """Choose an entry of the menu that has popped up."""
    menu = open_menu()
    chosen = entry(menu, words)
    assert chosen.isEnabled(), words
    menu.close()
    chosen.trigger()


def texts(root: QWidget) -> str:
    """Everything that can be read in a widget."""
    return "\n".join(one.text() for one in root.findChildren(QLabel) if one.isVisibleTo(root))


def spoken(root: QWidget) -> str:
    """What a screen reader says that cannot be read on a label, such as the sums below a list."""
    found = root.findChildren(QWidget)
    return "\n".join(words for one in found for words in (one.accessibleName(), one.accessibleDescription()))


def field(root: QWidget, title: str) -> QWidget:
    """The input below a title, as a screen reader finds it."""
    [found] = [
        one
        for one in root.findChildren(QWidget)
        if one.accessibleName() in (title, f"{title}, erforderlich")
        and isinstance(one, QLineEdit | QComboBox | QPlainTextEdit)
        and not isinstance(one.parentWidget(), QComboBox)
    ] or [one for one in root.findChildren(QCheckBox) if one.text() == title]
    return found


def enter(root: QWidget, title: str, text: str) -> None:
    """Type into a field, or choose these words in it, and leave it."""
    found = field(root, title)
    if isinstance(found, QCheckBox):
        found.setChecked(bool(text))
        return
    if isinstance(found, QComboBox) and not found.isEditable():
        [position] = [index for index in range(found.count()) if text in found.itemText(index)]
        found.setCurrentIndex(position)
        found.activated.emit(position)
        return
    line = found.lineEdit() if isinstance(found, QComboBox) else found
    assert isinstance(line, QLineEdit | QPlainTextEdit)
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_Delete)
    for sign in text:  # keyClicks knows no umlauts
        QApplication.sendEvent(line, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, sign))
    if isinstance(line, QLineEdit):
        line.editingFinished.emit()


def value(root: QWidget, title: str) -> str:
    """What stands in a field."""
    found = field(root, title)
    if isinstance(found, QComboBox):
        return found.currentText()
    assert isinstance(found, QLineEdit | QPlainTextEdit)
    return found.text() if isinstance(found, QLineEdit) else found.toPlainText()


def answer(path: Path) -> None:
    """Choose a file in the file dialog that is open."""
    asking = shown(QFileDialog)
    asking.selectFile(str(path))
    asking.accept()


def tips(model: QAbstractItemModel) -> set[str]:
    """What appears when the mouse rests on the cells of a table."""
    found = (
        model.index(row, column).data(Qt.ItemDataRole.ToolTipRole)
        for row in range(model.rowCount())
        for column in range(model.columnCount())
    )
    return {str(tip) for tip in found if tip}


def sentences(context: Context) -> list[str]:
    """What the window is told to say from now on, where files are written, too."""
    heard: list[str] = []
    context.said.connect(heard.append)
    context.saved.connect(lambda sentence, _path: heard.append(sentence))
    return heard
