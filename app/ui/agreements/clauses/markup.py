"""The editor of a clause: plain text with its markup, offered by buttons and keys and shown in colour."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QEvent, QObject, QRegularExpression, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QPalette,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QPushButton

from app.domain.agreements.clauses import ClauseTable, text_problems, unknown_placeholders
from app.ui.agreements.clauses.placeholders import PlaceholderPicker, choices
from app.ui.kit.actions import bind, with_keys
from app.ui.kit.editors import MultilineEditor
from app.ui.kit.layout import STRETCH, column, grow, held, row
from app.ui.kit.menu import Entry, opens_menu
from app.ui.kit.tokens import tokens
from app.ui.kit.widgets.text import button


class Highlighter(QSyntaxHighlighter):
    """Placeholders in colour, those that stand for nothing underlined in waves, bold words bold."""

    def __init__(self, document: QTextDocument, palette: Callable[[], QPalette]) -> None:
        super().__init__(document)
        self._palette = palette
        self.keys: frozenset[str] = frozenset()

    def highlightBlock(self, text: str) -> None:
        colours = tokens(self._palette())
        bold = QTextCharFormat()
        bold.setFontWeight(QFont.Weight.Bold)
        self._mark(r"\*\*.+?\*\*", text, lambda _found: bold)

        def placeholder(found: str) -> QTextCharFormat:
            look = QTextCharFormat()
            wrong = bool(unknown_placeholders(found, self.keys))
            look.setForeground(QColor(colours.danger if wrong else colours.accent))
            if wrong:
                look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
                look.setUnderlineColor(QColor(colours.danger))
            return look

        self._mark(r"\{[^{}]+\}", text, placeholder)

    def _mark(self, pattern: str, text: str, look: Callable[[str], QTextCharFormat]) -> None:
        matches = QRegularExpression(pattern).globalMatch(text)
        while matches.hasNext():
            found = matches.next()
            self.setFormat(found.capturedStart(), found.capturedLength(), look(found.captured()))


class MarkupEditor(MultilineEditor):
    """Text with the markup of clauses. `values` and `titles`: what the placeholders say, and the clauses."""

    picker_opened = Signal(object)  # the dialog

    def __init__(self, values: Mapping[str, str | None], titles: Mapping[str, str]) -> None:
        super().__init__(lines=16, grows=True)
        self._values, self._titles = values, titles
        self._last = ""
        self.highlighter = Highlighter(self.edit.document(), self.edit.palette)
        self.highlighter.keys = frozenset(titles)
        bind(self.edit, "clause.bold", self.make_bold)
        bind(self.edit, "clause.list", self.make_list)
        bind(self.edit, "clause.placeholder", self.pick)
        self._lay_out()

    def set_value(self, value: str | None) -> None:
        super().set_value(value)
        self._last = self.edit.toPlainText()

    def _text_changed(self) -> None:
        """Colouring words is told as a change as well; it is none."""
        text = self.edit.toPlainText()
        if text != self._last:
            self._last = text
            super()._text_changed()

    # ---- what can be put in ----

    def problems(self) -> list[str]:
        """What would not print as it is meant."""
        return text_problems(self.edit.toPlainText(), self._titles.keys())

    def set_values(self, values: Mapping[str, str | None]) -> None:
        """What the placeholders say in another agreement."""
        self._values = values

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

    def insert_table(self, table: ClauseTable) -> None:
        """A table stands alone, between empty lines."""
        cursor = self.edit.textCursor()
        text, at = self.edit.toPlainText(), cursor.position()
        before, after = text[:at], text[at:]
        above = "" if not before.strip() else "\n" * (2 - min(2, len(before) - len(before.rstrip("\n"))))
        below = "" if not after.strip() else "\n" * (2 - min(2, len(after) - len(after.lstrip("\n"))))
        cursor.insertText(f"{above}{{Tabelle: {table}}}{below}")
        self.edit.setFocus()

    def insert_placeholder(self, name: str) -> None:
        """Where the cursor stands, or instead of what is chosen."""
        if name.startswith("Tabelle: "):
            self.insert_table(ClauseTable(name.removeprefix("Tabelle: ")))
            return
        self.edit.textCursor().insertText(f"{{{name}}}")
        self.edit.setFocus()

    def pick(self) -> None:
        """Choose a placeholder from the list."""
        offered = choices(self._values, self._titles)
        dialog = PlaceholderPicker(offered, self.insert_placeholder, self.window())
        dialog.open()
        self.picker_opened.emit(dialog)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.PaletteChange:
            self.highlighter.rehighlight()
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        tables = [
            Entry(f"Tabelle der {table}", partial(self.insert_table, table), "table") for table in ClauseTable
        ]
        tools = row(
            _tool("Fett", "bold", self.make_bold, with_keys("Fett", "clause.bold")),
            _tool("Liste", "list", self.make_list, with_keys("Liste", "clause.list")),
            opens_menu(_tool("Tabelle", "table"), tables),
            _tool("Platzhalter", "tag", self.pick, with_keys("Platzhalter einfügen", "clause.placeholder")),
            STRETCH,
            spacing=4,
        )
        layout = self.layout()
        assert layout is not None
        layout.addWidget(held(column(tools, grow(self.edit), spacing=4)))


def _tool(words: str, icon: str, call: Callable[[], object] | None = None, tip: str = "") -> QPushButton:
    return button(words, call, icon=icon, role="quiet", tip=tip)
