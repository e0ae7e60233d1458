"""The system's file dialog, which must not open the files that it lists.

Qt's own one reads the beginning of each file to find its picture and the word for its kind, and closes it again. In the
process that has the database open this takes SQLite's locks away (see `db.file.opened`). The one of GTK does the same.
Those of Windows and macOS are not of this kind: there locks belong to who has taken them.
"""

import sys
from functools import cache

from PySide6.QtCore import QFileInfo
from PySide6.QtGui import QAbstractFileIconProvider, QIcon
from PySide6.QtWidgets import QApplication, QFileDialog, QFileIconProvider, QStyle, QWidget

NOWHERE = ":/"
"""A folder in the program itself: the dialog lists its first one before it hears how."""


class NamesOnly(QFileIconProvider):
    """Knows files by their names alone."""

    def __init__(self) -> None:
        super().__init__()
        style = QApplication.style()
        self._folder = style.standardIcon(QStyle.StandardPixmap.SP_DirIcon)
        self._file = style.standardIcon(QStyle.StandardPixmap.SP_FileIcon)

    def icon(self, what: QFileInfo | QAbstractFileIconProvider.IconType) -> QIcon:
        if isinstance(what, QFileInfo):
            return self._folder if what.isDir() else self._file
        is_file = what is QAbstractFileIconProvider.IconType.File
        return self._file if is_file else self._folder

    def type(self, what: QFileInfo) -> str:
        if what.isDir():
            return "Ordner"
        ending = what.suffix().upper()
        return f"{ending}-Datei" if ending else "Datei"


@cache
def names_only() -> NamesOnly:
    """One for all dialogs: a dialog does not keep it alive, and asks it on a thread of its own."""
    return NamesOnly()


def careful_dialog(parent: QWidget, title: str, folder: str, kinds: str) -> QFileDialog:
    """A file dialog on a folder that opens none of the files in it."""
    if sys.platform in ("win32", "darwin"):
        return QFileDialog(parent, title, folder, kinds)
    dialog = QFileDialog(parent, title, NOWHERE, kinds)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setIconProvider(names_only())
    dialog.setDirectory(folder)
    return dialog
