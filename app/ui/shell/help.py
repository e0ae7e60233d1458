"""The menu "Hilfe": the help text, the sheet of shortcuts, and whose work the program is."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QWidget

from app.resources import RESOURCES
from app.ui.about import About
from app.ui.kit.actions import ACTIONS, ActionPlace, key_text
from app.ui.kit.dialog import Dialog
from app.ui.kit.layout import STRETCH, grow
from app.ui.shell.navigation import PageSpec

HELP_TEXT = RESOURCES / "help" / "hilfe.md"


class TextDialog(Dialog):
    """A title and a text to read and to search with the eye; stays open beside the window."""

    def __init__(self, title: str, parent: QWidget, text: QTextBrowser | None = None) -> None:
        super().__init__(parent, title, size=(720, 640))
        self.setModal(False)
        if text is None:
            text = QTextBrowser()
            text.setOpenExternalLinks(True)
        self.text = text
        self.text.document().setDocumentMargin(12)
        close = self.close_button("Schließen")
        close.setDefault(True)
        self.build(grow(self.text), foot=(STRETCH, close))


class HelpActions(QObject):
    """Opens the three texts."""

    def __init__(self, pages: Sequence[PageSpec], window: QWidget) -> None:
        super().__init__(window)
        self._pages = pages
        self._window = window

    def show_help(self) -> TextDialog:
        dialog = TextDialog("Hilfe", self._window)
        dialog.text.setMarkdown(HELP_TEXT.read_text("utf-8"))
        _space_headings(dialog.text.document())
        dialog.show()
        return dialog

    def show_keys(self) -> TextDialog:
        dialog = TextDialog("Tastenkürzel", self._window)
        dialog.text.setHtml(keys_html(self._pages))
        dialog.show()
        return dialog

    def show_about(self) -> TextDialog:
        dialog = TextDialog("Über Quartiersbüro", self._window, About())
        dialog.show()
        return dialog


def _space_headings(document: QTextDocument) -> None:
    """Air above each heading; Markdown knows none."""
    block = document.begin()
    while block.isValid():
        form = block.blockFormat()
        if form.headingLevel() and block != document.begin():
            form.setTopMargin(20)
            QTextCursor(block).setBlockFormat(form)
        block = block.next()


def keys_html(pages: Sequence[PageSpec]) -> str:
    """All shortcuts, grouped by where they work."""
    groups: dict[str, list[tuple[str, str]]] = {"Seiten": [(key_text(p.shortcut), p.title) for p in pages]}
    for place in ActionPlace:
        rows = [
            (" oder ".join(map(key_text, action.keys)), action.text.removesuffix(" …"))
            for action in ACTIONS
            if action.place is place and action.keys
        ]
        if rows:
            groups[place.value] = rows
    return "".join(f"<h3>{escape(title)}</h3>{_table(rows)}" for title, rows in groups.items())


def _table(rows: Sequence[tuple[str, str]]) -> str:
    cells = "".join(
        f'<tr><td width="200"><b>{escape(keys)}</b></td><td>{escape(text)}</td></tr>' for keys, text in rows
    )
    return f"<table cellpadding='4'>{cells}</table>"
