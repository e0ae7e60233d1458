"""The editor of a text for paper: bold words and lists, offered by buttons and keys and shown as they print."""

from collections.abc import Callable

from PySide6.QtCore import QRegularExpression
from PySide6.QtGui import QFont, QSyntaxHighlighter, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPushButton

from app.ui.kit.actions import bind, with_keys
from app.ui.kit.editors import MultilineEditor
from app.ui.kit.layout import STRETCH, column, grow, held, row
from app.ui.kit.widgets.text import button

ABOUT_LINES = "Eine Leerzeile beginnt einen neuen Absatz."
"""What no button says of the markup."""


class Highlighter(QSyntaxHighlighter):
    """Shows bold words bold."""

    def highlightBlock(self, text: str) -> None:
        bold = QTextCharFormat()
        bold.setFontWeight(QFont.Weight.Bold)
        self.mark(r"\*\*.+?\*\*", text, lambda _found: bold)

    def mark(self, pattern: str, text: str, look: Callable[[str], QTextCharFormat]) -> None:
        """Give whatever fits the pattern a look of its own."""
        matches = QRegularExpression(pattern).globalMatch(text)
        while matches.hasNext():
            found = matches.next()
            self.setFormat(found.capturedStart(), found.capturedLength(), look(found.captured()))


class MarkedEditor(MultilineEditor):
    """Text with the markup of papers. `tools`: the row of buttons above it."""

    def __init__(self, placeholder: str = "", *, lines: int = 4, grows: bool = False) -> None:
        super().__init__(placeholder, lines=lines, grows=grows)
        self._last = ""
        self.highlighter = self.make_highlighter()
        bind(self.edit, "text.bold", self.make_bold)
        bind(self.edit, "text.list", self.make_list)
        self.tools = row(
            tool("Fett", "bold", self.make_bold, with_keys("Fett", "text.bold")),
            tool("Liste", "list", self.make_list, with_keys("Liste", "text.list")),
            STRETCH,
            spacing=4,
        )
        layout = self.layout()
        assert layout is not None
        layout.addWidget(held(column(self.tools, grow(self.edit), spacing=4)))

    def make_highlighter(self) -> Highlighter:
        """What colours the words."""
        return Highlighter(self.edit.document())

    def set_value(self, value: str | None) -> None:
        super().set_value(value)
        self._last = self.edit.toPlainText()

    def _text_changed(self) -> None:
        """Colouring words is told as a change as well; it is none."""
        text = self.edit.toPlainText()
        if text != self._last:
            self._last = text
            super()._text_changed()

    def make_bold(self) -> None:
        """Stars around the chosen words, or without them if they have some."""
        cursor = self.edit.textCursor()
        words = cursor.selectedText()
        if words.startswith("**") and words.endswith("**") and len(words) > 4:
            cursor.insertText(words[2:-2])
        else:
            cursor.insertText(f"**{words or 'Wort'}**")
            back = 2 if words else 6
            cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.MoveAnchor, back)
            if not words:
                cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, 4)
        self.edit.setTextCursor(cursor)
        self.edit.setFocus()

    def make_list(self) -> None:
        """The chosen lines become points of a list, or lines again."""
        cursor = self.edit.textCursor()
        document = self.edit.document()
        first = document.findBlock(cursor.selectionStart()).blockNumber()
        last = document.findBlock(cursor.selectionEnd()).blockNumber()
        lines = range(first, last + 1)
        listed = all(document.findBlockByNumber(line).text().startswith("- ") for line in lines)
        cursor.beginEditBlock()
        for line in lines:
            at = QTextCursor(document.findBlockByNumber(line))
            if listed:
                at.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, 2)
                at.removeSelectedText()
            elif not at.block().text().startswith("- "):
                at.insertText("- ")
        cursor.endEditBlock()
        self.edit.setFocus()


def tool(words: str, icon: str, call: Callable[[], object] | None = None, tip: str = "") -> QPushButton:
    """A button above the text."""
    return button(words, call, icon=icon, role="quiet", tip=tip)
